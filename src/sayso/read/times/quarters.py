"""What the rules for quarters and halves of a year mean, as business news tells them."""

from __future__ import annotations

from dataclasses import replace

from sayso.read.times.dates import first_year, relative_year
from sayso.read.times.meaning import Deictic, Distance, Length, Moment, Which
from sayso.read.times.numbers import number
from sayso.read.times.shapes import WHICH, Parsed, count_of, deictic_of, mod_of, tagged, unit_of, words_of
from sayso.read.times.tokens import Tokens
from sayso.read.times.words import months, value


def quarter(found: Tokens, first: int, last: int) -> Parsed:
    """The third quarter of 1989, its fourth quarter."""
    words = words_of(found, first, last)
    at = next(
        (
            i
            for i in range(first, last)
            if tagged(found, i, "ORDINAL", "SECOND") or (tagged(found, i, "DAY2") and tagged(found, i + 1, "ST"))
        ),
        None,
    )
    size = (
        None
        if at is None
        else int(found.words[at])
        if found.words[at].isdecimal()
        else value("ORDINAL").get(found.words[at], 2)
    )
    if size is not None and not 1 <= size <= 4:
        return
    rest = [i for i in range(first, last) if i != at]
    yield (
        first,
        last,
        Moment(
            block=f"Q{size or 'X'}",
            year=first_year(found, rest),
            within=relative_year(words),
            mod=mod_of(words),
        ),
    )


def quarter_ago(found: Tokens, first: int, last: int) -> Parsed:
    """The year-ago quarter."""
    words = words_of(found, first, last)
    if words[0] in ("a", "an") or (words[0] == "the" and len(words) == 4):
        first += 1
    if "quarter" in words and any(word in value("ORDINAL") or word == "second" for word in words):
        for start, end, meaning in quarter(found, first, last):
            if isinstance(meaning, Moment):
                yield start, end, replace(meaning, within=Deictic("Y", Which.LAST, -1))
        return
    yield first, last, Distance("Y", 1, forward=False, told=True, mod="quarter")


def quarter_pair(found: Tokens, first: int, last: int) -> Parsed:
    """The first two quarters of 1990."""
    words = words_of(found, first, last)
    count = number([word for word in words if word in value("NUMWORD")])
    if count == 2 and words[0 if words[0] != "the" else 1] in ("first", "second"):
        yield (
            first,
            last,
            Moment(block="H1", year=first_year(found, list(range(first, last))), within=relative_year(words)),
        )


def half_year(found: Tokens, first: int, last: int) -> Parsed:
    """The first half of 1990."""
    words = words_of(found, first, last)
    within = relative_year(words)
    year_ = first_year(found, list(range(first, last)))
    if within is None and year_ is None:
        within = Deictic("Y", Which.THAT)
    yield first, last, Moment(block="H1" if "first" in words else "H2", year=year_, within=within)


def latest_quarter(found: Tokens, first: int, last: int) -> Parsed:
    """The latest quarter, this quarter, last quarter."""
    words = words_of(found, first, last)
    if words[0] in ("last", "next"):
        yield first, last, deictic_of(WHICH[words[0]], "Q")
    elif "current" in words:
        yield first, last, Deictic("Q", Which.THIS)
    else:
        yield first, last, Moment(block="Q?")


def corresponding(found: Tokens, first: int, last: int) -> Parsed:
    """The same period last year."""
    yield first, last, Distance("Y", 1, forward=False, told=True, mod="quarter")


def the_unit(found: Tokens, first: int, last: int) -> Parsed:
    """The quarter that the text is about; the year ended in June."""
    words = words_of(found, first, last)
    unit = unit_of(words)
    if unit == "Q":
        yield first, last, Moment(block="Q?")
    elif unit in ("Y", "W") and tagged(found, last, "ENDED"):
        yield first, last, Length(unit, 1)


def ended(found: Tokens, first: int, last: int) -> Parsed:
    """The quarter, the six months ended at a date that follows."""
    words = words_of(found, first, last)
    unit = unit_of(words)
    if unit == "Q":
        ends = [
            found.words[index]
            for index in range(last, min(last + 4, len(found)))
            if tagged(found, index, "MONTH", "MONTHABBR")
        ]
        yield first, last, Moment(block=f"Q{(months()[ends[0]] + 2) // 3}" if ends else "Q?")
    elif unit is not None:
        yield first, last, Length(unit, count_of(words))
