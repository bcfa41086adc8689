"""Finding the published check of a statement: CheckThat's tweets (dev) and debates (train, by cross-validation).

Figures are MAP@5 by the definition of the corpora's scorer. The tweets' dev part is ranked by the shipped weights,
which were learned from the tweets' train part and the debates; each line of a debate is ranked by weights learned
without its debate (`claims_folds.json`, written by training.claims; the fold is SHA-256 of the debate's name modulo
5). Of a debate's line the day is known, and the other checked lines of that debate; not its speaker. BM25, the
embeddings, and both fused by rank stand beside as peers. Abstention is measured by asking every tweet again of a
record from which its finding was taken.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks import corpus, figures
from benchmarks.claim_queries import DEBATES, TWEETS, Asked, asked, findings, laid_out, queries
from benchmarks.corpus import CorpusError
from benchmarks.embeddings import remembered
from benchmarks.figures import Breakdown, Figure, Outcome, share
from sayso.record.features import FEATURES, Floats
from sayso.record.matching import Weights, from_json, shelf, shipped
from sayso.trace.embedding import embed

FOLDS: Final = 5
CUT: Final = 5
_FOLD_WEIGHTS: Final = Path(__file__).with_name("claims_folds.json")
_FUSION: Final = 60
Scorer = Callable[[Floats], Floats]


def fold(report: str) -> int:
    """The fold of a debate: SHA-256 of its name, as a number, modulo 5."""
    return int(hashlib.sha256(report.encode()).hexdigest(), 16) % FOLDS


def average_precision(weights: Weights, group: Asked, cut: int = CUT) -> float:
    """Average precision of a query at a cut, as score.py beside the data defines it."""
    return precision_of(weights.scores, group, cut)


def precision_of(scorer: Scorer, group: Asked, cut: int = CUT) -> float:
    """Average precision of a query ranked by any scorer of its features; ties broken by the finding's id."""
    scores = scorer(group.found.features)
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], group.ids[at]))[:cut]
    hits, total = 0, 0.0
    for place, at in enumerate(order, start=1):
        if group.ids[at] in group.query.relevant:
            hits += 1
            total += hits / place
    return total / min(len(group.query.relevant), cut) if group.query.relevant else 0.0


def measure(data: Path, vectors: Path | None) -> Outcome:
    """Score both corpora of the eval folder; embeddings are kept in `vectors`, if one is given."""
    embedding = remembered(vectors) if vectors else embed
    tweets = asked(queries(data, TWEETS, "dev"), laid_out(data, TWEETS, embedding), embedding)
    debates = asked(queries(data, DEBATES, "train"), laid_out(data, DEBATES, embedding), embedding)
    learned = _fold_weights()
    ours = [average_precision(learned[fold(group.query.report)], group) for group in debates]
    weights = shipped()
    paths = [
        corpus.locate(data, f"claims/{name}", file)
        for name, split in ((TWEETS, "dev"), (DEBATES, "train"))
        for file in ("claims.jsonl.gz", f"queries.{split}.jsonl.gz", f"qrels.{split}.jsonl.gz")
    ]
    sure, right, alarms, offered = _abstention(tweets, weights)
    return Outcome(
        benchmark="claims",
        data=paths[0].parent.parent,
        corpus=corpus.fingerprint(*paths),
        documents=len(tweets) + len(debates),
        words=sum(len(group.query.text.split()) for group in (*tweets, *debates)),
        figures=(
            Figure("tweets_map5", _mean(weights.scores, tweets), "tweets dev, MAP@5", 96, 98),
            Figure("debates_map5", round(100 * float(np.mean(ours)), 2), "debates, MAP@5, cross-validated", 58, 70),
            Figure("confident_precision", share(right, sure), "tweets dev, confident matches that are right"),
            Figure("confident_share", share(sure, len(tweets)), "tweets dev, texts with a confident match"),
            Figure(
                "false_alarms", share(alarms, len(tweets)), "its finding taken away: confident all the same",
                lower_is_better=True,
            ),
            Figure(
                "false_suggestions", share(offered, len(tweets)), "its finding taken away: something suggested",
                lower_is_better=True,
            ),
        ),
        breakdowns=(_peers(tweets, debates), _per_fold(debates, learned)),
        notes=("debates: a line is ranked by weights learned without its debate",),
    )  # fmt: skip


