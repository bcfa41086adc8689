"""Small readings of words that several rules share: which one, which unit, how many, how exactly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sayso.read.times.meaning import Deictic, Meaning, Which
from sayso.read.times.numbers import number
from sayso.read.times.tokens import Tokens
from sayso.read.times.words import letters, numbers, units

Parsed = Iterator[tuple[int, int, Meaning]]


WHICH: Final = {
    "last": Which.LAST,
    "lst": Which.LAST,
    "past": Which.LAST,
    "latest": Which.LAST,
    "recent": Which.LAST,
    "previous": Which.PREVIOUS,
    "preceding": Which.PREVIOUS,
    "prior": Which.PREVIOUS,
    "foregoing": Which.PREVIOUS,
    "next": Which.NEXT,
    "nxt": Which.NEXT,
    "nex": Which.NEXT,
    "coming": Which.NEXT,
    "upcoming": Which.NEXT,
    "forthcoming": Which.NEXT,
    "following": Which.FOLLOWING,
    "subsequent": Which.FOLLOWING,
    "ensuing": Which.FOLLOWING,
    "this": Which.THIS,
    "dis": Which.THIS,
    "current": Which.THIS,
    "present": Which.THIS,
    "that": Which.THAT,
    "same": Which.THAT,
}


MODS: Final = {
    "early": "START",
    "start": "START",
    "beginning": "START",
    "outset": "START",
    "onset": "START",
    "opening": "START",
    "earlier": "START",
    "mid": "MID",
    "middle": "MID",
    "late": "END",
    "later": "END",
    "end": "END",
    "close": "END",
}


STEPS: Final = {
    Which.LAST: -1,
    Which.PREVIOUS: -1,
    Which.THIS: 0,
    Which.THAT: 0,
    Which.NEXT: 1,
    Which.FOLLOWING: 1,
}


def words_of(found: Tokens, first: int, last: int) -> list[str]:
    """The lower-case words of some tokens."""
    return found.words[first:last]


def tagged(found: Tokens, index: int, *names: str) -> bool:
    """Whether a token has one of these tags."""
    return 0 <= index < len(found) and found.letters[index] in {letters()[name] for name in names}


def mod_of(words: list[str]) -> str | None:
    """The modifier that the words give a point in time."""
    return next((MODS[word] for word in words if word in MODS), "APPROX" if is_about(words) else None)


def is_about(words: list[str]) -> bool:
    """Whether a word says that what follows is rough."""
    return any(word in ("about", "around", "roughly", "approximately", "circa", "some") for word in words)


def which_of(words: list[str]) -> Which | None:
    """Which of several units the words point at."""
    return next((WHICH[word] for word in words if word in WHICH), None)


def unit_of(words: list[str]) -> str | None:
    """The unit of time that the words end with."""
    return next((units()[word] for word in reversed(words) if word in units()), None)


def deictic_of(which: Which, unit: str) -> Deictic:
    """The unit that lies where `which` points."""
    told = which is Which.NEXT and unit == "D"  # "the next day" follows the one told of
    return Deictic(unit, Which.FOLLOWING if told else which, STEPS[which])


def two_digit_year(size: int) -> int:
    """A year of two digits, up to 29 in this century."""
    return 2000 + size if size < 30 else 1900 + size


def longest(month: int) -> int:
    """How many days a month can have."""
    return (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def length_mod_of(words: list[str]) -> str | None:
    """The modifier that the words give a length."""
    text = " ".join(words)
    for start, mod in (
        ("at least", "EQUAL_OR_MORE"),
        ("no less than", "EQUAL_OR_MORE"),
        ("at most", "EQUAL_OR_LESS"),
        ("up to", "EQUAL_OR_LESS"),
        ("no more than", "EQUAL_OR_LESS"),
        ("not more than", "EQUAL_OR_LESS"),
        ("within", "EQUAL_OR_LESS"),
        ("more than", "MORE_THAN"),
        ("over", "MORE_THAN"),
        ("less than", "LESS_THAN"),
        ("fewer than", "LESS_THAN"),
        ("under", "LESS_THAN"),
        ("nearly", "LESS_THAN"),
        ("almost", "LESS_THAN"),
    ):
        if text.startswith(start):
            return mod
    return "APPROX" if is_about(words) or text.endswith("or so") or "couple" in words else None


def count_of(words: list[str]) -> float | None:
    """How many units: None for "some", "a few"."""
    if any(word in ("few", "several", "many", "numerous", "various", "countless") for word in words):
        return None
    if "couple" in words:
        return 2
    if "/" in words:
        return _fraction(words)
    if "half" in words and any(word in units() for word in words[: words.index("half")]):
        return (count_of(words[: words.index("half")]) or 1) + 0.5
    counted: list[str] = []
    known = numbers()
    for position, word in enumerate(words):
        joins = counted and word in ("and", "-", ".", "half", ",")
        if word in known or word.isdecimal() or joins or (word == "half" and not counted):
            if word == "-" and words[position + 1] not in known and words[position + 1] not in ("and", "a", "half"):
                break
            if word.isdecimal() and counted and counted[-1] not in (".", ","):
                break
            counted.append(word)
        elif counted and word not in ("a", "an"):
            break
    if counted == ["half"]:
        return 0.5
    return number(counted) if counted else 1


def _fraction(words: list[str]) -> float | None:
    """Two and a half from "2 1/2"."""
    digits = [int(word) for word in words if word.isdecimal()]
    return digits[0] + digits[1] / digits[2] if len(digits) == 3 and 0 < digits[1] < digits[2] else None
