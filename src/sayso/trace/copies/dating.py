"""When a report was first known, and which of two came first: by capture, by stated date, or only as claimed.

A capture proves that a report was there. A stated date counts as known where the report was captured within a week
of it; a later capture leaves it a claim, and the report is known from the day of its capture on. Reports captured on
one day, as an import brings them, keep the order of their claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from sayso.trace.copies.index import Kept
from sayso.vocabulary import Precedence

TIMELY: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dated:
    """When a report was captured and when it says it was published, in UTC; `whole_day`: it names no hour."""

    captured: datetime | None
    stated: datetime | None
    whole_day: bool = False

    @property
    def claimed(self) -> bool:
        """Whether the stated date is a claim: nobody has captured the report near it."""
        if self.stated is None:
            return False
        return self.captured is None or self.captured - self.stated > TIMELY

    @property
    def known(self) -> datetime | None:
        """From when on the report is known: its stated date where that is no mere claim, or its capture."""
        return self.stated if self.stated is not None and not self.claimed else self.captured


def dated(kept: Kept) -> Dated:
    """The dates of a report; a date that cannot be read counts as none."""
    published = kept.report.published
    stated = _moment(published.value) if published else None
    return Dated(
        _moment(kept.captured or ""),
        stated,
        published is not None and len(published.value.strip()) <= len("2000-01-01"),
    )


def order(kept: Kept) -> tuple[datetime, datetime, str]:
    """A key that puts reports in the order they are known in: by day, then by stated moment, then by id."""
    dates = dated(kept)
    known = dates.known or dates.stated or _NEVER
    return known.replace(hour=0, minute=0, second=0, microsecond=0), dates.stated or known, str(kept.report.id)


def hours_apart(a: Kept, b: Kept) -> float | None:
    """The least number of hours between two reports by their stated dates, or else by capture; None where unknown."""
    one, other = dated(a), dated(b)
    if one.stated and other.stated:
        apart = abs(one.stated - other.stated) - _DAY * (one.whole_day or other.whole_day)
    elif one.known and other.known:
        apart = abs(one.known - other.known)
    else:
        return None
    return max(0.0, apart / timedelta(hours=1))


def precedence(source: Kept, copy: Kept) -> Precedence:
    """How it is known that the one report is older than the other."""
    first, second = dated(source), dated(copy)
    captured = first.captured is not None and second.captured is not None and first.captured < second.captured
    if first.stated is None or second.stated is None:
        return Precedence.CAPTURE if captured else Precedence.UNKNOWN
    if first.stated >= second.stated:
        return Precedence.CAPTURE if captured else Precedence.UNKNOWN
    if not first.claimed:
        return Precedence.BOTH if captured else Precedence.STATED
    return Precedence.CLAIMED


@lru_cache(maxsize=10_000)
def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
