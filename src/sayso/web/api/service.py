"""What every route works with: the ledger and the limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request

from sayso.ledger import Ledger
from sayso.web.api.limits import Limits
from sayso.web.api.turns import Turns


@dataclass(frozen=True, slots=True)
class Service:
    """The ledger that is asked, what a request may ask for, and the turns of what may run only so often at once."""

    ledger: Ledger
    limits: Limits
    searches: Turns
    readings: Turns
    exports: Turns


def _service(request: Request) -> Service:
    """The service, with the ledger as whoever asks gets to see it."""
    found: Service = request.app.state.service
    seen: Ledger | None = getattr(request.state, "ledger", None)
    return found if seen is None else replace(found, ledger=seen)


From = Annotated[Service, Depends(_service)]
"""A parameter of a route that gets the service."""
