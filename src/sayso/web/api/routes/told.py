"""Statements, incidents and tallies of current readings, a page at a time."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sayso.share.objects import item_lines
from sayso.share.paging import INCIDENT, STATEMENT, TALLY, Kind, page, place
from sayso.trace.answers.questions import worded
from sayso.web.api import in_time
from sayso.web.api.answering import page_answered
from sayso.web.api.asked import IncidentList, StatementList, TallyList, conditions, where
from sayso.web.api.cursors import broken, cursor, mark
from sayso.web.api.description import answer
from sayso.web.api.service import From, Service

router: Final = APIRouter(tags=["told"])


@router.get("/statements", summary="Statements", **answer("StatementPage"))
@in_time.listing
def statements(request: Request, service: From, asked: Annotated[StatementList, Query()]) -> Response:
    """The statements that fit, those of the latest reports first, each with its speaker and words."""
    return _page(request, service, "/statements", STATEMENT, asked, asked.words)


@router.get("/incidents", summary="Incidents", **answer("IncidentPage"))
@in_time.listing
def incidents(request: Request, service: From, asked: Annotated[IncidentList, Query()]) -> Response:
    """The incidents that fit, those of the latest reports first, each with what it rests on."""
    return _page(request, service, "/incidents", INCIDENT, asked)


@router.get("/tallies", summary="Tallies", **answer("TallyPage"))
@in_time.listing
def tallies(request: Request, service: From, asked: Annotated[TallyList, Query()]) -> Response:
    """The tallies that fit, those of the latest reports first, each with what it rests on."""
    return _page(request, service, "/tallies", TALLY, asked)


def _page(
    request: Request,
    service: Service,
    path: str,
    kind: Kind,
    asked: StatementList | IncidentList | TallyList,
    words: str = "",
) -> Response:
    said = conditions(asked)
    after = place(mark(path, said, asked.cursor)) if asked.cursor is not None else None
    if asked.cursor is not None and after is None:
        raise broken()
    seconds = service.limits.scan_seconds
    with service.ledger.looking() as connection:
        found = page(connection, kind, where(asked), worded(words), asked.limit, after, seconds)
    following = cursor(path, said, found.last.mark()) if found.last is not None else None
    return page_answered(request, item_lines(found.items, kind, asked.offsets), following)
