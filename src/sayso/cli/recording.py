"""`sayso record import | list | match`: published findings, and which of them bear on what is said."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from sayso.cli.adding import ledger_argument
from sayso.errors import RecordError, SaysoError
from sayso.share.json_text import json_text
from sayso.share.visible import one_line

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.vocabulary import Finding, FindingMatch

_AT_ONCE: Final = 1_000  # findings between two writes
_LONGEST_TEXT: Final = 20_000


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare the actions and their options."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    importing = actions.add_parser(
        "import",
        help="add findings: ClaimReview (JSON-LD, pages, feeds), CSV, official findings as JSON or TOML",
        epilog="example: sayso record import checks/ tribunal.toml --ledger news.db",
    )
    importing.add_argument("paths", nargs="+", metavar="FILE|FOLDER", help="told by their content")
    importing.add_argument("--map", metavar="FIELD=COLUMN,…", help="a table's columns: claim=Statement,verdict=Ruling")
    importing.add_argument("--official", action="store_true", help="a table's findings are of official bodies")
    listing = actions.add_parser("list", help="the findings there are", epilog="example: sayso record list --json")
    matching = actions.add_parser(
        "match",
        help="findings that bear on a text",
        epilog="example: sayso record match 'The mine was laid by the harbour guard' --day 1898-02-20",
    )
    matching.add_argument("text", nargs="+", metavar="TEXT|-", help="what was said; - reads one text a line")
    matching.add_argument("--day", default="", metavar="DATE", help="when it was said (YYYY-MM-DD)")
    matching.add_argument("--speaker", action="append", default=[], help="who said it; may be given several times")
    for action in (importing, listing, matching):
        ledger_argument(action)
        action.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Do what `sayso record` was told; 1 if something could not be imported, or nothing was found."""
    actions: dict[str, Callable[[Ledger, argparse.Namespace], int]] = {
        "import": _import, "list": _list, "match": _match,
    }  # fmt: skip
    if options.action is None:
        raise SaysoError("sayso record does nothing alone", "Add import, list or match; --help shows how")
    from sayso.ledger import Ledger, default_place

    create = options.action == "import"
    with Ledger(options.ledger or default_place(), files=options.files, create=create) as ledger:
        return actions[options.action](ledger, options)


def _import(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.record import add, import_findings
    from sayso.vocabulary import FindingKind

    kind = FindingKind.OFFICIAL if options.official else FindingKind.CHECK
    waiting: list[Finding] = []
    met = added = failed = 0
    for found in import_findings(options.paths, _mapping(options.map), kind):
        if isinstance(found, RecordError):
            failed += 1
            print(f"sayso: {one_line(str(found))}", file=sys.stderr)
            continue
        met += 1
        waiting.append(found)
        if len(waiting) == _AT_ONCE:
            added += add(ledger, waiting)
            waiting.clear()
    added += add(ledger, waiting)
    if options.json:
        print(json.dumps({"findings": met, "added": added, "failed": failed, "ledger": ledger.name}))
    print(f"{met} findings, {added} of them new, {failed} that could not be read: {ledger.name}", file=sys.stderr)
    return 1 if failed or not met else 0


def _list(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.record import all_findings

    shown = 0
    with ledger.looking() as connection:
        for found in all_findings(connection):
            shown += 1
            _show(found, options)
    return 0 if shown else 1


def _match(ledger: Ledger, options: argparse.Namespace) -> int:
    from sayso.record import Context, bearing
    from sayso.record.store import index

    index(ledger)
    texts = list(_texts(options.text))
    with ledger.looking() as connection:
        matched = bearing(connection, texts, Context(options.day, tuple(options.speaker)))
    for text, matches in zip(texts, matched, strict=True):
        for match, finding in matches:
            _show_match(text, match, finding, options)
    if not any(matched):
        print("sayso: no finding in the record bears on this surely enough", file=sys.stderr)
    return 0 if any(matched) else 1


def _mapping(given: str | None) -> dict[str, str]:
    """`claim=Statement,verdict=Ruling` -> field to column."""
    pairs = [pair.partition("=") for pair in (given or "").split(",") if pair.strip()]
    if any(not (name.strip() and column.strip()) for name, _, column in pairs):
        raise SaysoError(f"--map {given!r} is not understood", "Write FIELD=COLUMN, several parted by commas")
    return {name.strip(): column.strip() for name, _, column in pairs}


def _texts(given: list[str]) -> Iterator[str]:
    if given == ["-"]:
        yield from (line.strip()[:_LONGEST_TEXT] for line in sys.stdin if line.strip())
    else:
        yield " ".join(given)[:_LONGEST_TEXT]


def _show(found: Finding, options: argparse.Namespace) -> None:
    from sayso.record.findings import as_row

    if options.json:
        print(json_text(as_row(found)))
    else:
        print(_line(found))


def _show_match(text: str, found: FindingMatch, finding: Finding, options: argparse.Namespace) -> None:
    from sayso.record.findings import as_row

    if options.json:
        row = {"text": text, "tier": found.tier, "score": found.score, "opposed": found.opposed}
        print(json_text(row | {"reasons": found.reasons, "finding": as_row(finding)}))
        return
    opposed = ", worded as the contrary" if found.opposed else ""
    print(f"{found.tier} {found.score:.2f}{opposed}\n  {_line(finding)}")
    for reason in found.reasons:
        print(f"    {one_line(reason)}")


def _line(found: Finding) -> str:
    said = (found.verdict, found.grade, found.status, found.publisher, found.published, found.url or found.document)
    return " · ".join(one_line(part) for part in (f"“{found.claim}”", *said) if part)
