"""Learn to recognise and resolve places: `python -m training.places --data ../shared/eval --out .`.

Needs the trained encoder in place: its name head is most of the evidence. Learns from LGL and GeoVirus. Five more
sets of weights are learned, each without one fold of the documents, and written for the benchmark to score that fold
with; the fold of a document is `benchmarks.places.fold`, a hash of its id modulo 5.

The two corpora mark different things (GeoVirus no demonyms and hardly any streets), so the tagger is told during
training which one it sees; afterwards it always sees LGL's kind.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import numpy as np
import torch

from benchmarks import corpus
from benchmarks.corpus import Row
from benchmarks.places import FOLDS, fold
from sayso.gazetteer import Gazetteer, gazetteer
from sayso.read import reader
from sayso.read.encoder import shipped
from sayso.read.places.context import home_country, named
from sayso.read.places.geodesy import kilometres
from sayso.read.places.lookup import candidates
from sayso.read.places.recognition import BEGINS, CONTINUES, Observed, observe
from sayso.read.places.resolution import (
    NOTHING,
    Named,
    Ranker,
    Table,
    chances,
    company_features,
    nothing_features,
    own_features,
    table,
)  # fmt: skip
from sayso.read.reader import Encoded
from sayso.vocabulary import PlaceLevel, Span

CORPORA: Final = ("lgl.jsonl.gz", "geovirus.jsonl.gz")
_SHOUTED: Final = " in capitals"
TAGGER_UNITS: Final = 48
RANKER_UNITS: Final = 16
LEAST: Final = 0.25  # chance under which an entry is not given
_NEAR: Final = 161.0  # kilometres
# Kilometres between two ideas of where an area is that has the title of the gold place's page.
_WIDEST: Final = {
    PlaceLevel.COUNTRY: 2500.0,
    PlaceLevel.REGION: 2500.0,
    PlaceLevel.FEATURE: 2500.0,
    PlaceLevel.PROVINCE: 400.0,
}


@dataclass(frozen=True, slots=True)
class Example:
    """A document as both networks see it. `right` marks the rows that each name means; none: nothing known."""

    id: str
    other: bool  # whether it is of the second corpus
    observed: Observed
    tags: np.ndarray
    names: list[Named]
    each: Table
    own: np.ndarray
    right: np.ndarray
    asked: np.ndarray  # names whose meaning the corpus gives


def examples(rows: Iterable[tuple[Row, bool]], encoded: Iterable[Encoded]) -> list[Example]:
    """The documents with their evidence."""
    return [_example(row, other, each) for (row, other), each in zip(rows, encoded, strict=True)]


def shouted(row: Row) -> Row:
    """A document in capitals: the tagger learns from it, too, the rankers do not."""
    text = "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in row["text"])
    return {**row, "text": text, "id": row["id"] + _SHOUTED}


def _example(row: Row, other: bool, encoded: Encoded) -> Example:
    words, known = encoded.words, gazetteer()
    observed = observe(words, encoded.scores, encoded.sentences, known)
    gold = sorted(row["places"], key=lambda place: place["start"])
    mentions = [words.within(Span(place["start"], place["end"])) for place in gold]
    tags = np.zeros(len(words), dtype=np.int64)
    for mention in mentions:
        tags[mention.start : mention.stop] = CONTINUES
        tags[mention.start] = BEGINS
    names, of, _ = named(words, mentions, row["source"], known)
    each = table(names)
    right = np.zeros(len(each.rows), dtype=bool)
    asked = np.zeros(len(names), dtype=bool)
    for number in range(len(names)):
        points = Counter(_meaning(gold[m]) for m in range(len(gold)) if of[m] == number)
        meaning = points.most_common(1)[0][0]
        asked[number] = meaning[0] is not None
        if asked[number]:
            _mark(right, each, number, meaning, known)
    own = own_features(names, each, home_country(row["source"], known))
    return Example(row["id"], other, observed, tags[observed.at], names, each, own, right, asked)


def _meaning(place: Row) -> tuple[float | None, float | None, int | None, str]:
    wiki = unquote(place.get("wiki", "").rpartition("/")[2]).replace("_", " ").partition(",")[0]
    return place["lat"], place["lon"], place.get("geonames_id"), wiki


def _mark(right: np.ndarray, each: Table, number: int, meaning: tuple[Any, ...], known: Gazetteer) -> None:
    lat, lon, number_of_entry, title = meaning
    rows = np.nonzero(each.of == number)[0]
    tops = [each.rows[row].hit.toponym for row in rows]
    exact = [row for row, top in zip(rows, tops, strict=True) if top.id == number_of_entry]
    far = [kilometres((lat, lon), (top.lat, top.lon)) for top in tops]
    if not exact and title:
        titled = {candidate.hit.toponym.id for candidate in candidates(known, title)}
        exact = [
            row
            for row, top, away in zip(rows, tops, far, strict=True)
            if top.id in titled and away < _WIDEST.get(top.level, 0)
        ]
    if not exact and far and min(far) <= _NEAR:
        exact = [row for row, away in zip(rows, far, strict=True) if away <= min(far) + 5]
    right[exact] = True


def learn_tagger(data: Sequence[Example], seed: int = 0) -> dict[str, Any]:
    """A tagger's weights, with the mark of the corpus taken out."""
    torch.manual_seed(seed)
    rows = torch.from_numpy(
        np.concatenate([np.pad(e.observed.rows, ((0, 0), (0, 1)), constant_values=float(e.other)) for e in data])
    )
    tags = torch.from_numpy(np.concatenate([e.tags for e in data]))
    net = torch.nn.Sequential(
        torch.nn.Dropout(0.1),
        torch.nn.Linear(rows.shape[1], TAGGER_UNITS),
        torch.nn.ReLU(),
        torch.nn.Dropout(0.1),
        torch.nn.Linear(TAGGER_UNITS, 3),
    )
    _descend(net, lambda at: torch.nn.functional.cross_entropy(net(rows[at]), tags[at]), len(rows), 256, 6, 3e-3)
    first, second = net[1], net[4]
    return {
        "first": _rounded(torch.cat([first.weight[:, :-1].T, first.bias[None]])),
        "second": _rounded(torch.cat([second.weight.T, second.bias[None]])),
    }


