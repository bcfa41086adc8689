"""Where accounts are kept: for SQLite a file of their own beside the ledger, on PostgreSQL tables of their own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from sayso.errors import AccountsError
from sayso.ledger.database import opened
from sayso.web.accounts.passwords import STRONG, Cost
from sayso.web.accounts.tables import VERSION, meta, tables, users

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Store:
    """The open accounts of a ledger. `cost` is what hashing a new password takes, `clock` tells the time (UTC)."""

    engine: Engine
    name: str
    cost: Cost = STRONG
    clock: Clock = time.time

    @property
    def now(self) -> int:
        """The time in seconds."""
        return int(self.clock())

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def file_beside(place: str | Path) -> Path | None:
    """The file of the accounts of a ledger at a path; None where it is an address, whose database has them too."""
    if isinstance(place, str) and "://" in place:
        return None
    path = Path(place).absolute()
    return path.with_name(path.name + ".accounts.db")


def found(place: str | Path) -> Store | None:
    """The accounts of a ledger; None where there are none, so that nobody has to log in. Raises AccountsError."""
    path = file_beside(place)
    if path is not None and not path.exists():
        return None
    store = _opened(place, path)
    try:
        with looking(store) as connection:
            is_there = inspect(connection).has_table(meta.name)
            kept = connection.execute(select(meta.c.value).where(meta.c.key == "version")).scalar() if is_there else ""
            anybody = is_there and connection.execute(select(users.c.name).limit(1)).first() is not None
        if kept not in ("", VERSION):
            raise AccountsError(store.name, "they were written by a newer version of Sayso", "Use that version")
    except BaseException:
        store.close()
        raise
    if anybody:
        return store
    store.close()
    return None


def made(place: str | Path, cost: Cost = STRONG, clock: Clock = time.time) -> Store:
    """The accounts of a ledger, with their tables made where there are none. Raises AccountsError."""
    path = file_beside(place)
    if path is not None:
        _private(path)
    store = _opened(place, path, cost, clock)
    with changing(store) as connection:
        tables.create_all(connection)
        version = connection.execute(select(meta.c.value).where(meta.c.key == "version")).scalar()
        if version is None:
            connection.execute(meta.insert().values(key="version", value=VERSION))
    if version not in (None, VERSION):
        store.close()
        raise AccountsError(store.name, "they were written by a newer version of Sayso", "Use that version")
    return store


@contextmanager
def looking(store: Store) -> Iterator[Connection]:
    """A transaction that only reads. Raises AccountsError."""
    with _translated(store), store.engine.connect() as connection:
        yield connection


@contextmanager
def changing(store: Store) -> Iterator[Connection]:
    """A transaction that is kept when the block ends well, and was never there when not. Raises AccountsError."""
    with _translated(store), store.engine.connect() as plain:
        if plain.dialect.name == "sqlite":
            connection = plain.execution_options(sayso_begins="IMMEDIATE")
        else:
            connection = plain.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            yield connection


def _opened(place: str | Path, path: Path | None, cost: Cost = STRONG, clock: Clock = time.time) -> Store:
    database = opened(place if path is None else path)
    return Store(database.engine, f"the accounts of {database.name}" if path is None else str(path), cost, clock)


def _private(path: Path) -> None:
    """Make an empty file that nobody else may read, where there is none."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        problem = f"the file cannot be made ({error.strerror})"
        raise AccountsError(str(path), problem, "Check the folder's permissions") from error


@contextmanager
def _translated(store: Store) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
        raise AccountsError(store.name, f"the database cannot do this ({said})", "Try again") from error
