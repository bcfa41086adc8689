"""Pronouns and descriptions -> the actor they point to, by a linear ranker over readable features.

Mentions are taken in reading order; each pronoun or definite description is given the best-scoring entity that
was mentioned before it (the mention-ranking model of Denis & Baldridge 2008). The weights are learned
on GUM's training documents by `training/coreference.py`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final

from sayso.read.mentions import HE, IT, ORGANISATION, PERSON, PLACE, SHE, THEY, Mention, Sort

# How far back an entity that is only described, not named, can still be meant.
REACH: Final = 12
FEATURES: Final = (
    "bias", "link", "no link", "same sentence", "one back", "two back", "distance", "leads its sentence", "was source",
    "both sources", "often", "person", "organisation", "place", "gender agrees", "gender clashes", "number clashes",
    "by pronoun", "named", "same head", "head in name", "adjacent", "it", "they", "it person", "they person",
    "they place", "it place", "they single person", "latest", "leads here", "led one back", "both lead",
    "possessive here", "object here", "same sort",
)  # fmt: skip

_MALE: Final = frozenset({"mr", "sir", "lord", "king", "prince", "spokesman", "chairman", "father", "brother", "son",
                          "husband", "man", "boy", "congressman", "businessman", "policeman", "uncle"})  # fmt: skip
_FEMALE: Final = frozenset({"mrs", "ms", "miss", "lady", "dame", "queen", "princess", "spokeswoman", "chairwoman",
                            "mother", "sister", "daughter", "wife", "woman", "girl", "congresswoman", "aunt",
                            "widow", "businesswoman"})  # fmt: skip

LinkScore = Callable[[int, int], float | None]


@dataclass(slots=True)
class Entity:
    """What is known, so far in reading order, of one entity."""

    number: int
    type: str
    mentions: list[int] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    name_words: set[str] = field(default_factory=set)
    gender: str = ""
    plural: bool = False
    named: bool = False


def resolve(
    mentions: Sequence[Mention], named: Sequence[int], gender_words: Sequence[str], link: LinkScore
) -> tuple[list[int], dict[int, tuple[int, ...]]]:
    """Complete `named` (an entity for each name, -1 for the rest) with what the other mentions point to.

    `gender_words` holds for each mention the word before it, in which a title may tell a gender.
    Returns an entity for every mention (itself, where it points to nothing before it) and, for pronouns whose best
    two candidates score alike, those candidates.
    """
    weights = shipped_weights()
    entity = list(named)
    open_: dict[int, Entity] = {}
    unsure: dict[int, tuple[int, ...]] = {}
    for i, mention in enumerate(mentions):
        if entity[i] < 0:
            ranked = rank(mentions, i, list(open_.values()), link, weights)
            entity[i], rivals = _choose(mention, i, ranked)
            if rivals:
                unsure[i] = rivals
        note(open_, entity[i], mentions, i, gender_words[i])
    return entity, unsure


def _choose(mention: Mention, i: int, ranked: Sequence[tuple[float, Entity]]) -> tuple[int, tuple[int, ...]]:
    """The entity for a mention from its scored candidates; a mention with no good one is its own."""
    if not ranked or ranked[0][0] < (PRONOUN_LEAST if mention.sort is Sort.PRONOUN else NOMINAL_LEAST):
        return i, ()
    close = tuple(e.number for score, e in ranked[:3] if ranked[0][0] - score < CLOSE)
    return ranked[0][1].number, close if mention.sort is Sort.PRONOUN and len(close) > 1 else ()


# A pronoun nearly always points back; a description often starts something new.
PRONOUN_LEAST: Final = -4.0
NOMINAL_LEAST: Final = 0.0
CLOSE: Final = 0.15


def rank(
    mentions: Sequence[Mention],
    i: int,
    entities: Sequence[Entity],
    link: LinkScore,
    weights: dict[str, dict[str, float]],
) -> list[tuple[float, Entity]]:
    """Candidates for mention i with their scores, best first. Ties go to the entity mentioned last."""
    mention = mentions[i]
    if mention.sort is Sort.NOMINAL and not mention.definite:
        return []
    table = weights["pronoun" if mention.sort is Sort.PRONOUN else "nominal"]
    fitting = [e for e in entities if _possible(mentions, i, e)]
    if not fitting and mention.head in HE | SHE:  # a person whose name was taken for something else
        fitting = [e for e in entities if e.named and mention.sentence - mentions[e.mentions[-1]].sentence <= REACH]
    latest = max((e.mentions[-1] for e in fitting), default=-1)
    scored = [(score(features(mentions, i, e, link, latest), table) + _prior(mentions, i, e), e) for e in fitting]
    return sorted(scored, key=lambda pair: (-pair[0], -pair[1].mentions[-1]))


# GUM holds little press; in the press a pronoun that speaks is mostly whoever spoke last.
SPOKE_LAST: Final = 1.0


def _prior(mentions: Sequence[Mention], i: int, entity: Entity) -> float:
    last = mentions[entity.mentions[-1]]
    return SPOKE_LAST if mentions[i].is_source and last.is_source and mentions[i].sentence - last.sentence <= 3 else 0.0


def score(values: dict[str, float], table: dict[str, float]) -> float:
    """The linear score of a candidate's features."""
    return sum(table.get(name, 0.0) * value for name, value in values.items())


