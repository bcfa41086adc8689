"""The word lists of `data/`, loaded once, with their inflections."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sayso.vocabulary import Stance


def load(name: str) -> dict[str, Any]:
    """A data file of `data/`, as it stands."""
    return tomllib.loads((resources.files("sayso.read") / "data" / name).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class CueWords:
    """The words of one stance, inflected."""

    stance: Stance
    words: frozenset[str]
    phrases: tuple[str, ...]


@cache
def cue_words() -> tuple[CueWords, ...]:
    """Stances with their words, in order of precedence."""
    out = []
    for stance, entry in load("cues.toml").items():
        words = {form for verb in entry["verbs"] for form in verb_forms(verb)}
        words |= {form for noun in entry["nouns"] if " " not in noun for form in (noun, plural(noun))}
        phrases = (*entry["phrases"], *(noun for noun in entry["nouns"] if " " in noun))
        out.append(CueWords(Stance(stance), frozenset(words), tuple(phrases)))
    return tuple(out)


def verb_forms(entry: str) -> set[str]:
    """The regular forms of a verb, and the irregular ones that an entry gives beside it ("deny denied")."""
    base, *given = entry.split(" ")
    past = base + "d" if base.endswith("e") else base + "ed"
    if base.endswith("y") and base[-2] not in "aeiou":
        past = base[:-1] + "ied"
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    return {base, plural(base), past, stem + "ing", *given}


def plural(noun: str) -> str:
    """The regular -s form of a noun or verb."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


@dataclass(frozen=True, slots=True)
class Hedges:
    """Words that weaken or deny a content."""

    hearsay: frozenset[str]
    words: frozenset[str]
    negations: frozenset[str]


@cache
def hedges() -> Hedges:
    """Hedges and negations."""
    lists = load("hedges.toml")
    return Hedges(*(frozenset(lists[key]) for key in ("hearsay", "words", "negations")))


@cache
def roles() -> frozenset[str]:
    """Nouns for offices and occupations, singular and plural."""
    words = (resources.files("sayso.read") / "data" / "roles.txt").read_text(encoding="utf-8").split()
    return frozenset(words) | {plural(word) for word in words} | {"spokesmen", "spokeswomen", "chairmen"}


@cache
def boilerplate() -> re.Pattern[str]:
    """Matches a whole line that is furniture of the page."""
    lines = (resources.files("sayso.read") / "data" / "boilerplate.txt").read_text(encoding="utf-8").splitlines()
    patterns = "|".join(f"(?:{line})" for line in lines if line and not line.startswith("#"))
    return re.compile(rf"\W*(?:{patterns})$", re.IGNORECASE)


@cache
def label_lists() -> dict[str, tuple[str, ...]]:
    """The lists of `labels.toml` by name."""
    return {key: tuple(values) for key, values in load("labels.toml").items()}


@cache
def alternatives(*words: str) -> re.Pattern[str]:
    """A pattern that finds any of these words or phrases, whole, whatever their case; longest first."""
    choices = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)
