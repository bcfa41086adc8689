"""What every page works with: the ledger, and how the desk was set up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from sayso.ledger import Ledger
from sayso.share.map import Towns
from sayso.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """The ledger that is shown, the settings, and the towns that maps show for context."""

    ledger: Ledger
    settings: Settings
    towns: Towns


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


At = Annotated[Desk, Depends(_desk)]
"""A parameter of a route that gets the desk."""
