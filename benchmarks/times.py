"""Time expressions on TimeBank, AQUAINT, WikiWars and tweets, and their speed.

Scored as task A of TempEval-3 by the scorer that lies beside the data: spans that overlap (relaxed) or are the same
(strict), and of the overlapping ones those with the same TIMEX3 type or value. Rules may be tuned on every second
document of TimeBank, from the first on; the headline is the other half. Known quirks of the gold stand in the
data's README: a week may be a week number or WXX, WikiWars has one type for all.

The speed is that of one pass over all the texts, the median of several, beside a bare search for words (a regular
expression) over the same texts in the same process: what any reader of words in Python needs at least.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any, Final

from benchmarks import corpus, figures
from benchmarks.corpus import CorpusError, Row
from benchmarks.figures import Breakdown, Figure, Outcome, share
from sayso.vocabulary import Published

# A set's title, its file, which of its documents, and must and aim of its value F1 (issue 3).
_SETS: Final[tuple[tuple[str, str, str, slice, float | None, float | None], ...]] = (
    ("timebank", "TimeBank, the half not tuned on", "timebank.jsonl.gz", slice(1, None, 2), 78, 84),
    ("timebank_all", "TimeBank, all", "timebank.jsonl.gz", slice(None), None, None),
    ("aquaint", "AQUAINT", "aquaint.jsonl.gz", slice(None), 72, 80),
    ("wikiwars", "WikiWars, training part", "wikiwars_train.jsonl.gz", slice(None), None, None),
    ("tweets", "tweets, training part", "tweets_train.jsonl.gz", slice(None), None, None),
)
_MEASURES: Final = ("value", "relaxed", "strict", "type")
_PASSES: Final = 5
_WORD: Final = re.compile(r"\w+")


def prediction(row: Row) -> dict[str, Any]:
    """The time expressions of a document as the scorer wants them."""
    from sayso.read.times import times  # late, so that --help needs no word lists

    return {
        "id": row["id"],
        "times": [
            {"start": item.span.start, "end": item.span.end, "type": item.kind.value.upper(), "value": item.value}
            for item in times(row["text"], published=_published(row))
        ],
    }


def scores(documents: Sequence[Row], scorer: ModuleType) -> dict[str, Any]:
    """The scorer's report on these documents."""
    gold = {row["id"]: row for row in documents}
    predicted = {row["id"]: prediction(row) for row in documents}
    report: dict[str, Any] = scorer.score(gold, predicted)
    return report


def load_scorer(path: Path) -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("times_score", path)
    if spec is None or spec.loader is None:
        raise CorpusError(f"{path}: is no Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (OSError, SyntaxError) as error:
        raise CorpusError(f"{path}: cannot be loaded ({error})") from error
    return module


def speed_figures(documents: Sequence[Row]) -> tuple[Figure, ...]:
    """Words a second of the reader, and its share of what a bare search for words reaches."""
    texts = [row["text"] for row in documents]
    read = _median_seconds(lambda: [prediction(row) for row in documents])
    bare = _median_seconds(lambda: [sum(1 for _ in _WORD.finditer(text)) for text in texts])
    return (
        Figure(
            "words_per_second",
            round(corpus.words(documents) / read, 1),
            "speed on one core, median pass",
            30_000,
            100_000,
            "words/s",
        ),
        Figure("share_of_limit", share(bare, read), "share of the speed of a bare search for words"),
    )


def measure(data: Path) -> Outcome:
    """Score the sets of the eval folder, or one file in their form."""
    if data.is_file():
        return _outcome(data, [("given", data.name, corpus.rows(data), None, None)], [data, data.with_name("score.py")])
    paths = {name: corpus.locate(data, "times", name) for _, _, name, _, _, _ in _SETS}
    documents = {name: corpus.rows(path) for name, path in paths.items()}
    chosen = [(title, meaning, documents[name][part], must, aim) for title, meaning, name, part, must, aim in _SETS]
    return _outcome(data, chosen, [*paths.values(), corpus.locate(data, "times", "score.py")])


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command(
        "times", "Score time expressions on TimeBank, AQUAINT, WikiWars and tweets.", "--data ../shared/eval"
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="the eval folder, or one file in the form of eval/times"
    )
    arguments = parser.parse_args(argv)
    return figures.finish(parser, arguments, lambda: measure(arguments.data))


_Set = tuple[str, str, list[Row], float | None, float | None]


def _outcome(data: Path, sets: Sequence[_Set], paths: Sequence[Path]) -> Outcome:
    scorer = load_scorer(paths[-1])
    found = [scores(documents, scorer) for _, _, documents, _, _ in sets]
    read = {row["id"]: row for _, _, documents, _, _ in sets for row in documents}
    every = list(read.values())
    return Outcome(
        benchmark="times",
        data=data,
        corpus=corpus.fingerprint(*paths),
        documents=len(every),
        words=corpus.words(every),
        figures=(
            *(
                Figure(f"{title}_value", _percent(report["value"]["f1"]), f"value F1, {meaning}", must, aim)
                for (title, meaning, _, must, aim), report in zip(sets, found, strict=True)
            ),
            *speed_figures(every),
        ),
        breakdowns=(_breakdown(sets, found),),
        details={title: report for (title, *_), report in zip(sets, found, strict=True)},
    )


def _breakdown(sets: Sequence[_Set], found: Sequence[dict[str, Any]]) -> Breakdown:
    return Breakdown(
        "F1 as task A of TempEval-3, %",
        ("set", "documents", "gold", "predicted", *_MEASURES),
        tuple(
            (
                meaning,
                len(documents),
                report["value"]["gold"],
                report["value"]["pred"],
                *(_percent(report[name]["f1"]) for name in _MEASURES),
            )
            for (_, meaning, documents, _, _), report in zip(sets, found, strict=True)
        ),
    )


def _percent(value: float) -> float:
    return round(100 * value, 2)


def _published(row: Row) -> Published | None:
    return Published(row["dct"], "corpus") if row.get("dct") else None


def _median_seconds(run: Callable[[], object]) -> float:
    """Seconds of processor time of the median pass."""
    passes = []
    for _ in range(_PASSES):
        begun = time.process_time()
        run()
        passes.append(time.process_time() - begun)
    return median(passes)


if __name__ == "__main__":
    sys.exit(main())
