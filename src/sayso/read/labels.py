"""Labels: how an outlet or a speaker brands somebody, apart from the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from sayso.read import lexicon
from sayso.vocabulary import Span

_NAME_SHAPED: Final = re.compile(r"[A-ZÀ-Þ]")


@dataclass(frozen=True, slots=True)
class Branding:
    """Branding words and the whole phrase they stand in, by which the actor they brand is found."""

    span: Span
    phrase: Span


@cache
def _pattern() -> re.Pattern[str]:
    lists = lexicon.label_lists()

    def any_of(words: tuple[str, ...]) -> str:
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))

    distancing = any_of(lists["distancing"])
    prefixed = rf"(?:{any_of(lists['prefixes'])})-\w+"
    backed = rf"\w[\w.]*-(?:{any_of(lists['backed'])})"
    adjective = rf"(?:{any_of(lists['adjectives'])}|{prefixed}|{backed})"
    heads = any_of(lists["heads"])
    nouns = any_of(lists["nouns"])
    return re.compile(
        rf"(?<![\w-])(?:(?P<distancing>{distancing})|"
        rf"(?P<compound>{adjective}(?:\s+{adjective})*\s+(?:{heads}))|"
        rf"(?P<prefixed>{prefixed})|(?P<noun>(?:{adjective}\s+)*(?:{nouns})))(?![\w-])",
        re.IGNORECASE,
    )


def brandings(text: str, names: list[Span]) -> list[Branding]:
    """Branding words in order. Words that are part of a proper name brand nobody."""
    starts = sorted(names)
    out = []
    for found in _pattern().finditer(text):
        span = Span(*found.span())
        if _is_named(text, span, starts):
            continue
        out.append(Branding(span, _phrase(text, span)))
    return out


def _is_named(text: str, span: Span, names: list[Span]) -> bool:
    """Whether the words are the inside of a name ("Army of Martyrs"), not words put around one."""
    for name in names:
        if name.start <= span.start and span.end <= name.end:
            word = text[span.start : span.end]
            inside = name.start < span.start or span.end < name.end
            return inside and _NAME_SHAPED.match(word) is not None
    return False


_LEFT = re.compile(r"(?:\(?[\w'’.-]+\)?\s+){0,6}$")
_RIGHT = re.compile(r"(?:[\"“‘'(]?\s*[\w'’.-]+){0,6}")
_BREAK = re.compile(
    r"\b(?:of|in|on|at|to|by|from|with|and|or|that|which|who|has|have|had|is|are|was|were|said|says|for|against|"
    r"as|but|will|would|when|where|while|after|before|into|over|under|near|than|it|they|he|she)\b|[,;:.!?](?:\s|$)",
    re.IGNORECASE,
)


def _phrase(text: str, span: Span) -> Span:
    """The run of words around the branding up to the next preposition, verb or mark."""
    left = _LEFT.search(text, max(0, span.start - 80), span.start)
    start = left.start() if left else span.start
    for stop in _BREAK.finditer(text, start, span.start):
        start = stop.end()
    right = _RIGHT.match(text, span.end, span.end + 80)
    end = right.end() if right else span.end
    stop_after = _BREAK.search(text, span.end, end)
    if stop_after:
        end = stop_after.start()
    while start < span.start and text[start].isspace():
        start += 1
    return Span(start, end)
