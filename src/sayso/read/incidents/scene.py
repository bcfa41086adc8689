"""What stands in each sentence of a text: its places, times, counts, numbers, parties and the statements over it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sayso.read.counts.numbers import Number
from sayso.read.incidents.parts import Party
from sayso.vocabulary import Count, Place, Span, Statement, Time


class Placed(Protocol):
    """Anything that stands somewhere in the text."""

    @property
    def span(self) -> Span:
        """Where it stands."""


Item = TypeVar("Item", bound=Placed)
Rows = Sequence[Sequence[Item]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A text in sentences; every other field has one row for each of them.

    `toponyms` are all mentions of places, `places` those that a sentence is about.
    """

    text: str
    sentences: Sequence[Span]
    statements: Sequence[Sequence[Statement]]
    toponyms: Rows[Place]
    places: Rows[Place]
    times: Rows[Time]
    counts: Rows[Count]
    numbers: Rows[Number]
    parties: Rows[Party]


def rows(items: Iterable[Item], sentences: Sequence[Span]) -> list[list[Item]]:
    """Items by the sentence that holds them whole, in order; what no sentence holds is left out."""
    starts = [s.start for s in sentences]
    out: list[list[Item]] = [[] for _ in sentences]
    for item in items:
        at = bisect_right(starts, item.span.start) - 1
        if at >= 0 and item.span.end <= sentences[at].end:
            out[at].append(item)
    return out


def over(statements: Iterable[Statement], sentences: Sequence[Span]) -> list[list[Statement]]:
    """For each sentence the statements whose content touches it."""
    out: list[list[Statement]] = [[] for _ in sentences]
    for statement in statements:
        for at in sorted({at for span in statement.content.spans for at in touched(span, sentences)}):
            out[at].append(statement)
    return out


def touched(span: Span, sentences: Sequence[Span]) -> range:
    """Indices of the sentences that share a character with a span; sentences are in order and apart."""
    first = bisect_right(sentences, span.start, key=lambda s: s.end)
    return range(first, max(first, bisect_left(sentences, span.end, key=lambda s: s.start)))


def inside(items: Rows[Item], spans: Sequence[Span], sentences: Sequence[Span]) -> list[Item]:
    """The items that stand wholly within one of some spans, in order."""
    near = sorted({at for span in spans for at in touched(span, sentences)})
    return [
        item
        for at in near
        for item in items[at]
        if any(s.start <= item.span.start and item.span.end <= s.end for s in spans)
    ]
