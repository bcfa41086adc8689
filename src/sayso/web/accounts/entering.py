"""The door of a desk with accounts: who asks, whether so often, whether they may, and what ledger they get to see."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import SaysoError
from sayso.ledger import Ledger
from sayso.web.accounts import permissions, sessions, tokens
from sayso.web.accounts.callers import Caller
from sayso.web.accounts.cookies import session_in
from sayso.web.accounts.permissions import ANYBODY
from sayso.web.accounts.present import present
from sayso.web.accounts.rates import Buckets, address_key
from sayso.web.accounts.seeing import Seeing
from sayso.web.accounts.store import Store
from sayso.web.api.refusals import BadToken, ForeignPage, NotAllowed, NotLoggedIn, TooMany, TwoCredentials
from sayso.web.failures import is_api, plainly, told
from sayso.web.measuring import MET
from sayso.web.settings import Settings

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_FREE: Final = ("/static/", "/healthz")  # of which nothing is counted
_FEED: Final = ".atom"


def entered(app: ASGIApp, store: Store, settings: Settings, ledger: Ledger) -> ASGIApp:
    """The application for those alone who may, each with the ledger as they get to see it.

    What is let in finds who asks in `state.user` and that ledger in `state.ledger`.
    """
    buckets, seeing = Buckets(), Seeing(store, ledger)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        try:
            caller = await run_in_threadpool(_caller, scope, store, settings)
            scope.get(MET, {}).update({"user": caller.name} if caller is not None else {})
            _in_turn(scope, caller, buckets, settings)
            refusal = _not_there(scope, caller)
            seen = await run_in_threadpool(seeing.ledger_of, caller) if caller is not None else None
        except SaysoError as error:
            refusal = _refusal(error, scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        state = {**scope.get("state", {}), "user": caller, "ledger": seen}
        with present(caller):
            await app({**scope, "state": state}, receive, _private(send))

    return answer


def address_of(scope: Scope) -> str:
    """The address a request comes from; "" where it is not known."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def _caller(scope: Scope, store: Store, settings: Settings) -> Caller | None:
    """Who asks; None where nobody is logged in. Raises TwoCredentials, BadToken, ForeignPage."""
    headers = Headers(scope=scope)
    sent, held = headers.getlist("authorization"), session_in(headers, settings)
    if sent and held is not None:
        raise TwoCredentials("A token and a session came together", "Send one of the two")
    if sent:
        return _by_token(scope["path"], sent, store)
    if held is None:
        return None
    if scope["method"] not in _SAFE and not (headers.get("sec-fetch-site") or headers.get("origin")):
        raise ForeignPage("It cannot be told which page sent this", "Send the form from its own page")
    return sessions.caller(store, held)


def _by_token(path: str, sent: Sequence[str], store: Store) -> Caller:
    if not _is_for_programs(path):
        raise BadToken("Tokens are for the API and feeds alone", "Log in to see pages")
    scheme, _, held = sent[0].partition(" ")
    found = tokens.caller(store, held.strip()) if len(sent) == 1 and scheme.lower() == "bearer" else None
    if found is None:
        raise BadToken("This token is none, has run out or was revoked", "Make another on the page of your account")
    return found


def _is_for_programs(path: str) -> bool:
    """Whether an address is one that programs ask for, with tokens."""
    return is_api(path) or path == "/metrics" or path.endswith(_FEED)


def _in_turn(scope: Scope, caller: Caller | None, buckets: Buckets, settings: Settings) -> None:
    """Raise TooMany where somebody asks too often."""
    if scope["path"].startswith(_FREE):
        return
    rate = settings.strangers if caller is None else settings.users
    key = address_key(address_of(scope)) if caller is None else f"user {caller.name} {caller.token or ''}"
    if seconds := buckets.wait(key, rate, time.monotonic()):
        raise TooMany(seconds)


def _not_there(scope: Scope, caller: Caller | None) -> Response | None:
    """What is answered where there is no such address, or it is not asked so. Raises NotLoggedIn, NotAllowed."""
    method, path = scope["method"], scope["path"]
    least, known = permissions.least(method, path), permissions.methods(path)
    if least == ANYBODY:
        return None
    if caller is None:
        raise NotLoggedIn("Nobody is logged in", "Log in, or send a token: Authorization: Bearer sayso_…")
    if least is not None:
        if caller.role.may(least):
            return None
        how = " with this token" if caller.token else ""
        raise NotAllowed(f"{caller.name} is {caller.role}{how}, and this takes {least}", "Ask an admin of the desk")
    if not known:
        return plainly(scope, 404)
    if method == "OPTIONS" and is_api(path):
        return None
    found = plainly(scope, 405)
    found.headers["Allow"] = ", ".join(sorted(known))
    return found


def _refusal(error: SaysoError, scope: Scope) -> Response:
    path = scope["path"]
    if isinstance(error, NotLoggedIn) and not _is_for_programs(path) and scope["method"] in _SAFE:
        query = scope.get("query_string", b"").decode("latin-1")
        back = quote(f"{path}?{query}" if query else path, safe="")
        return RedirectResponse("/login" if path == "/" else f"/login?next={back}", 303)
    found = told(scope, error)
    if isinstance(error, NotLoggedIn | BadToken):
        found.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooMany):
        found.headers["Retry-After"] = str(error.seconds)
    return found


def _private(send: Send) -> Send:
    """Answers are for whom they were made alone."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.add_vary_header("Cookie")
            headers.add_vary_header("Authorization")
            if headers.get("cache-control") == "no-cache":
                headers["cache-control"] = "private, no-cache"
        await send(message)

    return sent
