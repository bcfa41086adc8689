"""The order in which statements are settled, as numbers: by time of publication, then report, then place in it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from sayso.vocabulary import ReportId, StatementId

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_UNKNOWN: Final = (1 << 31) - 1  # minutes: after all that has a time


class Order(NamedTuple):
    """Where a statement comes. `rank` holds the minute and a digest of the report: signed, 64 bits."""

    rank: int
    place: int
    report: ReportId
    statement: StatementId


@lru_cache(maxsize=10_000)
def rank(moment: str, report: ReportId) -> int:
    """The place of a report in time: its minute in UTC, and within a minute by its digest; without a time last."""
    return (_minute(moment) << 32) | tag(report)


@lru_cache(maxsize=10_000)
def tag(report: ReportId) -> int:
    """32 bits of a report's id."""
    return int.from_bytes(hashlib.blake2b(report.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big")


def _minute(moment: str) -> int:
    whole = moment + "0001-01-01"[len(moment) :] if len(moment) in (4, 7) else moment
    try:
        found = datetime.fromisoformat(whole)
    except ValueError:
        return _UNKNOWN
    at = found if found.tzinfo else found.replace(tzinfo=UTC)
    return min(max(int((at - _EPOCH).total_seconds() // 60), -_UNKNOWN), _UNKNOWN - 1)
