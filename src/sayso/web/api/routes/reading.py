"""Reading a text that is not kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from sayso.gather.dates import published
from sayso.gather.decode import decode
from sayso.gather.language import language
from sayso.read import read_report
from sayso.share.objects import reading_object
from sayso.vocabulary import Report, report_id
from sayso.web.api import in_time
from sayso.web.api.answering import answered
from sayso.web.api.asked import Count
from sayso.web.api.description import answer
from sayso.web.api.limits import LONGEST_NAME
from sayso.web.api.refusals import BadParameter, BodyTooLarge, WrongMediaType
from sayso.web.api.service import From

router: Final = APIRouter(tags=["reading"])
_Name = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text to read, and what is known of it."""

    text: Annotated[str, msgspec.Meta(min_length=1)]
    title: Annotated[str, msgspec.Meta(max_length=1_000)] | None = None
    outlet: _Name | None = None
    published: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    url: Annotated[str, msgspec.Meta(max_length=2_000)] | None = None


async def _body(request: Request, service: From) -> bytes:
    """The body of a request, read no further than its limit. Raises BodyTooLarge."""
    most, data = service.limits.body_bytes, bytearray()
    async for part in request.stream():
        data += part
        if len(data) > most:
            cure = "Read a longer text with sayso read, or add it to the ledger with sayso add"
            raise BodyTooLarge(f"The body is over the limit of {most:,} bytes", cure)
    return bytes(data)


@router.post("/read", summary="Read a text without keeping it", **answer("Reading", 413, 415, takes="Text"))
@in_time.reading
def read(request: Request, service: From, asked: Count, body: Annotated[bytes, Depends(_body)]) -> Response:
    """Who says what in a text, as `sayso read --json` writes it. Nothing is kept of it.

    The body is JSON, or the text alone as text/plain in UTF-8.
    """
    return answered(request, reading_object(read_report(_report(_given(request, body))), asked.offsets))


def _given(request: Request, body: bytes) -> Text:
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    match media.strip().lower():
        case "application/json":
            return _from_json(body)
        case "text/plain" if parameters.strip().lower().replace('"', "") in ("", "charset=utf-8"):
            return Text(_unicode(body))
    cure = "Send JSON as application/json, or the text alone as text/plain in UTF-8"
    raise WrongMediaType("The body is of a media type that is not read here", cure)


def _from_json(body: bytes) -> Text:
    try:
        return msgspec.json.decode(body, type=Text)
    except msgspec.ValidationError as error:
        said, _, place = str(error).partition(" - at `$")
        name = place.strip("`.") or "body"
        raise BadParameter(said, "See Text in openapi.json", f"body.{name}" if place else "body") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadParameter(f"The body is no JSON ({error})", "Send an object with a text in it", "body") from error


def _unicode(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadParameter("The body is not in UTF-8", "Convert it first", "body") from error


def _report(given: Text) -> Report:
    """The report that a text makes. Raises EmptyInput, BinaryInput."""
    decoded = decode(given.text.encode(), "body", len(given.text.encode()))
    text = decoded.text
    when, notes = published(given.published, "given") if given.published else (None, ())
    report = Report(report_id(text, given.url), text, given.title, given.outlet, published=when, url=given.url)
    return replace(report, language=language(text), flags=(*decoded.flags, *notes))
