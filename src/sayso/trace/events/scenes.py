"""What tells one happening from another."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.trace.events.days import Days
from sayso.trace.events.families import family
from sayso.trace.events.spots import Spot
from sayso.vocabulary import Harm, IncidentType, People, ReportId


@dataclass(frozen=True, slots=True)
class Number:
    """How many people came to a harm, as a report's words have it; `high` is None where they set no upper bound."""

    harm: Harm
    who: People
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Scene:
    """What of an account tells happenings apart: kind, days, spots, numbers, and who did it to whom, if named.

    A scene that says too little to be known again, such as an attack somewhere in a province, has the report it is
    from as its `source`, or the one that this copies: the same words of another report are another scene.
    """

    type: IncidentType
    mode: str | None
    days: Days | None
    spots: tuple[Spot, ...]
    numbers: frozenset[Number]
    doers: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    source: ReportId | None = None

    @property
    def family(self) -> str:
        """What scenes of its kind are looked up by."""
        return family(self.type, self.mode)

    @property
    def vagueness(self) -> int:
        """How little it says of where and when."""
        spotted = any(not spot.is_wide for spot in self.spots)
        dated = self.days is not None and not self.days.supposed and self.days.length <= 3
        return 2 * (not spotted) + (not dated)
