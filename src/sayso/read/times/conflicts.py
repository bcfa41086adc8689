"""Dates that contradict one another, or lie ahead of the text that gives them: told, never settled in silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sayso.read.times.dateline import Dateline
from sayso.read.times.meaning import Moment
from sayso.read.times.parse import Expression
from sayso.read.times.periods import Interval
from sayso.read.times.resolve import Resolved
from sayso.read.times.tokens import Tokens
from sayso.vocabulary import Span, TimeKind, TimePrecision

AHEAD: Final = "lies after the publication date"
DATELINE: Final = "conflicts with the publication date"
BESIDE: Final = "conflicts with the date beside it"
_LATE: Final = 3  # days that a report may appear after its dateline


def flags(
    found: Tokens,
    expressions: Sequence[Expression],
    resolved: Sequence[Resolved],
    intervals: Sequence[Interval],
    published: date | None,
    dateline: Dateline | None,
) -> list[tuple[str, ...]]:
    """Warnings for every expression, its own first."""
    out = [list(item.flags) for item in resolved]
    for index, item in enumerate(resolved):
        start = intervals[index].start
        if published is not None and start is not None and start > published and item.kind is not TimeKind.DURATION:
            out[index].append(AHEAD)
        if dateline is not None and dateline.date_span is not None and _conflicts(dateline.day, published):
            span = Span(found.starts[expressions[index].first], found.ends[expressions[index].last - 1])
            if span.start < dateline.date_span.end and dateline.date_span.start < span.end:
                out[index].append(DATELINE)
        if index and _stand_together(found, expressions[index - 1], expressions[index]):
            one, two = resolved[index - 1], item
            if _is_day(one) and _is_day(two) and one.stretch != two.stretch:
                out[index - 1].append(BESIDE)
                out[index].append(BESIDE)
    return [tuple(dict.fromkeys(item)) for item in out]


def _conflicts(day: date | None, published: date | None) -> bool:
    return day is not None and published is not None and not 0 <= (published - day).days <= _LATE


def _is_day(item: Resolved) -> bool:
    return item.stretch is not None and item.stretch.precision is TimePrecision.DAY


def _stand_together(found: Tokens, first: Expression, second: Expression) -> bool:
    """Whether a day and its date explain each other: "today, 5 March", "on Friday (May 3)"."""
    one, two = first.meaning, second.meaning
    if not (isinstance(one, Moment) and isinstance(two, Moment) and two.day and two.month):
        return False
    points = one.within is not None and one.within.unit == "D"
    bare = one.weekday is not None and one.month is None and one.day is None
    gap = found.words[first.last : second.first]
    return (points or bare) and (gap == ["("] or (gap == [","] and points))
