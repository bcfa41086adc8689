"""`sayso search` and `sayso reports`: what a ledger holds."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.text import Text

from sayso.cli.adding import ledger_argument
from sayso.errors import SaysoError
from sayso.share.visible import one_line

if TYPE_CHECKING:
    from sayso.ledger import Hit, Results, Where
    from sayso.vocabulary import Report

_COLUMNS: Final = ("id", "published", "outlet", "title", "url", "language")
_STEERING: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula
_CONDITIONS: Final = {
    "outlet": "published by it",
    "since": "published on this day or later (2022-08-19, 2022-08 or 2022)",
    "until": "published on this day or before",
    "language": "in it (en, de, …)",
    "place": "naming this place, or one that lies in it",
    "actor": "naming this person, group or office; with --stance: speaking so",
    "stance": "with a statement of this stance (says, claims, denies, warns, …)",
    "certainty": "with a statement that is stated, hedged or negated",
}


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what `sayso search` takes."""
    command.add_argument("words", nargs="*", metavar="WORDS", help='all of them; "side by side"; -without; begin*')
    _conditions(command)
    command.add_argument("--limit", type=int, default=20, metavar="N", help="how many are shown (default: 20)")
    command.add_argument("--offset", type=int, default=0, metavar="N", help="how many of the best are left out")


def add_reports_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what `sayso reports` takes."""
    _conditions(command)


def _conditions(command: argparse.ArgumentParser) -> None:
    ledger_argument(command)
    for name, said in _CONDITIONS.items():
        command.add_argument(f"--{name}", help=said)
    shown = command.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="one JSON object a line")
    shown.add_argument("--csv", action="store_true", help="a table")


def run(options: argparse.Namespace) -> int:
    """Show what was found; 1 if that is nothing."""
    from sayso.ledger import Ledger, default_place

    if options.limit < 0 or options.offset < 0:
        raise SaysoError("--limit and --offset count from 0", "Leave them out for the best twenty")
    with Ledger(options.ledger or default_place(), files=options.files, create=False) as ledger:
        words = " ".join(options.words)
        found = ledger.search(words, _where(options), limit=options.limit, offset=options.offset)
    if options.json:
        for hit in found.hits:
            print(json.dumps(_hit_to_json(hit), ensure_ascii=False))
    elif options.csv:
        _write_csv([(*_row(hit.report), one_line(hit.snippet.text)) for hit in found.hits], (*_COLUMNS, "snippet"))
    else:
        _show(found)
    print(_facets(found), file=sys.stderr)
    return 0 if found.total else 1


def list_reports(options: argparse.Namespace) -> int:
    """List the reports that fit, oldest first."""
    from sayso.ledger import Ledger, default_place

    with Ledger(options.ledger or default_place(), files=options.files, create=False) as ledger:
        reports = ledger.reports(_where(options))
        if options.csv:
            _write_csv(map(_row, reports), _COLUMNS)
            return 0
        for report in reports:
            row = dict(zip(_COLUMNS, _row(report), strict=True))
            print(json.dumps(row, ensure_ascii=False) if options.json else "  ".join(map(one_line, row.values())))
    return 0


def _where(options: argparse.Namespace) -> Where:
    from sayso.ledger import Where

    return Where(**{name: getattr(options, name) for name in _CONDITIONS})


def _row(report: Report) -> tuple[str, ...]:
    when = report.published.value if report.published else ""
    return (report.id, when, report.outlet or "", report.title or "", report.url or "", report.language or "")


def _hit_to_json(hit: Hit) -> dict[str, Any]:
    row = dict(zip(_COLUMNS, _row(hit.report), strict=True))
    shown = {"text": hit.snippet.text, "span": list(hit.snippet.span), "marked": list(map(list, hit.snippet.marked))}
    return row | {"score": round(hit.score, 4), "snippet": shown}


def _write_csv(rows: Any, columns: tuple[str, ...]) -> None:  # noqa: ANN401 - rows of strings, however they come
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(columns)
    table.writerows([f"'{cell}" if cell.startswith(_STEERING) else cell for cell in row] for row in rows)


def _show(found: Results) -> None:
    console = Console(highlight=False)
    for hit in found.hits:
        report = hit.report
        when = report.published.value if report.published else "no date"
        console.print(Text(one_line(f"{report.title or report.id}"), style="bold"))
        console.print(Text(one_line(f"{report.outlet or 'unknown outlet'}, {when}  {report.id}"), style="dim"))
        console.print(_marked(hit))
        console.print()


def _marked(hit: Hit) -> Text:
    """The snippet on one line, what was searched for in bold."""
    shown, at = Text(), hit.snippet.span.start
    for span in (*hit.snippet.marked, None):
        start, end = (span.start, span.end) if span else (hit.snippet.span.end, hit.snippet.span.end)
        shown.append(_spaced(hit.report.text[at:start]))
        shown.append(_spaced(hit.report.text[start:end]), style="bold")
        at = end
    return shown


def _spaced(text: str) -> str:
    """The text on one line, with the spaces at its ends."""
    inner = one_line(text)
    return (" " if text[:1].isspace() else "") + inner + (" " if inner and text[-1:].isspace() else "")


def _facets(found: Results) -> str:
    counts = [f"{name}: {', '.join(f'{one_line(v)} {n}' for v, n in values)}" for name, values in found.facets.items()]
    total = f"{found.total} {'or more ' if found.more else ''}{'report' if found.total == 1 else 'reports'}"
    if found.faceted < found.total:
        total += f"; of the first {found.faceted}:"
    return "\n".join([total, *(line for line in counts if not line.endswith(": "))])
