"""What nobody foresaw: answered with words and without a trace, and told in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG: Final = logging.getLogger("sayso.web")


def caught(app: ASGIApp, fail: Callable[[Scope], Response]) -> ASGIApp:
    """The application, whose unforeseen failures become what `fail` makes; a stream that broke is cut."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await app(scope, receive, sent)
        except Exception:
            _LOG.exception("no answer could be made: %s", ascii(scope.get("path")))
            if begun or scope["type"] != "http":
                raise
            await fail(scope)(scope, receive, send)

    return answer
