"""What the query string of an address says, checked: words, days, numbers, and one of several."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from starlette.datastructures import QueryParams

from sayso.errors import SaysoError
from sayso.trace.answers.questions import LONGEST, worded
from sayso.trace.listing import Period

_DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_Kind = TypeVar("_Kind", bound=StrEnum)


def words(query: QueryParams, name: str) -> str:
    """The words of a field, "" where there are none. Raises SaysoError where they are too many."""
    found = worded(query.get(name, ""))
    if len(found) > LONGEST:
        raise SaysoError(f"A question has at most {LONGEST:,} characters", "A longer text goes into Read a text")
    return found


def term(query: QueryParams, name: str) -> str | None:
    """The words of a field that may be left out."""
    return words(query, name) or None


def day(query: QueryParams, name: str) -> str | None:
    """A day, month or year as written. Raises SaysoError on what is none."""
    found = term(query, name)
    if found is not None:
        _days(found)
    return found


def period(query: QueryParams) -> Period:
    """The days from `since` to `until`. Raises SaysoError on what is no day, month or year."""
    since, until = term(query, "since"), term(query, "until")
    return Period(_days(since)[0] if since else None, _days(until)[1] if until else None)


def one_of(query: QueryParams, name: str, kind: type[_Kind]) -> _Kind | None:
    """One of the values of an enum. Raises SaysoError on any other."""
    found = term(query, name)
    try:
        return kind(found) if found is not None else None
    except ValueError as error:
        raise SaysoError(f"“{found}” is none of those that can be chosen", f"One of: {', '.join(kind)}") from error


def number(query: QueryParams, name: str, least: int, most: int) -> int:
    """A whole number within bounds; the least where none is given. Raises SaysoError on what is none."""
    found = term(query, name)
    if found is None:
        return least
    if not re.fullmatch(r"[0-9]{1,9}", found):
        raise SaysoError(f"“{found}” is no number", f"From {least} to {most}")
    return min(max(int(found), least), most)


def _days(said: str) -> tuple[date, date]:
    """The first and the last day of a day, month or year as written."""
    found = _DAY.fullmatch(said)
    try:
        if found is None:
            raise ValueError(said)
        year, month, day_ = int(found[1]), found[2], found[3]
        last = int(month or 12)
        first = date(year, int(month or 1), int(day_ or 1))
        return first, date(year, last, int(day_ or monthrange(year, last)[1]))
    except ValueError as error:
        raise SaysoError(f"“{said}” is no day", "Write it as 2022-08-19, 2022-08 or 2022") from error
