"""Whether the desk is there, and what it counts: for programs that watch over it."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Table, func, select
from starlette.responses import PlainTextResponse, Response

from sayso.ledger import schema
from sayso.web.accounts.entering import address_of
from sayso.web.accounts.kept import caller_of
from sayso.web.desk import At
from sayso.web.jobs import Jobs
from sayso.web.measures import MEDIA, Measures
from sayso.web.settings import is_loopback

_COUNTED: Final[tuple[Table, ...]] = (schema.reports, schema.statements)
router: Final = APIRouter()


@router.get("/healthz", include_in_schema=False)
def alive() -> PlainTextResponse:
    """That the desk answers, and nothing else."""
    return PlainTextResponse("ok\n")


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, desk: At) -> Response:
    """What is counted: for admins, or without accounts for this machine alone."""
    if caller_of(request) is None and not is_loopback(address_of(request.scope)):
        raise HTTPException(404)
    measures: Measures = request.app.state.measures
    with desk.ledger.looking() as connection:
        held = {it.name: connection.execute(select(func.count()).select_from(it)).scalar_one() for it in _COUNTED}
    jobs: Jobs = request.app.state.jobs
    under_way = sum(not it.ended for it in jobs.all())
    return Response(measures.told(held | {"jobs_under_way": under_way}), media_type=MEDIA)
