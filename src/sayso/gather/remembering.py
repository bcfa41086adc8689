"""What a watch has to remember to go on where it stopped: a small SQLite file, whole after a kill at any moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sayso.errors import SaysoError
from sayso.gather.fetch.visitor import Validators

_VERSION: Final = 1
_TABLES: Final = """
CREATE TABLE feed (
    address TEXT PRIMARY KEY, due REAL NOT NULL, failures INTEGER NOT NULL,
    validated TEXT, etag TEXT, modified TEXT
) WITHOUT ROWID;
CREATE TABLE delivered (address TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (address, mark)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one feed: when to ask it next (Unix seconds), and how often it failed in a row."""

    due: float = 0.0
    failures: int = 0
    validators: Validators | None = None


class Memory:
    """The state of a watch, on disk. Every change is there for good when its call returns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def standing(self, address: str) -> Standing:
        """What is known of a feed."""
        query = "SELECT due, failures, validated, etag, modified FROM feed WHERE address = ?"
        row = self._connection.execute(query, (address,)).fetchone()
        if row is None:
            return Standing()
        due, failures, validated, etag, modified = row
        return Standing(due, failures, Validators(validated, etag, modified) if validated else None)

    def note(self, address: str, standing: Standing) -> None:
        """Put down what is known of a feed."""
        known = standing.validators
        values = (known.address, known.etag, known.modified) if known else (None, None, None)
        self._connection.execute(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?, ?)",
            (address, standing.due, standing.failures, *values),
        )

    def is_delivered(self, address: str, mark: str) -> bool:
        """Whether an item of a feed was delivered."""
        query = "SELECT 1 FROM delivered WHERE address = ? AND mark = ?"
        return self._connection.execute(query, (address, mark)).fetchone() is not None

    def note_delivered(self, address: str, mark: str) -> None:
        """Put down that an item of a feed was delivered."""
        self._connection.execute("INSERT OR IGNORE INTO delivered VALUES (?, ?)", (address, mark))


@contextmanager
def remembered(state: Path) -> Iterator[Memory]:
    """The memory in a file, made if there is none. Raises SaysoError if it is none, in use, or cannot be written."""
    try:
        state.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(state, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            _check(connection, state)
            connection.execute("COMMIT")
            yield Memory(connection)
    except sqlite3.Error as error:
        cure = "End the other watch on it, or choose another place"
        raise SaysoError(f"{state}: the watch cannot use this as its memory ({error})", cure) from error
    except OSError as error:
        raise SaysoError(f"{state}: cannot be written ({error.strerror})", "Choose another place for it") from error


def _check(connection: sqlite3.Connection, state: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == _VERSION:
        return
    if version or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise SaysoError(f"{state}: this is no memory of a watch, or one of another version", "Choose another place")
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {_VERSION}")
