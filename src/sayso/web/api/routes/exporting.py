"""Everything of one kind as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response, StreamingResponse

from sayso.record.store import index
from sayso.trace.answers.questions import worded
from sayso.trace.events.asking import Wanted as WantedEvents
from sayso.trace.following import follow
from sayso.trace.forecasts.asking import Wanted as WantedForecasts
from sayso.web.api.asked import ExportChoice, day, period, where
from sayso.web.api.description import streamed
from sayso.web.api.exports import EXPORTS, ExportKind, Format, Wish
from sayso.web.api.protocol import IS_HEAD
from sayso.web.api.refusals import BadParameter, Busy, OldProtocol
from sayso.web.api.service import From, Service

_MEDIA: Final = {
    Format.JSON_LINES: "application/x-ndjson",
    Format.CSV: "text/csv; charset=utf-8; header=present",
    Format.GEOJSON: "application/geo+json",
}
_PIECE: Final = 32_000  # characters sent at once
# What is derived, and is brought up to date first.
_ACROSS: Final = frozenset({ExportKind.CLAIMS, ExportKind.EVENTS, ExportKind.FORECASTS})
_NOT_NARROWING: Final = frozenset({"format", "offsets"})
router: Final = APIRouter(tags=["export"])
Kind = Annotated[ExportKind, Path(description="What is exported.")]


@router.get("/export/{kind}", summary="Everything of one kind", **streamed())
def export(request: Request, service: From, kind: Kind, asked: Annotated[ExportChoice, Query()]) -> Response:
    """Everything of one kind that fits, as one stream without a limit, seen in one state of the ledger.

    The last line of JSON Lines is {"schema": "sayso/end/1", "records": N}. A stream without it is not whole. A CSV or
    GeoJSON that breaks gets no last chunk, so clients report it; over HTTP/1.0 they could not, and it is refused.
    """
    kept = EXPORTS[kind]
    given = {name for name, value in asked if value not in (None, "")} - _NOT_NARROWING
    if unfit := sorted(given - kept.narrowed):
        known = ", ".join(sorted(kept.narrowed)) or "nothing"
        said = f"An export of {kind} is not narrowed by {', '.join(unfit)}"
        raise BadParameter(said, f"It is narrowed by: {known}", f"query.{unfit[0]}")
    written = kept.formats.get(asked.format)
    if written is None:
        cure = f"There is: {', '.join(kept.formats)}"
        raise BadParameter(f"An export of {kind} is not written as {asked.format}", cure, "query.format")
    if asked.format is not Format.JSON_LINES and request.scope["http_version"] in ("1.0", "0.9"):
        raise OldProtocol("HTTP/1.0 cannot tell the end of a stream from a break", "Use HTTP/1.1, or format=jsonl")
    name = f"sayso-{kind}.{asked.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    media = _MEDIA[asked.format]
    if request.scope.get(IS_HEAD):
        return StreamingResponse(iter(()), media_type=media, headers=headers)
    if kind in _ACROSS:
        follow(service.ledger)
        index(service.ledger)
    pieces = _pieces(_opened(service, asked, written))
    first = next(pieces)  # what goes wrong at the start has a status of its own
    return StreamingResponse(_after(first, pieces), media_type=media, headers=headers)


def _opened(service: Service, asked: ExportChoice, written: Callable[[Wish], Iterator[str]]) -> Iterator[str]:
    """The lines of an export, in one transaction, and while it has its turn."""
    days = period(asked.since, asked.until)
    place, actor = (worded(it) if it is not None else None for it in (asked.place, asked.actor))
    with ExitStack() as open_:
        if not service.exports.taken():
            raise Busy("As many exports as may run at once are under way", "Ask again when one of them has ended")
        open_.callback(service.exports.give_back)
        wish = Wish(
            service.ledger,
            open_.enter_context(service.ledger.looking()),
            where(asked),
            worded(asked.words),
            WantedEvents(days, asked.type, place, None, actor),
            WantedForecasts(days, asked.state, asked.type, place, None, actor),
            day(asked.as_of) or datetime.now(UTC).date(),
            asked.offsets,
        )
        yield from written(wish)


def _pieces(lines: Iterator[str]) -> Iterator[bytes]:
    """Lines put together to what is sent at once."""
    waiting: list[str] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= _PIECE:
            yield "".join(waiting).encode("utf-8", "replace")
            waiting, size = [], 0
    yield "".join(waiting).encode("utf-8", "replace")


def _after(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces
