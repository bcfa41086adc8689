"""Find the words that tell of something happening, and what kind of thing it is (ACLED sub-event, PLOVER mode).

The words are in `data/incidents.toml`. A word that says only that there was an attack takes its kind from the means
named beside it, and from who was attacked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sayso.read import lexicon
from sayso.vocabulary import IncidentType, Span

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_GAP: Final = 3  # words that "~" may stand for
# What stands before a verb's plain form, so that "attacks" is not the noun.
_VERB_NEXT: Final = frozenset(
    "to will would could may might can should must shall not did do does who they we i you he she it which that".split()
)
_NOT_TABLES: Final = frozenset({"means", "sides", "things"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of happening: its place in the file, ACLED type (None: the words around decide) and PLOVER mode."""

    name: str
    order: int
    type: IncidentType | None
    mode: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of a happening. `verbal` when they are a verb's; `head` is the first of them."""

    span: Span
    kind: Kind
    verbal: bool
    head: Span


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark in lower case."""

    word: str
    span: Span


_Pattern = tuple[tuple[str, ...], int, bool]  # words, index of the kind, whether a verb's


def tokens(text: str, within: Span | None = None) -> list[Token]:
    """The words and marks of a text, or of a part of it."""
    start, end = within or (0, len(text))
    return [Token(m.group().lower(), Span(*m.span())) for m in _TOKEN.finditer(text, start, end)]


@cache
def _table() -> dict[str, Any]:
    return lexicon.load("incidents.toml")


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of happening in order of precedence."""
    tables = [(name, entry) for name, entry in _table().items() if name not in _NOT_TABLES]
    return tuple(
        Kind(name, i, IncidentType(entry["type"]) if entry["type"] else None, entry["mode"])
        for i, (name, entry) in enumerate(tables)
    )


def _patterns_of(entry: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    for verb in entry.get("verbs", ()):
        first, _, rest = verb.partition(":")
        for form in lexicon.verb_forms(first):
            yield f"{form} {rest}".strip(), True
    for noun in entry.get("nouns", ()):
        yield noun, False
        yield lexicon.plural(noun), False
    for phrase in entry.get("phrases", ()):
        yield phrase, True


@cache
def _patterns() -> dict[str, tuple[_Pattern, ...]]:
    found: dict[str, list[_Pattern]] = {}
    for kind in kinds():
        for phrase, verbal in _patterns_of(_table()[kind.name]):
            parts = tuple(phrase.split())
            found.setdefault(parts[0], []).append((parts, kind.order, verbal))
    # Longer patterns first; between equals the kind that stands first.
    return {first: tuple(sorted(some, key=lambda p: (-len(p[0]), p[1]))) for first, some in found.items()}


@cache
def _nouns() -> frozenset[str]:
    """The single words that are a noun's, whether or not they are a verb's too."""
    nouns = [noun for kind in kinds() for noun in _table()[kind.name].get("nouns", ()) if " " not in noun]
    return frozenset(nouns) | {lexicon.plural(noun) for noun in nouns}


@cache
def _phrases(table: str, key: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _table()[table][key]:
        parts = tuple(phrase.split())
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(some) for first, some in found.items()}


def _match(words: Sequence[Token], at: int, pattern: Sequence[str]) -> int | None:
    """The index after the last word of a pattern that begins at `at`, or None."""
    here = at
    for i, part in enumerate(pattern):
        if part == "~":
            wanted = pattern[i + 1]
            for skip in range(_GAP + 1):
                if here + skip >= len(words) or words[here + skip].word in ".!?;":
                    return None
                if words[here + skip].word == wanted:
                    here += skip
                    break
            else:
                return None
            continue
        if here >= len(words) or words[here].word != part:
            return None
        here += 1
    return here


def triggers(text: str, within: Span) -> list[Trigger]:
    """The happenings that the words of a sentence tell of, in order, none inside another."""
    words = tokens(text, within)
    found: list[Trigger] = []
    at = 0
    while at < len(words):
        hit = _longest(words, at)
        if hit is None:
            at += 1
            continue
        end, order, verbal = hit
        if verbal and end == at + 1 and words[at].word in _nouns():
            verbal = at > 0 and words[at - 1].word in _VERB_NEXT
        span = Span(words[at].span.start, words[end - 1].span.end)
        found.append(Trigger(span, kinds()[order], verbal, words[at].span))
        at = end
    return found


def _longest(words: Sequence[Token], at: int) -> tuple[int, int, bool] | None:
    for pattern, order, verbal in _patterns().get(words[at].word, ()):
        end = _match(words, at, pattern)
        if end is not None:
            return end, order, verbal
    return None


def phrases_in(text: str, within: Span, table: str, key: str) -> list[Span]:
    """Where words of `table.key` of the data file stand in a part of a text; the longest at each place."""
    words = tokens(text, within)
    phrases = _phrases(table, key)
    found: list[Span] = []
    at = 0
    while at < len(words):
        ends = [end for p in phrases.get(words[at].word, ()) if (end := _match(words, at, p)) is not None]
        if ends:
            found.append(Span(words[at].span.start, words[max(ends) - 1].span.end))
        at = max(ends, default=at + 1)
    return found


def means(text: str, within: Span) -> IncidentType | None:
    """The type that the means named in a part of a text give to an attack; None where none is named."""
    for name in _table()["means"]:
        if phrases_in(text, within, "means", name):
            return IncidentType(name)
    return None


def side(text: str, within: Span, key: str) -> bool:
    """Whether a part of a text names armed people ("armed"), a government's ("government"), rebels, or a crowd."""
    return bool(phrases_in(text, within, "sides", key))
