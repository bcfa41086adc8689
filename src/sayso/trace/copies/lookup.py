"""Which reports share fingerprints with a text, the likeliest first, at a cost that does not grow with the index."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

import numpy as np

from sayso.trace.copies.index import Index
from sayso.trace.copies.letters import Ints
from sayso.trace.copies.prints import Prints
from sayso.vocabulary import ReportId

BUDGET: Final = 2000  # postings read for one report, those of the rarest hashes first
ASKED: Final = 320  # fingerprints looked up for one report; of a longer one every second, fourth …
THINNED: Final = 3  # … and at the least every eighth, by so many halvings
MOST: Final = 12  # reports laid beside one
FEWEST: Final = 3  # fingerprints that have to be shared, …
SHARE: Final = 0.08  # … this share of them in a longer report, …
ENOUGH: Final = 12  # … or so many in any


class Candidate(NamedTuple):
    """A report that shares fingerprints. A fingerprint weighs the more, the fewer reports carry it (in thousandths)."""

    report: ReportId
    weight: int
    shared: int


def candidates(prints: Prints, index: Index, report: ReportId) -> list[Candidate]:
    """At most `MOST` reports of the index that share fingerprints with these, which are those of `report`.

    It may be in the index itself, and is no candidate.
    """
    hashes = _asked(prints.hashes)
    frequencies = index.frequencies(hashes) - (index.kept(report) is not None)
    order = np.lexsort((hashes, frequencies))
    order = order[np.searchsorted(frequencies[order], 1) :]
    order = order[np.cumsum(frequencies[order]) <= BUDGET]
    weights = np.rint(1000 * np.log1p(len(index) / frequencies[order])).astype(np.int64)
    weighing = dict(zip(hashes[order].tolist(), weights.tolist(), strict=True))
    weight: Counter[ReportId] = Counter()
    times: Counter[ReportId] = Counter()
    for value, other in index.postings(hashes[order]):
        weight[other] += weighing[value]
        times[other] += 1
    del weight[report]
    wanted = max(FEWEST, min(ENOUGH * len(hashes) / max(len(prints), 1), SHARE * len(hashes)))
    found = [Candidate(other, total, times[other]) for other, total in weight.items() if times[other] >= wanted]
    return sorted(found, key=lambda candidate: (-candidate.weight, candidate.report))[:MOST]


def _asked(hashes: Ints) -> Ints:
    """The hashes that are looked up, chosen by their own bits, so that what two reports share is chosen of both."""
    found, power = hashes, 0
    while len(found) > ASKED and power < THINNED:
        power += 1
        found = hashes[(hashes >> 1) % (1 << power) == 0]
    return found
