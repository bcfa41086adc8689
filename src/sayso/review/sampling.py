"""A sample for several reviewers: items drawn by lot, the same for the same seed, whoever draws them."""

from __future__ import annotations

import hashlib
from heapq import nsmallest
from typing import Final

from sayso.ledger import Ledger
from sayso.ledger.identity import report_name
from sayso.review.items import Item, items
from sayso.review.queueing import EVERYTHING, Wanted, chosen, reading_at

_REPORTS: Final = 2_000  # that are read for a sample at most
_SHARE: Final = 10  # items of one report at most, so that a long one does not fill the sample


def sample(ledger: Ledger, seed: int, size: int, wanted: Wanted = EVERYTHING) -> tuple[Item, ...]:
    """So many items of current readings, in the order of the draw; fewer where there are not so many.

    Reports are drawn by a hash of the seed and their ids, then up to ten items of each by theirs: what one reviewer
    draws another does too, as long as the ledger holds the same. What was decided on them plays no part.
    """
    found: list[Item] = []
    with ledger.looking() as connection:
        rows = connection.execute(chosen(wanted), execution_options={"yield_per": 1_000})
        lots = ((_lot(seed, report_name(bytes(row.id))), row.number) for row in rows)
        for _, number in nsmallest(min(_REPORTS, max(size, 0)), lots):
            there = [it for it in items(reading_at(connection, number)) if it.kind in wanted.kinds]
            found += nsmallest(_SHARE, there, key=lambda it: _lot(seed, it.id))
            if len(found) >= size:
                break
    return tuple(found[: max(0, size)])


def _lot(seed: int, name: str) -> bytes:
    return hashlib.sha256(f"{seed} {name}".encode()).digest()
