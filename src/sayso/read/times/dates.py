"""What the rules for days, months, years and longer stretches mean."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sayso.read.times.fields import clock_at, fields, numeric_date
from sayso.read.times.meaning import Deictic, Moment
from sayso.read.times.numbers import year
from sayso.read.times.shapes import Parsed, deictic_of, longest, mod_of, tagged, two_digit_year, which_of, words_of
from sayso.read.times.tokens import OTHER, Tokens
from sayso.read.times.words import festivals, foreign_months, months, units, value


def plain_date(found: Tokens, first: int, last: int) -> Parsed:
    """Any date whose fields tell all: Friday morning, early May."""
    meaning = fields(found, first, last)
    if meaning is not None and meaning != Moment():
        yield first, last, meaning


def dated(found: Tokens, first: int, last: int) -> Parsed:
    """A day in words or numbers, perhaps with a time of day."""
    meaning = numeric_date(found, first, last)
    if meaning is not None:
        yield first, last, meaning
    elif not any(tagged(found, index, "SLASH") for index in range(first, last)):
        yield from plain_date(found, first, last)


def iso_moment(found: Tokens, first: int, last: int) -> Parsed:
    """2013-03-01T10:00Z."""
    day, clock = numeric_date(found, first, first + 5), clock_at(found, first + 6, last)
    if day and clock:
        yield first, last, replace(day, clock=clock[0])


def day_range(found: Tokens, first: int, last: int) -> Parsed:
    """The first of "12-14 July 1950": its month and year stand with the second."""
    end = next(index for index in range(last, last + 12) if tagged(found, index, "MONTH", "MONTHABBR"))
    this = fields(found, first, last)
    if this is None or this.day is None:
        return
    year_ = end + 1 + (found.words[end + 1 : end + 2] in ([","], ["of"], ["."]))
    month = months()[found.words[end]]
    if this.day <= longest(month):
        yield first, last, Moment(day=this.day, month=month, year=_year_at(found, year_))


def _year_at(found: Tokens, index: int) -> int | None:
    return int(found.words[index]) if tagged(found, index, "YEAR") else None


def month_range(found: Tokens, first: int, last: int) -> Parsed:
    """July 12-14, 1950: two days of one month."""
    cut = next(index for index in range(first + 2, last) if tagged(found, index, "HYPHEN", "TO", "AND", "UNTIL"))
    start, end = fields(found, first, cut), fields(found, cut + 1, last)
    if start is None or end is None or end.day is None or start.month is None or end.day > longest(start.month):
        return
    if end.day > (start.day or 0):
        yield first, cut, replace(start, year=end.year)
        yield cut + 1, last, replace(end, month=start.month)


def year_range(found: Tokens, first: int, last: int) -> Parsed:
    """1939-45: two years."""
    start = int(found.words[first])
    digits = found.words[last - 1]
    end = int(digits) if len(digits) == 4 else start - start % 100 + int(digits)
    if start < end <= start + 99 and len(digits) in (2, 4) and start <= 2100:
        yield first, first + 1, Moment(year=start)
        yield last - 1, last, Moment(year=end)


def of_year(found: Tokens, first: int, last: int) -> Parsed:
    """August of that year, the end of the month of May 1998."""
    words = words_of(found, first, last)
    meaning = fields(found, first, last)
    if meaning is not None:
        year_ = relative_year(words)
        yield first, last, replace(meaning, within=year_, which=None) if year_ else meaning


def decade(found: Tokens, first: int, last: int) -> Parsed:
    """The 1980s, the '80s, the nineties."""
    words = words_of(found, first, last)
    digits = next((word for word in words if word.isdecimal()), None)
    if digits is not None:
        if not digits.endswith("0") or (len(digits) == 2 and not _has_apostrophe(words) and "the" not in words):
            return
        stretch = digits[:3] if len(digits) == 4 else f"19{digits[0]}" if int(digits) > 20 else f"20{digits[0]}"
        if len(digits) == 4 and digits.endswith("00"):
            stretch = digits[:2]
    else:
        tens = next(value("PLURALDECADE")[word] for word in words if word in value("PLURALDECADE"))
        stretch = f"{18 if 'eighteen' in words else 19}{tens // 10}"
    yield first, last, Moment(stretch=stretch, mod=mod_of(words))


def _has_apostrophe(words: list[str]) -> bool:
    return any(word in "'’‘`" for word in words)


def century(found: Tokens, first: int, last: int) -> Parsed:
    """The 19th century."""
    words = words_of(found, first, last)
    if units().get(words[-1]) != "CE":
        return
    size = fields(found, first, last - 1)
    if size is not None and size.day is not None:
        bc = tagged(found, last, "BC")
        last += bc
        yield first, last, Moment(stretch=f"{size.day - 1:02d}", mod=mod_of(words), bc=bc)


def fiscal(found: Tokens, first: int, last: int) -> Parsed:
    """Fiscal 1989, the year 2000."""
    year_ = first_year(found, list(range(first, last))) or year(words_of(found, first, last))
    if year_ is not None:
        yield first, last, Moment(year=year_)


def first_year(found: Tokens, indices: list[int]) -> int | None:
    """The first year among some tokens."""
    for index in indices:
        if tagged(found, index, "YEAR"):
            return int(found.words[index])
        if tagged(found, index, "YEARHEAD"):
            return year(found.words[index : index + 4])
        if tagged(found, index, "SHORTYEAR"):
            return two_digit_year(int(found.words[index]))
    return None


