"""One Chromium for all page tests, and pages opened in it that report whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request

from sayso.share import page as page_of
from sayso.share.map import Towns, no_towns
from sayso.vocabulary import Reading
from tests.chromium import MISSING, chromium


@dataclass
class Opened:
    """A page in the browser and everything that should not have happened there."""

    page: Page
    trouble: list[str] = field(default_factory=list)


Opener = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser() -> Browser:
    found = chromium()
    if found is None:
        pytest.skip(MISSING)
    return found


@pytest.fixture
def opened(opened_html: Opener) -> Opener:
    """A function that opens the page of a reading; when the test ends, nothing may have gone wrong in it."""

    def open_page(reading: Reading, *, anchor: str = "", towns: Towns = no_towns, **context: Any) -> Opened:
        return opened_html(page_of(reading, towns), anchor=anchor, **context)

    return open_page


@pytest.fixture
def opened_html(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """A function that opens a page; when the test ends, nothing may have gone wrong in it."""
    pages: list[Opened] = []

    def open_page(html: str, *, anchor: str = "", **context: Any) -> Opened:
        context = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | context
        file = tmp_path / f"page-{len(pages)}.html"
        file.write_text(html, encoding="utf-8")
        it = Opened(browser.new_context(**context).new_page())
        pages.append(it)
        _listen(it, file.as_uri())
        it.page.goto(file.as_uri() + anchor)
        return it

    yield open_page
    for it in pages:
        assert it.page.evaluate("window.hit") is None
        assert it.trouble == []
        it.page.context.close()


def _listen(it: Opened, address: str) -> None:
    """Note down messages, errors, dialogs, and requests for anything but the page itself."""

    def asked(request: Request) -> None:
        if request.url.split("#")[0] != address:
            it.trouble.append(f"asked for {request.url}")

    def interrupted(dialog: Dialog) -> None:
        it.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    it.page.on("console", lambda message: it.trouble.append(f"console: {message.text}"))
    it.page.on("pageerror", lambda error: it.trouble.append(f"error: {error}"))
    it.page.on("dialog", interrupted)
    it.page.on("request", asked)
