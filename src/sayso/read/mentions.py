"""Mentions of people, organisations and places: names, noun phrases that describe, and pronouns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sayso.read import lexicon
from sayso.read.names import Name
from sayso.read.words import Words
from sayso.vocabulary import Span


class Sort(StrEnum):
    """How a mention points: by name, by description, by pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


PERSON, ORGANISATION, PLACE, DEMONYM = "PER", "ORG", "LOC", "NAT"
_PHRASE_TYPES: Final = {"person": PERSON, "organization": ORGANISATION, "place": PLACE}

HE: Final = frozenset({"he", "him", "his", "himself"})
SHE: Final = frozenset({"she", "her", "hers", "herself"})
IT: Final = frozenset({"it", "its", "itself"})
THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
PRONOUNS: Final = HE | SHE | IT | THEY
FIRST_PERSON: Final = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_WHO: Final = frozenset({"who", "which", "that", "whom", "this", "these", "those", "you", "whoever", "what"})
_DETERMINERS: Final = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their", "said"})
_COLLECTIVE: Final = frozenset(
    "group organization organisation party company agency army militia movement network outfit force government "
    "regime team union ministry council committee alliance coalition front brigade police military opposition press "
    "media family crowd public outlet newspaper paper station channel firm campaign court bank monitor watchdog".split()
)
_TAIL = re.compile(r"\s+(?:of|in|on|at|from|for|with|who|which|that|to|by|near|inside|close|about|familiar|near)\b|[,(:;–—]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention. `head` is its head word in lower case, `plural` whether it stands for several."""

    span: Span
    sort: Sort
    type: str
    head: str
    plural: bool
    definite: bool
    sentence: int
    is_source: bool = False
    name_words: tuple[str, ...] = ()


def mentions(
    words: Words,
    names: Sequence[Name],
    phrases: Sequence[Name],
    sources: Sequence[Span],
    sentences: Sequence[Span],
) -> list[Mention]:
    """All mentions in order of their start; where two overlap, names win over descriptions."""
    text = words.text
    starts = [sentence.start for sentence in sentences]
    taken: list[Span] = []
    found: list[Mention] = []

    def add(span: Span, sort: Sort, kind: str) -> None:
        if span.end <= span.start or any(a.start < span.end and span.start < a.end for a in taken_near(span)):
            return
        taken.append(span)
        head = head_word(span.of(text)) if sort is not Sort.PRONOUN else span.of(text).lower()
        first = span.of(text).split()[0].lower()
        sentence = max(0, bisect_right(starts, span.start) - 1)
        is_source = any(s.start <= span.start and span.end <= s.end for s in sources)
        definite = first in _DETERMINERS
        named = tuple(re.findall(r"[^\W\d_]+", span.of(text).lower())) if sort is Sort.NAME else ()
        plural = sort is not Sort.NAME and _is_plural(span.of(text), head)
        found.append(Mention(span, sort, kind, head, plural, definite, sentence, is_source, named))

    def taken_near(span: Span) -> list[Span]:
        return [other for other in taken[-400:] if abs(other.start - span.start) < 400]

    for name in sorted(names, key=lambda n: n.span):
        if name.kind != DEMONYM:
            add(_without_possessive(text, name.span), Sort.NAME, name.kind)
    for i, word in enumerate(words.lower):
        if word in PRONOUNS:
            add(words.span(i, i), Sort.PRONOUN, ORGANISATION if word in IT else PERSON)
    for source in sorted(sources):
        if not any(source.start <= m.start and m.end <= source.end for m in taken):
            add(_nominal_core(text, source), Sort.NOMINAL, guess_type(text, source, phrases))
    for phrase in phrases:
        if words.lower[words.within(phrase.span)[0]] not in FIRST_PERSON | _WHO:
            add(_without_possessive(text, phrase.span), Sort.NOMINAL, _PHRASE_TYPES[phrase.kind])
    return sorted(found, key=lambda m: m.span)


def guess_type(text: str, source: Span, phrases: Sequence[Name]) -> str:
    """The type of a source that holds no name: that of its first phrase, or by its head word."""
    head = head_word(source.of(text))
    if head in lexicon.roles():
        return PERSON
    if head in _COLLECTIVE:
        return ORGANISATION
    for phrase in phrases:
        if phrase.span.start >= source.start and phrase.span.end <= source.end:
            return _PHRASE_TYPES[phrase.kind]
    return PERSON if not _is_plural(source.of(text), head) and head.endswith(("man", "or", "er")) else ORGANISATION


def head_word(phrase: str) -> str:
    """The head noun of a noun phrase, in lower case: "a source in the army" gives "source"."""
    core = _TAIL.split(phrase, maxsplit=1)[0] if _TAIL.search(phrase) else phrase
    found = re.findall(r"[^\W\d_][\w'’-]*", core) or re.findall(r"\w+", phrase)
    word = found[-1].lower() if found else phrase.lower()
    return re.sub(r"['’]s?$", "", word)


def _is_plural(phrase: str, head: str) -> bool:
    if head in THEY:
        return True
    if head in PRONOUNS:
        return False
    if head in ("people", "police", "media", "men", "women", "children", "others", "many", "some", "most"):
        return True
    if re.search(r"\band\b", phrase):
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is")) and head not in ("news",)


def _without_possessive(text: str, span: Span) -> Span:
    found = re.search(r"['’]s?$", span.of(text))
    return Span(span.start, span.start + found.start()) if found and found.start() else span


def _nominal_core(text: str, source: Span) -> Span:
    """A source without what follows its head: its mention is the description, not the whole clause."""
    found = re.search(r"[,(–—]|\s+(?:who|which|that)\b", source.of(text))
    return Span(source.start, source.start + len(source.of(text)[: found.start()].rstrip())) if found else source
