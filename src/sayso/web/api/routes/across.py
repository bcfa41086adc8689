"""Answers across reports: traces, claims, events, actors, forecasts, and the findings that bear on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request
from sqlalchemy import Connection
from starlette.responses import Response

from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.record.store import index
from sayso.share.lists import events_from, findings_from, forecasts_from
from sayso.share.objects import answer_object, finding_object
from sayso.trace.answers import Trace, trace, who
from sayso.trace.answers.questions import worded
from sayso.trace.events.asking import Wanted as WantedEvents
from sayso.trace.following import follow
from sayso.trace.forecasts.asking import Wanted as WantedForecasts
from sayso.web.api import in_time
from sayso.web.api.answering import answered, page_answered
from sayso.web.api.asked import (
    ActorName,
    ClaimTold,
    Count,
    EventList,
    ForecastList,
    Paged,
    Question,
    conditions,
    day,
    period,
)
from sayso.web.api.cursors import broken, cursor, mark
from sayso.web.api.description import answer
from sayso.web.api.refusals import BadParameter, NotThere
from sayso.web.api.service import From, Service

_LISTED: Final = re.compile(r"-?[0-9]{1,7}:r-[0-9a-f]{32}:[0-9]{1,7}")
_FINDING: Final = re.compile(r"[0-9a-z-]{1,80}")
router: Final = APIRouter(tags=["across reports"])
ClaimId = Annotated[str, Path(max_length=100, description="The id of a claim (c-…).")]
EventId = Annotated[str, Path(max_length=100, description="The id of an event (e-…).")]


@router.get("/trace", summary="Who says so", **answer("answer.Trace"))
@in_time.answering
def traced(request: Request, service: From, asked: Annotated[Question, Query()]) -> Response:
    """Who says so, since when, on whose word, copied and denied by whom, and what published findings say of it.

    Where nothing in the ledger fits, all parts of the answer are empty.
    """
    question = worded(asked.q)
    if not any(map(str.isalnum, question)):
        raise BadParameter("There is nothing to look for", "Give some words, or an id", "query.q")
    try:
        found = trace(service.ledger, question, limit=asked.limit, as_of=day(asked.as_of))
    except SaysoError as error:
        raise _missing(error) from error
    return answered(request, answer_object(found, asked.offsets, _text_of(service)))


@router.get("/claims/{claim}", summary="A claim", **answer("answer.Trace", 404))
@in_time.answering
def claim(request: Request, service: From, claim: ClaimId, asked: Annotated[ClaimTold, Query()]) -> Response:
    """A claim: its carriers, voices, denials, labels, forecasts, events and findings."""
    found = _by_id(service.ledger, "claim", claim, asked.limit, day(asked.as_of))
    return answered(request, answer_object(found, asked.offsets, _text_of(service)))


@router.get("/events", summary="Events, latest first", **answer("EventPage"))
@in_time.answering
def events(request: Request, service: From, asked: Annotated[EventList, Query()]) -> Response:
    """The events that fit, each with its versions by source, its tolls and its grade."""
    path, said = "/events", conditions(asked)
    wanted = WantedEvents(period(asked.since, asked.until), asked.type, _name(asked.place), None, _name(asked.actor))
    with _brought_up(service.ledger) as connection:
        found = events_from(connection, wanted, asked.limit, _listed(path, said, asked.cursor))
        items = [answer_object(it, asked.offsets, _text_of(service)) for it in found.items]
    return page_answered(request, items, cursor(path, said, found.next) if found.next is not None else None)


@router.get("/events/{event}", summary="An event", **answer("answer.EventAnswer", 404))
@in_time.answering
def event(request: Request, service: From, event: EventId, asked: Count) -> Response:
    """An event with its versions by source, its tolls, and its grade with the reasons."""
    found = _by_id(service.ledger, "event", event, 1, None).events[0]
    return answered(request, answer_object(found, asked.offsets, _text_of(service)))


@router.get("/actors", summary="Who bears a name", **answer("Actors"))
@in_time.answering
def actors(request: Request, service: From, asked: Annotated[ActorName, Query()]) -> Response:
    """Those who bear a name: names, labels, statements, forecasts and events of each, those in most reports first."""
    found = who(service.ledger, asked.name, limit=asked.limit, as_of=day(asked.as_of))
    return answered(request, {"items": [answer_object(it, asked.offsets, _text_of(service)) for it in found]})


@router.get("/forecasts", summary="Forecasts, latest first", **answer("ForecastPage"))
@in_time.answering
def forecasts(request: Request, service: From, asked: Annotated[ForecastList, Query()]) -> Response:
    """The forecasts that fit, with what became of each by a day, and the run before it."""
    path, said = "/forecasts", conditions(asked)
    days = period(asked.since, asked.until)
    wanted = WantedForecasts(days, asked.state, asked.type, _name(asked.place), None, _name(asked.by))
    as_of = day(asked.as_of) or datetime.now(UTC).date()
    with _brought_up(service.ledger) as connection:
        found = forecasts_from(connection, wanted, as_of, asked.limit, _listed(path, said, asked.cursor))
        items = [answer_object(it, asked.offsets, _text_of(service)) for it in found.items]
    return page_answered(request, items, cursor(path, said, found.next) if found.next is not None else None)


@router.get("/findings", summary="Published checks and findings", **answer("FindingPage"))
@in_time.listing
def findings(request: Request, service: From, asked: Annotated[Paged, Query()]) -> Response:
    """The findings of the record in the order of their ids, in their publishers' words."""
    path, said = "/findings", conditions(asked)
    after = mark(path, said, asked.cursor) if asked.cursor is not None else ""
    if asked.cursor is not None and not _FINDING.fullmatch(after):
        raise broken()
    with service.ledger.looking() as connection:
        found = findings_from(connection, asked.limit, after)
    following = cursor(path, said, found.next) if found.next is not None else None
    return page_answered(request, map(finding_object, found.items), following)


@contextmanager
def _brought_up(ledger: Ledger) -> Iterator[Connection]:
    """What is kept and what is derived from it, as one transaction sees it, brought up to date first."""
    follow(ledger)
    index(ledger)
    with ledger.looking() as connection:
        yield connection


def _by_id(ledger: Ledger, kind: str, id_: str, limit: int, as_of: date | None) -> Trace:
    """What is known of a claim or event. Raises NotThere."""
    if not re.fullmatch(rf"{kind[0]}-[0-9a-f]{{16}}(?:[0-9a-f]{{16}})?", id_):
        raise NotThere(f"There is no {kind} “{id_[:80]}”", f"Ids of {kind}s are in the answers of /trace and /events")
    try:
        return trace(ledger, id_, limit=limit, as_of=as_of)
    except SaysoError as error:
        raise _missing(error) from error


def _missing(error: SaysoError) -> SaysoError:
    """The same error, by its kind: `trace` knows of ids that are nowhere only by words."""
    return NotThere(error.problem, error.cure) if type(error) is SaysoError else error


def _text_of(service: Service) -> Callable[[str], str]:
    return lambda report: service.ledger.report(report).text


def _name(said: str | None) -> str | None:
    return worded(said) if said is not None else None


def _listed(path: str, said: dict[str, object], given: str | None) -> str | None:
    """The place of events or forecasts that a cursor names."""
    if given is None:
        return None
    found = mark(path, said, given)
    if not _LISTED.fullmatch(found):
        raise broken()
    return found
