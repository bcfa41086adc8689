"""The body of a request: read no further than its limit, and JSON of a known shape."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from fastapi import Request

from sayso.web.api.refusals import BadParameter, BodyTooLarge, WrongMediaType
from sayso.web.api.service import From

_Shape = TypeVar("_Shape")


async def body(request: Request, service: From) -> bytes:
    """The body of a request. Raises BodyTooLarge."""
    most, data = service.limits.body_bytes, bytearray()
    async for part in request.stream():
        data += part
        if len(data) > most:
            cure = "Send less at a time, or give it to the command line: sayso read, sayso add, sayso review"
            raise BodyTooLarge(f"The body is over the limit of {most:,} bytes", cure)
    return bytes(data)


def from_json(data: bytes, shape: type[_Shape]) -> _Shape:
    """What a body of JSON says. Raises BadParameter."""
    try:
        return msgspec.json.decode(data, type=shape)
    except msgspec.ValidationError as error:
        said, _, place = str(error).partition(" - at `$")
        name = place.strip("`.") or "body"
        cure = f"See {shape.__name__} in openapi.json"
        raise BadParameter(said, cure, f"body.{name}" if place else "body") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        cure = f"Send {shape.__name__} as in openapi.json"
        raise BadParameter(f"The body is no JSON ({error})", cure, "body") from error


def is_json(request: Request) -> bool:
    """Whether a body is said to be JSON."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def needs_json(request: Request) -> None:
    """Raises WrongMediaType where a body is said to be anything but JSON."""
    if not is_json(request):
        raise WrongMediaType("The body is of a media type that is not read here", "Send JSON as application/json")
