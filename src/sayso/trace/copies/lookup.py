"""Which reports share fingerprints with a text, the likeliest first, at a cost that does not grow with the index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.trace.copies.index import Index, Postings
from sayso.trace.copies.letters import Ints
from sayso.trace.copies.prints import Prints
from sayso.vocabulary import ReportId

Weights = npt.NDArray[np.float64]

BUDGET: Final = 2000  # postings read for one report, those of the rarest hashes first
ASKED: Final = 320  # fingerprints looked up for one report; of a longer one every second, fourth …
THINNED: Final = 3  # … and at the least every eighth, by so many halvings
FEW: Final = 64  # reports that carry a hash, up to which all are counted
MOST: Final = 12  # reports laid beside one
FEWEST: Final = 3  # fingerprints that have to be shared, …
SHARE: Final = 0.08  # … this share of them in a longer report, …
ENOUGH: Final = 12  # … or so many in any


class Candidate(NamedTuple):
    """A report that shares fingerprints. A fingerprint weighs the more, the fewer reports carry it (in thousandths)."""

    report: ReportId
    weight: int
    shared: int


def candidates(several: Sequence[tuple[Prints, ReportId]], index: Index) -> list[list[Candidate]]:
    """Of each of several reports, with their fingerprints, at most `MOST` reports of the index that share some of them.

    What they have in common is looked up once. One may be in the index itself, and is no candidate.
    """
    asked = [_asked(prints.hashes) for prints, _ in several]
    every = np.unique(np.concatenate(asked)) if asked else np.zeros(0, dtype=np.int64)
    own = [int(index.kept(report) is not None) for _, report in several]
    counted = _counted(every, [*zip(asked, own, strict=True)], index)
    chosen = []
    for hashes, itself in zip(asked, own, strict=True):
        frequencies = counted[np.searchsorted(every, hashes)] - itself
        order = np.lexsort((hashes, frequencies))
        order = order[np.searchsorted(frequencies[order], 1) :]
        order = order[np.cumsum(frequencies[order]) <= BUDGET]
        chosen.append((hashes[order], np.rint(1000 * np.log1p(len(index) / frequencies[order]))))
    read = np.unique(np.concatenate([hashes for hashes, _ in chosen])) if chosen else every
    postings = index.postings(read)
    return [
        _weighed(*each, postings, len(hashes), len(prints), index, report)
        for each, hashes, (prints, report) in zip(chosen, asked, several, strict=True)
    ]


def _counted(every: Ints, asked: Sequence[tuple[Ints, int]], index: Index) -> Ints:
    """How many reports carry each hash; of a hash that is not read for any report only that they are many.

    `asked` are the hashes of each report, and how often it carries them itself. Few are read that many others carry:
    so what is carried by many is only counted further where what is carried by few leaves room for it.
    """
    counted = index.frequencies(every, FEW + 2)
    open_ = [np.zeros(0, dtype=np.int64)]
    for hashes, itself in asked:
        frequencies = counted[np.searchsorted(every, hashes)] - itself
        many = frequencies > FEW
        if frequencies[~many].sum() + FEW < BUDGET:
            open_.append(hashes[many])
    further = np.unique(np.concatenate(open_))
    if len(further):
        counted[np.searchsorted(every, further)] = index.frequencies(further, BUDGET + 2)
    return counted


def _weighed(
    hashes: Ints, weights: Weights, postings: Postings, asked: int, prints: int, index: Index, report: ReportId
) -> list[Candidate]:
    """The candidates by the hashes of one report that are read, each with its weight; so many were asked of so many."""
    held, which = postings.of(hashes)
    numbers, place, times = np.unique(held, return_inverse=True, return_counts=True)
    weight = np.bincount(place, weights[which], len(numbers)).astype(np.int64)
    wanted = max(FEWEST, min(ENOUGH * asked / max(prints, 1), SHARE * asked))
    enough = np.flatnonzero(times >= wanted)
    # One of them may be the report itself.
    least = np.sort(weight[enough])[-MOST - 1 :][:1]
    enough = enough[weight[enough] >= least]
    ids = index.ids(numbers[enough])
    listed = zip(ids, weight[enough].tolist(), times[enough].tolist(), strict=True)
    found = [Candidate(other, total, shared) for other, total, shared in listed if other != report]
    return sorted(found, key=lambda candidate: (-candidate.weight, candidate.report))[:MOST]


def _asked(hashes: Ints) -> Ints:
    """The hashes that are looked up, chosen by their own bits, so that what two reports share is chosen of both."""
    found, power = hashes, 0
    while len(found) > ASKED and power < THINNED:
        power += 1
        found = hashes[(hashes >> 1) % (1 << power) == 0]
    return found
