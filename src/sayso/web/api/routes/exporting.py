"""Everything of one kind as a stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response, StreamingResponse

from sayso.share.exports.forms import FORMS
from sayso.share.exports.kinds import ExportKind, misfit
from sayso.share.exports.registry import WRITTEN, refusal
from sayso.share.exports.selection import selected
from sayso.web.api.asked import ExportChoice
from sayso.web.api.description import streamed
from sayso.web.api.protocol import IS_HEAD
from sayso.web.api.refusals import BadParameter, Busy, OldProtocol
from sayso.web.api.service import From, Service

_NOT_NARROWING: Final = frozenset({"format", "offsets"})
router: Final = APIRouter(tags=["export"])
Kind = Annotated[ExportKind, Path(description="What is exported.")]


@router.get("/export/{kind}", summary="Everything of one kind", **streamed())
def export(request: Request, service: From, kind: Kind, asked: Annotated[ExportChoice, Query()]) -> Response:
    """Everything of one kind that fits, as one stream without a limit, seen in one state of the ledger.

    The last line of JSON Lines is {"schema": "sayso/end/1", "records": N}. A stream without it is not whole. Another
    format that breaks gets no last chunk, so clients report it; over HTTP/1.0 they could not, and it is refused.
    """
    conditions = _conditions(asked)
    if unfit := misfit(kind, conditions):
        raise BadParameter(*unfit[1:], f"query.{unfit[0]}")
    if unfit := refusal(kind, asked.format, asked.offsets):
        raise BadParameter(*unfit[1:], f"query.{unfit[0]}")
    form = FORMS[asked.format]
    if not form.has_end and request.scope["http_version"] in ("1.0", "0.9"):
        raise OldProtocol("HTTP/1.0 cannot tell the end of a stream from a break", "Use HTTP/1.1, or format=jsonl")
    headers = {"Content-Disposition": f'attachment; filename="sayso-{kind}{form.ending}"'}
    if request.scope.get(IS_HEAD):
        return StreamingResponse(iter(()), media_type=form.media, headers=headers)
    pieces = _pieces(service, kind, conditions, asked)
    first = next(pieces)  # what goes wrong at the start has a status of its own
    return StreamingResponse(_after(first, pieces), media_type=form.media, headers=headers)


def _conditions(asked: ExportChoice) -> dict[str, str]:
    """The conditions that were asked for; words that ask for nothing are none."""
    said = {name: str(value) for name, value in asked if value is not None and name not in _NOT_NARROWING}
    return {name: value for name, value in said.items() if value or name != "words"}


def _pieces(service: Service, kind: ExportKind, conditions: Mapping[str, str], asked: ExportChoice) -> Iterator[bytes]:
    """The bytes of an export, in one transaction, and while it has its turn."""
    with ExitStack() as open_:
        if not service.exports.taken():
            raise Busy("As many exports as may run at once are under way", "Ask again when one of them has ended")
        open_.callback(service.exports.give_back)
        selection = open_.enter_context(selected(service.ledger, kind, conditions, asked.offsets))
        yield from WRITTEN[asked.format].write(selection)


def _after(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces
