"""A new ledger gets the tables as they are now; an older one is brought up to them, step by step, when it is opened.

A release that changes the tables raises the version by adding a step here, which turns the tables of the version before
into its own. Steps are never changed once released.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, select

from sayso.errors import LedgerMissing, LedgerNewer
from sayso.ledger import derived, fulltext
from sayso.ledger.database import Database, outside, patiently, writing
from sayso.ledger.entries import quote_again
from sayso.ledger.schema import FIRST_VERSION, meta, tables

Step = Callable[[Connection], None]
_APPLICATION: Final = 0x53617973  # "Says": how SQLite's file tells whose it is


def _quotes_and_claims(connection: Connection) -> None:
    """To version 2: what decisions quote is noted, and claims are kept with their days, so reports are traced anew."""
    tables.create_all(connection)
    quote_again(connection)
    derived.renew(connection)


STEPS: Final[Sequence[Step]] = (_quotes_and_claims,)  # the first takes a ledger from version 1 to 2


def prepare(database: Database, steps: Sequence[Step] = STEPS, *, create: bool = True) -> None:
    """Make the tables where there are none, and bring older ones up to date.

    Raises LedgerNewer on a ledger of a later version, LedgerMissing where there is none and none is to be made.
    """
    if _version_now(database) == FIRST_VERSION + len(steps):
        return
    if database.path is not None:
        if not database.path.exists() and not create:
            raise LedgerMissing(database.name, "there is no ledger", "Make one with sayso add, or name another")
        _make_file(database, database.path)
    with writing(database) as connection:
        version = _version(connection)
        if version is None:
            _create(database, connection, len(steps), create=create)
            return
        if version > FIRST_VERSION + len(steps):
            problem = f"a newer version of Sayso wrote it (version {version} of its tables)"
            raise LedgerNewer(database.name, problem, "Upgrade Sayso; nothing was changed")
        for step in steps[version - FIRST_VERSION :]:
            step(connection)
        connection.execute(meta.update().where(meta.c.key == "version").values(value=str(FIRST_VERSION + len(steps))))


def _version_now(database: Database) -> int | None:
    """The version of the tables, without waiting for writers; None where there is no ledger yet."""
    if database.path is not None and not database.path.exists():
        return None
    with outside(database) as connection:
        return _version(connection)


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table("meta"):
        return None
    found = connection.execute(select(meta.c.value).where(meta.c.key == "version")).scalar()
    return int(found) if found is not None and found.isdecimal() else None


def _make_file(database: Database, path: Path) -> None:
    """Make the file of a new ledger, in the mode in which readers and a writer do not wait for one another."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerMissing(database.name, f"its folder cannot be made ({error.strerror})", "Choose another") from error
    if not path.exists() or not path.stat().st_size:
        patiently(database, lambda: _write_ahead(database))


def _write_ahead(database: Database) -> None:
    with outside(database) as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def _create(database: Database, connection: Connection, steps: int, *, create: bool) -> None:
    if not create:
        raise LedgerMissing(database.name, "there is no ledger", "Make one with sayso add, or name another")
    if inspect(connection).get_table_names():
        problem = "it is a database of something else"
        raise LedgerMissing(database.name, problem, "Name another place; nothing was changed")
    tables.create_all(connection)
    fulltext.create(connection)
    derived.create(connection)
    connection.execute(meta.insert().values(key="version", value=str(FIRST_VERSION + steps)))
    if database.embedded:
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")
