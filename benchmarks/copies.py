"""Copies: reports that are one text put together, on newswire, on synthetic edits of it and on damaged war reports.

The reports of a corpus are put into an index, each is linked to the others, and the links make lineages; a lineage is
a cluster. Pairs, lineage and recall by kind of edit are the shared scorer's. Reports have the dates and titles of
their corpus and no captures, as an import brings them. The documents of a part (`--part N`: about one in N) are
those of whole clusters, chosen by SHA-256 of the cluster's name.

A group of the war reports is *found* when one lineage holds all of its reports; a *wrong merge* is a lineage that
holds reports of two groups, or of one and others beside.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks import corpus, figures
from benchmarks.attribution import write_lines
from benchmarks.corpus import CorpusError, Row
from benchmarks.figures import Breakdown, Figure, Outcome, share
from sayso.trace.copies import Kept, MemoryIndex, copies_of, lineages, links_of
from sayso.vocabulary import Lineage, Report, ReportId

WIRE, SYNTHETIC = "reuters_wire", "derived_synth"
_SPEED_SAMPLE: Final = 1000  # reports timed, once all are in the index


@dataclass(frozen=True, slots=True)
class Traced:
    """The reports of a corpus, their index, and the lineages found."""

    rows: tuple[Row, ...]
    index: MemoryIndex
    lineages: tuple[Lineage, ...]


def trace(rows: Sequence[Row], what: str) -> Traced:
    """Put reports together."""
    index = MemoryIndex()
    for row in rows:
        index.add(Kept(corpus.report(row)))
    links = [link for kept in corpus.progress(index, f"tracing {what}", len(rows)) for link in links_of(kept, index)]
    return Traced(tuple(rows), index, lineages(links, index))


def clusters(found: Sequence[Lineage]) -> list[Row]:
    """Lineages as the shared scorer wants them."""
    return [
        {"id": one.report, "cluster": lineage.members[0].report, "parent": one.parent}
        for lineage in found
        for one in lineage.members
    ]


def reports_per_second(traced: Traced) -> float:
    """How many reports a core fingerprints, looks up and lays beside others in a second, with copies and edits."""
    reports = [Kept(Report(ReportId(f"new {row['id']}"), row["text"])) for row in traced.rows[:_SPEED_SAMPLE]]
    start = time.process_time()
    for kept in reports:
        copies_of(kept, traced.index)
    return round(len(reports) / max(time.process_time() - start, 1e-9), 1)


def groups_found(gold: Sequence[Mapping[str, Any]], found: Sequence[Lineage]) -> tuple[int, int]:
    """How many annotated groups one lineage holds whole, and how many lineages hold what is not of one group."""
    sets = [{str(one.report) for one in lineage.members} for lineage in found]
    whole = sum(any(set(group["members"]) <= members for members in sets) for group in gold)
    wrong = sum(not any(members <= set(group["members"]) for group in gold) for members in sets)
    return whole, wrong


def measure(data: Path, part: int = 1) -> Outcome:
    """Score both corpora, or a part of them, and the war reports."""
    scorer = corpus.locate(data, "copies", "score.py")
    files, scores, traced = [], {}, {}
    for name in (WIRE, SYNTHETIC):
        documents, gold = (corpus.locate(data, f"copies/{name}", f"{kind}.dev.jsonl.gz") for kind in ("docs", "gold"))
        files += [documents, gold]
        wanted = [row for row in _lines(gold) if _in_part(row["cluster"], part)]
        chosen = {row["id"] for row in wanted}
        traced[name] = trace([row for row in corpus.rows(documents) if row["id"] in chosen], name)
        scores[name] = _score(wanted, clusters(traced[name].lineages), scorer)
    pages, annotation = (corpus.locate(data, "wartime", name) for name in ("dev.jsonl.gz", "gold.json"))
    gold_groups = json.loads(corpus.content(annotation))["copies"]
    war = trace(corpus.rows(pages), "wartime")
    whole, wrong = groups_found(gold_groups, war.lineages)
    rows = [row for each in (*traced.values(), war) for row in each.rows]
    recall = {kind: value[0] for kind, value in scores[SYNTHETIC]["link_recall_by_kind"].items()}
    return Outcome(
        benchmark="copies",
        data=scorer.parent,
        corpus=corpus.fingerprint(*files, scorer, pages, annotation),
        documents=len(rows),
        words=corpus.words(rows),
        figures=(
            Figure("wire_pairs", _percent(scores[WIRE]["pair_F1"]), "newswire, pairs, F1", 91, 95),
            Figure("synthetic_pairs", _percent(scores[SYNTHETIC]["pair_F1"]), "synthetic edits, pairs, F1", 84, 95),
            Figure("ocr_recall", _percent(recall.get("ocr", 0)), "synthetic, damaged by scanning, recall", 60, 90),
            Figure("heavy_recall", _percent(recall.get("heavy", 0)), "synthetic, heavily rewritten, recall", 45, 75),
            Figure("lineage", _percent(scores[SYNTHETIC]["lineage_acc"]), "synthetic, right parent of a copy"),
            Figure("wartime_groups", share(whole, len(gold_groups)), "war reports, groups found", 80, 95),
            Figure("wartime_wrong", wrong, "war reports, wrong merges", 0, 0, unit="", lower_is_better=True),
            Figure(
                "speed",
                reports_per_second(traced[WIRE]),
                "newswire, one core: copies of a report",
                None,
                100,
                "reports/s",
            ),
        ),
        breakdowns=(_breakdown(scores), _kinds(scores[SYNTHETIC])),
        notes=(f"{len(gold_groups)} annotated groups of war reports: one is {share(1, len(gold_groups))} points",),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command(
        "copies",
        "Score reports put together with their copies (newswire, synthetic edits, war).",
        "--data ../shared/eval",
    )
    parser.add_argument("--data", type=Path, required=True, help="the eval folder")
    parser.add_argument("--part", type=figures.count, default=1, metavar="N", help="about one in N clusters (all)")
    arguments = parser.parse_args(argv)
    return figures.finish(parser, arguments, lambda: measure(arguments.data, arguments.part))


def _lines(path: Path) -> list[Row]:
    try:
        return [json.loads(line) for line in corpus.content(path).decode("utf-8").splitlines() if line.strip()]
    except ValueError as error:
        raise CorpusError(f"{path}: not JSON Lines ({error})") from error


def _in_part(cluster: str, part: int) -> bool:
    return int(hashlib.sha256(cluster.encode()).hexdigest(), 16) % part == 0


def _score(gold: Sequence[Row], predicted: Sequence[Row], scorer: Path) -> dict[str, Any]:
    """The shared scorer's report on these clusters."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder) / "gold.jsonl", Path(folder) / "predicted.jsonl"
        for path, lines in zip(paths, (gold, predicted), strict=True):
            write_lines(path, lines)
        done = subprocess.run(
            [sys.executable, str(scorer), "--gold", str(paths[0]), "--pred", str(paths[1]), "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise CorpusError(f"{scorer}: failed ({done.stderr.strip()[-200:]})")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _percent(value: float) -> float:
    return round(100 * float(value), 2)


def _breakdown(scores: Mapping[str, Mapping[str, Any]]) -> Breakdown:
    names = ("docs", "gold_pairs", "pred_pairs", "pair_P", "pair_R", "ARI", "B3_F1", "exact_clusters")
    return Breakdown(
        "the scorer's counts",
        ("corpus", "reports", "gold pairs", "found pairs", "pair P", "pair R", "ARI", "B-cubed F1", "exact clusters"),
        tuple(
            (corpus_name, *(100 * found[name] if isinstance(found[name], float) else found[name] for name in names))
            for corpus_name, found in scores.items()
        ),
    )


def _kinds(found: Mapping[str, Any]) -> Breakdown:
    kinds = found["link_recall_by_kind"]
    rows = tuple((kind, value[1], 100 * value[0]) for kind, value in kinds.items())
    return Breakdown(
        "synthetic edits: copies put together with what they were made from", ("kind", "copies", "recall"), rows
    )


if __name__ == "__main__":
    sys.exit(main())
