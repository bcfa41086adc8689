"""`sayso tokens`: what lets programs into the API of a desk with accounts."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import Final

from sayso.cli.adding import ledger_argument
from sayso.cli.users import kept, printed
from sayso.errors import SaysoError

_SCOPES: Final = ("read", "review", "write", "admin")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare the actions and their options."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    adding = actions.add_parser(
        "add", help="make a token for somebody, and show it once",
        epilog="example: sayso tokens add ida --name 'weekly export' --scope read --days 30",
    )  # fmt: skip
    adding.add_argument("user", metavar="USER", help="whose it is: it may do no more than they may")
    adding.add_argument("--name", required=True, help="what it is for")
    adding.add_argument("--scope", choices=_SCOPES, default="read", help="what it may be used for (default: read)")
    adding.add_argument("--days", type=int, default=90, metavar="N", help="how long it lasts (default: 90)")
    listing = actions.add_parser("list", help="the tokens there are", epilog="example: sayso tokens list ida --json")
    listing.add_argument("user", nargs="?", metavar="USER", help="whose (default: everybody's)")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    removing = actions.add_parser(
        "revoke", help="take a token back", epilog="example: sayso tokens revoke t-0a1b2c3d4e5f"
    )
    removing.add_argument("token", metavar="TOKEN", help="its id (t-…), from the list")
    for action in (adding, listing, removing):
        ledger_argument(action)


def run(options: argparse.Namespace) -> int:
    """Do what `sayso tokens` was told."""
    if options.action is None:
        raise SaysoError("sayso tokens does nothing alone", "Add add, list or revoke; --help shows how")
    with kept(options) as store:
        from sayso.web.accounts import tokens
        from sayso.web.accounts.audit import COMMAND_LINE
        from sayso.web.accounts.roles import Scope

        match options.action:
            case "add":
                print(tokens.make(store, options.user, options.name, Scope(options.scope), options.days, COMMAND_LINE))
                print("sayso: this token is shown this once", file=sys.stderr)
            case "list":
                printed([asdict(it) for it in tokens.all_tokens(store, options.user)], options)
            case "revoke":
                tokens.revoke(store, options.token, COMMAND_LINE)
                print(f"sayso: {options.token} is revoked", file=sys.stderr)
    return 0
