"""How long one question to the database may take, where that is bounded: then it is cut, and LedgerSlow is raised.

On SQLite it is counted in time of the processor, in which no waiting for others counts; PostgreSQL counts for itself.
Only transactions that read are cut.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

_SECONDS: Final[ContextVar[float | None]] = ContextVar("sayso_seconds", default=None)
_KEY: Final = "sayso seconds"
_STEPS: Final = 20_000  # of SQLite's machine between two looks at the clock: some milliseconds


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let each question of the transactions that begin in this block, and read, take so many seconds and no more."""
    before = _SECONDS.set(seconds)
    try:
        yield
    finally:
        _SECONDS.reset(before)


def listen(engine: Engine) -> None:
    """Let questions to a database of SQLite be cut."""
    event.listen(engine, "before_cursor_execute", _begin)


def bound(connection: Connection) -> None:
    """Bound the questions of a transaction that reads, if they are to be."""
    seconds = _SECONDS.get()
    if seconds is None:
        return
    if connection.dialect.name == "sqlite":
        connection.info[_KEY] = seconds
    else:
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {round(seconds * 1000)}")


def unbound(connection: Connection) -> None:
    """Bound the questions of a connection no longer."""
    if connection.info.pop(_KEY, None) is not None:
        _driver(connection).set_progress_handler(None, 0)


def _begin(connection: Connection, *_: object) -> None:
    seconds = connection.info.get(_KEY)
    if seconds is not None:
        until = time.thread_time() + seconds
        _driver(connection).set_progress_handler(lambda: time.thread_time() > until, _STEPS)


def _driver(connection: Connection) -> Any:  # noqa: ANN401 - a connection of sqlite3
    return connection.connection.dbapi_connection
