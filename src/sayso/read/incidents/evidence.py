"""How likely an entity of a template is one: a logistic over what its mentions, taken together, give away.

The encoder sees a window at a time; this sees the whole report: how often the words stand in it and how many of those
the encoder took for a filler, what else competes for the role, and where the entity comes in.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from sayso.read.incidents.fillers import Filler, FillerRole

FEATURES: Final = (
    "best", "mean", "mentions", "share", "occurrences", "kind", "first", "rank", "rivals", "told", "words", "actor",
    "named", *(f"is {role}" for role in FillerRole),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic: a coefficient for each feature as it is, and what they are added to."""

    bias: float
    coefficients: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be one: its words, mentions, whether it has an actor, and whether that gives it a name."""

    words: str
    mentions: Sequence[Filler]
    actor: bool
    named: bool

    @property
    def role(self) -> FillerRole:
        """The role of all its mentions."""
        return self.mentions[0].role

    @property
    def best(self) -> float:
        """The score of its surest mention."""
        return max(m.score for m in self.mentions)


def features(text: str, kind: int, candidate: Candidate, others: Sequence[Candidate]) -> list[float]:
    """The features of a candidate for an incident of the kind with that index; `others` are all its candidates.

    `text` is the report's in lower case with single spaces.
    """
    scores = [m.score for m in candidate.mentions]
    words = " ".join(candidate.words.lower().split())
    times = max(1, len(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", text)))
    rivals = [other for other in others if other.role is candidate.role]
    return [
        candidate.best,
        sum(scores) / len(scores),
        math.log(len(scores)),
        min(1.0, len(scores) / times),
        math.log(times),
        max(m.kinds[kind] for m in candidate.mentions),
        min(m.span.start for m in candidate.mentions) / max(1, len(text)),
        float(sum(other.best > candidate.best for other in rivals)),
        float(len(rivals)),
        math.log(sum(m.score for other in others for m in other.mentions)),
        float(len(words.split())),
        float(candidate.actor),
        float(candidate.named),
        *(float(candidate.role is role) for role in FillerRole),
    ]


def probability(weights: Weights, values: Sequence[float]) -> float:
    """The probability that a candidate with these features is an entity of its template."""
    total = weights.bias + sum(c * v for c, v in zip(weights.coefficients, values, strict=True))
    return 1 / (1 + math.exp(-total))


@cache
def shipped() -> Weights:
    """The weights that travel with the package."""
    path = resources.files("sayso.read") / "weights" / "attacks.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return Weights(data["bias"], tuple(data["coefficients"][name] for name in FEATURES))
