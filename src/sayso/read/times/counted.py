"""What the rules for times counted from another day, and for durations, mean."""

from __future__ import annotations

from sayso.read.times.calendar import iso_length
from sayso.read.times.dates import plain_date
from sayso.read.times.meaning import Deictic, Distance, Length, Moment, Repeated, Vague, Which
from sayso.read.times.shapes import (
    STEPS,
    Parsed,
    count_of,
    deictic_of,
    length_mod_of,
    mod_of,
    tagged,
    unit_of,
    which_of,
    words_of,
)
from sayso.read.times.tokens import Tokens
from sayso.read.times.words import day_parts, seasons, value


def ago(found: Tokens, first: int, last: int) -> Parsed:
    """Two years ago, a week from now."""
    words = words_of(found, first, last)
    forward = any(word in ("hence", "from", "after") for word in words)
    told = words[-1] == "that"
    yield from _distance(first, last, words, forward=forward, told=told)


def told(found: Tokens, first: int, last: int) -> Parsed:
    """Three days later, a year earlier."""
    words = words_of(found, first, last)
    yield from _distance(first, last, words, forward=words[-1] in ("later", "after"), told=True)


def _distance(first: int, last: int, words: list[str], *, forward: bool, told: bool) -> Parsed:
    unit = unit_of(words)
    if unit is None:
        return
    count = count_of(words)
    counted = any(word in ("a", "an", "the") or word in value("NUMWORD") or word.isdecimal() for word in words)
    if not counted and any(_plural([word]) for word in words):
        count = None
    if unit == "WE":
        unit = "W"
    yield first, last, Distance(unit, count, forward, told, mod=length_mod_of(words))


def _plural(words: list[str]) -> bool:
    return words[-1] in value("UNITS") or words[-1] in ("hours", "quarters", "weekends", "hrs")


def day_after(found: Tokens, first: int, last: int) -> Parsed:
    """The day after, the day before yesterday."""
    words = words_of(found, first, last)
    forward = "after" in words or "following" in words
    reference = next((value("DAYREF")[word] for word in words if word in value("DAYREF")), None)
    if reference is not None:
        steps = reference + (1 if forward else -1)
        yield first, last, Deictic("D", Which.NEXT if forward else Which.LAST, steps)
    else:
        yield first, last, deictic_of(Which.FOLLOWING if forward else Which.PREVIOUS, "D")


def toward(found: Tokens, first: int, last: int) -> Parsed:
    """The past three weeks, the next two years."""
    words = words_of(found, first, last)
    unit = unit_of(words)
    which = which_of(words)
    if unit is None or which is None:
        season = next((seasons()[word] for word in words if word in seasons()), None)
        if season:
            yield first, last, Repeated(f"XXXX-{season}")
        elif any(word in value("PARTS") for word in words):
            part = next(word for word in words if word in value("PARTS"))
            yield first, last, Length("T" + value("PARTS")[part], count_of(words), -1)
        return
    yield first, last, Length(unit, count_of(words), STEPS[which], length_mod_of(words))


def vague_units(found: Tokens, first: int, last: int) -> Parsed:
    """The coming weeks, these days."""
    words = words_of(found, first, last)
    unit, which = unit_of(words), which_of(words)
    if words[0] in ("these", "those"):
        yield first, last, Vague("PRESENT_REF" if words[0] == "these" else "PAST_REF")
    elif unit is not None and which is not None:
        yield first, last, Length(unit, None, STEPS[which])


def which_unit(found: Tokens, first: int, last: int) -> Parsed:
    """Last week, this month, early next year."""
    words = words_of(found, first, last)
    unit, which = unit_of(words), Which.LAST if "past" in words else which_of(words)
    if unit is None or which is None:
        return
    if unit[0] == "T" or unit == "2W":
        if which in (Which.LAST, Which.NEXT):
            yield first, last, Length(unit, 1, STEPS[which])
        else:
            yield first, last, Vague("PRESENT_REF")
        return
    if unit != "WE" and (words[:2] == ["the", "past"] or words[0] == "past"):
        yield first, last, Length(unit, 1, -1, length_mod_of(words))
        return
    if which is Which.NEXT and "the" in words and found.words[first - 1 : first] in (["over"], ["for"], ["within"]):
        yield first, last, Length(unit, 1, 1)
        return
    meaning = deictic_of(which, unit)
    mod = mod_of(words)
    yield first, last, Moment(within=meaning, mod=mod) if mod else meaning


