"""Which reports share fingerprints with a text, the likeliest first, at a cost that does not grow with the index."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

import numpy as np

from sayso.trace.copies.index import Index
from sayso.trace.copies.prints import Prints
from sayso.vocabulary import ReportId

BUDGET: Final = 2000  # postings read for one report, those of the rarest hashes first
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
    frequencies = index.frequencies(prints.hashes) - (index.kept(report) is not None)
    order = np.lexsort((prints.hashes, frequencies))
    order = order[np.searchsorted(frequencies[order], 1) :]
    order = order[np.cumsum(frequencies[order]) <= BUDGET]
    weights = np.rint(1000 * np.log1p(len(index) / frequencies[order])).astype(np.int64)
    weighing = dict(zip(prints.hashes[order].tolist(), weights.tolist(), strict=True))
    weight: Counter[ReportId] = Counter()
    times: Counter[ReportId] = Counter()
    for value, other, _ in index.postings(prints.hashes[order]):
        weight[other] += weighing[value]
        times[other] += 1
    del weight[report]
    wanted = max(FEWEST, min(ENOUGH, SHARE * len(prints)))
    found = [Candidate(other, total, times[other]) for other, total in weight.items() if times[other] >= wanted]
    return sorted(found, key=lambda candidate: (-candidate.weight, candidate.report))[:MOST]
