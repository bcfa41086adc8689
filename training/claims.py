"""Weights for claims and the record: `python -m training.claims embedder | match --help`.

`embedder` exports all-MiniLM-L6-v2 to int8 ONNX. `match` learns to tell which finding bears on a text, from CheckThat's
tweets (train) and debates, and writes beside the shipped weights those learned without each fold of the debates, for
the benchmark. The few weights of the claims' scorer are set by hand.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.claim_queries import DEBATES, TWEETS, Asked, asked, laid_out, queries
from benchmarks.claims import FOLDS, average_precision, fold
from benchmarks.embeddings import remembered
from sayso.record.features import FEATURES
from sayso.record.matching import Weights, from_json

Doubles = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]

DECAY: Final = 0.003
STEPS: Final = 200
RATE: Final = 0.08
HARDEST: Final = 30  # candidates of a query that are learned from, besides the relevant ones
CONFIDENT: Final = 0.95  # precision that a confident match must have on queries not learned from
SUGGESTED: Final = 0.3


def learn(groups: Sequence[Asked]) -> dict[str, list[float]]:
    """Weights that put the relevant candidates of each query first: a softmax over each query's candidates.

    Linear, with weight decay; Adam (Kingma & Ba 2015) over all queries at once. A hidden layer overfits the debates.
    """
    useful = [(group, _hardest(group)) for group in groups if _relevant(group).any()]
    rows = np.concatenate([group.found.features[kept] for group, kept in useful]).astype(np.float64)
    mean, scale = rows.mean(0), np.where(rows.std(0) > 1e-4, rows.std(0), 1.0)
    rows = (rows - mean) / scale
    marks = [_relevant(group)[kept] for group, kept in useful]
    wanted = np.concatenate([mark / mark.sum() for mark in marks])
    starts = np.cumsum([0, *(len(mark) for mark in marks[:-1])])
    owner = np.repeat(np.arange(len(marks)), [len(mark) for mark in marks])
    weights = _fitted(rows, wanted, starts, owner)
    return {"mean": mean.tolist(), "scale": scale.tolist(), "weights": weights.tolist()}


def _fitted(rows: Doubles, wanted: Doubles, starts: Longs, owner: Longs) -> Doubles:
    now, first, second = (np.zeros(rows.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = rows @ now
        likely = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        likely /= np.add.reduceat(likely, starts)[owner]
        slope = rows.T @ (likely - wanted) / len(starts) + DECAY * now
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        now = now - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return now


def calibrated(learned: dict[str, list[float]], unseen: Sequence[tuple[Weights, Asked]]) -> dict[str, list[float]]:
    """The weights with a calibration and tiers, from queries that their scorers have not learned from.

    Each query is taken as it is, and once more without the findings relevant to it: then nothing is right.
    """
    rows, right = [], []
    for weights, group in unseen:
        relevant = _relevant(group) > 0
        for kept in (np.ones(len(relevant), bool), ~relevant):
            scores = weights.scores(group.found.features[kept])
            best = int(scores.argmax())
            rivals = scores[~group.found.twins[np.ix_(kept, kept)][best]]
            rows.append((float(scores[best]), float(scores[best] - rivals.max()) if len(rivals) else 1.0))
            right.append(float(relevant[kept][best]))
    given, known = np.array(rows), np.array(right)
    slope = _logistic(given, known)
    likely = 1 / (1 + np.exp(-(given @ slope[:2] + slope[2])))
    order = np.argsort(-likely, kind="stable")
    precise = np.cumsum(known[order]) / np.arange(1, len(known) + 1)
    confident = float(likely[order][np.nonzero(precise >= CONFIDENT)[0][-1]])
    return {**learned, "calibration": slope.tolist(), "tiers": [round(confident, 4), SUGGESTED]}


def _logistic(given: Doubles, known: Doubles, decay: float = 1e-4) -> Doubles:
    """Weights and, last, the constant of a logistic regression, by Newton's method."""
    rows = np.column_stack([given, np.ones(len(given))])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-(rows @ weights)))
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows / len(rows) + decay * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, rows.T @ (likely - known) / len(rows) + decay * weights)
    return weights


