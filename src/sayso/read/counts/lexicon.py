"""The word lists of counts, loaded once, with their inflections."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from importlib import resources
from typing import Any

from sayso.read.lexicon import plural, verb_forms
from sayso.vocabulary import Harm, People


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("sayso.read") / "data" / name).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for people: its class, and whether its form can be singular or plural."""

    who: People
    singular: bool
    plural: bool


@cache
def people_nouns() -> dict[str, PersonNoun]:
    """Every form of every noun for people. A noun listed twice keeps its first class."""
    lists = _toml("counts_people.toml")
    found: dict[str, PersonNoun] = {}
    for who in People:
        for entry in lists[who.value]:
            singular, *given = entry.split(" ")
            plurals = given or [plural(singular)]
            found.setdefault(singular, PersonNoun(who, True, singular in plurals))
            for form in plurals:
                found.setdefault(form, PersonNoun(who, False, True))
    for both in ("police", "personnel", "staff", "crew", "kin"):
        found[both] = PersonNoun(found[both].who, True, True)
    return found


@cache
def people_words(name: str) -> frozenset[str]:
    """The words of `collectives` or `things`."""
    return frozenset(_toml("counts_people.toml")[name]["words"])


@cache
def number_lists() -> dict[str, Any]:
    """The tables of `counts_numbers.toml`."""
    return _toml("counts_numbers.toml")


@cache
def grammar(name: str) -> frozenset[str]:
    """A list of `counts_grammar.toml`."""
    return frozenset(_toml("counts_grammar.toml")[name])


class Kind(Enum):
    """What an item of a sentence is."""

    PEOPLE = auto()  # a noun phrase that is, or may be, of people
    HARM = auto()
    BE = auto()
    HAVE = auto()
    MODAL = auto()
    NEGATION = auto()
    AND = auto()
    COMMA = auto()
    BREAK = auto()  # semicolon, colon
    PREPOSITION = auto()
    INCLUDING = auto()
    RELATIVE = auto()
    SUBORDINATOR = auto()
    ADVERB = auto()
    PARTICIPLE = auto()  # begins an aside after a noun: "identified as"
    VERB = auto()
    OPEN = auto()
    CLOSE = auto()
    OTHER = auto()


@cache
def kinds() -> dict[str, Kind]:
    """The kind of every little word. A word in two lists has the kind of the later one here."""
    found = {";": Kind.BREAK, ":": Kind.BREAK} | dict.fromkeys((",", "—", "–", "-"), Kind.COMMA)
    found |= {"(": Kind.OPEN, "[": Kind.OPEN, ")": Kind.CLOSE, "]": Kind.CLOSE}
    for name, kind in (
        ("adverbs", Kind.ADVERB),
        ("post", Kind.PARTICIPLE),
        ("verbs", Kind.VERB),
        ("be", Kind.BE),
        ("have", Kind.HAVE),
        ("prepositions", Kind.PREPOSITION),
        ("subordinators", Kind.SUBORDINATOR),
        ("modal", Kind.MODAL),
        ("negation", Kind.NEGATION),
        ("and", Kind.AND),
        ("including", Kind.INCLUDING),
        ("determiners", Kind.OTHER),
        ("one", Kind.OTHER),
        ("relative", Kind.RELATIVE),
    ):
        found |= dict.fromkeys(grammar(name), kind)
    return found


@cache
def joiners() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases that join like "and", by their first word: the words after it."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for joiner in sorted(grammar("joiners")):
        first, *rest = joiner.split(" ")
        found[first] = (*found.get(first, ()), tuple(rest))
    return found


@dataclass(frozen=True, slots=True)
class HarmWord:
    """One reading of a word or phrase that tells of harm.

    `form` is "base", "past" (past tense or participle), "ing", "noun" ("killing of"), "counted" ("five deaths"),
    "suffered" ("the death of"), "toll", "to death" or "adjective". `transitive` verbs harm their object, others
    their subject; `strict` ones are also done to things.
    """

    harm: Harm
    form: str
    transitive: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Harms:
    """Words with their readings, and phrases by first word, longest first."""

    words: dict[str, tuple[HarmWord, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], HarmWord], ...]]


@cache
def harms() -> Harms:
    """The harm words of `counts_harms.toml`."""
    words: dict[str, list[HarmWord]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], HarmWord]]] = {}
    for name, lists in _toml("counts_harms.toml").items():
        harm = Harm(name)
        for word, reading in _readings(harm, lists):
            words.setdefault(word, []).append(reading)
        for key, transitive in (("phrases_transitive", True), ("phrases_intransitive", False)):
            for phrase in lists[key]:
                first, *rest = phrase.split(" ")
                form = "ing" if first.endswith("ing") else "past"
                phrases.setdefault(first, []).append((tuple(rest), HarmWord(harm, form, transitive)))
    ordered = {first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in phrases.items()}
    return Harms({word: tuple(found) for word, found in words.items()}, ordered)


def _readings(harm: Harm, lists: dict[str, list[str]]) -> Iterable[tuple[str, HarmWord]]:
    verbs = (("transitive", True, False), ("strict", True, True), ("intransitive", False, False))
    for key, transitive, strict in verbs:
        for entry in lists.get(key, ()):
            base = entry.split(" ")[0]
            given = entry.split(" ")[1:]
            forms = {base, plural(base), *given} if given else verb_forms(entry)
            for form in forms:
                kind = "ing" if form.endswith("ing") else "base" if form in (base, plural(base)) else "past"
                yield form, HarmWord(harm, kind, transitive, strict)
            if base in given:
                yield base, HarmWord(harm, "past", transitive, strict)
    for word in lists["adjectives"]:
        yield word, HarmWord(harm, "adjective")
    for form, key in (("noun", "nouns"), ("suffered", "suffered"), ("counted", "counted")):
        for noun in lists[key]:
            yield noun, HarmWord(harm, form)
            yield plural(noun), HarmWord(harm, form)
