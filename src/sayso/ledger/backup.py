"""A second ledger with the same contents, a file of SQLite, made while others write."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import select

from sayso.errors import LedgerDamaged, LedgerUnwritable
from sayso.ledger import schema, snapshots
from sayso.ledger.database import Database, opened, reading
from sayso.ledger.kept import a_few
from sayso.ledger.place import Place

_TRIES: Final = 5


def copy_database(place: Place, path: Path, files: Path) -> None:
    """Copy the database of SQLite and its snapshots to a place where nothing is yet. Raises LedgerError.

    The database comes first: what it names has been written. What is deleted on request while the snapshots are
    copied is not to be kept in a copy either, so that the copy is then begun again.
    """
    if path.exists():
        raise LedgerUnwritable(str(path), "there is something already", "Choose another place")
    draft = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(_TRIES):
            _copy_rows(place, draft)
            if _copy_files(place, draft, files):
                os.replace(draft, path)
                place.disk.settle(path.parent)
                return
    except OSError as error:
        raise LedgerUnwritable(str(path), f"it cannot be written ({error.strerror})", "Choose another place") from error
    finally:
        draft.unlink(missing_ok=True)
    raise LedgerDamaged(place.name, "snapshots are missing", "See sayso verify")


def _copy_rows(place: Place, draft: Path) -> None:
    assert place.database.path is not None
    draft.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(place.database.path, timeout=60)) as ours,
            closing(sqlite3.connect(draft)) as theirs,
        ):
            ours.backup(theirs)
            theirs.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise LedgerUnwritable(str(draft), f"it cannot be written ({error})", "Choose another place") from error
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _copy_files(place: Place, draft: Path, files: Path) -> bool:
    """Whether every snapshot that the copied rows name could be copied."""
    copy: Database = opened(draft)
    try:
        with reading(copy) as connection:
            for row in a_few(connection, select(schema.snapshots.c.digest)):
                source, target = (snapshots.path_of(folder, bytes(row.digest)) for folder in (place.files, files))
                if target.exists():
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(target.name + ".new")
                try:
                    shutil.copyfile(source, part)
                except FileNotFoundError:
                    return False
                with part.open("rb") as file:
                    os.fsync(file.fileno())
                os.replace(part, target)
    finally:
        copy.engine.dispose()
    return True
