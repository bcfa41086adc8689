"""Whose the source of a statement is: the entity that its words name, describe or point to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.read.mentions import FIRST_PERSON, PERSON, Mention, Sort
from sayso.vocabulary import Span

_RELATIVE = re.compile(r"(?:who|which|that|whom|whose)", re.IGNORECASE)
# What follows one of these qualifies the head before it: "a spokesman for the army" is the spokesman.
_QUALIFIES = re.compile(r"\b(?:of|for|from|in|at|with|by|on|inside|near|to)\s+(?:the\s+|a\s+)?(?:[\w'’.-]+\s+){0,6}$")


@dataclass(frozen=True, slots=True)
class Pointer:
    """The entity a source stands for (None where it cannot be told) and the candidates where it is unsure."""

    entity: int | None
    candidates: tuple[int, ...] = ()


def point(
    text: str,
    source: Span,
    mentions: Sequence[Mention],
    entity: Sequence[int],
    unsure: Mapping[int, tuple[int, ...]],
) -> Pointer:
    """The entity of a third-person source."""
    inside = [i for i, m in enumerate(mentions) if source.start <= m.span.start and m.span.end <= source.end]
    if not inside and _RELATIVE.fullmatch(source.of(text).strip()):
        return _antecedent(text, source, mentions, entity)
    if not inside:
        around = [i for i, m in enumerate(mentions) if m.span.start < source.end and source.start < m.span.end]
        return Pointer(entity[around[0]]) if around else Pointer(None)
    chosen = _head(text, source, mentions, inside)
    if mentions[chosen].sort is Sort.PRONOUN and chosen in unsure:
        return Pointer(None, unsure[chosen])
    if mentions[chosen].sort is Sort.PRONOUN and entity[chosen] == chosen:
        return Pointer(None)
    return Pointer(entity[chosen])


def _head(text: str, source: Span, mentions: Sequence[Mention], inside: Sequence[int]) -> int:
    """The mention that a source is about: a person's name unless it qualifies another, else the first."""
    free = [i for i in inside if not _QUALIFIES.search(text[source.start : mentions[i].span.start])]
    people = [i for i in inside if mentions[i].sort is Sort.NAME and mentions[i].type == PERSON]
    for i in people:
        before = text[source.start : mentions[i].span.start]
        if i in free or _ends_a_title(before):
            return i
    return (free or inside)[0]


def _ends_a_title(before: str) -> bool:
    """Whether a name ends a title in capitals ("Head of the Security Council N. N.")."""
    qualifier = re.search(r"\b(?:of|for|in|at)\s+(?:the\s+)?((?:[\w'’.-]+\s+)+)$", before)
    if qualifier is None or len(before.split()) < 3:
        return False
    return all(word[0].isupper() for word in qualifier.group(1).split())


def _antecedent(text: str, source: Span, mentions: Sequence[Mention], entity: Sequence[int]) -> Pointer:
    """The mention that a relative pronoun follows."""
    for i in range(len(mentions) - 1, -1, -1):
        gap = text[mentions[i].span.end : source.start]
        if mentions[i].span.end <= source.start:
            close = len(gap) < 40 and not re.search(r"[.;!?\n]", gap)
            return Pointer(entity[i]) if close else Pointer(None)
    return Pointer(None)


def is_first_person(words: str) -> bool:
    """Whether a source is "I", "we" and the like."""
    return words.strip().lower() in FIRST_PERSON
