"""What goes wrong, told on a page with a cure; never a traceback, and never in silence."""

from __future__ import annotations

from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from sayso.errors import (
    AccountsError,
    GatherError,
    LedgerBusy,
    LedgerDamaged,
    LedgerError,
    LedgerSlow,
    LedgerUnwritable,
    NotInLedger,
    NotTaken,
    SaysoError,
    TooLarge,
)
from sayso.share.markup import element
from sayso.web.api.failures import PLAIN, code_of, status_of, without_place
from sayso.web.api.failures import broken as api_broken
from sayso.web.api.failures import failure as api_failure
from sayso.web.layout import Page, framed

_KINDS: Final = {
    NotInLedger: 404, LedgerBusy: 503, LedgerSlow: 503, LedgerDamaged: 500, LedgerUnwritable: 507, NotTaken: 409,
    TooLarge: 413, LedgerError: 500, AccountsError: 503, GatherError: 422, SaysoError: 400,
}  # fmt: skip
_PLAIN: Final = {
    404: ("There is no such page", "See the reports of the ledger, or look for words"),
    405: ("This page cannot be asked for in that way", "Follow a link of the desk, or send one of its forms"),
}


def failure(status: int, problem: str, cure: str = "") -> HTMLResponse:
    """The page of something that went wrong."""
    told = element(
        "main",
        {"class": "report failure", "id": "text"},
        element("p", {"class": "outlet"}, str(status)),
        element("h1", {"dir": "auto"}, problem),
        element("p", {"dir": "auto"}, cure) if cure else element("p", None, "Go back, and try something else."),
        element("p", None, element("a", {"href": "/reports"}, "All reports")),
    )
    sheet = element("div", {"class": "sheet"}, told)
    headers = {"Retry-After": "5"} if status == 503 else None
    return HTMLResponse(framed(Page(problem, sheet, kind="trace")), status_code=status, headers=headers)


def register(app: FastAPI) -> None:
    """Tell the application how to answer what goes wrong."""
    app.add_exception_handler(SaysoError, _of_ours)
    app.add_exception_handler(HTTPException, _of_protocol)
    app.add_exception_handler(RequestValidationError, _of_wording)


def is_api(path: str) -> bool:
    """Whether an address is of the API, where what goes wrong is told as JSON."""
    return path == "/api" or path.startswith("/api/")


def told(scope: Scope, error: SaysoError) -> Response:
    """A refusal as whoever asks understands it: in the one shape of the API, or as a page."""
    kind = type(error)
    if is_api(scope["path"]):
        return api_failure(status_of(kind), code_of(kind), without_place(error), error.cure)
    return failure(status_of(kind), without_place(error), error.cure)


def plainly(scope: Scope, status: int) -> Response:
    """What HTTP itself has a word for, as whoever asks understands it."""
    if is_api(scope["path"]):
        return api_failure(status, *PLAIN.get(status, PLAIN[400]))
    return failure(status, *_PLAIN.get(status, ("This cannot be done", "")))


def broken(scope: Scope) -> Response:
    """That something failed which nobody foresaw."""
    if is_api(scope["path"]):
        return api_broken(scope)
    said = "It is our mistake, and the ledger is as it was. The line in the log of sayso serve tells more"
    return failure(500, "This page could not be made", said)


async def _of_ours(_: Request, error: Exception) -> Response:
    """An error of the tree: its own words, with the status of the nearest kind."""
    status = next((_KINDS[kind] for kind in type(error).__mro__ if kind in _KINDS), 400)
    said = error if isinstance(error, SaysoError) else SaysoError(str(error))
    return failure(status, without_place(said), said.cure)


async def _of_protocol(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    if is_api(request.url.path):
        return plainly(request.scope, status)
    problem, cure = _PLAIN.get(status, (str(getattr(error, "detail", "")) or "This cannot be done", ""))
    return failure(status, problem, cure)


async def _of_wording(_: Request, __: Exception) -> Response:
    return failure(400, "The address of this page is not one of ours", "Follow a link of the desk")
