"""When an incident was: intervals of days, and how well two of them fit one happening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_FRESH: Final = 3  # days before its publication in which an undated incident is taken to have been
_RECALLED: Final = 45  # days after which a report still may tell of something without a date
_SHORT: Final = 3  # days: as good as a date
_LONG: Final = 14  # days: more than this is a period, and looked up by month
_AGE: Final = 2 * 366  # days: more than this dates nothing
_SAME: Final = 1.0
_ROUGH: Final = 0.7
_PERIOD: Final = 0.4
_NEXT_DAY: Final = 0.4
_SUPPOSED: Final = 0.5
_LATER: Final = 0.2


@dataclass(frozen=True, slots=True)
class Days:
    """The days something may have happened on, both included. `supposed` ones are counted from the publication."""

    start: date
    end: date
    supposed: bool = False

    @property
    def length(self) -> int:
        """How many days."""
        return (self.end - self.start).days + 1


def parsed(value: str | None) -> date | None:
    """The day of an ISO date or date-time; None where there is none, or only a year or month."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def days_of(start: str | None, end: str | None, published: str | None) -> Days | None:
    """The days of an incident; those before its publication where it is undated, None where nothing is known."""
    told = parsed(published)
    first, last = parsed(start), parsed(end)
    if first is None and last is None:
        return Days(_back(told, _FRESH), told, supposed=True) if told is not None else None
    if last is None:
        last = max(first, told) if first and told else first
    if first is None:
        first = last
    assert first is not None
    assert last is not None
    found = Days(min(first, last), max(first, last))
    return found if found.length <= _AGE else None


def _back(day: date, number: int) -> date:
    return day - timedelta(days=min(number, (day - date.min).days))


def _ahead(day: date, number: int) -> date:
    return day + timedelta(days=min(number, (date.max - day).days))


def day_fit(one: Days | None, other: Days | None) -> tuple[float | None, str]:
    """How well two intervals fit one happening, and why; None where one is not known, 0 where they are apart."""
    if one is None or other is None:
        return None, "no day is given"
    gap = (max(one.start, other.start) - min(one.end, other.end)).days
    if one.supposed or other.supposed:
        return _supposed_fit(one, other, gap)
    if gap > 1:
        return 0.0, f"{gap} days apart"
    if gap == 1:
        return (_NEXT_DAY, "on the next day") if max(one.length, other.length) <= _SHORT else (0.0, "")
    longest = max(one.length, other.length)
    if longest <= _SHORT:
        return _SAME, f"both on {_shown(one, other)}"
    return (_ROUGH if longest <= _LONG else _PERIOD), f"both may be on {_shown(one, other)}"


def _supposed_fit(one: Days, other: Days, gap: int) -> tuple[float, str]:
    if gap <= 0:
        return _SUPPOSED, "undated, and published then"
    dated, undated = (other, one) if one.supposed else (one, other)
    if not dated.supposed and 0 < (undated.start - dated.end).days <= _RECALLED:
        return _LATER, "undated, and published some time after"
    return 0.0, f"{gap} days apart"


def _shown(one: Days, other: Days) -> str:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return start.isoformat() if start == end else f"{start.isoformat()} to {end.isoformat()}"


def kept_under(days: Days) -> Iterator[str]:
    """The keys that an interval is kept under: dated ones by day, supposed ones and periods by month, all by month."""
    if days.supposed:
        yield from (f"supposed {month}" for month in _months(_reach(days)))
    elif days.length > _LONG:
        yield from (f"period {month}" for month in _months(days))
    else:
        yield from (day.isoformat() for day in _each(days))
    yield from (f"any {month}" for month in _months(_reach(days)))


def sought_under(days: Days) -> Iterator[str]:
    """The keys under which every interval is kept that may fit this one; A seeks B if and only if B seeks A."""
    if not days.supposed and days.length > _LONG:
        yield from (f"any {month}" for month in _months(_reach(days)))
        return
    yield from (day.isoformat() for day in _each(_reach(days)))
    for kind in ("supposed", "period"):
        yield from (f"{kind} {month}" for month in _months(_reach(days)))


def _reach(days: Days) -> Days:
    """An interval with the days around it that may still fit."""
    return Days(_back(days.start, _RECALLED if days.supposed else 1), _ahead(days.end, 1), days.supposed)


def _each(days: Days) -> Iterator[date]:
    return (days.start + timedelta(days=i) for i in range(days.length))


def _months(days: Days) -> Iterator[str]:
    year, month = days.start.year, days.start.month
    while (year, month) <= (days.end.year, days.end.month):
        yield f"{year:04d}-{month:02d}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
