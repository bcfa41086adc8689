"""Days and times as reports give them, as one instant of UTC that other tools' formats ask for."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

_COARSE: Final = re.compile(r"\d{4}(-\d{2})?")


def instant(value: str) -> str | None:
    """The first instant of an ISO 8601 day, month, year or time, to the millisecond; None for what is none.

    A time without a zone counts as UTC.
    """
    whole = f"{value}-01-01"[:10] if _COARSE.fullmatch(value) else value
    try:
        found = datetime.fromisoformat(whole)
        told = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return told.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
