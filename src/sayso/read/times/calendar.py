"""The calendar behind TIMEX3 values: the days a value covers, and days counted from other days (ISO 8601)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sayso.vocabulary import TimePrecision

# Where a season lies: its first month, and how many years later than the value's it ends (northern hemisphere).
_SEASONS: Final = {"SP": (3, 5, 0), "SU": (6, 8, 0), "FA": (9, 11, 0), "WI": (12, 2, 1)}
_MONTHS_IN: Final = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}
_DAYS_IN: Final = {"D": 1, "W": 7, "2W": 14, "WE": 7}
_SECONDS_IN: Final = {"TH": 3600, "TM": 60, "TS": 1}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days of a value, both included, and how fine the value is."""

    start: date
    end: date
    precision: TimePrecision


def _month(year: int, first: int, last: int, later: int = 0) -> tuple[date, date]:
    end = year + later
    return date(year, first, 1), date(end, last, calendar.monthrange(end, last)[1])


def _day(match: re.Match[str]) -> Stretch:
    day = date(int(match[1]), int(match[2]), int(match[3]))
    return Stretch(day, day, TimePrecision.DAY)


def _month_of(match: re.Match[str]) -> Stretch:
    return Stretch(*_month(int(match[1]), int(match[2]), int(match[2])), TimePrecision.MONTH)


def _year_of(match: re.Match[str]) -> Stretch:
    return Stretch(*_month(int(match[1]), 1, 12), TimePrecision.YEAR)


def _week(match: re.Match[str]) -> Stretch:
    first, last = (6, 7) if match[3] else (1, 7)
    year, week = int(match[1]), int(match[2])
    return Stretch(
        date.fromisocalendar(year, week, first),
        date.fromisocalendar(year, week, last),
        TimePrecision.PERIOD if match[3] else TimePrecision.WEEK,
    )


def _part(match: re.Match[str]) -> Stretch:
    size = 3 if match[2] == "Q" else 6
    first = (int(match[3]) - 1) * size + 1
    return Stretch(*_month(int(match[1]), first, first + size - 1), TimePrecision.PERIOD)


def _season(match: re.Match[str]) -> Stretch:
    return Stretch(*_month(int(match[1]), *_SEASONS[match[2]]), TimePrecision.SEASON)


def _long(match: re.Match[str]) -> Stretch:
    size = 10 ** (4 - len(match[1]))
    first = max(int(match[1]) * size, 1)
    precision = TimePrecision.DECADE if size == 10 else TimePrecision.CENTURY
    return Stretch(date(first, 1, 1), date(int(match[1]) * size + size - 1, 12, 31), precision)


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Stretch]], ...]] = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), _day),
    (re.compile(r"(\d{4})-(\d\d)"), _month_of),
    (re.compile(r"(\d{4})"), _year_of),
    (re.compile(r"(\d{4})-W(\d\d)(-WE)?"), _week),
    (re.compile(r"(\d{4})-([QH])([1-4])"), _part),
    (re.compile(r"(\d{4})-(SP|SU|FA|WI)"), _season),
    (re.compile(r"(\d\d\d?)"), _long),
)


def stretch(value: str) -> Stretch | None:
    """The days that a TIMEX3 value covers, None where it is in no calendar ("XXXX-05", "PRESENT_REF", "P2Y")."""
    day = value.split("T")[0]
    for form, read in _FORMS:
        if match := form.fullmatch(day):
            try:
                return read(match)
            except (ValueError, OverflowError):
                return None
    return None


def shifted(day: date, unit: str, count: float) -> date | None:
    """The day so many units later; None outside the years 1 to 9999."""
    try:
        if unit in _MONTHS_IN:
            whole, rest = divmod(count * _MONTHS_IN[unit], 1)
            index = day.year * 12 + day.month - 1 + int(whole)
            year, month = divmod(index, 12)
            return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1])) + timedelta(rest * 30)
        if unit in _DAYS_IN:
            return day + timedelta(days=count * _DAYS_IN[unit])
        if unit in _SECONDS_IN:
            return day + timedelta(days=int(count * _SECONDS_IN[unit] / 86400))
    except (ValueError, OverflowError):
        pass
    return None


def value_of(day: date, unit: str) -> str:
    """The value of the unit that a day lies in: its week, month, quarter, decade."""
    if unit in ("W", "2W"):
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit == "WE":
        return f"{value_of(day, 'W')}-WE"
    return {
        "D": day.isoformat(),
        "M": f"{day.year:04d}-{day.month:02d}",
        "Q": f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "Y": f"{day.year:04d}",
        "DE": f"{day.year // 10:03d}",
        "CE": f"{day.year // 100:02d}",
        "ML": f"{day.year // 1000}",
    }[unit]


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computation)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def nth_weekday(year: int, month: int, weekday: int, count: int) -> date:
    """The count-th weekday (ISO number) of a month; -1 is the last."""
    if count > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (count - 1))
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def iso_length(unit: str, count: float | None) -> str:
    """A length as TIMEX3 writes it: P2Y, PT3H, PXD."""
    factor = {"2W": 2, "ML": 1000}.get(unit, 1)
    letter = {"2W": "W", "ML": "Y", "WE": "WE"}.get(unit, unit)
    shown = "X" if count is None else f"{count * factor:.12g}"
    return f"PT{shown}{letter[1:]}" if letter[0] == "T" else f"P{shown}{letter}"
