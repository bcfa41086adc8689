"""Who may ask: only under a name of ours, and what changes the ledger only from a page of ours.

A foreign name that is pointed at this machine (DNS rebinding) is refused by its Host. A form of a foreign page is
refused by Sec-Fetch-Site, which browsers set and pages cannot, or else by its Origin; who sends neither is no browser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from sayso.web.api.refusals import ForeignPage, WrongHost
from sayso.web.failures import told
from sayso.web.settings import Settings

_ALIVE: Final = "/healthz"  # asked for by whatever name, it says nothing but that the desk is there
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS: Final = frozenset({"same-origin", "none"})  # "none": the person at the browser asked, and no page
_HOST: Final = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253})(:[0-9]{1,5})?")


def of_ours(app: ASGIApp, settings: Settings) -> ASGIApp:
    """The application, for those alone who ask under a name of ours and from a page of ours."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["path"] != _ALIVE and not is_ours(headers.getlist("host"), settings.hosts):
            cure = "Open it by the address that sayso serve printed, such as http://127.0.0.1:8480/"
            await told(scope, WrongHost("The desk does not go by this name", cure))(scope, receive, send)
        elif scope["method"] not in _SAFE and not is_own_page(headers):
            cure = "Go back to the desk, and send the form from its own page"
            await told(scope, ForeignPage("This was sent by another page", cure))(scope, receive, send)
        else:
            await app(scope, receive, send)

    return answer


def is_ours(hosts: Sequence[str], ours: Sequence[str]) -> bool:
    """Whether a request names one host, and one of ours; the port does not matter."""
    found = _HOST.fullmatch(hosts[0].lower()) if len(hosts) == 1 else None
    return found is not None and found[1] in ours


def is_own_page(headers: Headers) -> bool:
    """Whether a request that changes something comes from a page of this very origin, or from no page at all."""
    sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
    if sites:
        return len(sites) == 1 and sites[0] in _OURS
    if origins:
        host = headers.get("host", "").lower()
        return len(origins) == 1 and origins[0].lower() in (f"http://{host}", f"https://{host}")
    return True
