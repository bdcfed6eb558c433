"""The whole round on the Lampung Barat register, with invented figures and the real watcher."""

from __future__ import annotations

from workbook_tools.demo.round import run_demo

__all__ = ["run_demo"]
