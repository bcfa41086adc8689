"""The command line: write a corpus of any size, or score what is traced across a small one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.newsroom.corpus import write
from benchmarks.newsroom.score import Scores, score

_EXAMPLES = """examples:
  python -m benchmarks.newsroom write corpus --statements 1000000 --seed 1
  python -m benchmarks.newsroom score corpus --reports 200
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
    arguments = parser.parse_args(argv)
    try:
        if arguments.command == "write":
            written = write(arguments.folder, arguments.seed, arguments.statements)
            print(f"{written.stories:,} stories, {written.reports:,} reports, {written.statements:,} statements")
        else:
            _show(score(arguments.folder, arguments.reports), arguments.show)
    except OSError as error:
        print(f"newsroom: {error}", file=sys.stderr)
        return 1
    return 0


def _show(scores: Scores, misses: bool) -> None:
    print(f"{scores.reports} reports")
    for pairs in scores.pairs:
        print(f"{pairs.name:10} precision {pairs.precision:.3f}  recall {pairs.recall:.3f}  ({pairs.true} true)")
    for name, right, all_ in scores.exact:
        print(f"{name}: {right} of {all_}")
    if misses:
        print("\n".join(scores.misses))
