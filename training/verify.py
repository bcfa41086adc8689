"""Learn to judge candidates: `python -m training.verify --data ../shared/eval --out src/sayso/read/weights`.

Logistic regression on the held-back twentieth of the training articles, which the network has not seen. Needs
the exported reader in place.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.read import reader
from sayso.read.attribution import FEATURES, Candidate, candidates
from sayso.read.encoder import shipped
from training import corpora
from training.corpora import Attribution, Span
from training.train import held_back

Numbers = npt.NDArray[np.float64]


def is_right(candidate: Candidate, gold: Sequence[Attribution]) -> bool:
    """Whether some gold attribution overlaps a candidate in every role, as the partial measure asks."""
    source, cue, content = candidate.spans
    return any(
        _touch(item.cue, cue)
        and _touch(item.content, content)
        and bool(item.source) == bool(source)
        and (not source or _touch(item.source, source))
        for item in gold
    )


def _touch(a: Sequence[Span], b: Sequence[Span]) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def fit(features: Numbers, right: Numbers, decay: float = 1.0) -> Numbers:
    """Logistic regression with L2 decay, by Newton's method."""
    weights = np.zeros(features.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (chance - right) + decay * weights
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + decay * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    """Parse the command line and learn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    verifier = args.out / "verifier.json"
    verifier.write_text(json.dumps([0.0] * len(FEATURES)) + "\n", encoding="utf-8")
    encoder = shipped()
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for document in held_back(corpora.attributions(args.data / "attribution/train.jsonl.gz"))[1]:
        encoded = reader.encode(document.text, encoder)
        for candidate in candidates(encoded.words, encoded.scores, encoder):
            rows.append(candidate.features)
            right.append(is_right(candidate, document.attributions))
    learned = fit(np.array(rows, dtype=float), np.array(right, dtype=float))
    verifier.write_text(json.dumps([round(float(w), 4) for w in learned]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
