"""Periods that words around dates make of them: since 2014, until Friday, between March and May."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.read.times.parse import Expression
from sayso.read.times.resolve import Resolved
from sayso.read.times.tokens import Tokens
from sayso.vocabulary import TimeKind, TimePrecision

_TO: Final = frozenset({"to", "until", "till", "through", "thru", "-", "–", "—"})
_OPEN: Final = frozenset({"until", "till", "til"})


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, both included; None is an open or unknown side."""

    start: date | None
    end: date | None
    precision: TimePrecision


def intervals(
    found: Tokens, expressions: Sequence[Expression], resolved: Sequence[Resolved], written: date | None
) -> list[Interval]:
    """The interval of every expression. Both ends of a range carry the whole of it."""
    out = [_own(item) for item in resolved]
    for index, item in enumerate(expressions):
        before = found.words[item.first - 1] if item.first else ""
        if not _is_point(resolved[index]):
            continue
        if index and _is_point(resolved[index - 1]) and _is_range(found, expressions[index - 1], item):
            start, end = out[index - 1].start, out[index].end
            if (
                start is not None
                and end is not None
                and start < end
                and resolved[index - 1].value != resolved[index].value
            ):
                out[index - 1] = out[index] = Interval(start, end, TimePrecision.PERIOD)
        elif before == "since":
            start = out[index].start
            until = written if written is not None and start is not None and start <= written else None
            out[index] = Interval(start, until, TimePrecision.PERIOD)
        elif before in _OPEN:
            out[index] = Interval(None, out[index].end, TimePrecision.PERIOD)
    return out


def _own(item: Resolved) -> Interval:
    if item.stretch is None:
        return Interval(None, None, TimePrecision.UNKNOWN)
    return Interval(item.stretch.start, item.stretch.end, item.stretch.precision)


def _is_point(item: Resolved) -> bool:
    return item.stretch is not None and item.kind in (TimeKind.DATE, TimeKind.TIME)


def _is_range(found: Tokens, first: Expression, second: Expression) -> bool:
    """Whether one word joins two dates to a range: from A to B, between A and B, A-B."""
    gap = found.words[first.last : second.first]
    before = found.words[first.first - 1] if first.first else ""
    if gap == ["and"]:
        return before == "between"
    return len(gap) == 1 and gap[0] in _TO
