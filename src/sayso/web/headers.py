"""The headers that every answer carries: what a page may load, who may frame it, and how long it may be kept."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # nobody else is told; over plain HTTP browsers name no origin without it
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
KEPT: Final = "public, max-age=31536000, immutable"  # assets: their names change with what they hold
_NOT_KEPT: Final = "no-store"


def guarded(app: ASGIApp) -> ASGIApp:
    """The application with these headers on all it answers; what says nothing of being kept is not to be kept."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", _NOT_KEPT)
            await send(message)

        await app(scope, receive, sent if scope["type"] == "http" else send)

    return answer
