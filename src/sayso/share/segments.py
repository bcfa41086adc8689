"""A text cut at every edge of every mark on it, so that marks may nest and overlap as they like."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from sayso.vocabulary import Span

_LINE_BREAK: Final = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class MarkKind(StrEnum):
    """What a mark says of the words under it. The letters are what the page's `data-s` and `data-m` use.

    A capital is for words that belong to a happening without naming it: who, where, when, how many.
    """

    CONTENT = "c"
    SOURCE = "s"
    CUE = "q"
    CERTAINTY = "h"
    LABEL = "l"
    BOILERPLATE = "b"
    PLACE = "p"
    DEMONYM = "a"
    METONYM = "g"
    TIME = "t"
    INCIDENT = "i"
    INCIDENT_DETAIL = "I"
    TALLY = "y"
    TALLY_DETAIL = "Y"
    FORECAST = "F"


@dataclass(frozen=True, slots=True)
class Mark:
    """Some words marked as one thing. `owner` is the number of what they belong to, 0 for none."""

    span: Span
    kind: MarkKind
    owner: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that no mark begins or ends inside of, with the marks that cover them, the widest first."""

    span: Span
    marks: tuple[Mark, ...]


def paragraphs(text: str) -> tuple[Span, ...]:
    """The lines of a text that hold more than white space, without their line breaks."""
    edges = [(0, 0), *(found.span() for found in _LINE_BREAK.finditer(text)), (len(text), len(text))]
    lines = (Span(before[1], after[0]) for before, after in pairwise(edges))
    return tuple(line for line in lines if line.of(text).strip())


def segments(within: Span, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Cut `within` into segments, in order, without gaps. Empty marks and what lies outside do not count."""
    opening: dict[int, list[Mark]] = defaultdict(list)
    closing: dict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        start, end = max(mark.span.start, within.start), min(mark.span.end, within.end)
        if start < end:
            opening[start].append(mark)
            closing[end].append(mark)
    active: dict[Mark, None] = {}  # a dict for its order
    for start, end in pairwise(sorted({*within, *opening, *closing})):
        for mark in closing[start]:
            active.pop(mark, None)
        active.update(dict.fromkeys(opening[start]))
        yield Segment(Span(start, end), tuple(active))
