"""Learn the pointing weights: `python -m training.coreference --data ../shared/eval --out src/sayso/read/weights`.

Needs the trained encoder in place: its link score is one of the features. Softmax regression over the candidates
of each pronoun and description in GUM's training documents, with "points to nothing before it" as a candidate
of score zero.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import torch

from sayso.read import reader
from sayso.read.aliases import joined
from sayso.read.coreference import FEATURES, Entity, features, note, rank
from sayso.read.encoder import Encoder, shipped
from sayso.read.mentions import Mention, Sort, mentions
from sayso.read.names import phrases
from training import corpora
from training.corpora import Document

Example = tuple[list[list[float]], list[int]]  # candidates' features, which of them are right (none: a new entity)


def gold_chains(document: Document, found: list[Mention]) -> list[str]:
    """For each of our mentions the gold chain of the smallest gold mention around it; "" where there is none."""
    out = []
    for mention in found:
        around = [
            (m.span[1] - m.span[0], m.chain)
            for m in document.mentions
            if m.span[0] <= mention.span.start and mention.span.end <= m.span[1]
        ]
        exact = mention.sort is Sort.PRONOUN
        size = mention.span.end - mention.span.start
        around = [pair for pair in around if pair[0] == size] if exact else around
        out.append(min(around)[1] if around else "")
    return out


def examples(document: Document, encoder: Encoder) -> Iterator[tuple[Sort, Example]]:
    """The decisions of one document, made on gold history."""
    text = document.text
    encoded = reader.encode(text, encoder)
    words, scores = encoded.words, encoded.scores
    decoded = reader.decode(encoded, encoder)
    sources = [s for item in decoded.attributions for s in item.source]
    found = mentions(words, decoded.names, phrases(words, scores), sources, encoded.sentences)
    link = reader.link_scores(words, scores, found)
    before = reader.words_before(words, found)
    gold = gold_chains(document, found)
    entity = joined(text, found)
    open_: dict[int, Entity] = {}
    chains: dict[int, Counter[str]] = {}
    flat = {"pronoun": dict.fromkeys(FEATURES, 0.0), "nominal": dict.fromkeys(FEATURES, 0.0)}
    for i, mention in enumerate(found):
        if entity[i] < 0:
            candidates = [e for _, e in rank(found, i, list(open_.values()), link, flat)]
            latest = max((e.mentions[-1] for e in candidates), default=-1)
            right = [
                k for k, e in enumerate(candidates) if gold[i] and chains[e.number].most_common(1)[0][0] == gold[i]
            ]
            if candidates and mention.sort is not Sort.NAME:
                rows = [features(found, i, e, link, latest) for e in candidates]
                yield mention.sort, ([[row.get(name, 0.0) for name in FEATURES] for row in rows], right)
            entity[i] = candidates[right[0]].number if right else i
        note(open_, entity[i], found, i, before[i])
        chains.setdefault(entity[i], Counter())[gold[i] or f"none {i}"] += 1


def fit(data: list[Example], decay: float = 1e-3) -> dict[str, float]:
    """Softmax regression with L2 decay."""
    weights = torch.zeros(len(FEATURES), requires_grad=True)
    rows = [(torch.tensor(x), torch.tensor(right, dtype=torch.long)) for x, right in data]
    optimiser = torch.optim.LBFGS([weights], max_iter=60, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        total = decay * len(rows) * (weights**2).sum()
        for x, right in rows:
            scores = torch.cat([torch.zeros(1), x @ weights])
            good = scores[right + 1] if len(right) else scores[:1]
            total = total + torch.logsumexp(scores, 0) - torch.logsumexp(good, 0)
        total.backward()
        return total

    optimiser.step(closure)
    return {name: round(float(w), 4) for name, w in zip(FEATURES, weights.detach(), strict=True) if abs(w) > 1e-4}


def main() -> None:
    """Parse the command line and learn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    encoder = shipped()
    sorts: dict[Sort, list[Example]] = {Sort.PRONOUN: [], Sort.NOMINAL: []}
    for document in corpora.mentions(args.data / "mentions/gum_train.jsonl.gz"):
        for sort, example in examples(document, encoder):
            sorts[sort].append(example)
    learned = {sort.value: fit(data) for sort, data in sorts.items()}
    (args.out / "coreference.json").write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
