"""The grammar of time expressions, over the letters of the tokens.

All rules of `data/times_grammar.toml` are one compiled pattern, so a text is read once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from sayso.read.times.tokens import OTHER, Tokens
from sayso.read.times.words import letters

_NAME: Final = re.compile(r"[A-Z][A-Z0-9]*")


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits the tokens from `first` up to, not including, `last`."""

    rule: str
    first: int
    last: int


@cache
def _grammar() -> dict[str, dict[str, str]]:
    return tomllib.loads((resources.files("sayso.read") / "data" / "times_grammar.toml").read_text(encoding="utf-8"))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{_expanded(rule)})" for name, rule in _grammar()["rules"].items()))


def _expanded(rule: str) -> str:
    """A rule with its names replaced by letters."""
    parts = _grammar()["parts"]

    def replaced(match: re.Match[str]) -> str:
        name = match.group()
        return f"(?:{_expanded(parts[name])})" if name in parts else letters()[name]

    return re.sub(r"\s", "", _NAME.sub(replaced, rule))


# What makes it worth while to look for an expression among neighbouring tagged tokens.
_TRIGGERS: Final = (
    "MONTH MONTHABBR WEEKDAY WEEKDAYABBR WEEKDAYS SEASON SEASONS UNIT UNITS PART PARTS OVERNIGHT NOON DAYREF TONIGHT "
    "PLURALDECADE OFTEN VAGUE FUTURE YEAR SHORTYEAR YEARHEAD YEARS2 AMPM COLON SLASH ZONE HOUR HOURS HOURMARK OCLOCK "
    "DAYWORD MONTHWORD YEARWORD QUARTER QUARTERS SECOND WEEKEND WEEKENDS PERIOD PAST CURRENT LATEST TIME MOMENT WHILE "
    "DATE FEAST FOREIGNMONTH LATER EARLIER PREVIOUSLY ST BC AD".split()
)
_REACH: Final = 16  # tokens of an expression before its trigger


@cache
def _trigger() -> re.Pattern[str]:
    return re.compile("[" + "".join(letters()[name] for name in _TRIGGERS) + "]")


_RUN: Final = re.compile(rf"[^{OTHER}]+")


def matches(found: Tokens) -> Iterator[Match]:
    """The places where a rule fits, in order, without overlap."""
    text, trigger, pattern = found.letters, _trigger(), _pattern()
    for run in _RUN.finditer(text):
        start, end = run.span()
        while begin := trigger.search(text, start, end):
            match = pattern.search(text, max(start, begin.start() - _REACH), end)
            if match is None:
                break
            if match.lastgroup:
                yield Match(match.lastgroup, match.start(), match.end())
            start = match.end()
