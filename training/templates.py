"""Fillers -> templates: which of them belong to one incident, and of what kind it is.

A kind is told of where its fillers together make it likely; fillers of one kind that the encoder keeps apart make
several incidents of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from training.fillers import Attack, Filler, FillerRole, together

_KINDS: Final = tuple(Attack)
TOLD: Final = 0.4  # a kind of incident is told of where one of its fillers reaches this
OF_KIND: Final = 0.4  # a filler belongs to an incident of a kind from this probability on
SCORE: Final = 0.3  # a filler counts from this probability of its role on
APART: Final = 0.3  # fillers below this probability of sharing an incident start another
_ARTICLE = re.compile(r"^(?:the|a|an|some|several|two|three|four|five|six|\d+)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entity:
    """One filler of a template, wherever it is mentioned."""

    role: FillerRole
    mentions: tuple[Filler, ...]

    @property
    def score(self) -> float:
        """The score of its best mention."""
        return max(m.score for m in self.mentions)


@dataclass(frozen=True, slots=True)
class Template:
    """An incident of one kind with its entities."""

    kind: Attack
    entities: tuple[Entity, ...]


def templates(text: str, found: Sequence[Filler]) -> list[Template]:
    """The templates of a text, in the order of their first fillers."""
    sure = [f for f in found if f.score >= SCORE]
    out: list[Template] = []
    for i, kind in enumerate(_KINDS):
        here = [f for f in sure if f.kinds[i] >= OF_KIND]
        if not here or max(f.kinds[i] * f.score for f in here) < TOLD:
            continue
        out += [Template(kind, tuple(entities(text, group))) for group in _apart(here)]
    return sorted(out, key=lambda t: min(m.span for e in t.entities for m in e.mentions))


def _apart(found: Sequence[Filler]) -> list[list[Filler]]:
    """Fillers in groups: each joins the group whose members it best shares an incident with."""
    groups: list[list[Filler]] = []
    for filler in found:
        scored = [(sum(together(m, filler) for m in group) / len(group), group) for group in groups]
        best = max(scored, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] >= APART:
            best[1].append(filler)
        else:
            groups.append([filler])
    return groups


def entities(text: str, found: Sequence[Filler]) -> list[Entity]:
    """Fillers of one role whose words are the same, or hold one another, are one entity."""
    out: list[list[Filler]] = []
    for filler in found:
        words = _plain(filler.span.of(text))
        for group in out:
            if group[0].role is filler.role and any(_same(words, _plain(m.span.of(text))) for m in group):
                group.append(filler)
                break
        else:
            out.append([filler])
    return [Entity(group[0].role, tuple(group)) for group in out]


def _plain(words: str) -> str:
    return _ARTICLE.sub("", " ".join(words.lower().split()))


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long) is not None
