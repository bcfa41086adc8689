"""The cookie of a session: only for HTTP, only for this site, and over TLS alone where the desk is reached by that.

It is Lax and not Strict, so that a link to a page that somebody was sent opens it: no address that a link asks for
changes anything, and what does is refused to foreign pages by `origins`.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response

from sayso.web.accounts.sessions import LONGEST
from sayso.web.settings import Settings

_NAME: Final = "sayso_session"
_MOST: Final = 200  # characters of what somebody sends as one


def session_in(headers: Headers, settings: Settings) -> str | None:
    """What the cookie of a session holds; None where there is none, or several, of which one may be planted."""
    name = _name(settings)
    pairs = (part.strip().partition("=") for line in headers.getlist("cookie") for part in line.split(";"))
    found = [value for key, _, value in pairs if key == name]
    return found[0] if len(found) == 1 and 0 < len(found[0]) <= _MOST else None


def give(response: Response, held: str, settings: Settings) -> None:
    """Set the cookie of a session."""
    response.set_cookie(
        _name(settings), held, max_age=LONGEST, path="/", secure=settings.secure, httponly=True, samesite="lax"
    )


def take(response: Response, settings: Settings) -> None:
    """Take the cookie of a session away."""
    response.delete_cookie(_name(settings), path="/", secure=settings.secure, httponly=True, samesite="lax")


def _name(settings: Settings) -> str:
    return f"__Host-{_NAME}" if settings.secure else _NAME
