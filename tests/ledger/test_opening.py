"""Opening a ledger: older ones are brought up to date, and what cannot be opened is left alone and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from sayso.errors import LedgerDamaged, LedgerMissing, LedgerNewer
from sayso.ledger import Ledger
from sayso.ledger.migrations import STEPS
from tests.ledger.stories import both


def _next_release(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE next_release (word TEXT)")


def test_an_older_ledger_is_brought_up_to_date_and_then_refused_by_the_older_version(
    make: Callable[[], Ledger], address: Callable[[Ledger], str], tmp_path: Path
) -> None:
    ledger = make()
    ledger.add_readings(both())
    digest, place, files = ledger.digest(), address(ledger), tmp_path / "l.files"
    with Ledger(place, files=files, steps=(*STEPS, _next_release)) as newer:
        assert newer.digest() == digest
    with Ledger(place, files=files, steps=(*STEPS, _next_release)) as again:
        assert again.digest() == digest
    with pytest.raises(LedgerNewer, match="newer version"):
        Ledger(place, files=files)


def test_what_is_no_ledger_is_left_as_it_is(tmp_path: Path) -> None:
    text, other, empty = tmp_path / "notes.txt", tmp_path / "other.db", tmp_path / "none.db"
    text.write_text("precious " * 100, encoding="utf-8")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE precious (word TEXT)")
    before = text.read_bytes(), other.read_bytes()
    with pytest.raises(LedgerDamaged):
        Ledger(text)
    with pytest.raises(LedgerMissing, match="something else"):
        Ledger(other)
    with pytest.raises(LedgerMissing, match="no ledger"):
        Ledger(empty, create=False)
    assert (text.read_bytes(), other.read_bytes()) == before
    assert not empty.exists()


@pytest.mark.parametrize(
    "place", ["mysql://x/y", "postgresql://", "nonsense://", "postgresql://u:secret@127.0.0.1:1/x"]
)
def test_an_address_that_leads_nowhere_is_named_without_its_password(place: str) -> None:
    with pytest.raises(LedgerMissing) as error:
        Ledger(place)
    assert "secret" not in str(error.value)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LedgerMissing):
        Ledger(tmp_path / "file" / "l.db")
