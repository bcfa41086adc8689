"""What the ledger holds, in numbers, and the description of the API itself."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from sqlalchemy import func, select
from starlette.responses import Response

from sayso import __version__
from sayso.ledger import schema
from sayso.ledger.identity import reader_of
from sayso.share.answer_json import CONTRACT
from sayso.share.contract import SCHEMA
from sayso.share.objects import reader_object
from sayso.web.api import in_time
from sayso.web.api.answering import answered
from sayso.web.api.asked import Unasked
from sayso.web.api.description import answer, described
from sayso.web.api.service import From

_COUNTED: Final = (
    schema.reports, schema.captures, schema.readings, schema.statements, schema.incidents, schema.tallies,
    schema.forecasts, schema.findings, schema.decisions, schema.tombstones,
)  # fmt: skip
router: Final = APIRouter(tags=["about"])


@router.get("/ledger", summary="What the ledger holds", **answer("Ledger"))
@in_time.listing
def ledger(request: Request, service: From, _: Unasked) -> Response:
    """How much of what the ledger holds, who read it, and the versions of Sayso and of its contracts."""
    with service.ledger.looking() as connection:
        counts = {it.name: connection.execute(select(func.count()).select_from(it)).scalar_one() for it in _COUNTED}
        rows = connection.execute(select(schema.readers.c.data).order_by(schema.readers.c.number))
        readers = [reader_object(reader_of(row.data)) for row in rows]
    contracts = {"reading": SCHEMA, "answer": CONTRACT}
    return answered(request, {"sayso": __version__, "contracts": contracts, "counts": counts, "readers": readers})


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request, _: Unasked) -> Response:
    """The description of the API (OpenAPI 3.1)."""
    return answered(request, described(request.app))
