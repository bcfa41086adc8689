"""Fit what tells an attack's entity from a mention: `python -m training.attacks --data ../shared/eval --out FOLDER`.

Fits on the documents of MUC-4 that training the encoder held back, since on its own it is too sure. Writes
`attacks.json`.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np

from sayso.read.encoder import shipped
from sayso.read.incidents.evidence import FEATURES, Candidate, features
from sayso.read.incidents.fillers import Attack
from sayso.read.incidents.templates import told
from sayso.read.reader import decode, encode, interpret
from sayso.vocabulary import Report, report_id
from training import corpora
from training.corpora import Document
from training.train import TEMPLATES_HELD_BACK, held_back

PENALTY = 3e-3
_ARTICLE = re.compile(r"^(?:the|a|an)\s+")


def examples(document: Document) -> list[tuple[list[float], bool]]:
    """The features of every candidate for an entity of a document, and whether the key has it."""
    report = Report(report_id(document.text), document.text)
    network = shipped()
    encoded = encode(report.text, network)
    part = interpret(report, encoded, decode(encoded, network), network)
    low = " ".join(report.text.lower().split())
    kinds = list(Attack)
    return [
        (features(low, kinds.index(kind), candidate, candidates), _is_right(document, kind, candidate))
        for kind, candidates, _ in told(report.text, part.fillers, part.reading.actors)
        for candidate in candidates
    ]


def _is_right(document: Document, kind: Attack, candidate: Candidate) -> bool:
    words = _plain(candidate.words)
    return any(
        f.role == candidate.role.value
        and kind.value.upper() in f.kinds
        and _plain(document.text[slice(*f.span)]) == words
        for f in document.fillers
    )


def _plain(words: str) -> str:
    return _ARTICLE.sub("", " ".join(words.lower().split()))


def fit(rows: np.ndarray, right: np.ndarray, passes: int = 4000) -> tuple[float, list[float]]:
    """Bias and coefficients of a logistic with a ridge penalty, by gradient descent on standardised features."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = (rows - mean) / spread
    weights, bias = np.zeros(rows.shape[1]), 0.0
    for _ in range(passes):
        error = 1 / (1 + np.exp(-(scaled @ weights + bias))) - right
        weights -= scaled.T @ error / len(right) + PENALTY * weights
        bias -= error.mean()
    real = weights / spread
    return float(bias - real @ mean), [float(w) for w in real]


def main() -> None:
    """Parse the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder of the weights")
    args = parser.parse_args()
    documents = held_back(corpora.templates(args.data / "incidents/train.jsonl.gz"), TEMPLATES_HELD_BACK)[1]
    known = [pair for document in documents for pair in examples(document)]
    bias, found = fit(np.array([row for row, _ in known]), np.array([float(right) for _, right in known]))
    named = {name: round(value, 4) for name, value in zip(FEATURES, found, strict=True)}
    data = {"bias": round(bias, 4), "coefficients": named}
    (args.out / "attacks.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"{len(known)} candidates of {len(documents)} documents, {sum(right for _, right in known)} right")


if __name__ == "__main__":
    main()
