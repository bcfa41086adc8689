"""Times and days as tables have them: what was written stands beside what it is read as."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

_WHOLE: Final = "0001-01-01"


def moment(written: str | None) -> datetime | None:
    """The first instant that a date or date-time may mean, in UTC where no zone is written; None for what is none."""
    text = written or ""
    try:
        found = datetime.fromisoformat(text + _WHOLE[len(text) :] if len(text) in (4, 7) else text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def day(written: str | None) -> date | None:
    """A day as written; None for what is none."""
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None
