"""Numbers that may count people, as ranges: digits, number words, vague words, and what is put before and after.

What a vague word or a word before a number allows stands in `data/counts_numbers.toml`, with the reasons.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

from sayso.read.counts.lexicon import PersonNoun, grammar, harms, number_lists, people_nouns, people_words
from sayso.read.counts.tokens import Tokens, tokens
from sayso.vocabulary import Span

LARGEST: Final = 10**10  # more than all people there are counts something else
_ROUND: Final = 10  # "about ten" may be nine or eleven; below that, about five is five
_YEARS: Final = range(1900, 2100)
T = TypeVar("T")
Phrases = dict[str, tuple[tuple[tuple[str, ...], T], ...]]

_NOUN_WITHIN: Final = 7  # how far after "a" its noun may stand


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: the least and the most its words allow (`high` None: no upper bound)."""

    span: Span
    low: int
    high: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most (`high` None: no upper bound)."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number over tokens, up to `stop`: with `bare` where neither words before nor after it moved a bound."""

    stop: int
    low: int
    high: int | None
    other: bool = False


def numbers(text: str) -> list[Number]:
    """The numbers of a text that may count people, in order.

    Dates, ages, clock times, ordinals, percentages, money, measures, calibres, and numbers that name something
    are left out.
    """
    line = tokens(text)
    found = []
    at = 0
    while at < len(line):
        numeral = numeral_at(line, at) or _one(line, at)
        if numeral is None:
            at += 1
            continue
        span = line.span(at, numeral.stop)
        found.append(Number(span, numeral.low, numeral.high, span.of(text)))
        at = numeral.stop
    return found


def numeral_at(line: Tokens, at: int) -> Numeral | None:
    """The number that begins at a token, with the words before it that move its bounds; None where none does."""
    words = line.words
    word = words[at]
    if word not in number_starts() and not word[0].isdigit() and "-" not in word:
        return None
    if (vague := _phrase(_vague(), words, at)) and not _phrase(_before(), words, at):
        stop, allowed = vague
        if word == "no" and stop == at + 1 and not _none_of(words, stop):
            return None
        return _continued(line, Numeral(stop, allowed.low, allowed.high))
    if word in ("between", "either"):
        return _pair(line, at)
    bound, other, begin = _bound(words, at)
    if begin >= len(words):
        return None
    if begin > at and (vague := _phrase(_vague(), words, begin)) and words[begin] not in ("no", "none", "nobody"):
        stop, allowed = vague
        high = allowed.high if bound == "exactly" else None
        return _continued(line, Numeral(stop, allowed.low, high, other))
    core = _core(words, begin)
    if core is None or not _counts_people(line, begin, core[0], qualified=begin > at):
        return None
    stop, low, high = core
    risen = words[at - 1 : at] == ["from"]  # "rose from 5 to 9" gives two numbers
    if not risen and (second := _second(line, stop)):
        stop, top = second
        low, high = min(low, top), max(high, top)
        if not _counts_people(line, begin, stop, qualified=True):
            return None
    after, stop, more = _after(words, stop)
    low, bounded = _moved(low, high, after or bound)
    return Numeral(stop, low, bounded, other or more)


def _one(line: Tokens, at: int) -> Numeral | None:
    if line.words[at] not in grammar("one"):
        return None
    nouns, things = people_nouns(), people_words("things")
    found: PersonNoun | None = None
    for word in line.words[at + 1 : at + 1 + _NOUN_WITHIN]:
        if not word[0].isalnum() or word in grammar("prepositions") or word in grammar("and"):
            break
        if word in things or (word[0].isdigit() and "-" not in word):
            found = None
        found = nouns.get(word, found)
    return Numeral(at + 1, 1, 1) if found and found.singular else None


def _none_of(words: list[str], at: int) -> bool:
    """Whether "no" is said of people: "no casualties", "no other civilians"."""
    for word in words[at : at + _NOUN_WITHIN]:
        if word in people_nouns() or word in _harmed():
            return True
        if not word[0].isalpha() or word in grammar("prepositions") or word in grammar("be"):
            return False
    return False


def _pair(line: Tokens, at: int) -> Numeral | None:
    if at + 1 >= len(line) or (first := _core(line.words, at + 1)) is None:
        return None
    second = _second(line, first[0])
    if second is None or not _counts_people(line, at + 1, second[0], qualified=True):
        return None
    return Numeral(second[0], min(first[1], second[1]), max(first[1], second[1]))


def _second(line: Tokens, at: int) -> tuple[int, int] | None:
    words = line.words
    if at + 1 < len(words) and words[at] in ("to", "and", "or", "-", "–", "—"):
        if words[at] == "and" and (at < 2 or "between" not in words[max(0, at - 4) : at]):
            return None
        if core := _core(words, at + 1):
            return core[0], core[2]
    return None


