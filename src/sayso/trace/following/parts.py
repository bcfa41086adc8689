"""The parts of what is derived, in the order in which they lean on one another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, Protocol

from sqlalchemy import Connection

from sayso.vocabulary import Reading, ReportId

VERSION: Final = "2"  # of all parts together: with another one every report is traced anew


class Part(Protocol):
    """How a part is made and kept: a module of `sayso.trace`."""

    def derive(self, reading: Reading) -> Any:  # noqa: ANN401 - each part has its own
        """What one reading gives, without the ledger."""
        ...

    def take_all(self, connection: Connection, taken: Sequence[tuple[int, ReportId, Any]]) -> None:
        """Join what reports give to what the ledger has; nothing of them is there."""
        ...

    def drop(self, connection: Connection, number: int) -> None:
        """Take out what there is of a report, and mend what hung on it."""
        ...


@cache
def parts() -> tuple[tuple[str, Part], ...]:
    """The parts that are made from readings, after copies, by their names."""
    from sayso.trace.claims import stored as claims
    from sayso.trace.events import stored as events
    from sayso.trace.forecasts import stored as forecasts
    from sayso.trace.people import stored as people

    return (("people", people), ("claims", claims), ("events", events), ("forecasts", forecasts))
