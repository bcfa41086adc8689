"""The command line: write a corpus of any size or its readings, or score what is traced across a small one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.newsroom.corpus import write
from benchmarks.newsroom.score import Scores, score
from benchmarks.newsroom.varying import base, variants, verified

_EXAMPLES = """examples:
  python -m benchmarks.newsroom write corpus --statements 1000000 --seed 1
  python -m benchmarks.newsroom score corpus --reports 200
  python -m benchmarks.newsroom readings corpus --statements 1000000 --seed 1
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(
        "newsroom", description=__doc__, epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    writes = commands.add_parser("write", help="write reports.jsonl and gold.json into a folder")
    writes.add_argument("folder", type=Path)
    writes.add_argument("--statements", type=int, default=1000, help="about so many (100 to millions; default: 1000)")
    writes.add_argument("--seed", type=int, default=1)
    scores = commands.add_parser("score", help="read the first reports of a corpus and score what is traced")
    scores.add_argument("folder", type=Path)
    scores.add_argument("--reports", type=int, default=200, help="at most so many (default: 200)")
    scores.add_argument("--show", action="store_true", help="list what went wrong")
    read = commands.add_parser("readings", help="write readings.jsonl and gold.jsonl, a few read and the rest varied")
    read.add_argument("folder", type=Path)
    read.add_argument("--statements", type=int, default=10_000, help="at least so many (default: 10,000)")
    read.add_argument("--seed", type=int, default=1)
    read.add_argument("--verify", type=int, default=0, metavar="N", help="read N of them anew, and tell how many agree")
    arguments = parser.parse_args(argv)
    try:
        if arguments.command == "write":
            written = write(arguments.folder, arguments.seed, arguments.statements)
            print(f"{written.stories:,} stories, {written.reports:,} reports, {written.statements:,} statements")
        elif arguments.command == "readings":
            _read(arguments.folder, arguments.seed, arguments.statements, arguments.verify)
        else:
            _show(score(arguments.folder, arguments.reports), arguments.show)
    except (OSError, ValueError) as error:
        print(f"newsroom: {error}", file=sys.stderr)
        return 1
    return 0


def _read(folder: Path, seed: int, statements: int, sample: int) -> None:
    read = base(folder, seed)
    count = reports = 0
    with (folder / "readings.jsonl").open("wb") as lines, (folder / "gold.jsonl").open("wb") as gold:
        for variant in variants(read, seed, statements):
            count += 1
            reports += len(variant.readings)
            lines.write(b"".join(msgspec.json.encode(it) + b"\n" for it in variant.readings))
            gold.write(b"".join(msgspec.json.encode(it) + b"\n" for it in variant.gold))
    print(f"{count} variants, {reports:,} readings, {count * read.statements:,} statements")
    for aspect, same in verified(read, seed, count, sample).items() if sample else ():
        print(f"read anew, {aspect}: {same} of {sample} the same")


def _show(scores: Scores, misses: bool) -> None:
    print(f"{scores.reports} reports")
    for pairs in scores.pairs:
        print(f"{pairs.name:10} precision {pairs.precision:.3f}  recall {pairs.recall:.3f}  ({pairs.true} true)")
    for name, right, all_ in scores.exact:
        print(f"{name}: {right} of {all_}")
    if misses:
        print("\n".join(scores.misses))
