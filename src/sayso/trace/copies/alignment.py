"""Two texts laid side by side: the passages they share, letter by letter, through damage and rewording.

Seeds are runs of six letters that both texts have. A seed counts where enough others lie near it, in both texts and
at about the same distance between them; what is left is joined into runs of equal letters, and runs into passages
that go forward in both texts. Between the runs of a passage lies what one text words otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.trace.copies.letters import Hashes, Ints, Letters, grams

SEED: Final = 6
REPEATS: Final = 8  # a seed that a text has more often tells nothing of where it belongs
SUPPORT: Final = 16  # seeds that have to lie around a seed, itself included
STRETCH: Final = 80  # letters, about sixteen words, that may lie between two runs of a passage
SHORTEST: Final = 24  # equal letters that make a passage
FAR: Final = 2  # times its length: a run at the end of a passage that is so far off is no part of it
DAMAGED: Final = 10  # letters between two runs that still count as shared, where both texts have about as many
_NEAR: Final = 6  # bits: seeds lie near each other within 64 letters …
_SHIFT: Final = 5  # … and 32 letters of shift
_MOST_RUNS: Final = 4000
_OPEN: Final = 6  # passages that a run may still join


class Run(NamedTuple):
    """Equal letters: `length` of them, from letter `a` of the one text and letter `b` of the other."""

    a: int
    b: int
    length: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """A passage that two texts share: its runs of equal letters, forward in both."""

    runs: tuple[Run, ...]

    @property
    def equal(self) -> int:
        """How many letters are equal."""
        return sum(run.length for run in self.runs)

    @property
    def a(self) -> tuple[int, int]:
        """The letters it takes in the first text, half open."""
        return self.runs[0].a, self.runs[-1].a + self.runs[-1].length

    @property
    def b(self) -> tuple[int, int]:
        """The letters it takes in the second text, half open."""
        return self.runs[0].b, self.runs[-1].b + self.runs[-1].length

    def gaps(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """What lies between the runs: letters of the first and of the second text, half open; either may be none."""
        for before, after in zip(self.runs, self.runs[1:], strict=False):
            yield (before.a + before.length, after.a), (before.b + before.length, after.b)

    def covered(self) -> tuple[int, int]:
        """Letters of the first and of the second text that count as shared: equal ones, and damage between them."""
        a = b = self.equal
        for (a0, a1), (b0, b1) in self.gaps():
            if max(a1 - a0, b1 - b0) <= DAMAGED and abs((a1 - a0) - (b1 - b0)) <= DAMAGED // 2:
                a, b = a + a1 - a0, b + b1 - b0
        return a, b


def turned(passage: Aligned) -> Aligned:
    """The passage with the two texts exchanged."""
    return Aligned(tuple(Run(run.b, run.a, run.length) for run in passage.runs))


def align(a: Seeds, b: Seeds) -> tuple[Aligned, ...]:
    """The passages that two texts share, in the order of the first; none overlaps another in either text."""
    return tuple(sorted(_apart(_passages(_runs(*_supported(*_met(a, b))))), key=lambda found: found.a))


@dataclass(frozen=True, slots=True)
class Seeds:
    """The runs of six letters of a text: those it has often enough to tell where they belong, with where they begin.

    `ascending` are all of them in order, and `order` where each of these begins.
    """

    telling: Hashes
    at: Ints
    ascending: Hashes
    order: Ints


def seeds(found: Letters) -> Seeds:
    """The seeds of a text."""
    runs = grams(found.points, SEED)
    order = np.argsort(runs, kind="stable")
    ascending = runs[order]
    edges = np.flatnonzero(np.concatenate(([True], ascending[1:] != ascending[:-1], [True])))
    times = np.empty(len(runs), dtype=np.int64)
    times[order] = np.repeat(np.diff(edges), np.diff(edges)) if len(runs) else 0
    at = np.flatnonzero(times <= REPEATS)
    return Seeds(runs[at], at, ascending, order)


def _met(a: Seeds, b: Seeds) -> tuple[Ints, Ints]:
    """Where the texts have the same six letters: indices in both."""
    first = np.searchsorted(b.ascending, a.telling, "left")
    times = np.searchsorted(b.ascending, a.telling, "right") - first
    which = np.flatnonzero((times > 0) & (times <= REPEATS))
    times = times[which]
    ends = np.cumsum(times)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - times, times)
    return np.repeat(a.at[which], times), b.order[np.repeat(first[which], times) + within]


def _supported(a: Ints, b: Ints) -> tuple[Ints, Ints]:
    """The seeds that enough others lie around."""
    if not len(a):
        return a, b
    shift = a - b
    rows, columns = a >> _NEAR, (shift - shift.min()) >> _SHIFT
    width = int(columns.max()) + 3
    cells, which, times = np.unique((rows + 1) * width + columns + 1, return_inverse=True, return_counts=True)
    sums = np.concatenate(([0], np.cumsum(times)))
    around = np.zeros(len(cells), dtype=np.int64)
    for row in (-width, 0, width):
        beside = cells + row
        around += sums[np.searchsorted(cells, beside + 1, "right")] - sums[np.searchsorted(cells, beside - 1, "left")]
    kept: npt.NDArray[np.bool_] = (around >= SUPPORT)[which]
    return a[kept], b[kept]


def _runs(a: Ints, b: Ints) -> list[Run]:
    """Seeds joined where they follow each other in both texts, in the order of the first."""
    if not len(a):
        return []
    order = np.lexsort((a, a - b))
    a, b = a[order], b[order]
    shift = a - b
    begins = np.flatnonzero(np.concatenate(([True], (np.diff(shift) != 0) | (np.diff(a) > SEED))))
    ends = np.append(begins[1:], len(a)) - 1
    lengths = a[ends] - a[begins] + SEED
    longest = np.argsort(-lengths, kind="stable")[:_MOST_RUNS]
    found = zip(a[begins][longest].tolist(), b[begins][longest].tolist(), lengths[longest].tolist(), strict=True)
    return sorted(Run(*each) for each in found)


def _passages(runs: Sequence[Run]) -> list[Aligned]:
    """Runs chained forward: each joins the open passage that it continues with the least shift, or opens one."""
    chains: list[list[Run]] = []
    recent: list[list[Run]] = []
    for run in runs:
        best, least = None, STRETCH + 1
        for which, chain in enumerate(recent):
            last = chain[-1]
            ahead_a, ahead_b = run.a - last.a - last.length, run.b - last.b - last.length
            if min(run.a - last.a, run.b - last.b) <= 0 or max(ahead_a, ahead_b) > STRETCH:
                continue
            over = max(0, -ahead_a, -ahead_b)
            shift = abs(ahead_a - ahead_b)
            if run.length - over >= SEED // 2 and shift < least:
                best, least = which, shift
        if best is None:
            chains.append([run])
            recent = [*recent[1 - _OPEN :], chains[-1]]
            continue
        chain = recent.pop(best)
        over = max(0, chain[-1].a + chain[-1].length - run.a, chain[-1].b + chain[-1].length - run.b)
        chain.append(Run(run.a + over, run.b + over, run.length - over))
        recent.append(chain)
    return [Aligned(tuple(_trimmed(chain))) for chain in chains]


def _trimmed(runs: list[Run]) -> list[Run]:
    """The runs of a passage without those at its ends that lie far off for their length."""
    first, end = 0, len(runs)
    while end - first > 1 and _far(runs[end - 2], runs[end - 1], runs[end - 1].length):
        end -= 1
    while end - first > 1 and _far(runs[first], runs[first + 1], runs[first].length):
        first += 1
    return runs[first:end]


def _far(before: Run, after: Run, length: int) -> bool:
    gap = max(after.a - before.a - before.length, after.b - before.b - before.length)
    return gap > FAR * length


def _apart(passages: Sequence[Aligned]) -> Iterator[Aligned]:
    """The passages of some length, the greatest first, without what a greater one has taken already in either text."""
    taken_a = bytearray(max((passage.a[1] for passage in passages), default=0))
    taken_b = bytearray(max((passage.b[1] for passage in passages), default=0))
    for passage in sorted(passages, key=lambda found: (-found.equal, found.a, found.b)):
        if passage.equal < SHORTEST:
            break
        left = [part for run in passage.runs for part in _free(run, taken_a, taken_b)]
        if sum(run.length for run in left) < SHORTEST:
            continue
        for run in left:
            taken_a[run.a : run.a + run.length] = taken_b[run.b : run.b + run.length] = b"\1" * run.length
        yield Aligned(tuple(left))


def _free(run: Run, taken_a: bytearray, taken_b: bytearray) -> Iterator[Run]:
    """The parts of a run that no other passage has, three letters and longer."""
    if taken_a.find(1, run.a, run.a + run.length) < 0 and taken_b.find(1, run.b, run.b + run.length) < 0:
        if run.length >= SEED // 2:
            yield run
        return
    begin = None
    for offset in range(run.length + 1):
        free = offset < run.length and not taken_a[run.a + offset] and not taken_b[run.b + offset]
        if free and begin is None:
            begin = offset
        elif not free and begin is not None:
            if offset - begin >= SEED // 2:
                yield Run(run.a + begin, run.b + begin, offset - begin)
            begin = None
