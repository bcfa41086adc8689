"""One report: the text with all that was read in it, whose copy it is, who else says so, and what was kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields as parts_of
from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from sayso.ledger import Captured, Ledger
from sayso.ledger.comparing import Difference, compare
from sayso.review import decisions_on, reviewed
from sayso.share.answer_words import count, kinship_words, older_by, seen
from sayso.share.map import no_towns
from sayso.share.markup import Html, element, joined
from sayso.share.masthead import legend, masthead, title
from sayso.share.outline import outline
from sayso.share.prose import prose
from sayso.share.scene import scene
from sayso.share.sheet import below, side
from sayso.share.tracing.happenings import event_list, forecast_list
from sayso.share.tracing.quoting import facts, part, quoted, report_name
from sayso.share.tracing.reports import stated_list
from sayso.share.visible import one_line
from sayso.trace.answers import trace
from sayso.trace.answers.copying import LineageMember, SharedPassage
from sayso.trace.answers.reporting import ReportAnswer
from sayso.vocabulary import Edit, Kinship, ReaderVersion, Reading, ReportId, Span
from sayso.web.addresses import page_of
from sayso.web.desk import At, Desk
from sayso.web.drawing.answerable import reviewing
from sayso.web.drawing.edits import edit_list
from sayso.web.drawing.layers import layers
from sayso.web.layout import Page, shown
from sayso.web.pages.reviewing import review_section

_MOST_TEXTS: Final = 12  # reports of a lineage whose edits are shown among their words
_MOST_DIFFERING: Final = 30
_NOBODY: Final = ReaderVersion("nobody", "", "")
router: Final = APIRouter()


@router.get("/reports/{report}", include_in_schema=False)
def report_page(report: str, request: Request, desk: At) -> HTMLResponse:
    """The page of a report."""
    ledger = desk.ledger
    kept = ledger.report(report)
    answer = trace(ledger, kept.id).report
    readings = ledger.readings(kept.id)
    about = [_across(answer, ledger), _captures(kept.id, ledger.captures(kept.id)), _readers(readings)]
    judged = [_judged(readings[-1], ledger, request)] if readings else []
    title_ = title(kept)
    if why := _unread_for(readings):
        sheet = _unread(readings[-1] if readings else Reading(kept, _NOBODY), why, about)
        return shown(Page(title_, sheet, section="reports", banner=desk.settings.banner))
    page = read_page(title_, readings[-1], desk, [*judged, *about], section="reports")
    return shown(replace(page, scripts=("review.js", *page.scripts)))


def _judged(reading: Reading, ledger: Ledger, request: Request) -> Html:
    """What people decided on a reading, and what waits for them."""
    with ledger.looking() as connection:
        found = reviewed(reading, decisions_on(connection, reading.report.id))
    return review_section(found, ledger, reviewing(request, ledger))


def _unread_for(readings: Sequence[Reading]) -> str:
    """Why nothing was read in a report; "" where it was read."""
    if not readings:
        return "Not read yet: what is said in it is not known."
    latest = readings[-1]
    language = latest.report.language
    if latest.statements or language in (None, "en"):
        return ""
    which = "" if language == "und" else f" ({language})"
    return f"Not read: this reader reads English, and the text is in another language{which}."


def read_page(title_: str, reading: Reading, desk: Desk, about: Sequence[Html], *between: Html, section: str) -> Page:
    """The page of a reading, with what else is known of its report below."""
    staged = scene(outline(reading))
    meaning = element("details", None, element("summary", None, "What the marks mean"), legend(staged))
    told = (masthead(staged), layers(), meaning, *between, prose(staged))
    main = element("main", {"class": "report"}, *told)
    sheet = element("div", {"class": "sheet"}, main, side(staged, desk.towns), below(staged, *about))
    banner = desk.settings.banner
    return Page(title_, sheet, "reading", section, scripts=("page.js",), has_map=bool(staged.sites), banner=banner)


def _unread(reading: Reading, why: str, about: Sequence[Html]) -> Html:
    """The sheet of a report that was not read: its text, and what else is known of it."""
    staged = scene(outline(reading))
    note = element("p", {"class": "note-of"}, f"{why} Its copies are told below, where there are any.")
    main = element("main", {"class": "report unread"}, masthead(staged), note, prose(staged))
    return element("div", {"class": "sheet"}, main, side(staged, no_towns), element("div", {"class": "below"}, *about))


def _across(answer: ReportAnswer | None, ledger: Ledger) -> Html:
    """What the ledger has on it beside the report itself; nothing where it has nothing."""
    parts = [*_parts(answer, ledger)] if answer is not None else []
    return _section("ledger", "Across the ledger", *parts) if parts else Html()


def _parts(answer: ReportAnswer, ledger: Ledger) -> Iterator[Html]:
    if answer.lineage is not None:
        yield part("Seen before, and since", _lineage(answer.lineage.members, ledger))
    if passages := _beyond(answer):
        yield part("Passages that earlier reports have", *map(_passage, passages))
    if others := [it for it in answer.beside if it.kinship is not Kinship.WHOLE]:
        rows = (
            element("li", None, report_name(it.report, page_of), f", {it.report.moment[:10]}: {kinship_words(it)}")
            for it in others
        )
        yield part("Other reports that share words", element("ul", {"class": "lines"}, *rows))
    if answer.stated:
        yield part("Its statements, and who else makes them", stated_list(answer.stated, page_of))
    if answer.events:
        yield part("Events it tells of", event_list(answer.events, page_of))
    if answer.forecasts:
        yield part("What it says is coming", forecast_list(answer.forecasts, page_of))


def _lineage(members: Sequence[LineageMember], ledger: Ledger) -> Html:
    """The reports that are one text, earliest known first, with what each changed."""
    rows = []
    for number, it in enumerate(members):
        text = ledger.report(it.report.report).text if number < _MOST_TEXTS and it.edits else ""
        rows.append(_member(it, text))
    return element("ol", {"class": "timeline"}, *rows)


def _member(it: LineageMember, text: str) -> Html:
    how = "the earliest known"
    if it.parent is not None:
        how = f"{it.share:.0%} of it from an earlier one, {older_by(it.precedence)}"
    notes = " · ".join(note for note in (how, seen(it.report)) if note)
    head = element("p", {"class": "head"}, f"{it.report.moment[:10] or 'no date'} ", report_name(it.report, page_of))
    changed = Html()
    if it.edits:
        summary = element("summary", None, count(len(it.edits), "edit"))
        changed = element("details", {"open": len(it.edits) <= 10}, summary, edit_list(it.edits, text))
    return element("li", {"class": "carrier"}, head, element("p", {"class": "detail"}, notes), changed)


def _beyond(answer: ReportAnswer) -> list[SharedPassage]:
    """The passages from reports that are not one text with this one: of those the lineage tells more."""
    family = {it.report.report for it in answer.lineage.members} if answer.lineage is not None else set()
    return [it for it in answer.passages if it.source.report not in family]


def _passage(it: SharedPassage) -> Html:
    source = report_name(it.source, page_of)
    said = element("p", {"class": "copied"}, f"{it.kind}, from ", source, f", {older_by(it.precedence)}")
    return joined(said, quoted(it.text), edit_list(_shifted(it), it.text))


def _shifted(it: SharedPassage) -> tuple[Edit, ...]:
    """The edits of a passage with their spans counted from where it begins."""
    start = it.span.start
    return tuple(
        replace(edit, copy=Span(max(0, edit.copy.start - start), max(0, edit.copy.end - start))) for edit in it.edits
    )


def _captures(report: ReportId, captured: Sequence[Captured]) -> Html:
    """When and from where the report came, with what was kept of each time."""
    rows = (_capture(report, number, it) for number, it in enumerate(captured, 1))
    return _section("captures", "As it was captured", element("ol", {"class": "lines"}, *rows))


def _capture(report: ReportId, number: int, it: Captured) -> Html:
    when = it.captured.replace("T", " ").removesuffix("Z") or "at an unknown time"
    rows = [("From", it.address or it.origin), ("As", it.media), ("Named", it.name), ("SHA-256", it.snapshot)]
    archived = Html()
    if it.snapshot is not None:
        archived = element(
            "p", None, element("a", {"href": f"/reports/{report}/archive/{number}"}, "The archived copy")
        )
    return element("li", {"class": "event"}, element("h3", None, when), facts(rows), archived)


def _readers(readings: Sequence[Reading]) -> Html:
    """Which reader versions read it, and in what the older ones differ from the one that is shown."""
    if not readings:
        return Html()
    shown_ = readings[-1]
    said = f"Shown: {_version(shown_.reader)}."
    others = [
        element("details", None, element("summary", None, _version(it.reader)), _differences(it, shown_))
        for it in readings[:-1]
    ]
    alone = element("p", {"class": "detail"}, "No other reader version has read it.") if not others else Html()
    return _section("readers", "Read by", element("p", None, said), *others, alone)


def _version(reader: ReaderVersion) -> str:
    return f"{reader.name} {reader.version}, weights {reader.weights}"


def _differences(older: Reading, newer: Reading) -> Html:
    found = compare(older, newer).differences
    if not found:
        return element("p", None, "Says the same.")
    text = older.report.text
    return joined(*(_difference(it, text) for it in found))


def _difference(it: Difference, text: str) -> Html:
    sides = ((it.only_first, "del", "only there"), (it.only_second, "ins", "only in the one shown"))
    rows = [
        element("li", None, element("span", {"class": "kind"}, said), " ", element(name, None, _words(item, text)))
        for items, name, said in sides
        for item in items[:_MOST_DIFFERING]
    ]
    return joined(element("h3", None, it.kind), element("ul", {"class": "changes"}, *rows))


def _words(item: Any, text: str) -> str:  # noqa: ANN401 - any item of a reading
    """What an item of a reading is called in a line."""
    if isinstance(item, Span):
        return one_line(item.of(text))
    for name in ("content", "name", "text", "type"):
        if name in {it.name for it in parts_of(item)}:
            value = getattr(item, name)
            return one_line(getattr(value, "text", value))
    return str(item)


def _section(id_: str, title_: str, *content: Html) -> Html:
    heading = element("h2", {"id": f"{id_}-heading"}, title_)
    return element(
        "section", {"id": f"in-{id_}", "class": "across", "aria-labelledby": f"{id_}-heading"}, heading, *content
    )
