"""The days a reading speaks of: each calendar interval once, with the words that name it and what falls on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from sayso.share.happenings import Happening
from sayso.share.visible import one_line
from sayso.vocabulary import Forecast, Incident, Reading, Tally, Time, TimeId, TimeKind, TimePrecision

MONTHS: Final = "January February March April May June July August September October November December".split()
_THROUGHOUT: Final = frozenset({TimeKind.DURATION, TimeKind.SET})


@dataclass(frozen=True, slots=True)
class Interval:
    """Calendar days from `start` to `end`, both included; an open side is None."""

    start: date | None
    end: date | None

    @property
    def first(self) -> date:
        """The day to sort by: where it starts or, open there, where it ends."""
        return self.start or self.end or date.min

    @property
    def is_day(self) -> bool:
        """Whether it is one single day."""
        return self.start is not None and self.start == self.end

    def __str__(self) -> str:
        if self.start and self.end:
            return _between(self.start, self.end)
        if self.start:
            return f"since {_day(self.start)}"
        return f"until {_day(self.end)}" if self.end else "no date"


@dataclass(frozen=True, slots=True)
class Moment:
    """An interval with the expressions that name it and the happenings that fall on it; no interval: not dated.

    `key` names its words on the page: "t3"; a moment that no words name has none.
    """

    key: str
    interval: Interval | None
    times: tuple[Time, ...]
    happenings: tuple[Happening, ...]

    @property
    def is_throughout(self) -> bool:
        """Whether it is meant from end to end, and not as some day within."""
        return any(time.kind in _THROUGHOUT or time.precision is TimePrecision.PERIOD for time in self.times)


_Key = tuple[Interval | None, str]


def moments(reading: Reading, happenings: Iterable[Happening]) -> tuple[Moment, ...]:
    """The moments of a reading in order of the calendar, those without a date last."""
    named: dict[_Key, list[Time]] = defaultdict(list)
    keys: dict[TimeId, _Key] = {}
    for time in sorted(reading.times, key=lambda time: time.span):
        dated = interval(time.start, time.end)
        keys[time.id] = key = dated, (time.clock or "") if dated else one_line(time.text).casefold()
        named[key].append(time)
    falling: dict[_Key, list[Happening]] = defaultdict(list)
    for happening in happenings:
        for key in dict.fromkeys(_keys(happening, keys)):
            falling[key].append(happening)
    every = sorted(dict.fromkeys(chain(named, falling)), key=_order)
    numbers = {key: f"t{number}" for number, key in enumerate((key for key in every if key in named), start=1)}
    return tuple(
        Moment(numbers.get(key, ""), key[0], tuple(named.get(key, ())), tuple(falling.get(key, ()))) for key in every
    )


def interval(start: str | None, end: str | None) -> Interval | None:
    """The interval between two ISO dates. None where there is none, or where it ends before it starts."""
    try:
        found = Interval(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)
    except ValueError:
        return None
    if found.start is None and found.end is None:
        return None
    return None if found.start and found.end and found.end < found.start else found


def _keys(happening: Happening, keys: Mapping[TimeId, _Key]) -> list[_Key]:
    """The moments a happening falls on: its own days, or else those of the words that date it."""
    match happening.item:
        case Incident() as incident:
            worded = [keys[time] for time in incident.times if time in keys]
            days = interval(incident.start, incident.end)
            if days is None:
                return [key for key in worded if key[0]]
            return [next((key for key in worded if key[0] == days), (days, ""))]
        case Tally() | Forecast():
            return [keys[time] for time in happening.times if time in keys and keys[time][0]]


def _order(key: _Key) -> tuple[bool, date, date, str]:
    days, words = key
    return days is None, days.first if days else date.max, (days and days.end) or date.max, words


def _between(start: date, end: date) -> str:
    if start == end:
        return _day(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start.year != end.year:
        return f"{_day(start)} – {_day(end)}"
    if start.day == 1 and _is_last_of_month(end):
        first, last = MONTHS[start.month - 1][:3], MONTHS[end.month - 1][:3]
        return f"{first} {end.year}" if first == last else f"{first}–{last} {end.year}"
    if start.month == end.month:
        return f"{start.day}–{_day(end)}"
    return f"{start.day} {MONTHS[start.month - 1][:3]} – {_day(end)}"


def _is_last_of_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"
