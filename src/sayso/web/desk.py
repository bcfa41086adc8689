"""What every page works with: the ledger, and how the desk was set up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from sayso.ledger import Ledger
from sayso.share.map import Towns
from sayso.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """The ledger that is shown, the settings, the towns of maps, and the turns in which pasted texts are read."""

    ledger: Ledger
    settings: Settings
    towns: Towns
    reading: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(2))


def _desk(request: Request) -> Desk:
    """The desk, with the ledger as whoever asks gets to see it."""
    found: Desk = request.app.state.desk
    seen: Ledger | None = getattr(request.state, "ledger", None)
    return found if seen is None else replace(found, ledger=seen)


At = Annotated[Desk, Depends(_desk)]
"""A parameter of a route that gets the desk."""
