"""The time expressions of a text with their calendar values, in the order they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sayso.read.times import conflicts
from sayso.read.times.anchors import Origin, day_of, looks_ahead, origin, sentence_bounds
from sayso.read.times.dateline import dateline
from sayso.read.times.grammar import matches
from sayso.read.times.orders import ordered
from sayso.read.times.parse import Expression, parse, shared_years
from sayso.read.times.periods import Interval, intervals
from sayso.read.times.resolve import Resolved, Told, resolve, told_after
from sayso.read.times.tokens import Tokens, tokens
from sayso.vocabulary import Anchor, Published, Span, Time, TimeId


def times(
    text: str, *, published: Published | None = None, sentences: Sequence[Span] | None = None
) -> tuple[Time, ...]:
    """The time expressions of a text, in order.

    Dates are counted from `published`; without it from the date of the dateline; without that from the first full
    date in the text, and else they stay open (XXXX). In a text that tells of other years than its own, most dates
    with a year, partial dates are counted from the date it named last. `sentences` bound the search for tense.
    """
    found = tokens(text)
    written, line = day_of(published), dateline(text, published)
    read = shared_years(found, [item for match in matches(found) for item in parse(found, match)])
    read = ordered(found, read, written)
    start = origin(found, read, published, line)
    kept, resolved = _resolved(found, read, start, sentences)
    spans = intervals(found, kept, resolved, start.day if start.anchor is not Anchor.NARRATIVE else None)
    warnings = conflicts.flags(found, kept, resolved, spans, written, line)
    return tuple(
        _time(found, index, item, value, interval, flags, start)
        for index, (item, value, interval, flags) in enumerate(
            zip(kept, resolved, spans, warnings, strict=True), start=1
        )
    )


def _resolved(
    found: Tokens, read: Sequence[Expression], start: Origin, sentences: Sequence[Span] | None
) -> tuple[list[Expression], list[Resolved]]:
    """The expressions that name a time, and what they come to, each after what was told before."""
    kept: list[Expression] = []
    resolved: list[Resolved] = []
    told = Told()
    for item in read:
        bounds = sentence_bounds(found, sentences, item.first)
        value = resolve(item.meaning, start, told, looks_ahead(found, item.first, item.last, bounds))
        if value is None:
            continue
        kept.append(item)
        resolved.append(value)
        told = told_after(told, value, _span(found, item), _leads(found, item))
    return kept, resolved


_INDENT: Final = 20  # characters of white space before the first word of a line


def _leads(found: Tokens, item: Expression) -> bool | None:
    """Whether a year leads the story on: True where it opens a line, False after "in", None where it is a mention."""
    begin = found.starts[item.first]
    before = found.text[max(0, begin - _INDENT) : begin]
    if (begin < _INDENT or "\n" in before) and not before.rpartition("\n")[2].strip():
        return True
    return False if item.first and found.words[item.first - 1] == "in" else None


def _span(found: Tokens, item: Expression) -> Span:
    return Span(found.starts[item.first], found.ends[item.last - 1])


def _time(
    found: Tokens,
    index: int,
    item: Expression,
    value: Resolved,
    interval: Interval,
    flags: tuple[str, ...],
    start: Origin,
) -> Time:
    span = _span(found, item)
    return Time(
        id=TimeId(f"t{index}"),
        span=span,
        text=span.of(found.text),
        kind=value.kind,
        value=value.value,
        start=interval.start.isoformat() if interval.start else None,
        end=interval.end.isoformat() if interval.end else None,
        precision=interval.precision,
        anchor=value.anchor,
        anchor_span=value.anchor_span,
        basis=start.basis if value.anchor is Anchor.PUBLISHED else None,
        mod=value.mod,
        clock=value.clock,
        zone=value.zone,
        flags=flags,
    )
