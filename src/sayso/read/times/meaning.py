"""What a time expression says by itself, before anybody knows which day it was written on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Which(StrEnum):
    """Which of several: as seen from when the text was written, or from the date it was just talking of."""

    LAST = "last"
    THIS = "this"
    NEXT = "next"
    PREVIOUS = "previous"
    THAT = "that"
    FOLLOWING = "following"


@dataclass(frozen=True, slots=True)
class Deictic:
    """A unit of the calendar counted from a day: "yesterday" (D, -1), "this month" (M, 0), "the following week"."""

    unit: str
    which: Which
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as written. `zone` is the zone in the text's own words."""

    hour: int
    minute: int | None = None
    second: int | None = None
    zone: str | None = None

    @property
    def iso(self) -> str:
        """The time in ISO form, as precise as written."""
        parts = [f"T{self.hour:02d}"]
        if self.minute is not None:
            parts.append(f":{self.minute:02d}")
            if self.second is not None:
                parts.append(f":{self.second:02d}")
        return "".join(parts)

    @property
    def timex(self) -> str:
        """The time as TIMEX3 values give it: to the minute."""
        return self.iso if self.minute is not None else f"{self.iso}:00"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or stretch of the calendar, as far as it is told.

    `part` is a part of a day (MO, AF, …), `season` one of SP, SU, FA, WI; `block` a part of a year (Q3, H1, QX);
    `span` a longer stretch in TIMEX3 ("198", "19"). `which` chooses among weekdays, months and the like; `within`
    is the day, week or year it lies in. `festival` is the name of a festival, or of a month of another `calendar`.
    `swappable` is a date in numbers whose day and month could change places.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    season: str | None = None
    block: str | None = None
    stretch: str | None = None
    clock: Clock | None = None
    which: Which | None = None
    within: Deictic | None = None
    festival: str | None = None
    calendar: str | None = None
    mod: str | None = None
    bc: bool = False
    swappable: bool = False
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Distance:
    """So far from a day: "two years ago". A `count` of None is "some"; `told` counts from the day the text told of."""

    unit: str
    count: float | None
    forward: bool
    told: bool
    mod: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """A duration. `side` is -1 for one that ends with the anchor ("the past week"), 1 for one that begins with it."""

    unit: str
    count: float | None
    side: int = 0
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Repeated:
    """A set: the value of its members in TIMEX3."""

    value: str


@dataclass(frozen=True, slots=True)
class Vague:
    """PRESENT_REF, PAST_REF or FUTURE_REF; with `ahead` only where the words around it speak of the future ("soon")."""

    value: str
    ahead: bool = False


Meaning = Moment | Deictic | Distance | Length | Repeated | Vague