def end_of_unit(found: Tokens, first: int, last: int) -> Parsed:
    """The end of the month, year's end."""
    words = words_of(found, first, last)
    unit = unit_of(words)
    if unit is None or unit[0] == "T":
        return
    if words[0] == "year" and words[1:2] == ["-"] and tagged(found, last, "HYPHEN"):
        return
    yield first, last, Moment(within=Deictic(unit, Which.THIS), mod=mod_of(words))


def for_unit(found: Tokens, first: int, last: int) -> Parsed:
    """For the year, for the week: the one that the text is about."""
    unit = unit_of(words_of(found, first, last))
    if unit is not None and unit[0] != "T" and found.words[first - 1 : first] == ["for"]:
        yield first, last, Deictic(unit, Which.THIS)


def weekend(found: Tokens, first: int, last: int) -> Parsed:
    """The weekend."""
    if found.words[last - 1] == "weekends":
        yield first, last, Repeated("XXXX-WXX-WE")
    else:
        yield first, last, Deictic("WE", Which.THIS)


def length(found: Tokens, first: int, last: int) -> Parsed:
    """Two years, more than four hours, a few days."""
    words = words_of(found, first, last)
    unit = unit_of(words)
    if unit is None:
        part = next((word for word in words if word in value("PARTS")), None)
        season = next((word for word in words if word in value("SEASONS")), None)
        if part:
            yield first, last, Length("T" + value("PARTS")[part], count_of(words))
        elif season:
            yield first, last, Length(value("SEASONS")[season], count_of(words))
        return
    if tagged(found, last - 1, "SECOND") or (unit == "Q" and (tagged(found, last, "OF") or "-" in words)):
        return
    yield first, last, Length(unit, count_of(words), mod=length_mod_of(words))


def one_unit(found: Tokens, first: int, last: int) -> Parsed:
    """A year, another week, $5 a day."""
    words = words_of(found, first, last)
    unit = unit_of(words)
    if unit is None:
        if _rate(found, first):
            yield first, last, Repeated(f"XXXX-XX-XXT{day_parts()[words[-1]]}" if words[-1] in day_parts() else "P1D")
        else:
            yield from plain_date(found, first, last)
        return
    if unit == "Q" and words[-2] in ("a", "about", "nearly", "over"):
        return
    if words[0] in ("a", "an") and len(words) == 2 and _rate(found, first) and unit != "WE":
        yield first, last, Repeated(iso_length(unit, 1))
        return
    if "the" in words and ("full" in words or "whole" in words or "entire" in words) and unit in ("Y", "Q"):
        yield first, last, Deictic(unit, Which.THIS)
        return
    yield first, last, Length(unit, 1, mod=length_mod_of(words))


def _rate(found: Tokens, first: int) -> bool:
    """Whether "a year" after these tokens says how often or how much: "$5 a year", "once a week"."""
    before = found.words[max(0, first - 4) : first]
    if not before or before[-1] in (
        "in",
        "for",
        "than",
        "within",
        "over",
        "after",
        "about",
        "of",
        "such",
        "is",
        "was",
        "not",
    ):
        return False
    return any(
        word
        in (
            "$",
            "%",
            "£",
            "€",
            "once",
            "twice",
            "times",
            "percent",
            "million",
            "billion",
            "cents",
            "dollars",
            "tons",
            "barrels",
        )
        for word in before
    ) or any(word.isdecimal() for word in before[-2:])


def half_unit(found: Tokens, first: int, last: int) -> Parsed:
    """Half an hour."""
    unit = unit_of(words_of(found, first, last))
    smaller = {"TH": ("TM", 30), "Y": ("M", 6), "DE": ("Y", 5), "CE": ("Y", 50), "D": ("TH", 12), "M": ("D", 15)}
    if unit in smaller:
        name, count = smaller[unit]
        yield first, last, Length(name, count)


def aged(found: Tokens, first: int, last: int) -> Parsed:
    """An age ("a 34-year-old man") is no time expression, but "an 8-month-old truce" is a duration."""
    words = words_of(found, first, last)
    unit = unit_of(words)
    if unit is not None and unit != "Y" and not _is_person(found, last):
        yield first, last, Length(unit, count_of(words))


def _is_person(found: Tokens, index: int) -> bool:
    people = "man woman boy girl child son daughter baby infant".split()
    return any(word in people for word in found.words[index : index + 3])


def bare_units(found: Tokens, first: int, last: int) -> Parsed:
    """Years, for hours."""
    words = words_of(found, first, last)
    unit = unit_of(words)
    if unit is not None:
        yield first, last, Length(unit, None if len(words) == 1 else 1)
