"""What a ledger costs as it grows: adding, following, questions, room; and how right it is about known lineage.

The ledger is filled with varied readings of the newsroom (benchmarks/newsroom/varying.py) in a folder of its own, and
a run goes on where the one before it was. A size is reached when the ledger has so many statements. The cost per
report at a size is that of the last steps before it; questions are asked of a ledger that is no larger yet.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from benchmarks import figures
from benchmarks.corpus import CorpusError
from benchmarks.figures import Breakdown, Figure, Outcome
from benchmarks.newsroom.asking import times
from benchmarks.newsroom.growing import PARTS, Grown, added, grow, size, sizes, steps
from benchmarks.newsroom.lineage import scores
from benchmarks.newsroom.varying import Base, base, variant
from sayso.ledger import Ledger

_LAST: Final = 6  # steps whose cost is that at a size
_LARGEST: Final = 12  # tables whose room is told
_ASKED: Final = 20  # steps from whose readings questions are made
_EXAMPLE: Final = "--folder scale --sizes 10000 100000 1000000 --jobs 2"


def run(arguments: argparse.Namespace) -> Outcome:
    """Grow a ledger to each size and measure it there."""
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    read = base(folder.parent if arguments.base is None else arguments.base, arguments.seed)
    out: list[Figure] = []
    tables: list[Breakdown] = []
    reached: list[Grown] = []
    if max(arguments.sizes) > read.variants * read.statements:
        raise CorpusError(f"there are {read.variants * read.statements:,} statements at most")
    with Ledger(arguments.url or folder / "ledger.db", files=folder / "files") as ledger:
        for statements in sorted(arguments.sizes):
            reached = _grown(ledger, folder, read, arguments, statements)
            out += _costs(reached, statements)
            if not _is_beyond(folder, reached):
                out += _questions(ledger, read, arguments, statements, len(reached), tables)
        out += _growth(reached, sorted(arguments.sizes))
        rows = sorted(sizes(ledger).items(), key=lambda it: -it[1])[:_LARGEST]
        reports = sum(it.reports for it in reached)
        tables.append(
            Breakdown(
                "room of a report, in bytes", ("table", "bytes"), tuple((n, round(s / reports, 1)) for n, s in rows)
            )
        )
    if arguments.texts is not None:
        out.append(_room(folder, arguments.texts, arguments.most))
    return Outcome(
        "ledger", folder, "", sum(it.reports for it in reached), 0, tuple(out), tuple(tables),
        details={"grown": [asdict(it) for it in reached]},
    )  # fmt: skip


def _grown(ledger: Ledger, folder: Path, read: Base, arguments: argparse.Namespace, statements: int) -> list[Grown]:
    out = []
    for grown in grow(ledger, folder, read, arguments.seed, statements, arguments.jobs):
        out.append(grown)
        told = f"{grown.statements:,} statements, followed at {grown.reports / grown.following:.1f} reports/s"
        print(f"\r{told}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return out


def _is_beyond(folder: Path, grown: Sequence[Grown]) -> bool:
    """Whether the ledger has more than this by now."""
    return len(steps(folder)) > len(grown)


def _costs(grown: Sequence[Grown], statements: int) -> list[Figure]:
    last = grown[-_LAST:]
    reports = sum(it.reports for it in last)
    at = f"{statements:,}"
    return [
        Figure(f"adding {at}", reports / sum(it.adding for it in last), f"adding readings at {at} statements",
               500, 5000, "reports/s"),
        Figure(f"following {at}", reports / sum(it.following for it in last), f"following at {at} statements",
               unit="reports/s"),
        Figure(f"processor {at}", 1000 * _cost(last), f"processor time of a report at {at} statements",
               unit="ms", lower_is_better=True),
        Figure(f"room {at}", grown[-1].size / sum(it.reports for it in grown) / 1000, f"room of a report at {at}",
               unit="kB", lower_is_better=True),
    ]  # fmt: skip


def _growth(grown: Sequence[Grown], wanted: Sequence[int]) -> list[Figure]:
    """How much more a report costs at the largest size than at the smallest."""
    first = [it for it in grown if it.statements <= wanted[0]][-_LAST:] or grown[:_LAST]
    meaning = f"processor time of a report at {wanted[-1]:,} by that at {wanted[0]:,}"
    return [Figure("growth", _cost(grown[-_LAST:]) / _cost(first), meaning, 2, 1.1, "times", lower_is_better=True)]


def _cost(grown: Sequence[Grown]) -> float:
    return sum(it.processor for it in grown) / sum(it.reports for it in grown)


def _questions(
    ledger: Ledger, read: Base, arguments: argparse.Namespace, statements: int, done: int, tables: list[Breakdown]
) -> list[Figure]:
    """What questions cost now, and how right the answers are."""
    readings = [it for n in range(0, done, max(1, done // _ASKED)) for it in added(read, arguments.seed, n)]
    asked = list(times(ledger, readings, arguments.seed, arguments.questions))
    rows = tuple(
        (it.kind, it.asked, round(it.p50, 1), round(it.p95, 1), round(it.longest, 1), round(it.processor, 1))
        for it in asked
    )
    at = f"{statements:,}"
    tables.append(
        Breakdown(
            f"questions at {at} statements, in ms",
            ("question", "asked", "p50", "p95", "longest", "processor p95"),
            rows,
        )
    )
    right = scores(ledger, variant(read, arguments.seed, max(0, done // PARTS - 1)), arguments.stories)
    shares = tuple((it.name, round(100 * it.precision, 1), round(100 * it.recall, 1), it.true) for it in right)
    tables.append(Breakdown(f"lineage at {at} statements", ("what", "precision", "recall", "true"), shares))
    slowest = max(it.p95 for it in asked if it.kind.startswith("trace"))
    out = [Figure(f"trace {at}", slowest, f"trace at {at}, p95", 300, 50, "ms", lower_is_better=True)]
    return out + [Figure(f"{it.name} {at}", 100 * it.precision, f"{it.name} at {at}, precision") for it in right]


def _room(folder: Path, texts: Path, most: int) -> Figure:
    """The room of a report of a folder of texts, read and followed."""
    from sayso.trace.following import follow

    inputs = sorted(path for path in texts.iterdir() if path.is_file())[:most]
    with Ledger(folder / "texts.db") as ledger:
        ledger.add(*inputs)
        follow(ledger)
        reports = sum(1 for _ in ledger.reports())
        return Figure("room of texts", size(ledger) / reports / 1000, f"room of {reports} reports of {texts.name}",
                      40, 15, "kB", lower_is_better=True)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; its exit status."""
    parser = figures.command("ledger", __doc__, _EXAMPLE)
    parser.add_argument("--folder", type=Path, required=True, help="where the ledger grows and what it cost is kept")
    parser.add_argument("--base", type=Path, help="where the readings that are varied are kept (default: beside it)")
    parser.add_argument("--url", help="the address of an empty PostgreSQL database (default: SQLite in the folder)")
    parser.add_argument(
        "--sizes", type=figures.count, nargs="+", default=[10_000], help="in statements (default: 10000)"
    )
    parser.add_argument("--jobs", type=figures.count, default=1, help="processes that follow (default: 1)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--questions", type=figures.count, default=50, help="of each kind (default: 50)")
    parser.add_argument("--stories", type=figures.count, default=15, help="whose lineage is checked (default: 15)")
    parser.add_argument("--texts", type=Path, help="a folder of texts, for the room of a report of theirs")
    parser.add_argument("--most", type=figures.count, default=60, help="texts that are read (default: 60)")
    arguments = parser.parse_args(argv)
    return figures.finish(parser, arguments, lambda: run(arguments))


if __name__ == "__main__":
    sys.exit(main())
