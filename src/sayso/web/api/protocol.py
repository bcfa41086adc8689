"""HEAD and OPTIONS, for every address alike."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

IS_HEAD = "sayso.head"  # in the scope of a request: nobody will see the body


def methods(routes: Sequence[BaseRoute], scope: Scope) -> tuple[str, ...]:
    """How an address may be asked; nothing where there is no such address."""
    fitting = [route for route in routes if route.matches(scope)[0] is not Match.NONE]
    literal = [route for route in fitting if "{" not in getattr(route, "path", "")]
    found: set[str] = set()
    for route in literal or fitting:  # /review/undo is no report called "undo"
        found |= getattr(route, "methods", None) or set()
    if "GET" in found:
        found.add("HEAD")
    return tuple(sorted(found | {"OPTIONS"})) if found else ()


def polite(app: ASGIApp, routes: Sequence[BaseRoute]) -> ASGIApp:
    """The application, which also tells what may be done with an address, and answers HEAD as it would GET."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        allowed = methods(routes, scope)
        if scope["method"] == "OPTIONS" and allowed:
            await Response(status_code=204, headers={"Allow": ", ".join(allowed)})(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD" and "GET" in allowed

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                others = [(name, value) for name, value in message["headers"] if name != b"allow"]
                message = {**message, "headers": [*others, (b"allow", ", ".join(allowed).encode())]}
            if message["type"] == "http.response.body" and is_head:
                message = {**message, "body": b""}
            await send(message)

        asked = {**scope, "method": "GET", IS_HEAD: True} if is_head else scope
        await app(asked, receive, sent)

    return answer
