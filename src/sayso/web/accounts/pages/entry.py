"""Logging in and out."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.share.markup import Html, element
from sayso.web.accounts import cookies, sessions
from sayso.web.accounts.audit import By
from sayso.web.accounts.entering import address_of
from sayso.web.accounts.kept import Kept, caller_of
from sayso.web.accounts.pages.drawing import hidden, name_field, note, secret_field, sent, sheet
from sayso.web.accounts.sessions import ShutOut, WrongPassword
from sayso.web.desk import At, Desk
from sayso.web.forms import form, own_address

_HOME: Final = "/reports"
router: Final = APIRouter()


@router.get("/login", include_in_schema=False)
def login_page(request: Request, desk: At) -> Response:
    """The form to log in; who is logged in already goes on."""
    back = own_address(request.query_params.get("next", ""), _HOME)
    if caller_of(request) is not None:
        return RedirectResponse(back, 303)
    return _form(desk, back)


@router.post("/login", include_in_schema=False)
async def log_in(request: Request, desk: At, kept: Kept) -> Response:
    """Log somebody in, in a session of its own."""
    said = await form(request)
    back = own_address(said.get("next", ""), _HOME)
    before, address = cookies.session_in(request.headers, desk.settings), address_of(request.scope)
    name, password = said.get("name", ""), said.get("password", "")
    try:
        held = await run_in_threadpool(sessions.log_in, kept, name, password, address, before)
    except WrongPassword as error:
        return _form(desk, back, f"{error.problem}. {error.cure}.", name, 401)
    except ShutOut as error:
        found = _form(desk, back, f"{error.problem}. {error.cure}.", name, 429)
        found.headers["Retry-After"] = str(error.seconds)
        return found
    answer = RedirectResponse(back, 303)
    cookies.give(answer, held, desk.settings)
    return answer


@router.post("/logout", include_in_schema=False)
async def log_out(request: Request, desk: At, kept: Kept) -> Response:
    """End this session."""
    held, caller = cookies.session_in(request.headers, desk.settings), caller_of(request)
    if held is not None and caller is not None:
        await run_in_threadpool(sessions.log_out, kept, held, By(caller.name, address_of(request.scope)))
    answer = RedirectResponse("/login", 303)
    cookies.take(answer, desk.settings)
    return answer


def _form(desk: Desk, back: str, problem: str = "", name: str = "", status: int = 200) -> HTMLResponse:
    told = note(problem) if problem else Html()
    fields = sent(
        "/login", "Log in", hidden("next", back), name_field(name[:64]),
        secret_field("password", "Password", "current-password"),
    )  # fmt: skip
    hint = element("p", {"class": "detail"}, "Who has no account asks an admin of this desk.")
    return sheet("Log in", desk, told, fields, hint, status=status)
