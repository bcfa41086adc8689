"""What goes wrong, in one shape: {"error": {"code", "message", "cure", "place"?}}; never a traceback."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from sayso.errors import (
    AccountsError,
    GatherError,
    GazetteerError,
    LedgerBusy,
    LedgerError,
    LedgerSlow,
    LedgerUnwritable,
    NotInLedger,
    NotTaken,
    ReadError,
    SaysoError,
    TooLarge,
)
from sayso.share.json_text import json_text
from sayso.web.api.refusals import (
    BadParameter,
    BadToken,
    BodyTooLarge,
    Busy,
    ForeignPage,
    NotAllowed,
    NotLoggedIn,
    NotThere,
    OldProtocol,
    TooMany,
    TooSlow,
    TwoCredentials,
    WrongHost,
    WrongMediaType,
)

_LOG: Final = logging.getLogger("sayso.web")
_STATUSES: Final = {
    NotThere: 404, BadParameter: 422, BodyTooLarge: 413, WrongMediaType: 415, TooSlow: 503, Busy: 503,
    OldProtocol: 505, WrongHost: 421, ForeignPage: 403, NotLoggedIn: 401, BadToken: 401, TwoCredentials: 400,
    NotAllowed: 403, TooMany: 429,
    NotInLedger: 404, NotTaken: 409, LedgerBusy: 503, LedgerSlow: 503, LedgerUnwritable: 507, LedgerError: 500,
    TooLarge: 413, GatherError: 422, ReadError: 500, GazetteerError: 500, AccountsError: 503, SaysoError: 422,
}  # fmt: skip
PLAIN: Final = {
    400: ("bad_request", "This is no request that can be understood", "Compare it with docs/api.md"),
    404: ("no_such_address", "There is nothing at this address", "The addresses are in openapi.json"),
    405: ("wrong_method", "This address is not asked in this way", "The header Allow tells how it is"),
}
"""What HTTP itself has a word for: code, message and cure by status."""
_OURS: Final = ("internal", "This is our mistake; the ledger is as it was", "The log of sayso serve tells more")
_AGAIN: Final = "5"  # seconds
_LONGEST_PLACE: Final = 200


def failure(status: int, code: str, message: str, cure: str, place: str | None = None) -> Response:
    """The answer of what went wrong."""
    error = {"code": code, "message": message, "cure": cure} | ({"place": place} if place is not None else {})
    headers = {"Retry-After": _AGAIN} if status == 503 else None
    return Response(json_text({"error": error}), status, headers, "application/json")


def status_of(kind: type[SaysoError]) -> int:
    """The status of an error of the tree: that of the nearest kind that has one."""
    return next(_STATUSES[it] for it in kind.__mro__ if it in _STATUSES)


def code_of(kind: type[SaysoError]) -> str:
    """What programs call an error: its name in the tree, in small letters."""
    return re.sub("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", kind.__name__).lower()


def without_place(error: SaysoError) -> str:
    """What is wrong, without the path of a file of ours, which is nobody else's matter."""
    said = error.problem
    if isinstance(error, LedgerError):
        said = said.removeprefix(f"{error.ledger}: ")
    elif isinstance(error, AccountsError):
        said = said.removeprefix(f"{error.accounts}: ")
    elif isinstance(error, GazetteerError):
        said = said.removeprefix(f"{error.path}: ")
    return said[:1].upper() + said[1:]


def register(app: FastAPI) -> None:
    """Tell the application how to answer what goes wrong."""
    app.add_exception_handler(SaysoError, _of_ours)
    app.add_exception_handler(HTTPException, _of_protocol)
    app.add_exception_handler(RequestValidationError, _of_parameters)


def broken(_: Scope) -> Response:
    """That something failed which nobody foresaw."""
    return failure(500, *_OURS)


async def _of_ours(_: Request, error: Exception) -> Response:
    """An error of the tree: its own words."""
    found = error if isinstance(error, SaysoError) else SaysoError(str(error))
    kind = type(found)
    status, message = status_of(kind), without_place(found)
    if status >= 500:
        _LOG.warning("the API answered %s: %s", status, ascii(str(found)))
    place = found.place if isinstance(found, BadParameter) else None
    return failure(status, code_of(kind), message, found.cure, place)


async def _of_protocol(_: Request, error: Exception) -> Response:
    """What HTTP itself has a word for."""
    assert isinstance(error, HTTPException)
    found = failure(error.status_code, *PLAIN.get(error.status_code, PLAIN[400]))
    found.headers.update(error.headers or {})
    return found


async def _of_parameters(_: Request, error: Exception) -> Response:
    """Parameters that are unknown, missing, or out of their bounds: all unknown ones, else the first."""
    assert isinstance(error, RequestValidationError)
    found: Sequence[Any] = error.errors()
    unknown = [str(it["loc"][-1]) for it in found if it["type"] == "extra_forbidden"]
    if unknown:
        names = ", ".join(f"“{it[:_LONGEST_PLACE]}”" for it in unknown[:10])
        said = f"There {'is no parameter' if len(unknown) == 1 else 'are no parameters'} {names}"
        return failure(
            422, "unknown_parameter", said, "Leave it out; docs/api.md has all", f"query.{unknown[0]}"[:_LONGEST_PLACE]
        )
    first = found[0]
    place = ".".join(str(it) for it in first["loc"] if not (isinstance(it, str) and "[" in it))[:_LONGEST_PLACE]
    cure = f"It was “{str(first.get('input'))[:80]}”" if first["type"] != "missing" else "Give it"
    return failure(422, "bad_parameter", f"{place.rpartition('.')[2]}: {first['msg']}", cure, place)
