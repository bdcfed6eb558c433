"""Drive Debian's Chromium over pages that lie on the disk, and hear all that they say."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Dialog, Page, sync_playwright

DESK, PHONE = (1280, 900), (390, 844)


@dataclass(slots=True)
class Heard:
    """What a page asked for and complained of while it was open."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def opened() -> Iterator[Browser]:
    """Start the browser; it fails where there is none, for a test must not pass unseen."""
    program = shutil.which("chromium")
    assert program, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def visit(
    browser: Browser,
    path: Path,
    *,
    size: tuple[int, int] = DESK,
    scheme: Literal["light", "dark"] = "light",
    has_script: bool = True,
    part: str = "",
) -> tuple[Page, Heard]:
    """Open a file as by double click; hear its requests, dialogs, errors and console."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        java_script_enabled=has_script,
    )
    heard = Heard()
    page.on("request", lambda request: heard.requests.append(request.url))
    page.on("console", lambda message: heard.complaints.append(message.text))
    page.on("pageerror", lambda error: heard.complaints.append(str(error)))
    page.on("dialog", lambda dialog: _refuse(dialog, heard))
    page.goto(path.as_uri() + part)
    return page, heard


def _refuse(dialog: Dialog, heard: Heard) -> None:
    heard.complaints.append("dialog")
    dialog.dismiss()


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """Give what axe finds: the rule, and the first place that breaks it."""
    page.evaluate(_axe())
    found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
    return [f"{rule}: {place[:200]}" for rule, place in found]