def learn_rankers(data: Sequence[Example]) -> dict[str, Any]:
    """The weights of both rankers; the later one learns on the company that it settles itself."""
    data = [e for e in data if not e.id.endswith(_SHOUTED)]
    first = _learn_ranker(data, [e.own for e in data])
    ranker = first
    for _ in range(2):
        settled = []
        for e in data:
            features = e.own if ranker is first else settled_features(e, first, ranker)
            found = chances(e.names, e.each, features, as_ranker(ranker))
            settled.append(np.concatenate([e.own, company_features(e.names, e.each, found)], axis=1))
        ranker = _learn_ranker(data, settled)
    return {"first": first, "later": ranker, "least": LEAST}


def settled_features(e: Example, first: dict[str, Any], later: dict[str, Any]) -> np.ndarray:
    """A document's features after a round of company."""
    found = chances(e.names, e.each, e.own, as_ranker(first))
    features = np.concatenate([e.own, company_features(e.names, e.each, found)], axis=1)
    found = chances(e.names, e.each, features, as_ranker(later))
    return np.concatenate([e.own, company_features(e.names, e.each, found)], axis=1)


def as_ranker(stored: dict[str, Any]) -> Ranker:
    """A ranker from its stored form."""
    return Ranker(*(np.asarray(stored[part]) for part in ("first", "second", "nothing")))


