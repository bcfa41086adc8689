"""What the pages of accounts work with: where accounts are kept, and who asks."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from sayso.web.accounts.audit import By
from sayso.web.accounts.callers import Caller
from sayso.web.accounts.entering import address_of
from sayso.web.accounts.store import Store


def caller_of(request: Request) -> Caller | None:
    """Who asks; None where nobody is logged in, or there are no accounts."""
    found: Caller | None = getattr(request.state, "user", None)
    return found


def _kept(request: Request) -> Store:
    found: Store = request.app.state.accounts
    return found


def _known(request: Request) -> Caller:
    found = caller_of(request)
    if found is None:
        raise HTTPException(401)
    return found


def by(request: Request) -> By:
    """Who does something, from where."""
    return By(_known(request).name, address_of(request.scope))


Kept = Annotated[Store, Depends(_kept)]
"""A parameter of a route that gets the accounts."""
Known = Annotated[Caller, Depends(_known)]
"""A parameter of a route that gets who is logged in."""
