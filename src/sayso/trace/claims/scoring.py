"""From a comparison to a tie: how probably two statements put one proposition, and whether a machine may say so."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np

from sayso.errors import WeightsMissing
from sayso.trace.claims.comparing import FEATURES, compare
from sayso.trace.claims.keys import Vector
from sayso.trace.claims.proposition import Proposition
from sayso.vocabulary import Tier

CONFIDENT: Final = 0.8
SUGGESTED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """A proposition with its embedding, length 1, [384]."""

    proposition: Proposition
    vector: Vector


@dataclass(frozen=True, slots=True)
class Tie:
    """That two statements put one proposition, or one the other's negation: how probably, and why."""

    tier: Tier
    score: float
    opposite: bool
    reasons: tuple[str, ...]


def tie(one: Known, other: Known) -> Tie | None:
    """The tie of two statements, the same whichever comes first; None where they are two claims or too little alike."""
    cosine = float(np.dot(one.vector.astype(np.float32), other.vector.astype(np.float32)))
    found = compare(one.proposition, other.proposition, round(cosine, 4))
    if found.apart:
        return None
    score = round(probability(found.features), 4)
    if score < SUGGESTED:
        return None
    tier = Tier.CONFIDENT if score >= CONFIDENT and not found.unsure else Tier.SUGGESTED
    return Tie(tier, score, found.opposite, (*found.agrees, *found.unsure, *found.differs))


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