def _learn_ranker(data: Sequence[Example], features: Sequence[np.ndarray], seed: int = 0) -> dict[str, Any]:
    torch.manual_seed(seed)
    problems = []
    for e, rows in zip(data, features, strict=True):
        for number, name in enumerate(e.names):
            at = np.nonzero(e.each.of == number)[0]
            if len(at) and e.asked[number]:
                weight = 1 + np.log(name.count)
                problems.append((rows[at], e.right[at], nothing_features(name), weight))
    widest = max(len(right) for _, right, _, _ in problems)
    x = torch.zeros(len(problems), widest, features[0].shape[1])
    there = torch.zeros(len(problems), widest, dtype=torch.bool)
    right = torch.zeros(len(problems), widest + 1, dtype=torch.bool)
    none = torch.tensor(np.stack([p[2] for p in problems]), dtype=torch.float32)
    weight = torch.tensor([p[3] for p in problems], dtype=torch.float32)
    for i, (rows, marks, _, _) in enumerate(problems):
        x[i, : len(marks)] = torch.tensor(rows, dtype=torch.float32)
        there[i, : len(marks)] = True
        right[i, : len(marks)] = torch.from_numpy(marks)
        right[i, -1] = not marks.any()
    net = torch.nn.Sequential(
        torch.nn.Linear(x.shape[2], RANKER_UNITS),
        torch.nn.ReLU(),
        torch.nn.Dropout(0.1),
        torch.nn.Linear(RANKER_UNITS, 1),
    )
    nothing = torch.nn.Linear(len(NOTHING), 1, bias=False)

    def loss(at: torch.Tensor) -> torch.Tensor:
        scores = net(x[at]).squeeze(-1).masked_fill(~there[at], -1e9)
        scores = torch.cat([scores, nothing(none[at])], dim=1)
        good = torch.logsumexp(scores.masked_fill(~right[at], -1e9), 1)
        return ((torch.logsumexp(scores, 1) - good) * weight[at]).mean()

    _descend(torch.nn.ModuleList([net, nothing]), loss, len(problems), 32, 20, 5e-3, decay=1e-2)
    return {
        "first": _rounded(torch.cat([net[0].weight.T, net[0].bias[None]])),
        "second": _rounded(torch.cat([net[3].weight[0], net[3].bias])),
        "nothing": _rounded(nothing.weight[0]),
    }


def _descend(
    net: torch.nn.Module,
    loss: Callable[[torch.Tensor], torch.Tensor],
    count: int,
    batch: int,
    epochs: int,
    rate: float,
    decay: float = 1e-4,
) -> None:
    """AdamW with a linearly falling rate."""
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=decay)
    steps = epochs * (count // batch + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: max(0.0, 1 - step / steps))
    net.train()
    for _ in range(epochs):
        for at in torch.randperm(count).split(batch):
            optimiser.zero_grad()
            loss(at).backward()
            optimiser.step()
            schedule.step()
    net.eval()


def _rounded(weights: torch.Tensor) -> list[Any]:
    rounded: list[Any] = np.round(weights.detach().numpy().astype(np.float64), 3).tolist()
    return rounded


def learn(data: Sequence[Example]) -> dict[str, Any]:
    """Everything that `sayso.read.places.weights` holds."""
    return {"tagger": learn_tagger(data), **learn_rankers(data)}


def main() -> None:
    """Parse the command line and learn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(), help="the checkout")
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = [
        (row, name != CORPORA[0]) for name in CORPORA for row in corpus.rows(corpus.locate(args.data, "places", name))
    ]
    encoder = shipped()
    rows += [(shouted(row), other) for row, other in rows if fold(row["id"] + _SHOUTED) == 0]
    data = examples(rows, (reader.encode(row["text"], encoder) for row, _ in rows))
    _write(args.out / "src/sayso/read/weights/places.json", learn(data))
    held_out = [learn([e for e in data if fold(e.id.removesuffix(_SHOUTED)) != number]) for number in range(FOLDS)]
    _write(args.out / "benchmarks/places_folds.json", held_out)


def _write(path: Path, what: object) -> None:
    path.write_text(json.dumps(what, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
