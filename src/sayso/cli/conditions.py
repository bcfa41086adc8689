"""What a question may be narrowed by, from the words of options: days, periods, and the types of happenings."""

from __future__ import annotations

import argparse
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.trace.listing import Period
    from sayso.vocabulary import IncidentType


def period(options: argparse.Namespace) -> Period:
    """The days from --since to --until. Raises SaysoError on what is no day, month or year."""
    from sayso.trace.listing import Period

    since = _days("--since", options.since) if options.since is not None else None
    until = _days("--until", options.until) if options.until is not None else None
    return Period(since[0] if since else None, until[1] if until else None)


def _days(option: str, said: str) -> tuple[date, date]:
    """The first and the last day of a day, month or year as written."""
    parts = said.split("-")
    try:
        year, month, number = [*map(_number, parts), None, None][: max(3, len(parts))]
        if year is None:
            raise ValueError(said)
        last = month or 12
        return date(year, month or 1, number or 1), date(year, last, number or monthrange(year, last)[1])
    except (ValueError, OverflowError) as error:
        raise SaysoError(f"{option} {said!r} is no day", "Write it as 2022-08-19, 2022-08 or 2022") from error


def _number(part: str) -> int | None:
    if not (part.isdecimal() and part.isascii() and int(part)):
        raise ValueError(part)
    return int(part)


def incident_type(said: str | None) -> IncidentType | None:
    """The sub-event type that some words name. Raises SaysoError where they name none, or several."""
    from sayso.vocabulary import IncidentType

    if said is None:
        return None
    wanted = said.casefold().strip()
    exact = [it for it in IncidentType if it.value.casefold() == wanted]
    found = exact or [it for it in IncidentType if wanted in it.value.casefold()]
    if len(found) != 1:
        known = ", ".join(it.value for it in found or IncidentType)
        raise SaysoError(f"--type {said!r} {'names several types' if found else 'is no type'}", f"One of: {known}")
    return found[0]


def day(said: str | None) -> date | None:
    """A day as written. Raises SaysoError on what is none."""
    try:
        return None if said is None else date.fromisoformat(said)
    except ValueError as error:
        raise SaysoError(f"--as-of {said!r} is not a day", "Write it as 2022-08-19") from error
