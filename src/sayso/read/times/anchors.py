"""What the dates of a document are counted from, and the tense of the words around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from sayso.read.times.dateline import Dateline
from sayso.read.times.meaning import Deictic, Distance, Moment
from sayso.read.times.parse import Expression
from sayso.read.times.tokens import OTHER, Tokens
from sayso.read.times.words import tense
from sayso.vocabulary import Anchor, Published, Span

_HISTORY_DATES: Final = 5  # so many dates with a year make a narrative of its own
_LATE: Final = timedelta(days=31)  # how long after its dateline a text may be published
_HISTORY_YEARS: Final = 2  # and so far from the publication date is far
_LEFT: Final = 12  # tokens before a date that may tell its tense
_RIGHT: Final = 6


@dataclass(frozen=True, slots=True)
class Origin:
    """The day a text was written, and how that is known. `history`: its dates are told in their own order."""

    day: date | None
    anchor: Anchor
    basis: str | None = None
    span: Span | None = None
    history: bool = False


def origin(
    found: Tokens, expressions: Sequence[Expression], published: Published | None, dateline: Dateline | None
) -> Origin:
    """The publication date, else the dateline's, else the first full date of the text, else nothing.

    A dateline some days before the publication date is the day that "on Monday" was written on.
    """
    day = day_of(published)
    written = dateline.day if dateline is not None else None
    late = day is not None and written is not None and timedelta() < day - written <= _LATE
    if day is not None and published is not None and not late:
        return Origin(day, Anchor.PUBLISHED, published.basis, history=_is_history(expressions, day))
    if dateline is not None and dateline.day is not None:
        span = dateline.date_span
        return Origin(dateline.day, Anchor.DATELINE, None, span, history=_is_history(expressions, dateline.day))
    for item in expressions:
        meaning = item.meaning
        if isinstance(meaning, Moment) and meaning.year and meaning.month and meaning.day and not meaning.bc:
            try:
                first = date(meaning.year, meaning.month, meaning.day)
            except ValueError:
                continue
            span = Span(found.starts[item.first], found.ends[item.last - 1])
            return Origin(first, Anchor.NARRATIVE, None, span, history=True)
    return Origin(None, Anchor.UNRESOLVED, history=True)


def day_of(published: Published | None) -> date | None:
    """The publication day, in the zone it was written in."""
    if published is None:
        return None
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", published.value)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _is_history(expressions: Sequence[Expression], day: date) -> bool:
    """Whether most dates carry a year of their own, far from the day of writing."""
    years = [
        item.meaning.year for item in expressions if isinstance(item.meaning, Moment) and item.meaning.year is not None
    ]
    pointing = sum(_points_at_now(item) for item in expressions)
    return (
        len(years) >= _HISTORY_DATES
        and len(years) > 2 * pointing
        and median(abs(year - day.year) for year in years) >= _HISTORY_YEARS
    )


def _points_at_now(item: Expression) -> bool:
    meaning = item.meaning
    if isinstance(meaning, Moment):
        bare = meaning.weekday is not None and meaning.month is None and meaning.year is None
        return bare or (meaning.within is not None and meaning.within.unit == "D")
    return isinstance(meaning, Deictic) or (isinstance(meaning, Distance) and not meaning.told)


def looks_ahead(found: Tokens, first: int, last: int, bounds: tuple[int, int]) -> bool | None:
    """Whether the nearest word of tense speaks of the future; None where there is none."""
    future, past = tense("future"), tense("past")
    for index in range(first - 1, max(first - _LEFT, bounds[0]) - 1, -1):
        word = found.words[index]
        if word == "may" and found.letters[index] != OTHER:
            continue
        if word == "." and found.words[index - 1] not in _SHORTENED and not found.joined(index + 1):
            break
        before = found.words[index - 1] if index else ""
        if word in future:
            return not (before in ("been", "had") or found.words[max(index - 2, 0)] == "had")
        if word in past or (len(word) > 4 and word.endswith("ed")):
            if before == "be" or (before == "by" and word == "then"):
                continue
            return False
        if word == "be" and before == "to":
            return True
    for index in range(last, min(last + _RIGHT, bounds[1])):
        word = found.words[index]
        if word in (".", ";"):
            break
        if word == "may" and found.letters[index] != OTHER:
            continue
        if word in future:
            return True
        if word in past or (len(word) > 4 and word.endswith("ed")):
            return False
    return True if first and found.words[first - 1] == "by" else None


_SHORTENED: Final = frozenset(
    "mr mrs ms dr jan feb mar apr jun jul aug sep sept oct nov dec u s st gen col corp inc co".split()
)


def sentence_bounds(found: Tokens, sentences: Sequence[Span] | None, index: int) -> tuple[int, int]:
    """The tokens of the sentence that a token stands in; the whole text where no sentences are known."""
    if not sentences:
        return 0, len(found)
    at = max(bisect_right(sentences, found.starts[index], key=lambda span: span.start) - 1, 0)
    span = sentences[at]
    return bisect_right(found.starts, span.start - 1), bisect_right(found.starts, span.end - 1)
