"""`sayso users`: who may log in to the desk of a ledger."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from getpass import getpass
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from sayso.cli.adding import ledger_argument
from sayso.errors import SaysoError
from sayso.share.visible import one_line

if TYPE_CHECKING:
    from sayso.web.accounts.store import Store

_ROLES: Final = ("reader", "reviewer", "editor", "admin")
_INSTALL: Final = "Install it: pip install 'sayso[desk]'"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare the actions and their options."""
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    adding = actions.add_parser(
        "add", help="add somebody; the first one is an admin",
        epilog="example: sayso users add ida --role editor --ledger news.db",
    )  # fmt: skip
    listing = actions.add_parser("list", help="the users there are", epilog="example: sayso users list --json")
    role = actions.add_parser("role", help="give somebody another role", epilog="example: sayso users role ida admin")
    password = actions.add_parser(
        "password", help="give somebody another password, and log them out", epilog="example: sayso users password ida"
    )
    removing = actions.add_parser("remove", help="remove somebody", epilog="example: sayso users remove ida")
    audit = actions.add_parser(
        "audit", help="what was done with accounts, latest first", epilog="example: sayso users audit --limit 20"
    )
    for action in (adding, role, password, removing):
        action.add_argument("name", metavar="NAME", help="small letters, digits, . _ - @")
    adding.add_argument("--role", choices=_ROLES, default="reader", help="what they may do (default: reader)")
    role.add_argument("role", choices=_ROLES, help="what they may do")
    for action in (adding, password):
        action.add_argument(
            "--generate", action="store_true", help="make up a password and show it once, instead of asking for one"
        )
    for action in (listing, audit):
        action.add_argument("--json", action="store_true", help="one JSON object a line")
    audit.add_argument("--limit", type=int, default=100, metavar="N", help="how many (default: 100)")
    for action in (adding, listing, role, password, removing, audit):
        ledger_argument(action)


def run(options: argparse.Namespace) -> int:
    """Do what `sayso users` was told."""
    actions: dict[str, Callable[[Store, argparse.Namespace], None]] = {
        "add": _add, "list": _list, "role": _role, "password": _password, "remove": _remove, "audit": _audit,
    }  # fmt: skip
    if options.action is None:
        raise SaysoError("sayso users does nothing alone", "Add add, list, role, password, remove or audit")
    with (_made if options.action == "add" else kept)(options) as store:
        actions[options.action](store, options)
    return 0


@contextmanager
def kept(options: argparse.Namespace) -> Iterator[Store]:
    """The accounts of the ledger that is meant. Raises SaysoError where it has none."""
    found = _accounts().found(_place(options))
    if found is None:
        raise SaysoError(f"{_place(options)} has no accounts", "Begin with an admin: sayso users add NAME --role admin")
    with closing(found):
        yield found


@contextmanager
def _made(options: argparse.Namespace) -> Iterator[Store]:
    """The accounts of the ledger that is meant, begun where there are none. Raises SaysoError."""
    from sayso.ledger import Ledger

    accounts = _accounts()
    Ledger(_place(options), files=options.files, create=False).close()
    with closing(accounts.made(_place(options))) as store:
        yield store


def _accounts() -> ModuleType:
    try:
        from sayso.web.accounts import store
    except ImportError as error:
        raise SaysoError(f"Accounts need a library that is not installed ({error.name})", _INSTALL) from error
    return store


def _place(options: argparse.Namespace) -> str:
    from sayso.ledger import default_place

    return str(options.ledger or default_place())


def printed(rows: Iterable[dict[str, Any]], options: argparse.Namespace) -> None:
    """Print rows, as JSON or as lines."""
    for row in rows:
        line = "  ".join(one_line(_cell(it)) for it in row.values())
        print(json.dumps(row, ensure_ascii=False) if options.json else line)


def _cell(value: Any) -> str:  # noqa: ANN401 - JSON
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)


def _add(store: Store, options: argparse.Namespace) -> None:
    from sayso.web.accounts import users
    from sayso.web.accounts.audit import COMMAND_LINE
    from sayso.web.accounts.roles import Role

    is_first = not users.all_users(store)
    if is_first and options.role != "admin":
        raise SaysoError("The first user has to be an admin", "Add --role admin")
    users.add(store, options.name, Role(options.role), _chosen(options), COMMAND_LINE)
    print(f"sayso: {options.name} may log in as {options.role}", file=sys.stderr)
    if is_first:
        print("sayso: from its next start on, sayso serve lets in only who logs in", file=sys.stderr)


def _list(store: Store, options: argparse.Namespace) -> None:
    from sayso.web.accounts import users

    printed([asdict(it) for it in users.all_users(store)], options)


def _role(store: Store, options: argparse.Namespace) -> None:
    from sayso.web.accounts import users
    from sayso.web.accounts.audit import COMMAND_LINE
    from sayso.web.accounts.roles import Role

    users.give_role(store, options.name, Role(options.role), COMMAND_LINE)
    print(f"sayso: {options.name} has the role {options.role} now", file=sys.stderr)


def _password(store: Store, options: argparse.Namespace) -> None:
    from sayso.web.accounts import users
    from sayso.web.accounts.audit import COMMAND_LINE

    users.give_password(store, options.name, _chosen(options), COMMAND_LINE)
    print(f"sayso: {options.name} has another password, and is logged out everywhere", file=sys.stderr)


def _remove(store: Store, options: argparse.Namespace) -> None:
    from sayso.web.accounts import users
    from sayso.web.accounts.audit import COMMAND_LINE

    users.remove(store, options.name, COMMAND_LINE)
    print(f"sayso: {options.name} is removed, with sessions and tokens", file=sys.stderr)


def _audit(store: Store, options: argparse.Namespace) -> None:
    from sayso.web.accounts import audit

    printed([asdict(it) for it in audit.latest(store, max(0, options.limit))], options)


def _chosen(options: argparse.Namespace) -> str:
    """A password made up, or asked for twice on the terminal, or the first line of what is piped in."""
    from sayso.web.accounts.passwords import checked, generated

    if options.generate:
        made = generated()
        print(made)
        return made
    if not sys.stdin.isatty():
        return checked(sys.stdin.readline().rstrip("\r\n"), options.name)
    first = checked(getpass("Password: "), options.name)
    if getpass("Again: ") != first:
        raise SaysoError("The password was not the same twice", "Try again, or let --generate make one up")
    return first
