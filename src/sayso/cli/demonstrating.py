"""`sayso demo`: the shipped report read, and the shipped ledger traced."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.style import Style

from sayso.cli import answers, reading
from sayso.cli.adding import follow_with_progress
from sayso.cli.printing import print_lines, words
from sayso.cli.tracing import write_page

if TYPE_CHECKING:
    from sayso.ledger import Ledger

_ASKED: Final = (
    "a submarine mine destroyed the Maine",
    "American warships would shell the coast of Cuba",
)
_BOLD: Final = Style(bold=True)


def run(options: argparse.Namespace) -> int:
    """Read the shipped report and trace two claims in the shipped ledger; as JSON or an export, the reading alone."""
    reading.demo(options)
    if options.json or options.export:
        return 0
    with example(options.ledger) as ledger:
        _show(ledger, options)
    kept = f"--ledger {options.ledger}" if options.ledger else "--ledger news.db, after sayso add articles/"
    print("Next: sayso read FILE, or sayso demo --html demo.html to see both as pages", file=sys.stderr)
    print(f'      sayso trace "the explosion began inside the ship" {kept}', file=sys.stderr)
    return 0


def _show(ledger: Ledger, options: argparse.Namespace) -> None:
    from sayso.trace.answers import trace

    console = Console(highlight=False)
    for number, asked in enumerate(_ASKED):
        answer = trace(ledger, asked)
        if options.html:
            target = Path(options.html)
            write_page(target.with_stem(f"{target.stem}-trace{number + 1 if number else ''}"), answer)
            continue
        print_lines(console, words(""), words(f'$ sayso trace "{asked}"', _BOLD), words(""))
        answers.show(answer, console)


@contextmanager
def example(place: str | None) -> Iterator[Ledger]:
    """The ledger of the loss of the Maine: at a place that stays, or for this once."""
    from sayso.ledger import Ledger
    from sayso.record import import_findings
    from sayso.record.store import add
    from sayso.vocabulary import Finding

    folder = resources.files("sayso") / "examples" / "maine"
    with ExitStack() as open_:
        reports = open_.enter_context(resources.as_file(folder / "reports.jsonl"))
        findings = open_.enter_context(resources.as_file(folder / "findings.json"))
        if place is None:
            temporary = open_.enter_context(TemporaryDirectory(prefix="sayso-demo-"))
            place = str(Path(temporary) / "maine.db")
        ledger = open_.enter_context(Ledger(place))
        ledger.add(reports)
        add(ledger, (it for it in import_findings([str(findings)]) if isinstance(it, Finding)))
        follow_with_progress(ledger)
        yield ledger