def measure_tweets(data: Path, part: int) -> Outcome:
    """Score the tweets' dev part alone, against their own findings and about one in `part` of the others."""
    asked_for = queries(data, TWEETS, "dev")
    wanted = set().union(*(query.relevant for query in asked_for))
    kept = [found for found in findings(data, TWEETS) if found.id in wanted or in_part(found.id, part)]
    tweets = asked(asked_for, shelf(corpus.progress(kept, "embedding", len(kept))), embed)
    paths = [
        corpus.locate(data, f"claims/{TWEETS}", file)
        for file in ("claims.jsonl.gz", "queries.dev.jsonl.gz", "qrels.dev.jsonl.gz")
    ]
    return Outcome(
        benchmark="claims",
        data=paths[0].parent,
        corpus=corpus.fingerprint(*paths),
        documents=len(tweets),
        words=sum(len(group.query.text.split()) for group in tweets),
        figures=(Figure("tweets_map5", _mean(shipped().scores, tweets), "tweets dev, MAP@5", 96, 98),),
        notes=(f"{len(kept)} findings",),
    )


def in_part(name: str, part: int) -> bool:
    """Whether a thing is of the part that holds one in so many: by SHA-256 of its name."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % part == 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command(
        "claims", "Score how published checks of a statement are found (CheckThat).", "--data ../shared/eval"
    )
    parser.add_argument("--data", type=Path, required=True, help="the eval folder")
    parser.add_argument("--vectors", type=Path, help="a file that keeps embeddings between runs")
    arguments = parser.parse_args(argv)
    return figures.finish(parser, arguments, lambda: measure(arguments.data, arguments.vectors))


def _abstention(groups: Sequence[Asked], weights: Weights) -> tuple[int, int, int, int]:
    """Queries with a confident best match, of these right ones; and without their finding, confident and suggested."""
    sure = right = alarms = offered = 0
    for group in groups:
        relevant = np.array([found in group.query.relevant for found in group.ids])
        likely = weights.probabilities(weights.scores(group.found.features), group.found.twins)
        best = int(np.argmax(likely))
        sure += bool(likely[best] >= weights.confident)
        right += bool(likely[best] >= weights.confident and relevant[best])
        left = np.ix_(~relevant, ~relevant)
        others = weights.probabilities(weights.scores(group.found.features[~relevant]), group.found.twins[left])
        alarms += bool(others.max() >= weights.confident)
        offered += bool(others.max() >= weights.suggested)
    return sure, right, alarms, offered


def _mean(scorer: Scorer, groups: Sequence[Asked]) -> float:
    return round(100 * float(np.mean([precision_of(scorer, group) for group in groups])), 2)


def _peers(tweets: Sequence[Asked], debates: Sequence[Asked]) -> Breakdown:
    lexical, dense = FEATURES.index("lexical"), FEATURES.index("dense to best")
    ranks = FEATURES.index("lexical rank"), FEATURES.index("dense rank")

    def fused(rows: Floats) -> Floats:
        return np.asarray(sum(1 / (_FUSION + 1 / rows[:, rank]) for rank in ranks), dtype=np.float32)

    peers: dict[str, Scorer] = {
        "BM25 over claim, title, claimant": lambda rows: rows[:, lexical],
        "embeddings": lambda rows: rows[:, dense],
        "both, fused by rank": fused,
    }
    drawn = [100 * float(np.mean([_drawn(group) for group in part])) for part in (tweets, debates)]
    rows = [(name, _mean(scorer, tweets), _mean(scorer, debates)) for name, scorer in peers.items()]
    return Breakdown(
        "peers, MAP@5", ("ranked by", "tweets dev", "debates"), (*rows, ("relevant among candidates", *drawn))
    )


def _drawn(group: Asked) -> float:
    """The share of a query's relevant findings that are among its candidates."""
    return len(group.query.relevant.intersection(group.ids)) / len(group.query.relevant)


def _per_fold(debates: Sequence[Asked], learned: Sequence[Weights]) -> Breakdown:
    rows = []
    for number, weights in enumerate(learned):
        part = [group for group in debates if fold(group.query.report) == number]
        rows.append((str(number), len(part), _mean(weights.scores, part) if part else 0.0))
    return Breakdown("debates by fold", ("fold", "lines", "MAP@5"), tuple(rows))


def _fold_weights() -> list[Weights]:
    try:
        stored: list[dict[str, Any]] = json.loads(_FOLD_WEIGHTS.read_text(encoding="utf-8"))
        return [from_json(weights) for weights in stored]
    except (OSError, ValueError, KeyError) as error:
        raise CorpusError(f"{_FOLD_WEIGHTS}: cannot be used ({error}). Run training.claims match") from error


if __name__ == "__main__":
    sys.exit(main())
