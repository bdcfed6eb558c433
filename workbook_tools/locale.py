"""Turn what the command-line library says by itself into Indonesian."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

DOMAIN = "workbook_tools"
FOLDER = Path(__file__).with_name("locale")


def speak_indonesian() -> None:
    """Bind the Indonesian texts of click; call it before the first command is declared.

    click asks `gettext` for the current domain, some of its texts already while a command
    is being declared. `gettext` reads the language from the environment and nowhere else,
    so the office's machine decides nothing here: the program speaks one language.
    """
    os.environ["LANGUAGE"] = "id"
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