def _possible(mentions: Sequence[Mention], i: int, entity: Entity) -> bool:
    mention = mentions[i]
    away = mention.sentence - mentions[entity.mentions[-1]].sentence
    if (away > REACH and not entity.named) or away > 4 * REACH:
        return False
    if mention.head in HE | SHE:
        return entity.type == PERSON and not entity.plural
    if mention.head in IT and entity.type == PERSON and entity.named:
        return False
    if mention.sort is Sort.NOMINAL:
        if mention.plural != entity.plural and not entity.named:
            return False
        return mention.type == entity.type or mention.head in entity.heads
    return True


def features(mentions: Sequence[Mention], i: int, entity: Entity, link: LinkScore, latest: int) -> dict[str, float]:
    """The features of pointing from mention i to an entity."""
    mention, last = mentions[i], mentions[entity.mentions[-1]]
    away = mention.sentence - last.sentence
    linked = [value for j in entity.mentions[-3:] if (value := link(i, j)) is not None]
    gender = "m" if mention.head in HE else "f" if mention.head in SHE else ""
    leads = _leads(mentions, entity.mentions[-1])
    person, place = entity.type == PERSON, entity.type == PLACE
    values = {
        "bias": 1.0,
        "link": max(linked, default=0.0),
        "no link": not linked,
        "same sentence": away == 0,
        "one back": away == 1,
        "two back": away == 2,
        "distance": math.log1p(away),
        "leads its sentence": leads,
        "was source": last.is_source,
        "both sources": last.is_source and mention.is_source,
        "often": math.log(len(entity.mentions)),
        "person": person,
        "organisation": entity.type == ORGANISATION,
        "place": place,
        "gender agrees": gender != "" and gender == entity.gender,
        "gender clashes": gender != "" and entity.gender not in ("", gender),
        "number clashes": entity.plural and mention.head in IT,
        "by pronoun": last.sort is Sort.PRONOUN and last.head in PRONOUN_SETS.get(mention.head, ()),
        "named": entity.named,
        "same head": mention.sort is Sort.NOMINAL and mention.head in entity.heads,
        "head in name": mention.sort is Sort.NOMINAL and mention.head in entity.name_words,
        "adjacent": away == 0 and 0 <= mention.span.start - last.span.end < 12,
        "it": mention.head in IT,
        "they": mention.head in THEY,
        "it person": mention.head in IT and person,
        "they person": mention.head in THEY and person and entity.plural,
        "they place": mention.head in THEY and place,
        "it place": mention.head in IT and place,
        "they single person": mention.head in THEY and person and not entity.plural,
        "latest": entity.mentions[-1] == latest,
        "leads here": leads and away == 0,
        "led one back": leads and away == 1,
        "both lead": leads and away > 0 and _leads(mentions, i),
        "possessive here": away == 0 and leads and mention.head in _POSSESSIVE,
        "object here": away == 0 and leads and mention.head in ("him", "her", "them"),
        "same sort": last.sort is mention.sort,
    }
    return {name: float(value) for name, value in values.items() if value}


def _leads(mentions: Sequence[Mention], i: int) -> bool:
    """Whether a mention is the first of its sentence: in English mostly its subject."""
    return i == 0 or mentions[i - 1].sentence != mentions[i].sentence


_POSSESSIVE: Final = frozenset({"his", "her", "its", "their"})
PRONOUN_SETS: Final = {word: group for group in (HE, SHE, IT, THEY) for word in group}


def note(open_: dict[int, Entity], number: int, mentions: Sequence[Mention], i: int, word_before: str) -> None:
    """Add mention i to what is known of its entity."""
    mention = mentions[i]
    entity = open_.setdefault(number, Entity(number, mention.type))
    entity.mentions.append(i)
    if mention.sort is Sort.NAME:
        if not entity.named:
            entity.type = mention.type
        entity.named = True
        entity.name_words |= set(mention.name_words)
    elif mention.sort is Sort.NOMINAL:
        entity.heads.add(mention.head)
    if mention.sort is not Sort.PRONOUN and not entity.named:
        entity.plural = mention.plural
    for word in (mention.head, word_before):
        if word in HE or word in _MALE:
            entity.gender = "m"
        elif word in SHE or word in _FEMALE:
            entity.gender = "f"


@cache
def shipped_weights() -> dict[str, dict[str, float]]:
    """The ranker's weights that travel with the package."""
    path = resources.files("sayso.read") / "weights" / "coreference.json"
    loaded: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
