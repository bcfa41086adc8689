"""`sayso verify | backup | import | forget`: keeping a ledger whole, elsewhere, and lawful."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sayso.cli.adding import ledger_argument
from sayso.errors import SaysoError
from sayso.share.visible import one_line

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.ledger.archive import Moved

_SHOWN: Final = 50
_EXAMPLES: Final = {
    "verify": ("read everything again and compare it with what is stored", "sayso verify --ledger news.db"),
    "backup": ("make a second ledger while others write", "sayso backup copies/news.db --ledger news.db"),
    "import": ("add everything such a file holds", "sayso import news.sayso --ledger other.db"),
    "forget": (
        "delete a report on legal request",
        'sayso forget r-1f… --reason "order 7/26" --who "R. Meer"',
    ),
}
NAMES: Final = tuple(_EXAMPLES)


def add_arguments(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands."""
    made = {
        name: commands.add_parser(name, help=said, epilog=f"example: {example}")
        for name, (said, example) in _EXAMPLES.items()
    }
    made["backup"].add_argument("path", metavar="TO", help="the path of the second ledger; nothing may be there")
    made["import"].add_argument("path", metavar="FROM", help="a file that sayso export --all wrote")
    made["forget"].add_argument("report", metavar="REPORT", help="its id in sayso reports")
    made["forget"].add_argument("--reason", required=True, help="why; it stays in the tombstone")
    made["forget"].add_argument("--who", help="who decided it (default: the name of your account)")
    for command in made.values():
        ledger_argument(command)
        command.add_argument("--json", action="store_true", help="what came of it as one JSON object")


def run(options: argparse.Namespace) -> int:
    """Do what was told; 1 if something is wrong with the ledger or not all could be done."""
    from sayso.ledger import Ledger, default_place

    actions: dict[str, Callable[[Ledger, argparse.Namespace], int]] = {
        "verify": _verify,
        "backup": _backup,
        "import": _import,
        "forget": _forget,
    }
    create = options.command == "import"
    with Ledger(options.ledger or default_place(), files=options.files, create=create) as ledger:
        return actions[options.command](ledger, options)


def moved_words(moved: Moved) -> str:
    """How many of what were moved, in words."""
    counts = {"reports": moved.reports, "readings": moved.readings}
    entries = {"findings": moved.findings, "decisions": moved.decisions}
    return ", ".join(f"{n} {name}" for name, n in (counts | {name: n for name, n in entries.items() if n}).items())


def _verify(ledger: Ledger, options: argparse.Namespace) -> int:
    verdict = ledger.verify()
    if options.json:
        found = [asdict(problem) for problem in verdict.problems]
        leftovers = [str(path) for path in verdict.leftovers]
        print(json.dumps({"checked": verdict.checked, "problems": found, "leftovers": leftovers}))
    for problem in verdict.problems[:_SHOWN]:
        _say(f"{problem.kind} {one_line(problem.which)}: {one_line(problem.what)}")
    if len(verdict.problems) > _SHOWN:
        _say(f"and {len(verdict.problems) - _SHOWN} more; --json tells all")
    if verdict.leftovers:
        _say(f"{len(verdict.leftovers)} files of interrupted additions lie beside the ledger; they do no harm")
    counts = ", ".join(f"{count} {name}" for name, count in verdict.checked.items() if count)
    _say(
        f"checked {counts or 'an empty ledger'}: {'all as it was put in' if verdict.sound else 'NOT as it was put in'}"
    )
    return 0 if verdict.sound else 1


def _backup(ledger: Ledger, options: argparse.Namespace) -> int:
    ledger.backup(Path(options.path))
    if options.json:
        print(json.dumps({"path": options.path}))
    _say(f"wrote {options.path} and {options.path}.files")
    return 0


def _import(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.record.store import index

    moved = ledger.import_(Path(options.path))
    index(ledger)
    if options.json:
        print(json.dumps({"path": options.path, **asdict(moved), "digest": ledger.digest()}))
    _say(f"new: {moved_words(moved)}; tombstones heeded: {moved.tombstones}")
    return 0


def _forget(ledger: Ledger, options: argparse.Namespace) -> int:
    done = ledger.forget(options.report, options.reason, options.who or _account())
    if options.json:
        print(json.dumps(asdict(done), ensure_ascii=False))
    _say(f"deleted {options.report}; its tombstone stays")
    if done.same_text:
        _say(f"the same text stays in {', '.join(done.same_text)}; forget them too if they are meant")
    if not done.swept:
        _say("others are using the ledger: the last bytes go when it is next opened")
    return 0 if done.swept else 1


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise SaysoError("Nobody knows who you are", "Add --who with your name") from error


def _say(text: str) -> None:
    print(text, file=sys.stderr)
