"""Connections to SQLite and PostgreSQL, and the two kinds of transaction a ledger has: one that reads, one that writes.

Writers go one after another on both: SQLite has one write lock, on PostgreSQL an advisory lock stands for it. So a
writer may look what is there and then add what is not. Readers see the state at their start and wait for nobody.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from sayso.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerMissing, LedgerSlow, LedgerUnwritable
from sayso.ledger import cutting

_BUSY_SECONDS: Final = 5  # how long SQLite itself waits for a lock; then we wait and try again
_PATIENCE_SECONDS: Final = 300
_WRITERS: Final = 0x5A1150  # the advisory lock of the writers on PostgreSQL
_BUSY_CODES: Final = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_BUSY_RECOVERY", "SQLITE_BUSY_SNAPSHOT"})
_CUT_CODES: Final = frozenset({"SQLITE_INTERRUPT", "57014"})
_Result = TypeVar("_Result")
_CURE: Final = "What was acknowledged is whole: make room or mend it, and do the same again"


class View(Protocol):
    """How a database is looked at, where not all of it is shown."""

    def prepare(self, connection: Connection) -> None:
        """Make a connection ready, before a transaction that reads begins on it."""

    def stands(self, connection: Connection) -> bool:
        """Whether it is still right, as the transaction that has begun sees the database."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `name` is what messages call it, `path` its file where it has one."""

    engine: Engine
    name: str
    path: Path | None
    view: View | None = None

    @property
    def embedded(self) -> bool:
        """Whether it is a file of SQLite."""
        return self.path is not None


def opened(place: str | Path) -> Database:
    """The database at a path or address; nothing is read yet. Raises LedgerMissing on an address that is none."""
    if isinstance(place, str) and "://" in place:
        return _server(place)
    path = Path(place).absolute()
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": _BUSY_SECONDS, "isolation_level": None},
        max_overflow=-1,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    cutting.listen(engine)
    return Database(engine, str(place), path)


def _server(address: str) -> Database:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise LedgerMissing(address, "this is no address of a database", "Write postgresql://user@host/name") from error
    name = url.render_as_string(hide_password=True)
    if url.get_backend_name() != "postgresql":
        raise LedgerMissing(name, "ledgers are kept in SQLite and PostgreSQL", "Give a path, or postgresql://…")
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            isolation_level="REPEATABLE READ",
            max_overflow=-1,
            hide_parameters=True,
        )
    except ImportError as error:
        raise LedgerMissing(name, "psycopg is not installed", "pip install 'sayso[postgres]'") from error
    return Database(engine, name, None)


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    for pragma in ("synchronous = FULL", "secure_delete = ON", "cache_size = -16000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if kind := connection.get_execution_options().get("sayso_begins", "DEFERRED"):
        connection.exec_driver_sql(f"BEGIN {kind}")


@contextmanager
def reading(database: Database) -> Iterator[Connection]:
    """A transaction that only reads and sees one state of the ledger. Raises LedgerError."""
    with _translated(database):
        connection = patiently(database, lambda: _begun(database, {"postgresql_readonly": True}, _first_look))
        try:
            cutting.bound(connection)
            yield connection
        finally:
            cutting.unbound(connection)
            connection.close()


@contextmanager
def writing(database: Database) -> Iterator[Connection]:
    """A transaction that writes, alone; it is kept when the block ends well, and was never there when not.

    Raises LedgerError.
    """
    with _translated(database):
        connection = patiently(database, lambda: _begun(database, {"sayso_begins": "IMMEDIATE"}, _alone))
        try:
            yield connection
            connection.commit()
        finally:
            connection.close()


@contextmanager
def outside(database: Database) -> Iterator[Connection]:
    """A connection without a transaction, for what cannot be done in one. Raises LedgerError."""
    with _translated(database), database.engine.connect() as connection:
        if database.embedded:
            yield connection.execution_options(sayso_begins="")
        else:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


def _begun(database: Database, options: dict[str, Any], first: Callable[[Connection], None]) -> Connection:
    if not database.embedded and "sayso_begins" in options:
        options = options | {"isolation_level": "READ COMMITTED"}  # what the writer before us wrote has to be seen
    connection = database.engine.connect().execution_options(**options)
    try:
        if database.view is not None:
            database.view.prepare(connection)
        connection.begin()
        first(connection)
        while database.view is not None and not database.view.stands(connection):
            connection.rollback()
            database.view.prepare(connection)
            connection.begin()
            first(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _first_look(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT 1 FROM meta" if connection.dialect.name == "sqlite" else "SELECT 1")


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def patiently(database: Database, attempt: Callable[[], _Result]) -> _Result:
    """What the attempt gives, tried again while others hold the ledger. Raises LedgerBusy after five minutes."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return attempt()
        except (DBAPIError, LedgerBusy) as error:
            if isinstance(error, DBAPIError) and not _busy(error):
                raise
            if time.monotonic() > until:
                problem = f"others have kept it to themselves for {_PATIENCE_SECONDS} seconds"
                raise LedgerBusy(database.name, problem, "Try again when they are done") from error
        time.sleep(random.uniform(0.005, 0.1))


def _busy(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlite_errorname", "") in _BUSY_CODES


@contextmanager
def _translated(database: Database) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        _raise(database, error)
    except SQLAlchemyError as error:
        raise LedgerError(database.name, f"the database cannot do this ({error})") from error


def _raise(database: Database, error: DBAPIError) -> NoReturn:
    name, said = database.name, str(error.orig).strip().splitlines()[0] if error.orig else str(error)
    code = str(getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "") or "")
    if code in _CUT_CODES:
        raise LedgerSlow(
            name, "this question takes longer than it may", "Narrow it by outlet, days or rarer words"
        ) from error
    if _busy(error):
        raise LedgerBusy(name, "others keep it to themselves", "Try again when they are done") from error
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002")):
        raise LedgerDamaged(name, f"it is no ledger, or damaged ({said})", "Get it back from a backup") from error
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "53100", "58030", "25006", "42501")):
        raise LedgerUnwritable(name, f"it cannot be written ({said})", _CURE) from error
    if code.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "3D000", "28")) or (not database.embedded and not code):
        raise LedgerMissing(name, f"it cannot be opened ({said})", "Check the place and its permissions") from error
    raise LedgerError(name, f"the database cannot do this ({said})") from error
