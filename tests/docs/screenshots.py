"""Pictures of the desk for the documentation, from the example ledger: `python -m tests.docs.screenshots FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote

from sayso.ledger import Ledger
from sayso.trace.answers import trace
from tests.chromium import MISSING, chromium
from tests.web.serving import Served, example, served

_CLAIM: Final = "a submarine mine destroyed the Maine"
_SIZES: Final = {"wide": (1280, 900), "phone": (390, 844)}


def pages(ledger: Ledger) -> dict[str, str]:
    """The pages that are shown, by the name of the picture, each with its address."""
    report = next(it.id for it in ledger.reports() if it.title == "A mine did it")
    claim = trace(ledger, _CLAIM).claims[0].claim
    return {
        "reports": "/", "report": f"/reports/{report}", "claim": f"/claims/{claim}", "events": "/events",
        "forecasts": "/forecasts", "ask": f"/ask?q={quote(_CLAIM)}",
    }  # fmt: skip


def shoot(desk: Served, folder: Path) -> list[Path]:
    """Write the pictures: each page light and dark on a wide screen, and light on a phone."""
    browser = chromium()
    if browser is None:
        raise SystemExit(MISSING)
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for scheme, size in (("light", "wide"), ("dark", "wide"), ("light", "phone")):
        width, height = _SIZES[size]
        page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": height})  # type: ignore[arg-type]
        for name, address in pages(desk.ledger).items():
            page.goto(desk.origin + address)
            made.append(folder / f"{name}-{scheme}-{size}.png")
            page.screenshot(path=made[-1])
        page.close()
    return made


def main(arguments: list[str]) -> None:
    """Make the example ledger, open a desk and take the pictures."""
    if len(arguments) != 1:
        raise SystemExit("Name the folder for the pictures: python -m tests.docs.screenshots build/pictures")
    with TemporaryDirectory() as room, example(Path(room) / "maine.db") as ledger, served(ledger) as desk:
        for path in shoot(desk, Path(arguments[0])):
            print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
