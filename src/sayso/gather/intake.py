"""How inputs are taken in: how much of them, which columns hold what, and who fetches addresses."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.gather.columns import AUTOMATIC, Columns
from sayso.gather.fetch.visitor import Visitor, shared_visitor
from sayso.gather.limits import DEFAULT, Limits


@dataclass(frozen=True, slots=True)
class Intake:
    """What every reader of inputs needs to know. Without a `visitor` the one of this process fetches."""

    limits: Limits = DEFAULT
    columns: Columns = field(default_factory=lambda: AUTOMATIC)
    visitor: Visitor | None = None

    def fetcher(self) -> Visitor:
        """Who fetches addresses."""
        return self.visitor or shared_visitor(self.limits)
