"""Turn texts, folders and the status board into pictures, through Chromium."""

from __future__ import annotations

import io
from pathlib import Path

from markupsafe import escape
from PIL import Image
from playwright.sync_api import Browser

from tests.browser import DESK, PHONE, visit

NOW = (
    "2021-04-07T10:00:00+07:00"  # the day of the last return: later the board would call itself old
)
_LOOK = """\
<!doctype html><html lang="id"><meta charset="utf-8"><style>
body{margin:0;background:#fff}
main{display:inline-block;margin:12px;border:1px solid #9aa7b2;border-radius:6px;overflow:hidden}
h1{margin:0;padding:6px 12px;background:#e8edf1;color:#24323d;font:600 14px Carlito,sans-serif;
border-bottom:1px solid #9aa7b2}
pre{margin:0;padding:12px 14px;width:WIDTHpx;white-space:pre-wrap;overflow-wrap:anywhere;
color:#111;font:14px/1.45 "Liberation Mono",monospace}
</style><main><h1>TITLE</h1><pre>TEXT</pre></main></html>
"""
NOTEPAD_WIDTH = 920
FOLDERS_WIDTH = 700


def notepad(
    browser: Browser, folder: Path, *, title: str, text: str, width: int = NOTEPAD_WIDTH
) -> Image.Image:
    """Show a text as a simple window does."""
    page_file = folder / "teks.html"
    page_file.write_text(
        _LOOK.replace("WIDTH", str(width))
        .replace("TITLE", str(escape(title)))
        .replace("TEXT", str(escape(text))),
        "utf-8",
    )
    page, _ = visit(browser, page_file, size=(width + 80, 400))
    picture = page.locator("main").screenshot(type="png")
    page.close()
    return Image.open(io.BytesIO(picture)).convert("RGB")


def board(browser: Browser, path: Path, *, is_phone: bool) -> Image.Image:
    """Show the first view of the status board, on a desk or on a phone."""
    page, _ = visit(browser, path, size=PHONE if is_phone else DESK)
    page.clock.install(time=NOW)
    page.reload()
    picture = page.screenshot(type="png")
    page.close()
    return Image.open(io.BytesIO(picture)).convert("RGB")
