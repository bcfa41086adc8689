"""`sayso cases`: which reports are closed, and to whom they are open."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from sayso.cli.adding import ledger_argument
from sayso.cli.users import kept, printed
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.web.accounts.store import Store

_CONDITIONS: Final = {
    "words": "holding all of these words",
    "outlet": "published by it",
    "since": "published on this day or later (2022-08-19, 2022-08 or 2022)",
    "until": "published on this day or before",
    "language": "in it (en, de, …)",
    "place": "naming this place, or one that lies in it",
    "actor": "naming this person, group or office",
}


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare the actions and their options."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    adding = actions.add_parser(
        "add", help="make a case", epilog="example: sayso cases add 'harbour leak' --team ida,omar --ledger news.db"
    )
    adding.add_argument("--team", default="", metavar="NAME,…", help="who is in it, beside all admins")
    listing = actions.add_parser("list", help="the cases there are", epilog="example: sayso cases list --json")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    closing = actions.add_parser(
        "close", help="close reports to a case's team: by their ids, or all that fit now",
        epilog="example: sayso cases close 'harbour leak' --words 'harbour customs' --since 2022-08",
    )  # fmt: skip
    opening = actions.add_parser(
        "open", help="take reports out of a case", epilog="example: sayso cases open 'harbour leak' r-…"
    )
    joining = actions.add_parser(
        "let-in", help="take somebody into a team", epilog="example: sayso cases let-in leak ida"
    )
    leaving = actions.add_parser("put-out", help="put somebody out", epilog="example: sayso cases put-out leak ida")
    removing = actions.add_parser(
        "remove", help="remove a case: everybody sees its reports", epilog="example: sayso cases remove leak"
    )
    for action in (adding, closing, opening, joining, leaving, removing):
        action.add_argument("case", metavar="CASE", help="its name")
    for action in (closing, opening):
        action.add_argument("reports", nargs="*", metavar="REPORT", help="their ids (r-…); - reads them, one a line")
    for name, said in _CONDITIONS.items():
        closing.add_argument(f"--{name}", help=said)
    for action in (joining, leaving):
        action.add_argument("user", metavar="USER", help="their name")
    for action in (adding, listing, closing, opening, joining, leaving, removing):
        ledger_argument(action)


def run(options: argparse.Namespace) -> int:
    """Do what `sayso cases` was told."""
    if options.action is None:
        raise SaysoError("sayso cases does nothing alone", "Add add, list, close, open, let-in, put-out or remove")
    with kept(options) as store:
        from sayso.web.accounts import cases
        from sayso.web.accounts.audit import COMMAND_LINE

        match options.action:
            case "add":
                team = [it.strip() for it in options.team.split(",") if it.strip()]
                cases.add(store, options.case, team, COMMAND_LINE)
                _told(f"there is a case {options.case}; close reports to it with sayso cases close")
            case "list":
                printed([asdict(it) for it in cases.all_cases(store)], options)
            case "close":
                _told(f"{_close(store, options)} more reports are closed to {options.case}")
            case "open":
                _told(f"{cases.open_again(store, options.case, _ids(options), COMMAND_LINE)} reports are open again")
            case "let-in":
                cases.let_in(store, options.case, options.user, COMMAND_LINE)
                _told(f"{options.user} is in the team of {options.case}")
            case "put-out":
                cases.put_out(store, options.case, options.user, COMMAND_LINE)
                _told(f"{options.user} is not in the team of {options.case}")
            case "remove":
                cases.remove(store, options.case, COMMAND_LINE)
                _told(f"the case {options.case} is removed")
    return 0


def _close(store: Store, options: argparse.Namespace) -> int:
    from sayso.ledger import Ledger, default_place
    from sayso.web.accounts import cases
    from sayso.web.accounts.audit import COMMAND_LINE
    from sayso.web.accounts.fitting import conditions, fitting

    asked = {name: value for name in _CONDITIONS if (value := getattr(options, name))}
    if bool(asked) == bool(options.reports):
        raise SaysoError("Which reports are to be closed is not clear", "Give their ids, or what they have to fit")
    with ExitStack() as open_:
        found: Iterable[str] = _ids(options)
        if asked:
            place = options.ledger or default_place()
            ledger = open_.enter_context(Ledger(place, files=options.files, create=False))
            found = fitting(ledger, *conditions(asked))
        return cases.close(store, options.case, found, COMMAND_LINE)


def _ids(options: argparse.Namespace) -> list[str]:
    if options.reports == ["-"]:
        return [line.strip() for line in sys.stdin if line.strip()]
    return [*options.reports]


def _told(what: str) -> None:
    print(f"sayso: {what}", file=sys.stderr)