def _moved(low: int, high: int, bound: str) -> tuple[int, int | None]:
    if bound == "at_least":
        return low, None
    if bound == "more":
        return low + 1, None
    if bound == "at_most":
        return min(1, high), high
    if bound == "fewer":
        return min(1, max(0, high - 1)), max(0, high - 1)
    if bound == "nearly":
        return (math.ceil(low * 0.9), high) if low >= _ROUND else (low, high)
    if bound == "about" and low >= _ROUND:
        return math.ceil(low * 0.9), math.floor(high * 1.1)
    return low, high


def _bound(words: list[str], at: int) -> tuple[str, bool, int]:
    """The bound that words before a number set, whether they say "other", and where the number begins."""
    bound, other = "", False
    for _ in range(3):
        if (found := _phrase(_before(), words, at)) is None:
            break
        other = other or "other" in "".join(words[at : found[0]])
        bound = found[1] if bound in ("", "exactly") else bound
        at = found[0]
    return bound, other, at


def _after(words: list[str], at: int) -> tuple[str, int, bool]:
    found = _phrase(_behind(), words, at) if at < len(words) else None
    if found is None:
        return "", at, False
    if found[1] == "exactly":
        return "", found[0], True
    return found[1], found[0], False


def _continued(line: Tokens, numeral: Numeral) -> Numeral:
    """A vague number with what may follow it: "several hundred", "several others"."""
    words, stop = line.words, numeral.stop
    if stop < len(words) and numeral.low > 1:
        size = number_lists()["scales"].get(words[stop]) or (12 if words[stop] == "dozen" else 0)
        if size:
            numeral = Numeral(stop + 1, numeral.low * size, None, numeral.other)
    stop = numeral.stop
    if stop < len(words) and words[stop] in ("other", "others", "more"):
        return Numeral(stop + 1, numeral.low, numeral.high, True)
    return numeral


def _core(words: list[str], at: int) -> tuple[int, int, int] | None:
    """A plain number at a token: the token after it, and its least and most ("3-4" has both)."""
    word = words[at]
    if word[0].isdigit():
        return _digits(words, at)
    if word == "half" and words[at + 1 : at + 3] == ["a", "dozen"]:
        return at + 3, 6, 6
    if word in ("a", "an"):
        following = words[at + 1] if at + 1 < len(words) else ""
        measure = number_lists()["measures"].get(following) or (
            number_lists()["scales"].get(following) and _spelled(words, at + 1)
        )
        if isinstance(measure, tuple):
            return measure
        if measure is None:
            return None
        return _of(words, at + 2), measure, measure
    found = _spelled(words, at)
    if found and found[0] < len(words) and (size := number_lists()["measures"].get(words[found[0]])):
        return _of(words, found[0] + 1), found[1] * size, found[1] * size
    return found


def _of(words: list[str], at: int) -> int:
    return at + 1 if at < len(words) and words[at] == "of" else at


def _digits(words: list[str], at: int) -> tuple[int, int, int] | None:
    word, scales = words[at], number_lists()["scales"]
    first, dash, second = word.partition("-")
    if dash:
        if first.isdecimal() and second.isdecimal() and len(word) < 14:
            low, high = int(first), int(second)
            return (at + 1, low, high) if low < high else None
        return None
    plain = word.replace(",", "")
    if plain.isdecimal():
        if len(plain) > 10 or not plain.isascii() or ("," in word and not _grouped(word)):
            return None
        value: float = int(plain)
    elif at + 1 < len(words) and words[at + 1] in scales and _is_decimal(plain):
        value = float(plain)
    else:
        return None
    stop = at + 1
    while stop < len(words) and words[stop] in scales and value < LARGEST:
        value *= scales[words[stop]]
        stop += 1
    if stop < len(words) and words[stop] == "dozen":
        value, stop = value * 12, _of(words, stop + 1)
    return (stop, round(value), round(value)) if value < LARGEST else None


def _is_decimal(plain: str) -> bool:
    whole, dot, part = plain.partition(".")
    return bool(dot) and plain.isascii() and whole.isdecimal() and part.isdecimal() and len(plain) < 12


def _grouped(word: str) -> bool:
    head, *groups = word.split(",")
    return len(head) <= 3 and len(groups[-1]) == 3 and all(len(group) in (2, 3) for group in groups)


