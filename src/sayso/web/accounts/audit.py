"""What was done with accounts and cases: who, when, what, from where. Nothing of it is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from sayso.web.accounts.store import Store, looking
from sayso.web.accounts.tables import entries


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and from which address; the command line has none."""

    who: str
    address: str = ""


COMMAND_LINE = By("command line")


@dataclass(frozen=True, slots=True)
class Entry:
    """That somebody did something at a time (UTC, ISO 8601)."""

    at: str
    who: str
    what: str
    about: str
    address: str


def note(connection: Connection, now: int, by: By, what: str, about: str = "") -> None:
    """Keep an entry, in the transaction in which it was done."""
    connection.execute(entries.insert().values(at=now, who=by.who, what=what, about=about, address=by.address))


def latest(store: Store, most: int) -> tuple[Entry, ...]:
    """The latest entries, latest first."""
    query = select(entries).order_by(entries.c.number.desc()).limit(most)
    with looking(store) as connection:
        return tuple(
            Entry(moment(row.at), row.who, row.what, row.about, row.address) for row in connection.execute(query)
        )


def moment(seconds: int) -> str:
    """A time as it is written (UTC, ISO 8601)."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
