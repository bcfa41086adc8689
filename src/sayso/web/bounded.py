"""How long one question of a page to the database may take."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from sayso.ledger.cutting import within
from sayso.web.failures import is_api


def bounded(app: ASGIApp, seconds: float) -> ASGIApp:
    """The application, whose pages give a question up after so many seconds; the API has limits of its own."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_api(scope["path"]):
            await app(scope, receive, send)
            return
        with within(seconds):
            await app(scope, receive, send)

    return answer
