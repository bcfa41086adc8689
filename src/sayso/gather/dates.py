"""When a report was published, from a date as somebody wrote it; the written time zone is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone

from sayso.vocabulary import Published

_LONGEST = 80  # characters; no date is longer, and patterns stay cheap
_FIRST_YEAR = 1605  # the first newspaper; older dates are placeholders such as 0001-01-01
_LEEWAY = timedelta(days=2)  # time zones and fast clocks; what lies further ahead is wrong

_ZONE = r"(?P<zone>Z|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5})"
_CLOCK = rf"(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}}))?\s*(?P<half>[ap]\.?m\.?)?\s*{_ZONE}?"
_WRITTEN = re.compile(  # 19 August 2022 · August 19th, 2022, 1:05 pm · Fri, 19 Aug 2022 13:05:00 +0300
    r"(?:[a-z]{3,9}\.?,?\s+)?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]{3,9})\.?"
    r"|(?P<month_first>[a-z]{3,9})\.?\s+(?P<day_second>\d{1,2})(?:st|nd|rd|th)?)"
    rf",?\s+(?P<year>\d{{4}})(?:,?\s+(?:at\s+)?{_CLOCK})?",
    re.IGNORECASE,
)
_ISO_CLOCK = re.compile(rf"[T ](?P<clock>\d{{2}}(?::?\d{{2}}){{1,2}}(?:[.,]\d+)?) ?{_ZONE}?", re.IGNORECASE)
_MONTHS = (  # our own list, because the calendar module's follows the locale
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or date-time in ISO 8601, no more precise than it was written, and its zone as written."""

    value: str
    zone: str | None = None


def parse_date(raw: str) -> Moment | None:
    """The moment that `raw` states, or None if it is no date we can read without guessing.

    Reads ISO 8601 and dates with an English month name. Dates such as 03/04/2022 are refused as ambiguous.
    """
    written = " ".join(raw[: _LONGEST + 1].split())
    if not 8 <= len(written) <= _LONGEST:
        return None
    try:
        moment = _iso(written) or _in_words(written)
    except (ValueError, OverflowError):
        return None
    return moment if moment and int(moment.value[:4]) >= _FIRST_YEAR else None


def published(raw: str, basis: str) -> tuple[Published | None, tuple[str, ...]]:
    """The publication time that `raw` states, or None with a flag that says why it was dropped."""
    return first_published([(raw, basis)])


def first_published(candidates: Iterable[tuple[str, str]]) -> tuple[Published | None, tuple[str, ...]]:
    """The first of (date as written, basis) that can be read and is past, with flags for those before."""
    flags: list[str] = []
    for raw, basis in candidates:
        moment = parse_date(raw)
        if moment is None:
            flags.append(f'date dropped: "{raw[:40]}" ({basis}) is not a date we can read')
        elif _is_future(moment):
            flags.append(f"date dropped: {moment.value} ({basis}) lies in the future")
        else:
            return Published(moment.value, basis, moment.zone), tuple(flags)
    return None, tuple(flags)


def _iso(written: str) -> Moment | None:
    day_end = re.search("[T ]", written, re.IGNORECASE)
    day_text = (written[: day_end.start()] if day_end else written).replace("/", "-")
    try:
        day = datetime.fromisoformat(day_text)
    except ValueError:
        return None
    if day_end is None:
        return Moment(day.date().isoformat())
    match = _ISO_CLOCK.fullmatch(written, day_end.start())
    if match is None:
        return None
    clock = time.fromisoformat(match["clock"])
    moment = datetime.combine(day, clock, _offset(match["zone"]))
    return Moment(_as_precise(moment, len(re.sub(r"\D", "", match["clock"])) > 4), match["zone"])


def _in_words(written: str) -> Moment | None:
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    month = _month(match["month"] or match["month_first"])
    if month is None:
        return None
    day = datetime(int(match["year"]), month, int(match["day"] or match["day_second"]))
    if match["hour"] is None:
        return Moment(day.date().isoformat())
    return Moment(_as_precise(_at(day, match), match["second"] is not None), match["zone"])


def _month(name: str) -> int | None:
    short = name.lower().removesuffix(".")
    found = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(short) and len(short) > 2]
    return found[0] if found else None


def _at(day: datetime, match: re.Match[str]) -> datetime:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    return day.replace(
        hour=hour,
        minute=int(match["minute"]),
        second=int(match["second"] or 0),
        tzinfo=_offset(match["zone"]),
    )


def _offset(zone: str | None) -> timezone | None:
    """The offset a zone states. Names such as IST mean several zones: kept as written, never computed."""
    if zone is None:
        return None
    if zone.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone)
    if digits is None:
        return None
    size = timedelta(hours=int(digits[2]), minutes=int(digits[3] or 0))
    return timezone(-size if digits[1] == "-" else size)


def _as_precise(moment: datetime, seconds: bool) -> str:
    return moment.isoformat(timespec="auto" if seconds else "minutes")


def _is_future(moment: Moment) -> bool:
    when = datetime.fromisoformat(moment.value)
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return when > datetime.now(UTC) + _LEEWAY
