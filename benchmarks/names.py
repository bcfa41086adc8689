"""Scoring of names by span and type. Pure functions: gold and predicted names in, counts out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.figures import f1
from sayso.vocabulary import Span


class TypedSpan(NamedTuple):
    """A name: where it stands and which type it has."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class NameCounts:
    """Counts over documents; add them up with +.

    `attainable` is how many gold names a reader could hit whose names never overlap and have one type each,
    since re3d nests names and gives some two types.
    """

    gold: int = 0
    predicted: int = 0
    strict: int = 0
    relaxed: int = 0
    attainable: int = 0

    def __add__(self, other: NameCounts) -> NameCounts:
        return NameCounts(
            self.gold + other.gold,
            self.predicted + other.predicted,
            self.strict + other.strict,
            self.relaxed + other.relaxed,
            self.attainable + other.attainable,
        )

    @property
    def strict_f1(self) -> float:
        """Same span, same type."""
        return f1(self.strict, self.predicted, self.gold)

    @property
    def relaxed_f1(self) -> float:
        """Overlapping spans of the same type, one to one."""
        return f1(self.relaxed, self.predicted, self.gold)

    @property
    def ceiling(self) -> float:
        """The strict F1 of a reader that hits everything attainable and nothing else."""
        return f1(self.attainable, self.attainable, self.gold)


def count(gold: Iterable[TypedSpan], predicted: Iterable[TypedSpan]) -> NameCounts:
    """The counts of one document. A name given twice counts once."""
    wanted, given = set(gold), set(predicted)
    strict = wanted & given
    return NameCounts(
        gold=len(wanted),
        predicted=len(given),
        strict=len(strict),
        relaxed=len(strict) + _overlapping(wanted - strict, given - strict),
        attainable=most_disjoint({name.span for name in wanted}),
    )


def most_disjoint(spans: Iterable[Span]) -> int:
    """The size of the largest set of these spans in which no two overlap."""
    ordered = sorted(spans, key=lambda span: span.end)
    ends = [span.end for span in ordered]
    best = [0]
    for index, span in enumerate(ordered):
        best.append(max(best[-1], best[bisect_right(ends, span.start, 0, index)] + 1))
    return best[-1]


def _overlapping(gold: set[TypedSpan], predicted: set[TypedSpan]) -> int:
    """How many pairs of the same type overlap, each name in one pair at most, longest overlaps first."""
    pairs = sorted(
        (-shared(g.span, p.span), g, p) for g in gold for p in predicted if g.kind == p.kind and shared(g.span, p.span)
    )
    used: set[tuple[str, TypedSpan]] = set()
    matched = 0
    for _, g, p in pairs:
        if ("gold", g) not in used and ("predicted", p) not in used:
            used |= {("gold", g), ("predicted", p)}
            matched += 1
    return matched


def shared(one: Span, other: Span) -> int:
    """How many code points two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))
