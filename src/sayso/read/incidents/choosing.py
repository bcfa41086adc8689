"""A choice among candidates, one of which may be that there is none: linear scores of features, made probabilities.

The weights (`weights/attack_choices.json`) are learned by `training.attack_choices`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final, TypeAlias

Features: TypeAlias = Mapping[str, float]
Coefficients: TypeAlias = Mapping[str, float]

_MOST: Final = 5.0  # value of a feature that counts things beyond which more of them tell nothing


def probabilities(coefficients: Coefficients, candidates: Sequence[Features]) -> list[float]:
    """The probability of each candidate; together they are 1. A feature without a coefficient counts nothing."""
    scores = [sum(coefficients.get(name, 0.0) * value for name, value in c.items()) for c in candidates]
    highest = max(scores, default=0.0)
    weights = [math.exp(score - highest) for score in scores]
    return [weight / sum(weights) for weight in weights]


def merged(mentions: Iterable[Features]) -> dict[str, float]:
    """The features of what is mentioned several times: the highest value of each."""
    out: dict[str, float] = {}
    for mention in mentions:
        for name, value in mention.items():
            out[name] = max(out.get(name, value), value)
    return out


def counted(number: float) -> float:
    """A number of things as a feature: the more there are, the less one more tells."""
    return min(math.log1p(number), _MOST)


@cache
def shipped() -> Mapping[str, Coefficients]:
    """The coefficients that travel with the package, by what is chosen."""
    path = resources.files("sayso.read") / "weights" / "attack_choices.json"
    found: dict[str, Coefficients] = json.loads(path.read_text(encoding="utf-8"))
    return found
