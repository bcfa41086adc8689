"""One process at a time for what would be wasted if two did it at once; whoever waits finds it done.

On SQLite the turn is a lock on an empty database of its own beside the ledger, on PostgreSQL an advisory lock. Both are
let go of when the process dies. The ledger itself stays free for readers and writers.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sayso.errors import LedgerBusy, LedgerUnwritable
from sayso.ledger.database import Database, outside

_FOLLOWERS: Final = 0x5A1151  # the advisory lock on PostgreSQL
_PATIENCE_SECONDS: Final = 300.0
_PAUSE_SECONDS: Final = 0.05


@contextmanager
def turn(database: Database, progress: Callable[[], object]) -> Iterator[None]:
    """Wait until nobody else has the turn, and have it to the end of the block.

    Raises LedgerBusy after five minutes in which `progress` has not changed.
    """
    with _held_beside(database, database.path, progress) if database.path else _held_on_server(database, progress):
        yield


@contextmanager
def _held_beside(database: Database, path: Path, progress: Callable[[], object]) -> Iterator[None]:
    place = path.with_name(path.name + ".turn")
    try:
        with closing(sqlite3.connect(place, timeout=0, isolation_level=None)) as connection:
            _wait(database, progress, lambda: _locked(connection))
            yield
    except sqlite3.Error as error:
        raise LedgerUnwritable(
            str(place), f"it cannot be locked ({error})", "Check the folder's permissions"
        ) from error


def _locked(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_BUSY":
            return False
        raise
    return True


@contextmanager
def _held_on_server(database: Database, progress: Callable[[], object]) -> Iterator[None]:
    ask = f"SELECT pg_try_advisory_lock({_FOLLOWERS})"
    with outside(database) as connection:
        _wait(database, progress, lambda: bool(connection.exec_driver_sql(ask).scalar_one()))
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_FOLLOWERS})")


def _wait(database: Database, progress: Callable[[], object], attempt: Callable[[], bool]) -> None:
    last, until = progress(), time.monotonic() + _PATIENCE_SECONDS
    while not attempt():
        if (now := progress()) != last:
            last, until = now, time.monotonic() + _PATIENCE_SECONDS
        if time.monotonic() > until:
            problem = f"another process has been tracing for {_PATIENCE_SECONDS:.0f} seconds without getting on"
            raise LedgerBusy(database.name, problem, "Try again when it is done, or end it")
        time.sleep(_PAUSE_SECONDS)