def relative_year(words: list[str]) -> Deictic | None:
    """The year that "last year" and the like point at."""
    if "year" not in words:
        return None
    which = which_of(words)
    return deictic_of(which, "Y") if which else None


_BEFORE_NUMBER: Final = frozenset("on until by since from to and of".split())


def day_number(found: Tokens, first: int, last: int) -> Parsed:
    """On the 20th: of the month the text is talking of."""
    meaning = fields(found, first, last)
    alone = last == len(found) or found.letters[last] != OTHER or "month" in found.words[first:last]
    before = found.words[first - 1] if first else ""
    if meaning is not None and meaning.day and alone and before in _BEFORE_NUMBER:
        yield first, last, Moment(day=meaning.day, part=meaning.part)


def day_part(found: Tokens, first: int, last: int) -> Parsed:
    """A part of the day by itself: at dawn, in the evening, noon."""
    before = found.words[first - 1] if first else ""
    if found.words[last - 1] in value("NOON") or before in ("in", "at", "by", "during", "since", "until", "of", "that"):
        yield from plain_date(found, first, last)


_AFTER_YEAR: Final = frozenset(
    "% percent per million billion m km miles meters metres feet degrees people points".split()
)


_YEAR_WORDS: Final = frozenset(
    "in of since by from until till to through during early late mid before after the between fiscal and year ( - "
    "circa around about for , as class".split()
)


def bare_year(found: Tokens, first: int, last: int) -> Parsed:
    """A year by itself, told from a number of things."""
    index = next(
        (i for i in range(first, last) if tagged(found, i, "YEAR", "DAY2", "NUM3", "NUM4", "YEARHEAD", "SHORTYEAR")),
        None,
    )
    if index is None:
        return
    if tagged(found, index, "YEARHEAD", "SHORTYEAR"):
        if last < len(found) and found.joined(last) and found.words[last].isalnum():
            return
        yield from plain_date(found, first, last)
        return
    size = int(found.words[index])
    bc, ad = tagged(found, last - 1, "BC"), tagged(found, last - 1, "AD")
    if bc or (ad and found.text[found.starts[last - 1]].isupper()) or (tagged(found, first, "AD") and first < index):
        if size:
            yield first, last, Moment(year=size, bc=bc)
        return
    if ad:
        last -= 1
    if not tagged(found, index, "YEAR") or _is_quantity(found, index, size):
        return
    yield first, last, Moment(year=size, mod=mod_of(words_of(found, first, index)))


def _is_quantity(found: Tokens, index: int, size: int) -> bool:
    """Whether four digits are a number of things rather than a year."""
    before = found.words[index - 1] if index else ""
    after = found.words[index + 1] if index + 1 < len(found) else ""
    if (
        before in ("$", "£", "€", "#", "no", "+", "@", "_")
        and found.text[found.ends[index - 1] : found.starts[index]] == ""
    ):
        return True
    if (found.joined(index) and before in (".", "/", ",", ":", "=", "&")) or (
        index and found.joined(index) and before.isalnum()
    ):
        return True
    if before == "-" and found.joined(index) and found.joined(index - 1) and found.words[index - 2].isdecimal():
        return True
    if index + 1 < len(found) and found.joined(index + 1) and (after.isalnum() or after in ("%", "/", "°", "=", "_")):
        return True
    if (
        index + 2 < len(found)
        and after in (".", ",", ":")
        and found.joined(index + 1)
        and found.joined(index + 2)
        and found.words[index + 2].isdecimal()
    ):
        return True
    if after in _AFTER_YEAR:
        return True
    told = before in _YEAR_WORDS or before == ""
    if not 1500 <= size <= 2060:
        return not (before in ("in", "since", "of", "by", "until", "from", "(") and 1000 <= size <= 2100)
    many = (
        after.endswith("s") and len(after) > 3 and found.cased and found.text[found.starts[index + 1]].islower()
        if after
        else False
    )
    return many and not told


def foreign_date(found: Tokens, first: int, last: int) -> Parsed:
    """A month of another calendar, perhaps with day and year."""
    at = [index for index in range(first, last) if tagged(found, index, "FOREIGNMONTH")]
    name = next((found.words[index] for index in at), "")
    calendar = next(kind for month, kind in foreign_months().items() if month.split()[0] == name)
    own_year = None
    for index in range(at[-1] + 1, last):
        own_year = own_year or _year_at(found, index)
    day = any(tagged(found, index, "DAY2", "ORDINAL", "SECOND") for index in range(first, at[0]))
    yield first, last, Moment(calendar=calendar, year=own_year, day=1 if day else None, festival=name)


def feast(found: Tokens, first: int, last: int) -> Parsed:
    """A festival, perhaps with its year."""
    at = [index for index in range(first, last) if tagged(found, index, "FEAST")]
    name = " ".join("'" if word == "’" else word for word in found.words[at[0] : at[-1] + 1] if word != "-")
    rest = fields(found, at[-1] + 1, last) or Moment()
    yield (
        first,
        last,
        Moment(
            festival=name,
            year=rest.year,
            part=rest.part,
            which=which_of(words_of(found, first, at[0])),
            calendar=festivals("other").get(name),
        ),
    )
