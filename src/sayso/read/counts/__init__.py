"""Counts of people harmed, as ranges: text -> numbers -> people phrases -> what happened to them -> totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from sayso.read.counts.joining import Joined, join
from sayso.read.counts.lexicon import grammar, harms
from sayso.read.counts.numbers import Number, Range, numbers
from sayso.read.counts.phrases import cut
from sayso.read.counts.tokens import Tokens, tokens
from sayso.read.counts.totals import class_totals, totals
from sayso.vocabulary import Count, People, Span

__all__ = ["Number", "Range", "class_totals", "counts", "numbers", "totals"]

_LONGEST: Final = 400  # tokens: a longer run without a full stop is read in pieces, so that time stays linear


def counts(text: str, sentences: Sequence[Span]) -> tuple[Count, ...]:
    """The counted people of a text that something happened to, in order of their number words."""
    found: list[Count] = []
    triggers = _triggers()
    for sentence in sentences:
        for line in _pieces(tokens(text, sentence)):
            if not triggers.isdisjoint(line.words):
                found += _counts(line, join(line, cut(line)))
    return tuple(sorted(found, key=lambda count: (count.span, count.harm)))


def _pieces(line: Tokens) -> Iterator[Tokens]:
    for first in range(0, len(line), _LONGEST):
        last = first + _LONGEST
        yield Tokens(line.text, line.starts[first:last], line.ends[first:last], line.words[first:last])


def _counts(line: Tokens, joined: Sequence[Joined]) -> Iterator[Count]:
    """The counts of a sentence; "another" and "five others" are of the class of those counted before them."""
    before = People.PEOPLE
    for item in sorted(joined, key=lambda item: item.group.first):
        follows = item.group.other and item.group.headless
        who = before if follows else item.group.who
        before = who if item.group.told else before
        yield _count(line, item, who)


def _count(line: Tokens, joined: Joined, who: People) -> Count:
    group = joined.group
    span = line.span(*group.number)
    return Count(
        span=span,
        text=span.of(line.text),
        low=0 if joined.perhaps else group.low,
        high=group.high,
        harm=joined.harm,
        who=who,
        who_span=line.span(*group.people) if group.people else None,
        harm_span=line.span(joined.first, joined.stop),
    )


@cache
def _triggers() -> frozenset[str]:
    """A sentence without any of these words tells of no harm."""
    lists = harms()
    more = (grammar("sustain"), grammar("succumb"), grammar("beat"), grammar("toll"), grammar("claim"))
    return frozenset({"death", *lists.words, *lists.phrases}.union(*more))
