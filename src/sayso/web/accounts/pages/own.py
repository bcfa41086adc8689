"""One's own account: another password, sessions, and tokens for the API."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.errors import SaysoError
from sayso.share.answer_words import count
from sayso.share.markup import Html, element
from sayso.web.accounts import cookies, sessions, tokens
from sayso.web.accounts.callers import Caller
from sayso.web.accounts.entering import address_of
from sayso.web.accounts.kept import Kept, Known, by
from sayso.web.accounts.pages.drawing import named, one_of, secret_field, sent, sheet, shown_once, table
from sayso.web.accounts.roles import Role, Scope
from sayso.web.accounts.store import Store
from sayso.web.desk import At, Desk
from sayso.web.drawing.choices import link, text_field
from sayso.web.drawing.parts import titled_part
from sayso.web.forms import form

router: Final = APIRouter()


@router.get("/account", include_in_schema=False)
def account_page(desk: At, kept: Kept, known: Known) -> HTMLResponse:
    """One's own account."""
    return _page(desk, kept, known)


@router.post("/account/password", include_in_schema=False)
async def change_password(request: Request, desk: At, kept: Kept, known: Known) -> Response:
    """Change one's own password, and log out everywhere else."""
    said = await form(request)
    if said.get("password") != said.get("again"):
        raise SaysoError("The new password was not the same twice", "Go back, and write it again")
    old, new, address = said.get("old", ""), said.get("password", ""), address_of(request.scope)

    def changed() -> str:
        sessions.change_password(kept, known.name, old, new, address)
        return sessions.log_in(kept, known.name, new, address, None)

    answer = RedirectResponse("/account", 303)
    cookies.give(answer, await run_in_threadpool(changed), desk.settings)
    return answer


@router.post("/account/sessions", include_in_schema=False)
async def log_out_everywhere(request: Request, desk: At, kept: Kept) -> Response:
    """End all of one's sessions."""
    await run_in_threadpool(sessions.log_out_everywhere, kept, by(request))
    answer = RedirectResponse("/login", 303)
    cookies.take(answer, desk.settings)
    return answer


@router.post("/account/tokens", include_in_schema=False)
async def make_token(request: Request, desk: At, kept: Kept, known: Known) -> HTMLResponse:
    """Make a token, and show it this once."""
    said = await form(request)
    scope, days = _scope(said.get("scope", "")), _days(said.get("days", ""))
    name, own = said.get("name", ""), by(request)
    made = await run_in_threadpool(tokens.make, kept, known.name, name, scope, days, own)
    return await run_in_threadpool(_page, desk, kept, known, shown_once("The token is made.", made))


@router.post("/account/tokens/{token}", include_in_schema=False)
def revoke_token(request: Request, kept: Kept, known: Known, token: str) -> Response:
    """Take a token of one's own back."""
    tokens.revoke(kept, token, by(request), known.name)
    return RedirectResponse("/account", 303)


def _page(desk: Desk, kept: Store, known: Caller, told: Html = Html()) -> HTMLResponse:  # noqa: B008 - it is a string
    own = tokens.all_tokens(kept, known.name)
    rows = [
        (it.name, str(it.scope), it.made[:10], it.until[:10], it.used or "never",
         sent(f"/account/tokens/{it.id}", f"Revoke {it.name}"))
        for it in own
    ]  # fmt: skip
    listed = table("Your tokens", ("For", "Scope", "Made", "Until", "Last used", "Revoking"), rows) if rows else Html()
    scopes = [it for it in Scope if known.role.may(it.within(Role.ADMIN))]
    return sheet(
        "Your account",
        desk,
        told,
        element("p", None, f"You are {known.name}, with the role {known.role}."),
        _for_admins(known),
        titled_part("Log out", sent("/logout", "Log out here"), element("p", None, _open(kept, known)),
                    sent("/account/sessions", "Log out everywhere")),
        titled_part(
            "Change your password",
            sent(
                "/account/password", "Change it", named(known.name),
                secret_field("old", "Present password", "current-password"),
                secret_field("password", "New password, at least 12 characters", "new-password"),
                secret_field("again", "The new one again", "new-password"),
            ),
        ),
        titled_part(
            "Tokens for the API",
            element("p", None, "A program that comes with a token does what you may, within the token's scope: ",
                    element("code", None, "Authorization: Bearer sayso_…")),
            listed,
            sent("/account/tokens", "Make a token", text_field("name", "What it is for", None),
                 one_of("scope", "Scope", [it.value for it in scopes]),
                 text_field("days", f"Days it lasts, at most {tokens.MOST_DAYS}", str(tokens.DAYS))),
        ),
    )  # fmt: skip


def _for_admins(known: Caller) -> Html:
    if not known.role.may(Role.ADMIN):
        return Html()
    return element("p", None, link("/users", "Users"), " · ", link("/cases", "Cases"))


def _open(kept: Store, known: Caller) -> str:
    return f"You have {count(sessions.count_of(kept, known.name), 'session')} open."


def _scope(said: str) -> Scope:
    try:
        return Scope(said)
    except ValueError as error:
        raise SaysoError("This is no scope of a token", f"One of: {', '.join(Scope)}") from error


def _days(said: str) -> int:
    if not (said.strip().isascii() and said.strip().isdigit() and len(said.strip()) < 6):
        raise SaysoError("This is no number of days", f"From 1 to {tokens.MOST_DAYS}")
    return int(said)
