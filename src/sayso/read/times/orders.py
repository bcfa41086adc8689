"""Day first or month first: dates in numbers are read as the rest of the text writes its dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sayso.read.times.meaning import Moment
from sayso.read.times.parse import Expression
from sayso.read.times.tokens import Tokens
from sayso.read.times.words import letters

_READ: Final = "day and month could be swapped: read {order} first, {reason}"


def ordered(found: Tokens, expressions: Sequence[Expression], published: date | None) -> list[Expression]:
    """The expressions, with a written reason for the order of every date such as 03/04/2013."""
    if not any(isinstance(item.meaning, Moment) and item.meaning.swappable for item in expressions):
        return list(expressions)
    by_text = _order_of_text(found, expressions)
    return [_settled(item, by_text, published) for item in expressions]


def _settled(item: Expression, by_text: tuple[bool, str] | None, published: date | None) -> Expression:
    meaning = item.meaning
    if not isinstance(meaning, Moment) or not meaning.swappable:
        return item
    day_first, reason = by_text or _order_by_date(meaning, published) or (False, "for want of any sign")
    if day_first:
        meaning = replace(meaning, month=meaning.day, day=meaning.month)
    flag = _READ.format(order="day" if day_first else "month", reason=reason)
    return replace(item, meaning=replace(meaning, flags=(*meaning.flags, flag)))


def _order_of_text(found: Tokens, expressions: Sequence[Expression]) -> tuple[bool, str] | None:
    """Whether the text's other dates put the day first; None where they do not tell."""
    in_numbers = in_words = 0
    alphabet = letters()
    names = {alphabet["MONTH"], alphabet["MONTHABBR"]}
    for item in expressions:
        meaning = item.meaning
        if not isinstance(meaning, Moment) or meaning.swappable or not (meaning.day and meaning.month):
            continue
        tokens = range(item.first, item.last)
        month = next((index for index in tokens if found.letters[index] in names), None)
        digits = [index for index in tokens if found.letters[index] == alphabet["DAY2"]]
        if month is not None and digits:
            in_words += 1 if digits[0] < month else -1
        elif month is None and len(digits) >= 2 and found.letters[item.first] == alphabet["DAY2"]:
            in_numbers += 1 if int(found.words[digits[0]]) == meaning.day else -1
    if in_numbers:
        return in_numbers > 0, "as in the other dates in numbers"
    if in_words:
        return in_words > 0, "as in the dates with month names"
    return None


def _order_by_date(meaning: Moment, published: date | None) -> tuple[bool, str] | None:
    """The order that puts the date nearer to the publication date, where only one does not lie after it."""
    if published is None or not (meaning.year and meaning.month and meaning.day):
        return None
    month_first = date(meaning.year, meaning.month, meaning.day)
    day_first = date(meaning.year, meaning.day, meaning.month)
    if (month_first <= published) != (day_first <= published):
        return day_first <= published, "so that it does not lie after the publication date"
    return None
