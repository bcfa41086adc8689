"""Asking for the headers of a page alone: it is made as for GET, and the server leaves the body out."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

_API: Final = "/api/"  # which answers for itself


def answered(app: ASGIApp) -> ASGIApp:
    """The application, that takes a HEAD for a GET."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        is_head = scope["type"] == "http" and scope["method"] == "HEAD" and not scope["path"].startswith(_API)
        await app({**scope, "method": "GET"} if is_head else scope, receive, send)

    return answer
