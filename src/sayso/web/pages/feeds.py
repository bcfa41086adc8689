"""Saved searches as Atom feeds (RFC 4287): each list of the desk by its own query string, for any feed reader to poll.

An entry keeps its id wherever the desk is reached from, and its time is when the ledger last learnt of it. A feed that
has not changed is not sent again (ETag).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urljoin
from uuid import UUID, uuid5

from fastapi import APIRouter, Request
from lxml import etree
from starlette.datastructures import QueryParams
from starlette.responses import Response

from sayso.ledger.fulltext import Term, terms
from sayso.ledger.identity import seen_of
from sayso.ledger.kept import kept_report, report_query
from sayso.ledger.listing import Wanted, conditions
from sayso.ledger.schema import reports
from sayso.ledger.snippets import snippet
from sayso.share.answer_words import event_title
from sayso.share.visible import one_line
from sayso.trace.answers import EventAnswer, ForecastAnswer, events, forecasts
from sayso.trace.copies.stored import StoredIndex
from sayso.trace.following import follow
from sayso.vocabulary import Report, ReportId
from sayso.web.addresses import asked, page_of
from sayso.web.api.answering import tagged
from sayso.web.desk import At, Desk
from sayso.web.pages.events import wanted_events
from sayso.web.pages.forecasts import wanted_forecasts
from sayso.web.pages.inbox import wanted_reports

MEDIA: Final = "application/atom+xml; charset=utf-8"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_ENTRIES: Final = 50
_NAMESPACE: Final = UUID("5b7f5f52-5d0c-5a64-8a2e-0d3d6f2f0b8e")
_NEVER: Final = "1970-01-01T00:00:00Z"
_NO_CHARACTERS: Final = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}  # which XML 1.0 does not take
_MOST_TITLE: Final = 200  # code points
router: Final = APIRouter()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: the name its id is made from, the path of its page, and when the ledger last learnt of it."""

    name: str
    title: str
    updated: str
    path: str
    author: str
    summary: str
    published: str | None = None


@router.get("/reports.atom", include_in_schema=False)
def reports_feed(request: Request, desk: At) -> Response:
    """The reports that fit, as they came into the ledger, the last first."""
    follow(desk.ledger)
    return _fed(request, "reports", _reports(desk, wanted_reports(request.query_params)))


@router.get("/events.atom", include_in_schema=False)
def events_feed(request: Request, desk: At) -> Response:
    """The events that fit, latest first; one that another report tells of is new again."""
    found = events(desk.ledger, wanted_events(request.query_params), limit=_ENTRIES)
    learnt = _learnt(desk, (it.report for answer in found for it in answer.event.tellings))
    return _fed(request, "events", [_event(it, learnt) for it in found])


@router.get("/forecasts.atom", include_in_schema=False)
def forecasts_feed(request: Request, desk: At) -> Response:
    """The forecasts that fit, latest first; one is new again when another report carries it or an event follows."""
    found = forecasts(desk.ledger, wanted_forecasts(request.query_params), limit=_ENTRIES)
    learnt = _learnt(desk, (it for answer in found for it in _behind(answer)))
    return _fed(request, "forecasts", [_forecast(it, learnt) for it in found])


def _reports(desk: Desk, wanted: Wanted) -> list[Entry]:
    looked_for = terms(wanted.words)
    if wanted.words and all(term.without for term in looked_for):
        return []
    with desk.ledger.looking() as connection:
        query = report_query().where(*conditions(connection, wanted, looked_for))
        rows = connection.execute(query.order_by(reports.c.number.desc()).limit(_ENTRIES)).all()
    return [_report(kept_report(row).report, seen_of(row.seen).captured, looked_for) for row in rows]


def _report(it: Report, captured: str, looked_for: Sequence[Term]) -> Entry:
    said, published = snippet(it.text, looked_for).text, _published(it)
    return Entry(
        it.id, it.title or said, captured or published or _NEVER, page_of(it.id) or "/",
        it.outlet or "an outlet that is not known", said, published,
    )  # fmt: skip


def _event(answer: EventAnswer, learnt: Mapping[ReportId, str]) -> Entry:
    it = answer.event
    said = [f"{answer.vouching.grading.grade}: {answer.summary}", *(f"“{quote.words.text}”" for quote in answer.quotes)]
    updated = max((learnt[one.report] for one in it.tellings if one.report in learnt), default=_NEVER)
    return Entry(it.id, event_title(it), updated, page_of(it.id) or "/", _outlets(answer), " ".join(said))


