"""Who says what, on PolNeAR or any file in its form, scored by the scorer that lies beside the data.

The corpus annotates the outermost layer alone and not the outlet's own voice, so what is scored are the
statements without a parent whose form is not voice. Everything else about the figures is the shared scorer's:
see its docstring. Nothing of the texts is printed, since the corpus asks that dev and test not be read.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from benchmarks import corpus, figures
from benchmarks.corpus import CorpusError, Row
from benchmarks.figures import Breakdown, Figure, Outcome
from sayso.vocabulary import Form, Passage, Reading, Statement

# Where a figure stands in the scorer's JSON, and its must and aim (issue 2, part 5).
_FIGURES: Final[tuple[tuple[str, str, tuple[str, ...], float, float], ...]] = (
    ("whole_partial", "whole relation, partial F1", ("relation", "whole", "partial", "F1"), 72, 80),
    ("token_source", "token F1, source", ("token", "source", "F1"), 83, 86),
    ("token_cue", "token F1, cue", ("token", "cue", "F1"), 72, 76),
    ("token_content", "token F1, content", ("token", "content", "F1"), 91, 93),
    ("fragment_source", "exact fragment F1, source", ("fragment", "source", "exact", "F1"), 74, 84),
    ("fragment_cue", "exact fragment F1, cue", ("fragment", "cue", "exact", "F1"), 67, 76),
    ("fragment_content", "exact fragment F1, content", ("fragment", "content", "exact", "F1"), 62, 74),
    ("source_exact", "source exact, given the content", ("source_given_content", "exact"), 88, 92),
)


def prediction(reading: Reading) -> Row:
    """A reading's outermost statements, the outlet's voice apart, as the shared scorer wants them."""
    return {
        "id": str(reading.report.id),
        "attributions": [
            {"source": _spans(item.source), "cue": _spans(item.cue), "content": _spans(item.content)}
            for item in reading.statements
            if is_outermost(item)
        ],
    }


def is_outermost(statement: Statement) -> bool:
    """Whether the statement belongs to the layer PolNeAR annotates."""
    return statement.parent is None and statement.form is not Form.VOICE


def score(gold: Path, predictions: Path, scorer: Path) -> dict[str, Any]:
    """The report of the shared scorer, run in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        done = subprocess.run(
            [
                sys.executable,
                str(scorer),
                "--gold",
                str(gold),
                "--pred",
                str(predictions),
                "--json",
                str(out),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not out.is_file():
            reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise CorpusError(f"{scorer}: failed on {predictions} ({reason})")
        scores: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return scores


def figures_of(scores: dict[str, Any]) -> tuple[Figure, ...]:
    """The issue's figures, picked from the scorer's report."""
    found: list[Figure] = []
    for name, meaning, place, must, aim in _FIGURES:
        value: Any = scores
        for key in place:
            value = value[key]
        found.append(Figure(name, float(value), meaning, must, aim))
    return tuple(found)


def breakdown_of(scores: dict[str, Any]) -> Breakdown:
    """How many of the gold attributions of each kind were found, from the scorer's `recall_by`."""
    return Breakdown(
        "recall by kind, %",
        ("kind", "gold", "content found", "whole partial"),
        tuple(
            (kind, counts["gold"], counts["content_found"], counts["whole_partial"])
            for kind, counts in sorted(scores["recall_by"].items())
        ),
    )


def measure(
    data: Path, predictions: Path, *, documents: Sequence[Row] | None = None, scorer: Path | None = None
) -> Outcome:
    """Read the corpus file `data` (or just these `documents` of it), write the predictions, score them."""
    chosen = list(documents) if documents is not None else corpus.rows(data)
    found = list(corpus.readings(chosen, data.name))
    write_lines(predictions, (prediction(reading) for reading in found))
    scorer = scorer or data.with_name("score.py")
    outcome = Outcome(
        benchmark="attribution",
        data=data,
        corpus=corpus.fingerprint(data),
        documents=len(chosen),
        words=corpus.words(chosen),
        figures=(),
        reader=found[0].reader,
    )
    if not scorer.is_file():
        note = f"not scored: there is no {scorer}. The predictions are in {predictions}; --scorer names another"
        return replace(outcome, notes=(note,))
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold.jsonl"
        write_lines(gold, chosen)
        scores = score(gold, predictions, scorer)
    counts = {key: scores[key] for key in ("documents", "gold", "pred", "pairs")}
    return replace(
        outcome,
        figures=figures_of(scores),
        breakdowns=(breakdown_of(scores),),
        notes=("attributions: {gold} gold, {pred} predicted, {pairs} paired".format_map(counts),),
        details=scores,
    )


def write_lines(path: Path, items: Iterable[Row]) -> None:
    """Write JSON Lines."""
    try:
        with path.open("w", encoding="utf-8") as out:
            for item in items:
                out.write(json.dumps(item, ensure_ascii=False) + "\n")
    except OSError as error:
        raise CorpusError(f"{path}: cannot be written ({error.strerror})") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command(
        "attribution",
        "Score who says what: sources, cues, contents and whole attributions.",
        "--data ../shared/eval/attribution/dev.jsonl.gz --predictions /tmp/predictions.jsonl",
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="a file in the form of eval/attribution, or the folder"
    )
    parser.add_argument("--predictions", type=Path, required=True, metavar="OUT", help="where to write what was read")
    parser.add_argument("--limit", type=figures.count, metavar="N", help="read and score the first N documents alone")
    parser.add_argument("--scorer", type=Path, help="the shared scorer, if it does not lie beside the data")
    arguments = parser.parse_args(argv)

    def run() -> Outcome:
        data = corpus.locate(arguments.data, "attribution", "dev.jsonl.gz")
        documents = corpus.rows(data)[: arguments.limit]
        return measure(data, arguments.predictions, documents=documents, scorer=arguments.scorer)

    return figures.finish(parser, arguments, run)


def _spans(words: Passage) -> list[list[int]]:
    return [[span.start, span.end] for span in words.spans]


if __name__ == "__main__":
    sys.exit(main())
