"""The numbers of a short text with what they measure, so that "five", "5" and "5.0" are one and "5 %" is another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sayso.read.counts.lexicon import number_lists
from sayso.read.counts.tokens import tokens
from sayso.trace.claims.words import LONGEST

_MONEY: Final = frozenset("$ £ € ¥".split())
_MONEY_WORDS: Final = frozenset(
    "dollar dollars euro euros pound pounds rupee rupees yen rouble roubles ruble rubles".split()
)
_PERCENT: Final = frozenset(("%", "percent", "pct"))
_SCALES: Final = {"trillion": 10**12, "bn": 10**9, "mn": 10**6, "m": 10**6, "k": 1000}
_YEARS: Final = range(1500, 2200)
_LONGEST_NUMBER: Final = 18  # digits


class Measure(StrEnum):
    """What a number measures."""

    COUNT = "number"
    PERCENT = "per cent"
    MONEY = "sum of money"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it measures."""

    value: float
    measure: Measure

    def __str__(self) -> str:
        shown = f"{self.value:,.0f}" if self.value == int(self.value) else f"{self.value:,.6g}"
        shown = shown.replace(",", "") if self.measure is Measure.YEAR else shown
        return {Measure.PERCENT: f"{shown} %", Measure.MONEY: f"{shown} in money"}.get(self.measure, shown)


def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text in order, each once. "One" is left out, since it is mostly no number."""
    line = tokens(text[:LONGEST]).words
    found: list[Quantity] = []
    at = 0
    while at < len(line):
        stop, value = _number(line, at)
        if value is None:
            at += 1
            continue
        found.append(Quantity(value, _measure(line, at, stop, value)))
        at = stop
    return tuple(dict.fromkeys(found))


def _number(line: list[str], at: int) -> tuple[int, float | None]:
    """The number that begins at a token: the token after it and its value, None where none begins."""
    lists = number_lists()
    value = _digits(line[at])
    stop = at + 1
    if value is None:
        value = _spelled(line[at])
        while value is not None and stop < len(line):
            joined = line[stop] == "and" and value % 100 == 0 and stop + 1 < len(line)
            more = _spelled(line[stop + joined])
            if line[stop] == "hundred":
                value *= 100
            elif more is not None and more < (100 if value % 100 == 0 else 10 if value % 10 == 0 else 0):
                value, stop = value + more, stop + joined
            else:
                break
            stop += 1
    if value is None and line[at] in ("a", "an") and stop < len(line) and _scale(line[stop]) > 1:
        value = 1.0
    while value is not None and stop < len(line) and _scale(line[stop]) > 1:
        value, stop = value * _scale(line[stop]), stop + 1
    measures: dict[str, int] = lists["measures"]
    if value is not None and line[stop : stop + 1] == ["dozen"]:
        value, stop = value * measures["dozen"], stop + 1
    return stop, value


def _digits(word: str) -> float | None:
    plain = word.replace(",", "")
    whole, dot, part = plain.partition(".")
    if not plain.isascii() or len(plain) > _LONGEST_NUMBER or not whole.isdecimal() or (dot and not part.isdecimal()):
        return None
    return float(plain)


def _spelled(word: str) -> float | None:
    units, tens = number_lists()["units"], number_lists()["tens"]
    first, dash, second = word.partition("-")
    if dash and first in tens and second in units:
        return float(tens[first] + units[second])
    if word == "one":
        return None
    found = units.get(word, tens.get(word))
    return float(found) if found is not None else None


def _scale(word: str) -> int:
    scales: dict[str, int] = number_lists()["scales"]
    return scales.get(word) or _SCALES.get(word, 1)


def _measure(line: list[str], at: int, stop: int, value: float) -> Measure:
    after = line[stop] if stop < len(line) else ""
    if after in _PERCENT or line[stop : stop + 2] == ["per", "cent"]:
        return Measure.PERCENT
    if (at and line[at - 1] in _MONEY) or after in _MONEY_WORDS:
        return Measure.MONEY
    if len(line[at]) == 4 and line[at].isdecimal() and stop == at + 1 and int(value) in _YEARS:
        return Measure.YEAR
    return Measure.COUNT
