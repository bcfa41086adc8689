"""The words around the place of a text that fits a search best, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.ledger.fulltext import Term
from sayso.ledger.words import words
from sayso.vocabulary import Span

_LENGTH: Final = 200  # code points shown
_BEFORE: Final = 60
_MOST_MARKED: Final = 300
_CHUNK: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Where the shown words stand in the report's text, what they are, and where the searched ones stand in it."""

    span: Span
    text: str
    marked: tuple[Span, ...]


def snippet(text: str, asked: Sequence[Term]) -> Snippet:
    """The stretch of the text with the most different words that were searched for; else its beginning."""
    places = list(_places(text, [term for term in asked if not term.without]))
    best = max(places, key=lambda place: _different(places, place[0]), default=None)
    start = max(0, best[0].start - _BEFORE) if best else 0
    shown = _whole_words(text, start, min(len(text), start + _LENGTH))
    return Snippet(shown, shown.of(text), tuple(s for s, _ in places if shown.start <= s.start and s.end <= shown.end))


def _places(text: str, asked: Sequence[Term]) -> Iterator[tuple[Span, str]]:
    """Where words that were searched for stand, and which."""
    whole = {word for term in asked for word in (term.words[:-1] if term.begins else term.words)}
    beginnings = tuple(term.words[-1] for term in asked if term.begins)
    found = 0
    for match in _CHUNK.finditer(text):
        for word in words(match.group()):
            if word in whole or (beginnings and word.startswith(beginnings)):
                yield Span(*match.span()), word
                found += 1
                break
        if found >= _MOST_MARKED:
            return


def _different(places: Sequence[tuple[Span, str]], first: Span) -> int:
    """How many different words stand within the length of a snippet that begins with this place."""
    return len(
        {word for span, word in places if first.start <= span.start and span.end <= first.start + _LENGTH - _BEFORE}
    )


def _whole_words(text: str, start: int, end: int) -> Span:
    """The span without the parts of words at its ends, unless a word is as long as all of it."""
    first, last = start, end
    while 0 < first < end and not text[first - 1].isspace():
        first += 1
    while first < last < len(text) and not text[last].isspace():
        last -= 1
    return Span(first, last) if first < last else Span(start, end)
