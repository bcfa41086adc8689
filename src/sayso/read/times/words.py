"""The words of time expressions: their tags for the grammar and what they stand for in the calendar."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final

# One letter of the grammar's alphabet for every tag; 256 on, so that none is a mark of regular expressions.
_FIRST_LETTER: Final = 0x100
# Tags that `tokens.py` gives from the shape of a token or from its neighbours.
SHAPED: Final = (
    "DAY2 NUM3 YEAR NUM4 BIG COMMA DOT HYPHEN SLASH COLON APOS BREAK AMPM POSS YEARS2 ISOT LPAREN RPAREN "
    "FEAST FOREIGNMONTH ZONE HOURMARK YEARHEAD SHORTYEAR".split()
)


@cache
def _tables() -> dict[str, Any]:
    text = (resources.files("sayso.read") / "data" / "times_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def letters() -> dict[str, str]:
    """The letter of every tag."""
    names = [*_tables()["tags"], *_tables()["values"], *SHAPED]
    return {name: chr(_FIRST_LETTER + index) for index, name in enumerate(dict.fromkeys(names))}


@cache
def word_letters() -> dict[str, str]:
    """The letter of every word, in small letters."""
    tags, values = _tables()["tags"], _tables()["values"]
    known = {word: letters()[tag] for tag, words in tags.items() for word in words}
    known |= {word: letters()[tag] for tag, words in values.items() for word in words}
    return known | {zone: letters()["ZONE"] for zone in _tables()["zones"]["words"]}


@cache
def value(tag: str) -> dict[str, Any]:
    """What the words of a tag stand for."""
    words: dict[str, Any] = _tables()["values"][tag]
    return words


@cache
def numbers() -> dict[str, int]:
    """What number words stand for."""
    return {**value("NUMWORD"), **value("MAGNITUDE")}


@cache
def months() -> dict[str, int]:
    """The numbers of the months, in full and short."""
    return {**value("MONTH"), **value("MONTHABBR")}


@cache
def weekdays() -> dict[str, int]:
    """The ISO numbers of the weekdays, in full, short and plural."""
    return {**value("WEEKDAY"), **value("WEEKDAYABBR"), **value("WEEKDAYS")}


@cache
def seasons() -> dict[str, str]:
    """The seasons' letters in TIMEX3."""
    return {**value("SEASON"), **value("SEASONS")}


@cache
def day_parts() -> dict[str, str]:
    """The parts of the day in TIMEX3."""
    return {**value("PART"), **value("PARTS"), **value("OVERNIGHT"), **value("TONIGHT")}


@cache
def units() -> dict[str, str]:
    """Units of time: TIMEX3's letter, after a T where it is part of a day."""
    single = {"second": "TS", "hour": "TH", "hr": "TH", "hours": "TH", "hrs": "TH", "day": "D", "month": "M"}
    longer = {"year": "Y", "yr": "Y", "quarter": "Q", "quarters": "Q", "weekend": "WE", "weekends": "WE"}
    return {**value("UNIT"), **value("UNITS"), **single, **longer}


@cache
def festivals(kind: str) -> dict[str, Any]:
    """Festivals by how their day is found: fixed, easter, american, other."""
    found: dict[str, Any] = _tables()["festivals"][kind]
    return found


@cache
def foreign_months() -> dict[str, str]:
    """Months of other calendars, and which calendar it is."""
    found: dict[str, str] = _tables()["months"]["other"]
    return found


@cache
def tense(which: str) -> frozenset[str]:
    """Words that put what is told into the past or the future."""
    return frozenset(_tables()["tense"][which])
