"""One desk over the example ledger and one browser for all tests of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request

from sayso.review import review
from sayso.trace.answers import trace
from sayso.web.jobs.records import Input, Problem, State, fresh, place_of, save
from tests.chromium import MISSING, chromium
from tests.web.serving import Served, example, served


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The desk of the example ledger. Tests leave the ledger as it is."""
    with example(tmp_path_factory.mktemp("desk") / "maine.db") as ledger, served(ledger) as opened:
        yield opened


@pytest.fixture
def own_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk of an example ledger that a test may add to."""
    with example(tmp_path_factory.mktemp("own") / "own.db") as ledger, served(ledger) as opened:
        yield opened


@pytest.fixture(scope="session")
def pages(desk: Served) -> dict[str, str]:
    """The address of a page of each kind, with things to show on it."""
    titles = {report.title: report.id for report in desk.ledger.reports()}
    claim = trace(desk.ledger, "a submarine mine destroyed the Maine").claims[0]
    actor = next(it.actor for it in claim.timeline if it.actor)
    event = trace(desk.ledger, titles["The Maine blown up"]).report
    assert event is not None
    report = titles["The Maine blown up"]
    item = review(desk.ledger, report).items[0].item.id
    job = fresh("R. Meer", (Input("notes.txt", state=State.DONE, new=1, failed=1, problems=(Problem("a", "b", "c"),)),))
    save(place_of(desk.ledger), replace(job, state=State.DONE, said="Added and traced"))
    return {
        "inbox": "/",
        "search": "/reports?q=mine",
        "nothing": "/reports?q=zebra",
        "report": f"/reports/{report}",
        "archive": f"/reports/{report}/archive/1",
        "claim": f"/claims/{claim.claim}",
        "events": "/events",
        "event": f"/events/{event.events[0].event.id}",
        "actors": "/actors",
        "named": "/actors?q=whitlow",
        "actor": f"/actors/{actor}",
        "forecasts": "/forecasts",
        "ask": "/ask",
        "answer": "/ask?q=a+submarine+mine+destroyed+the+Maine",
        "read": "/read",
        "review": "/review",
        "pairs": "/review?pairs=match",
        "reviewed": f"/reports/{report}/review",
        "item": f"/reports/{report}/review/{item}",
        "claims": "/claims",
        "add": "/add",
        "jobs": "/jobs",
        "job": f"/jobs/{job.id}",
        "missing": "/reports/r-00",
    }


@pytest.fixture(scope="session")
def browser() -> Browser:
    found = chromium()
    if found is None:
        pytest.skip(MISSING)
    return found


@dataclass
class Visit:
    """A page in the browser and everything that should not have happened there."""

    page: Page
    trouble: list[str] = field(default_factory=list)


Visitor = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    """A function that opens an address of a desk; when the test ends, nothing may have gone wrong in it."""
    visits: list[Visit] = []

    def open_page(desk: Served, path: str, **context: Any) -> Page:
        context = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | context
        it = Visit(browser.new_context(**context).new_page())
        visits.append(it)
        _listen(it, desk.origin)
        it.page.goto(desk.origin + path)
        return it.page

    yield open_page
    for it in visits:
        hit = it.page.evaluate("window.hit")
        it.page.context.close()
        assert hit is None
        assert it.trouble == []


def _listen(it: Visit, origin: str) -> None:
    """Note down messages, errors, dialogs, and requests for anything that is not the desk's."""

    def asked(request: Request) -> None:
        if not request.url.startswith((f"{origin}/", "data:,")):
            it.trouble.append(f"asked for {request.url}")

    def interrupted(dialog: Dialog) -> None:
        it.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def told(text: str) -> None:
        if "404 (Not Found)" not in text:  # what the browser says of a page that tells that there is none
            it.trouble.append(f"console: {text}")

    it.page.on("console", lambda message: told(message.text))
    it.page.on("pageerror", lambda error: it.trouble.append(f"error: {error}"))
    it.page.on("dialog", interrupted)
    it.page.on("request", asked)