def _spelled(words: list[str], at: int) -> tuple[int, int, int] | None:
    """A number in words: units and tens add, hundred multiplies, thousand and above close a group."""
    lists = number_lists()
    units, tens, scales = lists["units"], lists["tens"], lists["scales"]
    total = group = 0
    stop, seen = at, False
    last = ""
    while stop < len(words):
        word = words[stop]
        if word == "and" and last == "scale" and stop + 1 < len(words) and _adds(words[stop + 1]):
            stop += 1
            continue
        value = _simple(word)
        if value is not None and last in ("", "scale"):
            group += value
            last = "tens" if word in tens else "units"
        elif last == "tens" and word in units and 0 < units[word] < 10:
            group += units[word]
            last = "units"
        elif word in scales and (seen or words[at - 1 : at] in (["a"], ["an"])) and total < LARGEST:
            scale = scales[word]
            if scale == 100:
                group = max(group, 1) * 100
            else:
                total, group = total + max(group, 1) * scale, 0
            last = "scale"
        else:
            break
        seen = True
        stop += 1
    if not seen:
        return _either(words[at], at)
    value = total + group
    return (stop, value, value) if value < LARGEST else None


def _adds(word: str) -> bool:
    return _simple(word) is not None


def _simple(word: str) -> int | None:
    lists = number_lists()
    if (value := lists["units"].get(word)) is not None or (value := lists["tens"].get(word)) is not None:
        return int(value)
    first, dash, second = word.partition("-")
    if dash and first in lists["tens"] and 0 < lists["units"].get(second, 0) < 10:
        return int(lists["tens"][first] + lists["units"][second])
    return None


def _either(word: str, at: int) -> tuple[int, int, int] | None:
    """The like of "three-four" is three or four."""
    first, dash, second = word.partition("-")
    low, high = (_simple(first), _simple(second)) if dash else (None, None)
    return (at + 1, low, high) if low is not None and high is not None and low < high else None


def _counts_people(line: Tokens, at: int, stop: int, *, qualified: bool) -> bool:
    """Whether a number can be one of people, from the words next to it."""
    words = line.words
    measures, named = _measures(), _named()
    following = words[stop] if stop < len(words) else ""
    before = words[at - 1] if at else ""
    if following in measures and following not in ("m", "may", "second", "seconds", "per", "round", "pound"):
        return False
    if following in ("m", "per", "round") or (following == "may" and not _modal(words, stop)):
        return False
    if before in named or (before == "." and at > 1 and words[at - 2] in ("no", "rs", "nos")):
        return False
    if before in ("(", "[") and following in (")", "]"):
        return False
    spelled = not words[at][0].isdigit()
    if spelled:
        return True
    if before == "," and following == "," and at > 1 and line.text[line.starts[at - 2]].isupper():
        return False
    if before == "." and at > 1 and line.ends[at - 2] == line.starts[at - 1] and line.starts[at] == line.ends[at - 1]:
        return False
    if before in (":", "/", "$", "£") or (following in (":", "/", "°") and line.starts[stop] == line.ends[stop - 1]):
        return False
    if not qualified and stop == at + 1 and words[at].isdecimal() and int(words[at]) in _YEARS and len(words[at]) == 4:
        noun = people_nouns().get(following)
        return bool(noun and noun.plural)
    return True


def _modal(words: list[str], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1] in ("have", "be")


@cache
def _harmed() -> frozenset[str]:
    return frozenset(word for word, found in harms().words.items() if any(item.form == "counted" for item in found))


@cache
def _measures() -> frozenset[str]:
    return frozenset(number_lists()["units_of_measure"]["words"])


@cache
def _named() -> frozenset[str]:
    return frozenset(number_lists()["before_other_numbers"]["words"])


def _phrase(table: Phrases[T], words: list[str], at: int) -> tuple[int, T] | None:
    """The longest phrase of a table that begins at a token: the token after it, and what the table says of it."""
    for rest, value in table.get(words[at], ()) if at < len(words) else ():
        stop = at + 1 + len(rest)
        if not rest or tuple(words[at + 1 : stop]) == rest:
            return stop, value
    return None


def _table(entries: Iterable[tuple[str, T]]) -> Phrases[T]:
    table: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for phrase, value in entries:
        first, *rest = phrase.split(" ")
        table.setdefault(first, []).append((tuple(rest), value))
    return {first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in table.items()}


@cache
def _vague() -> Phrases[Range]:
    vague: dict[str, dict[str, int]] = number_lists()["vague"]
    return _table((phrase, Range(entry["low"], entry.get("high"))) for phrase, entry in vague.items())


@cache
def _before() -> Phrases[str]:
    return _table((phrase, bound) for bound, phrases in number_lists()["before"].items() for phrase in phrases)


@cache
def _behind() -> Phrases[str]:
    return _table((phrase, bound) for bound, phrases in number_lists()["after"].items() for phrase in phrases)


@cache
def number_starts() -> frozenset[str]:
    """The words a number in words may begin with."""
    lists = number_lists()
    plain = {*lists["units"], *lists["tens"], "half", "between", "either", *grammar("one")}
    return frozenset(plain | _vague().keys() | _before().keys())