def _forecast(answer: ForecastAnswer, learnt: Mapping[ReportId, str]) -> Entry:
    it = answer.outcome
    said = [f"{it.state}: {'; '.join(it.reasons)}.", *(f"“{quote.words.text}”" for quote in answer.quotes)]
    title = f"{it.voice}: {it.type}{', ' if it.places else ''}{', '.join(it.places)}, {it.start} to {it.end}"
    updated = max((learnt[one] for one in _behind(answer) if one in learnt), default=_NEVER)
    first = it.carriers[0]
    name = f"{it.by} {first.report} {first.forecast}"
    return Entry(name, title, updated, page_of(first.report) or "/", it.voice, " ".join(said), _instant(it.made))


def _behind(answer: ForecastAnswer) -> list[ReportId]:
    """The reports that a forecast and what followed it rest on."""
    followed = (telling.report for event in answer.followed for telling in event.tellings)
    return [*(it.report for it in answer.outcome.carriers), *followed]


def _outlets(answer: EventAnswer) -> str:
    named = dict.fromkeys(it.outlet for it in answer.event.tellings if it.outlet)
    return ", ".join(named) or "an outlet that is not known"


def _learnt(desk: Desk, wanted: Iterable[ReportId]) -> dict[ReportId, str]:
    """When reports were first captured, else published, of those of which it is known."""
    listed = [*dict.fromkeys(wanted)]
    with desk.ledger.looking() as connection:
        index = StoredIndex(connection)
        index.meet(listed)
        kept = {it.report.id: it for report in listed if (it := index.kept(report)) is not None}
    return {id_: when for id_, it in kept.items() if (when := it.captured or _published(it.report))}


def _fed(request: Request, name: str, entries: Sequence[Entry]) -> Response:
    base = str(request.base_url)
    said = _said(request.query_params)
    path = asked(f"/{name}", said)
    feed = etree.Element(_tag("feed"), nsmap={None: _ATOM})
    _put(feed, "id", f"urn:uuid:{uuid5(_NAMESPACE, path)}")
    _put(feed, "title", f"Sayso: {name}" + "".join(f", {field} {value}" for field, value in said.items()))
    _put(feed, "updated", max((it.updated for it in entries), default=_NEVER))
    _put(feed, "generator", "Sayso")
    _link(feed, "self", urljoin(base, asked(f"/{name}.atom", said)))
    _link(feed, "alternate", urljoin(base, path))
    for it in entries:
        _enter(feed, it, base)
    body = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return tagged(request, body, MEDIA)


def _enter(feed: etree._Element, it: Entry, base: str) -> None:
    entry = etree.SubElement(feed, _tag("entry"))
    _put(entry, "id", f"urn:uuid:{uuid5(_NAMESPACE, it.name)}")
    title = _clean(it.title)
    _put(entry, "title", title if len(title) <= _MOST_TITLE else f"{title[:_MOST_TITLE]}…")
    _put(entry, "updated", it.updated)
    if it.published:
        _put(entry, "published", it.published)
    _put(etree.SubElement(entry, _tag("author")), "name", it.author)
    _link(entry, "alternate", urljoin(base, it.path))
    _put(entry, "summary", it.summary)


def _said(query: QueryParams) -> dict[str, str | None]:
    """What a list is narrowed by, each once and in one order, so that a search has one id."""
    return {name: _clean(query[name]) for name in sorted(query.keys()) if query[name]}


def _put(parent: etree._Element, name: str, words: str) -> None:
    etree.SubElement(parent, _tag(name)).text = _clean(words)


def _link(parent: etree._Element, rel: str, href: str) -> None:
    etree.SubElement(parent, _tag("link"), rel=rel, href=href)


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _clean(words: str) -> str:
    return one_line(words).translate(_NO_CHARACTERS)


def _published(it: Report) -> str | None:
    return _instant(it.published.value) if it.published else None


def _instant(written: str | None) -> str | None:
    """A day or time in the form of RFC 3339, in UTC where no zone is written; None for what is not precise enough."""
    try:
        found = datetime.fromisoformat(written or "").replace(microsecond=0)
        at = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return at.isoformat().replace("+00:00", "Z")