def _hardest(group: Asked) -> Longs:
    """The candidates of a query that rank highest by words or by meaning, and all that are relevant."""
    ranks = group.found.features[:, [FEATURES.index("lexical rank"), FEATURES.index("dense rank")]].max(1)
    order = np.argsort(-ranks - 2 * _relevant(group), kind="stable")
    return np.sort(order[: HARDEST + int(_relevant(group).sum())])


def _relevant(group: Asked) -> Doubles:
    return np.array([float(found in group.query.relevant) for found in group.ids])


def match(data: Path, vectors: Path, out: Path, folds: Path) -> None:
    """Learn the matcher's weights: the shipped ones, and those without each fold of the debates."""
    embedding = remembered(vectors)
    tweets = asked(queries(data, TWEETS, "train"), laid_out(data, TWEETS, embedding), embedding)
    debates = asked(queries(data, DEBATES, "train"), laid_out(data, DEBATES, embedding), embedding)
    fit(tweets, debates, out, folds)


def fit(tweets: Sequence[Asked], debates: Sequence[Asked], out: Path, folds: Path) -> None:
    """Learn from queries whose candidates are drawn, and write the weights."""
    without: list[dict[str, list[float]]] = []
    unseen: list[tuple[Weights, Asked]] = []
    for number in range(FOLDS):
        learned = learn([group for group in (*tweets, *debates) if fold(group.query.report) != number])
        weights = from_json({**learned, "calibration": [1, 0, 0], "tiers": [1, 0]})
        unseen += [(weights, group) for group in (*tweets, *debates) if fold(group.query.report) == number]
        without.append(learned)
    for name, part in ((TWEETS, tweets), (DEBATES, debates)):
        mine = {group.query.id for group in part}
        found = [average_precision(weights, group) for weights, group in unseen if group.query.id in mine]
        print(f"{name}: MAP@5 by cross-validation {np.mean(found):.4f}")
    shipped = calibrated(learn([*tweets, *debates]), unseen)
    _write(out, shipped)
    _write(
        folds, [{**learned, "calibration": shipped["calibration"], "tiers": shipped["tiers"]} for learned in without]
    )


def embedder(base: Path, out: Path) -> None:
    """Export the encoder with mean pooling to int8 ONNX; a text at a time, so that no mask is needed."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from torch import Tensor, nn
    from transformers import BertModel

    class Embedding(nn.Module):
        """[1, pieces] ids -> [1, 384], of length 1."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")

        def forward(self, ids: Tensor) -> Tensor:
            return nn.functional.normalize(self.encoder(input_ids=ids).last_hidden_state.mean(1), dim=-1)

    full = out.with_suffix(".fp32.onnx")
    torch.onnx.export(
        Embedding().eval(), (torch.ones((1, 17), dtype=torch.long),), str(full), dynamo=False, opset_version=17,
        input_names=["ids"], output_names=["embedding"], dynamic_axes={"ids": {1: "pieces"}},
    )  # fmt: skip
    quantize_dynamic(
        full, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )  # fmt: skip
    full.unlink()


def _write(path: Path, stored: object) -> None:
    rounded = json.loads(json.dumps(stored), parse_float=lambda number: round(float(number), 5))
    path.write_text(json.dumps(rounded) + "\n", encoding="utf-8")


def main() -> None:
    """Parse the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    exporting = steps.add_parser("embedder")
    exporting.add_argument("--base", type=Path, required=True)
    exporting.add_argument("--out", type=Path, default=Path("src/sayso/trace/weights/embedder.onnx"))
    matching = steps.add_parser("match")
    matching.add_argument("--data", type=Path, required=True)
    matching.add_argument("--vectors", type=Path, required=True, help="where embeddings are kept between runs")
    matching.add_argument("--out", type=Path, default=Path("src/sayso/record/weights/match.json"))
    matching.add_argument("--folds", type=Path, default=Path("benchmarks/claims_folds.json"))
    options = vars(parser.parse_args())
    {"embedder": embedder, "match": match}[options.pop("step")](**options)


if __name__ == "__main__":
    main()
