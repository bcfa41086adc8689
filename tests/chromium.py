"""The one Chromium of a test session: Playwright's plain interface can be started only once in a process."""

from __future__ import annotations

import atexit
import os
import shutil
from functools import cache

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "no chromium is installed; set CHROMIUM to its path, or install the package chromium"


@cache
def chromium() -> Browser | None:
    """The browser, started when it is first asked for; None where there is none."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        return None
    playwright = sync_playwright().start()
    started = playwright.chromium.launch(executable_path=found, args=FLAGS)

    def close() -> None:
        started.close()
        playwright.stop()

    atexit.register(close)
    return started
