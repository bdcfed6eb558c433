"""Run the command line as `python -m workbook_tools`."""

from __future__ import annotations

from workbook_tools.cli import main

if __name__ == "__main__":
    main()
