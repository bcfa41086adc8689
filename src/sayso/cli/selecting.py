"""`sayso export`: a selection of a ledger to a file of any format, or the whole ledger to one portable file."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sayso.cli.adding import ledger_argument
from sayso.cli.keeping import moved_words
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.ledger import Ledger

_EXAMPLES: Final = """examples:
  sayso export statements denials.csv --stance denies --since 2022-08
  sayso export incidents map.geojson --place Idlib
  sayso export claims claims.parquet
  sayso export readings - --outlet "Bay Courier"      JSON Lines on standard output
  sayso export --all news.sayso                       everything, for sayso import
"""


def add_arguments(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    from sayso.share.exports.forms import FORMS
    from sayso.share.exports.kinds import CONDITIONS, ExportKind

    endings = " ".join(form.ending for form in FORMS.values())
    command = commands.add_parser(
        "export",
        help="write a selection for other tools, or a whole ledger to one portable file",
        description="Write what fits to a file; the end of its name says in which format. See docs/exports.md.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("kind", nargs="?", metavar="KIND", help=f"one of: {', '.join(ExportKind)}")
    command.add_argument("out", nargs="?", metavar="OUT", help=f"the file, ending in one of {endings}; - is .jsonl")
    command.add_argument("--all", metavar="TO", dest="path", help="write the whole ledger there instead")
    for name, said in CONDITIONS.items():
        command.add_argument(f"--{name.replace('_', '-')}", metavar=name.upper(), help=said)
    ledger_argument(command)
    command.add_argument("--json", action="store_true", help="what came of it as one JSON object")


def run(options: argparse.Namespace) -> int:
    """Write what is asked for. Raises SaysoError where it cannot be."""
    from sayso.ledger import Ledger, default_place

    if (options.path is None) == (options.kind is None) or (options.kind is None) != (options.out is None):
        cure = "Name a kind and a file: sayso export statements said.csv; or --all FILE"
        raise SaysoError("What is to be exported is not clear", cure)
    with Ledger(options.ledger or default_place(), files=options.files, create=False) as ledger:
        return _all(ledger, options) if options.kind is None else _some(ledger, options)


def _all(ledger: Ledger, options: argparse.Namespace) -> int:
    moved = ledger.export(Path(options.path))
    if options.json:
        print(json.dumps({"path": options.path, **asdict(moved), "digest": ledger.digest()}))
    _say(f"wrote {options.path}: {moved_words(moved)}, {moved.tombstones} tombstones")
    return 0


def _some(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.share.exports.forms import Format
    from sayso.share.exports.kinds import CONDITIONS, ExportKind
    from sayso.share.exports.writing import write, written_to

    if options.kind not in [*ExportKind]:
        raise SaysoError(f"{options.kind!r} is no kind of export", f"One of: {', '.join(ExportKind)}")
    kind = ExportKind(options.kind)
    asked = {name: value for name in CONDITIONS if (value := getattr(options, name)) is not None}
    if options.out == "-":
        for piece in written_to(ledger, kind, Format.JSON_LINES, asked):
            sys.stdout.buffer.write(piece)
        return 0
    done = write(ledger, kind, options.out, asked)
    if options.json:
        print(json.dumps({"path": options.out, "format": done.form, "bytes": done.size, "drops": [*done.drops]}))
    _say(f"wrote {options.out}: {done.size:,} bytes")
    if done.drops:
        _say(f"{done.form} has no place for: {'; '.join(done.drops)}. A .jsonl export loses nothing")
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)
