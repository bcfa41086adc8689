"""Reports: the list and the search, and of each its text, captures, readings and trace."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from sayso.errors import NotInLedger, SaysoError
from sayso.ledger.listing import Listed, Wanted, listing
from sayso.share.contract_spans import JsonObject
from sayso.share.objects import (
    answer_object,
    capture_object,
    hit_object,
    reader_object,
    reading_object,
    report_object,
)
from sayso.trace.answers import trace
from sayso.trace.answers.questions import worded
from sayso.web.api import in_time
from sayso.web.api.answering import answered, page_answered, tagged
from sayso.web.api.asked import ReaderChoice, ReportList, Search, Told, Unasked, conditions, day, where
from sayso.web.api.cursors import broken, cursor, mark
from sayso.web.api.description import answer
from sayso.web.api.service import From

_MOST_RANKED: Final = 2_000  # hits of a search that are put in order
_TEXT: Final = "text/plain; charset=utf-8"
router: Final = APIRouter(tags=["reports"])
ReportId = Annotated[str, Path(max_length=100, description="The id of a report (r-…).")]


@router.get("/reports", summary="Reports, latest first", **answer("ReportPage"))
@in_time.listing
def reports(request: Request, service: From, asked: Annotated[ReportList, Query()]) -> Response:
    """The reports that fit, a page at a time; the place in the list stays while reports are added."""
    path, said = "/reports", conditions(asked)
    after = mark(path, said, asked.cursor) if asked.cursor is not None else None
    wanted = Wanted(where(asked), worded(asked.words), asked.origin == "unnamed", asked.novelty)
    with service.ledger.looking() as connection:
        try:
            found = listing(connection, wanted, asked.limit, after)
        except SaysoError as error:
            raise broken() if type(error) is SaysoError else error from error
    following = cursor(path, said, found.next) if found.next is not None else None
    return page_answered(request, map(_listed, found.reports), following)


@router.get("/search", summary="Reports that hold some words, best first", **answer("SearchPage"))
@in_time.listing
def search(request: Request, service: From, asked: Annotated[Search, Query()]) -> Response:
    """The reports that hold all of the words, best first, with snippets, and how many there are by facet.

    How well a report fits changes as others are added: where that matters, ask /reports for the same words.
    """
    path, said = "/search", conditions(asked)
    offset = _offset(mark(path, said, asked.cursor)) if asked.cursor is not None else 0
    found = service.ledger.search(worded(asked.q), where(asked), limit=asked.limit, offset=offset)
    reached = offset + len(found.hits)
    more = reached < min(found.total, _MOST_RANKED) and bool(found.hits)
    facets = {name: [list(it) for it in counts] for name, counts in found.facets.items()}
    head = {"total": found.total, "more": found.more, "faceted": found.faceted, "facets": facets}
    hits = (hit_object(it, asked.offsets) for it in found.hits)
    return page_answered(request, hits, cursor(path, said, str(reached)) if more else None, head)


@router.get("/reports/{report}", summary="A report", **answer("Report", 404))
def one_report(request: Request, service: From, report: ReportId, _: Unasked) -> Response:
    """A report, without its text."""
    return answered(request, report_object(service.ledger.report(report)))


@router.get("/reports/{report}/text", summary="The text of a report", **answer("Text", 404, media="text/plain"))
def text(request: Request, service: From, report: ReportId, _: Unasked) -> Response:
    """The archived text that all offsets point into, as it was read."""
    found = service.ledger.report(report).text
    return tagged(request, found.encode("utf-8", "replace"), _TEXT)


@router.get("/reports/{report}/captures", summary="When and how a report was captured", **answer("Captures", 404))
def captures(request: Request, service: From, report: ReportId, _: Unasked) -> Response:
    """The captures of a report, earliest first."""
    return answered(request, {"items": [capture_object(it) for it in service.ledger.captures(report)]})


@router.get("/reports/{report}/readings", summary="Who read a report", **answer("Readings", 404))
def readings(request: Request, service: From, report: ReportId, _: Unasked) -> Response:
    """The readers that read a report, in the order in which the ledger met them; the last one's is current."""
    found = service.ledger.readings(report)
    items = [
        {
            "reader": reader_object(it.reader), "current": place == len(found), "statements": len(it.statements),
            "incidents": len(it.incidents), "tallies": len(it.tallies), "forecasts": len(it.forecasts),
        }
        for place, it in enumerate(found, 1)
    ]  # fmt: skip
    return answered(request, {"items": items})


@router.get("/reports/{report}/reading", summary="What was read in a report", **answer("Reading", 404))
def reading(request: Request, service: From, report: ReportId, asked: Annotated[ReaderChoice, Query()]) -> Response:
    """The current reading of a report, or the latest one by the reader that is asked for."""
    chosen = {"name": asked.reader, "version": asked.version, "weights": asked.weights}
    if not any(it is not None for it in chosen.values()):
        return answered(request, reading_object(service.ledger.reading(report), asked.offsets))
    for found in reversed(service.ledger.readings(report)):
        if all(said is None or getattr(found.reader, name) == said for name, said in chosen.items()):
            return answered(request, reading_object(found, asked.offsets))
    raise NotInLedger(service.ledger.name, f"no such reader has read the report {report}", "See its readings")


@router.get("/reports/{report}/trace", summary="Whose copy a report is", **answer("answer.Trace", 404))
@in_time.answering
def report_trace(request: Request, service: From, report: ReportId, asked: Annotated[Told, Query()]) -> Response:
    """Whose copy a report is and who copied it, and its claims, events and forecasts."""
    as_of = day(asked.as_of)
    found = trace(service.ledger, service.ledger.report(report).id, as_of=as_of)
    return answered(request, answer_object(found, asked.offsets, lambda it: service.ledger.report(it).text))


def _listed(found: Listed) -> JsonObject:
    return report_object(found.report) | {"statements": found.statements, "copies": found.copies}


def _offset(said: str) -> int:
    if not (said.isdigit() and len(said) < 6 and int(said) <= _MOST_RANKED):
        raise broken()
    return int(said)
