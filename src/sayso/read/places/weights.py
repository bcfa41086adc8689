"""What was learned: the tagger, the rankers and the threshold, as JSON (see training/places.py)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np

from sayso.errors import WeightsMissing
from sayso.read.places.evidence import WIDTH
from sayso.read.places.recognition import REACH, Tagger
from sayso.read.places.resolution import FEATURES, NOTHING, OWN, Ranker

_FILE: Final = "places.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """The learned parts. `first` ranks without company, `later` with it; under the chance `least` no entry is given."""

    tagger: Tagger
    first: Ranker
    later: Ranker
    least: float


@cache
def shipped() -> Weights:
    """The weights that travel with the package. Raises WeightsMissing where the installation is not whole."""
    file = resources.files("sayso.read") / "weights" / _FILE
    try:
        return weights(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError as missing:
        raise WeightsMissing(
            f"The weights for places are not in this installation: {missing.filename}",
            "Install sayso again from its wheel or a full checkout.",
        ) from missing


def weights(stored: Mapping[str, Any]) -> Weights:
    """Weights from their JSON form. Raises WeightsMissing where they were learned for other features."""
    tagger = Tagger(*(np.asarray(stored["tagger"][part], dtype=np.float32) for part in ("first", "second")))
    first, later = (_ranker(stored[name]) for name in ("first", "later"))
    widths = (tagger.first.shape[0], first.first.shape[0], later.first.shape[0], len(first.nothing))
    if widths != (WIDTH * (2 * REACH + 1) + 1, len(OWN) + 1, len(FEATURES) + 1, len(NOTHING)):
        raise WeightsMissing("The weights for places were learned for other features.", "Run training.places again.")
    return Weights(tagger, first, later, float(stored["least"]))


def _ranker(stored: Mapping[str, Any]) -> Ranker:
    return Ranker(*(np.asarray(stored[part], dtype=np.float64) for part in ("first", "second", "nothing")))
