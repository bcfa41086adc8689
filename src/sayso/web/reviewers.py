"""Who decides: the user who is logged in, else whom the desk was opened for, else the name the browser keeps for us."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote

from fastapi import Request
from starlette.responses import Response

from sayso.errors import SaysoError
from sayso.gather.decode import without_surrogates
from sayso.review.deciding import LONGEST_NAME
from sayso.web.accounts.roles import Role

_COOKIE: Final = "reviewer"
_YEAR: Final = 365 * 86_400  # seconds
_ASKED: Final = "Give your name under Review first, so that it is known who decided"


def reviewer(request: Request) -> str:
    """The name that decisions are made under; "" where nobody has said it yet, or who is logged in may not decide."""
    user = getattr(request.state, "user", None)
    if user is not None:
        return str(user.name) if user.role.may(Role.REVIEWER) else ""
    return str(getattr(_settings(request), "reviewer", "")) or _kept(request)


def is_asked(request: Request) -> bool:
    """Whether it is for the person at the browser to say who they are."""
    return getattr(request.state, "user", None) is None and not getattr(_settings(request), "reviewer", "")


def named(request: Request) -> str:
    """The name that decisions are made under. Raises SaysoError where it is not known."""
    found = reviewer(request)
    if not found:
        raise SaysoError("It is not known who decides", _ASKED)
    return found


def name_given(said: str) -> str:
    """A name as it is kept. Raises SaysoError where it is none."""
    name = without_surrogates(" ".join(said.split())).text
    if not 0 < len(name) <= LONGEST_NAME:
        raise SaysoError("A name is missing, or too long", f"Give one of at most {LONGEST_NAME} characters")
    return name


def keep(response: Response, name: str) -> None:
    """Let the browser keep a name."""
    response.set_cookie(
        _COOKIE, quote(name, safe=""), max_age=_YEAR, path="/", httponly=True, samesite="strict"
    )  # fmt: skip


def _kept(request: Request) -> str:
    """The name in the cookie; "" where there is none that could be one of ours."""
    found = without_surrogates(unquote(request.cookies.get(_COOKIE, ""), errors="replace")).text
    name = " ".join(found.split())
    return name if len(name) <= LONGEST_NAME else ""


def _settings(request: Request) -> object:
    desk = getattr(request.app.state, "desk", None)
    return getattr(desk, "settings", None)
