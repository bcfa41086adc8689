"""Reading a text that is pasted: looked at without keeping anything, then kept if somebody says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse

from sayso.errors import SaysoError, TooLarge
from sayso.gather.text import text_report
from sayso.ledger.identity import identity, report_name
from sayso.read import read_report
from sayso.share.markup import Html, element, verbatim
from sayso.share.masthead import title
from sayso.share.tracing.reports import report_section
from sayso.trace.answers import compare
from sayso.trace.following import follow
from sayso.vocabulary import Capture, Published, Report
from sayso.web.addresses import page_of
from sayso.web.desk import At, Desk
from sayso.web.drawing.choices import link, text_field
from sayso.web.forms import form
from sayso.web.layout import Page, shown
from sayso.web.pages.reports import read_page

LONGEST: Final = 100_000  # characters of a pasted text: it is read while somebody waits
_FIELDS: Final = (
    ("title", "Title"), ("outlet", "Outlet"), ("author", "Author"), ("published", "Published"), ("url", "Address"),
)  # fmt: skip
_WEB: Final = ("https://", "http://")
router: Final = APIRouter()


@router.get("/read", include_in_schema=False)
def paste_page(desk: At) -> HTMLResponse:
    """The form for a text."""
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element("header", {"class": "masthead"}, element("h1", None, "Read a text")),
        element("p", None, "Paste a report to see who says what in it. Nothing is kept until you say so."),
        element(
            "form",
            {"action": "/read", "method": "post", "class": "paste"},
            element(
                "p",
                {"class": "field"},
                element("label", {"for": "f-text"}, "Text"),
                element("textarea", {"name": "text", "id": "f-text", "rows": 14, "required": True, "dir": "auto",
                                     "maxlength": LONGEST}),
            ),
            element("div", {"class": "several"}, *(text_field(it, label, None, _hint(it)) for it, label in _FIELDS)),
            element("p", {"class": "field"}, element("button", {"type": "submit"}, "Read it")),
        ),
        element("p", {"class": "detail"}, link("/add", "Add files or addresses"), "; folders are added by ",
                element("code", None, "sayso add"), ", and feeds followed by ",
                element("code", None, "sayso watch"), "."),
    )  # fmt: skip
    sheet = element("div", {"class": "sheet"}, main)
    return shown(Page("Read a text", sheet, "trace", "read", banner=desk.settings.banner))


@router.post("/read", include_in_schema=False)
async def read_pasted(request: Request, desk: At) -> HTMLResponse:
    """The reading of a pasted text, held against the ledger; nothing is kept."""
    said = await form(request)
    return await run_sync(_read, said, desk, limiter=desk.reading)


@router.post("/keep", include_in_schema=False)
async def keep_pasted(request: Request, desk: At) -> RedirectResponse:
    """Keep a pasted text in the ledger, trace it, and go to its page."""
    said = await form(request)
    return RedirectResponse(await run_sync(_keep, said, desk, limiter=desk.reading), status_code=303)


def _read(said: Mapping[str, str], desk: Desk) -> HTMLResponse:
    report = _report(said)
    reading = read_report(report)
    answer = compare(desk.ledger, reading).report
    about = [] if answer is None else [_against(report_section(answer, page_of))]
    return shown(read_page(title(report), reading, desk, about, _keeping(said), section="read"))


def _keep(said: Mapping[str, str], desk: Desk) -> str:
    """The address of the page of what was kept. Raises SaysoError where the ledger does not take it."""
    report = _report(said)
    captured = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    added = desk.ledger.add(Capture(report, report.text.encode(), "text/plain; charset=utf-8", None, captured))
    if added.rejects:
        raise SaysoError(f"The ledger did not take it: {added.rejects[0].problem}", "Mend it, and paste it again")
    follow(desk.ledger)
    return page_of(report.id) or "/reports"


def _report(said: Mapping[str, str]) -> Report:
    """The report that a form gives, under the id that the ledger would give it. Raises SaysoError."""
    text = said.get("text", "")
    if len(text) > LONGEST:
        problem = f"it is over the limit of {LONGEST:,} characters"
        raise TooLarge("the text", problem, "Save it as a file, and add it: sayso add FILE")
    plain = text_report(text.encode("utf-8", "replace"), "pasted")
    named = {name: " ".join(said.get(name, "").split())[:500] or None for name, _ in _FIELDS}
    if named["url"] is not None and not named["url"].lower().startswith(_WEB):
        raise SaysoError("The address is none of the web", "It begins with https:// or http://, or is left empty")
    published = _published(named["published"])
    report = replace(
        plain, title=named["title"], outlet=named["outlet"], author=named["author"], url=named["url"],
        published=published,
    )  # fmt: skip
    return replace(report, id=report_name(identity(report, None).id()))


def _published(said: str | None) -> Published | None:
    try:
        return None if said is None else Published(date.fromisoformat(said).isoformat(), "given")
    except ValueError as error:
        raise SaysoError(f"“{said}” is no day", "Write it as 2022-08-19") from error


def _hint(name: str) -> str:
    return {"published": "2022-08-19", "url": "https://"}.get(name, "")


def _keeping(said: Mapping[str, str]) -> Html:
    """The form that sends the same text again, to be kept: it holds the text unchanged, not as it is shown."""
    held = (
        element("textarea", {"name": name, "hidden": True, "aria-label": name}, verbatim(said[name]))
        for name in ("text", *(name for name, _ in _FIELDS))
        if said.get(name)
    )
    button = element("button", {"type": "submit"}, "Keep it in the ledger")
    note = element("span", {"class": "detail"}, "Nothing of this is kept yet.")
    return element("form", {"action": "/keep", "method": "post", "class": "keep"}, *held, button, " ", note)


def _against(section: Html) -> Html:
    heading = element("h2", None, "Held against the ledger")
    return element("section", {"class": "across", "aria-label": "Held against the ledger"}, heading, section)
