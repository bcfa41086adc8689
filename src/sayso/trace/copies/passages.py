"""A report's copied passages: for each stretch the best source, the earliest of equals, and what was edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sayso.trace.copies.alignment import SHORTEST, Aligned, Run, turned
from sayso.trace.copies.body import Body, Flags
from sayso.trace.copies.comparison import compare
from sayso.trace.copies.dating import hours_apart, order, precedence
from sayso.trace.copies.edits import passage_edits
from sayso.trace.copies.index import Index, Kept
from sayso.trace.copies.judging import judge
from sayso.trace.copies.links import Beside, beside, body_of
from sayso.trace.copies.slots import inside
from sayso.vocabulary import Copy, CopyKind, Kinship

PASSAGE: Final = 60  # equal letters, about twelve words, that make a passage of an otherwise different report
NEARLY: Final = 0.9  # of the best source's letters: an earlier source with so many is the source
MOST: Final = 200  # passages weighed for one report, the longest first
STORIES: Final = 3  # other stories that carry the same passage, before it is background
_SAME: Final = 0.6  # of a passage that another has too, for it to be the same block


@dataclass(frozen=True, slots=True)
class _Offer:
    """A passage that an earlier report may be the source of; the report copied into stands first."""

    source: Beside
    passage: Aligned


def copies_of(kept: Kept, index: Index) -> tuple[Copy, ...]:
    """The passages that a report shares with earlier ones of the index, in order; it may be in the index itself.

    Each stretch has one source. The next number of a series is no copy of the last.
    """
    return copies_from(kept, beside(kept, index))


def copies_from(kept: Kept, others: Sequence[Beside]) -> tuple[Copy, ...]:
    """The passages that a report shares with earlier ones among some that were laid beside it, in order."""
    text = body_of(kept.report.text)
    blocks = _background(others)
    offers = [
        _Offer(other, passage)
        for other in others
        if other.link.kinship is not Kinship.SERIES and order(other.other) < order(kept)
        for passage in other.found.passages
        if passage.equal >= (SHORTEST if other.link.kinship is Kinship.WHOLE else PASSAGE)
    ]
    found = [_copy(kept, text, offer, blocks) for offer in _assigned(offers, len(text))]
    return tuple(sorted(found, key=lambda copy: copy.span))


def _assigned(offers: Sequence[_Offer], letters: int) -> Iterator[_Offer]:
    """The offers taken, the longest first, each without the letters that another has taken before it."""
    taken: Flags = np.zeros(letters, dtype=np.bool_)
    left = sorted(offers, key=lambda offer: -offer.passage.equal)[:MOST]
    while left:
        left = [_Offer(offer.source, part) for offer in left if (part := _free(offer.passage, taken)) is not None]
        if not left:
            return
        most = max(offer.passage.equal for offer in left)
        equals = [offer for offer in left if offer.passage.equal >= NEARLY * most]
        best = min(equals, key=lambda offer: (order(offer.source.other), -offer.passage.equal, offer.passage.a))
        for run in best.passage.runs:
            taken[run.a : run.a + run.length] = True
        yield best


def _free(passage: Aligned, taken: Flags) -> Aligned | None:
    """What is left of a passage without the letters taken; None where it is too short to count."""
    runs = []
    for run in passage.runs:
        here = taken[run.a : run.a + run.length]
        if not here.any():
            runs.append(run)
            continue
        edges = np.flatnonzero(np.diff(np.concatenate(([True], here, [True])).astype(np.int8)))
        runs += [Run(run.a + first, run.b + first, end - first) for first, end in edges.reshape(-1, 2).tolist()]
    return Aligned(tuple(runs)) if sum(run.length for run in runs) >= SHORTEST else None


def _copy(kept: Kept, text: Body, offer: _Offer, blocks: Sequence[tuple[int, int]]) -> Copy:
    source, its_text = offer.source.other, offer.source.text
    edits = passage_edits(turned(offer.passage), its_text, text)
    kind = CopyKind.EDITED if edits else CopyKind.VERBATIM
    if any(_overlap(offer.passage.a, block) >= _SAME for block in blocks):
        kind = CopyKind.BACKGROUND
    return Copy(
        report=kept.report.id,
        source=source.report.id,
        kind=kind,
        span=text.span(*inside(text, *offer.passage.a)),
        source_span=its_text.span(*inside(its_text, *offer.passage.b)),
        edits=edits,
        precedence=precedence(source, kept),
    )


def _background(others: Sequence[Beside]) -> list[tuple[int, int]]:
    """The stretches of a report, as letters, that several other stories carry, whatever they tell around them."""
    parts = [
        (other, passage)
        for other in others
        if other.link.kinship is Kinship.PART
        for passage in other.found.passages
        if passage.equal >= PASSAGE
    ]
    parts = sorted(parts, key=lambda part: -part[1].equal)[:MOST]
    different: dict[frozenset[str], bool] = {}

    def apart(one: Beside, other: Beside) -> bool:
        pair = frozenset((str(one.other.report.id), str(other.other.report.id)))
        if pair not in different:
            different[pair] = len(pair) > 1 and _apart(one, other)
        return different[pair]

    blocks = []
    for _, block in parts:
        stories: list[Beside] = []
        for other, passage in parts:
            if _overlap(block.a, passage.a) >= _SAME and all(apart(other, story) for story in stories):
                stories.append(other)
        if len(stories) >= STORIES:
            blocks.append(block.a)
    return blocks


def _apart(one: Beside, other: Beside) -> bool:
    """Whether two reports are different stories."""
    found = compare(one.text, other.text)
    hours = hours_apart(one.other, other.other)
    return not found.passages or judge(found, hours, recurring=False, quoting=False).kinship is Kinship.PART


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The share of the first stretch that the second has."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0])) / (one[1] - one[0])
