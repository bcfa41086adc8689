"""From a comparison to a tie: how probably two statements put one proposition, and whether a machine may say so."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from sayso.errors import WeightsMissing
from sayso.trace.claims.comparing import FEATURES, MOST, compare, days_apart, other_numbers, shared_words
from sayso.trace.claims.proposition import Proposition
from sayso.trace.embedding import Vectors, cosines
from sayso.vocabulary import Tier

CONFIDENT: Final = 0.8
SUGGESTED: Final = 0.5
_CONFIDENT_LOGIT: Final = math.log(CONFIDENT / (1 - CONFIDENT)) - 0.01  # scores are rounded
LEAST: Final = 0.55  # cosine; what is less alike in meaning is two claims whatever its words


@dataclass(frozen=True, slots=True)
class Known:
    """A proposition with its embedding, [384]."""

    proposition: Proposition
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Tie:
    """That two statements put one proposition, or one the other's negation: how probably, and why."""

    tier: Tier
    score: float
    opposite: bool
    reasons: tuple[str, ...]


def tie(one: Known, other: Known) -> Tie | None:
    """The tie of two statements, the same whichever comes first; None where they are two claims or too little alike."""
    cosine = float(cosines(one.vector[None], other.vector)[0])
    return None if cosine < LEAST else tied(one.proposition, other.proposition, cosine)


def tied(one: Proposition, other: Proposition, cosine: float) -> Tie | None:
    """The tie of two propositions whose embeddings have this cosine, LEAST or more."""
    if days_apart(one, other):
        return None
    found = compare(one, other, round(cosine, 4))
    if found.apart:
        return None
    score = round(probability(found.features), 4)
    if score < SUGGESTED:
        return None
    tier = Tier.CONFIDENT if score >= CONFIDENT and not found.unsure else Tier.SUGGESTED
    return Tie(tier, score, found.opposite, (*found.agrees, *found.unsure, *found.differs))


def joining(one: Proposition, other: Proposition, cosine: float) -> Tie | None:
    """The tie of two propositions if it is confident: most that are not are told by little work."""
    if days_apart(one, other) or other_numbers(one, other):
        return None
    words = (round(cosine, 4), *shared_words(one, other))
    bias, weights = _weights()
    if bias + sum(map(float.__mul__, weights, words)) + _rest() < _CONFIDENT_LOGIT:
        return None
    held = tied(one, other, cosine)
    return held if held is not None and held.tier is Tier.CONFIDENT else None


@cache
def _rest() -> float:
    """What all but the cosine and the words can add to a score at most."""
    _, weights = _weights()
    return sum(max(weight, 0.0) * most for weight, most in zip(weights, MOST, strict=True) if most is not None)


def probability(features: Sequence[float]) -> float:
    """The scorer's probability for the features of a comparison."""
    bias, weights = _weights()
    return 1 / (1 + math.exp(-bias - sum(map(float.__mul__, weights, features))))


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    try:
        source = (resources.files("sayso.trace") / "weights" / "claims.json").read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise WeightsMissing(
            f"The claims' weights are not in this installation: {missing.filename}",
            "Install sayso again from its wheel or a full checkout.",
        ) from missing
    stored = json.loads(source)
    return float(stored["bias"]), tuple(float(stored["weights"][name]) for name in FEATURES)
