"""Every request counted and told in the log: by the shape of its address, and never by what it asks for."""

from __future__ import annotations

import logging
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.web.accounts.permissions import shape_of
from sayso.web.measures import Measures

MET: Final = "sayso.met"  # in the scope of a request: what is learnt of it on the way, for the log
_LOG: Final = logging.getLogger("sayso.requests")


def measured(app: ASGIApp, measures: Measures) -> ASGIApp:
    """The application, of which every request is counted and told."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        met: dict[str, str] = {}
        status, began = 500, time.perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app({**scope, MET: met}, receive, sent)
        finally:
            seconds, route = time.perf_counter() - began, shape_of(scope["path"]) or "other"
            measures.count(route, scope["method"], status, seconds)
            address = str(scope["client"][0]) if scope.get("client") else ""
            told = {"route": route, "status": status, "ms": round(seconds * 1000), "address": address, **met}
            _LOG.info("%s %s", scope["method"][:20], route, extra={"request": told})

    return answer
