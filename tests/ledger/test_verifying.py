"""A single wrong byte anywhere is found."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, select
from sqlalchemy import text as sql

from sayso.errors import LedgerError
from sayso.ledger import Ledger, schema
from sayso.ledger.database import opened, reading, writing
from tests.ledger.stories import NEW, both, capture, decision, finding, put_in
from tests.ledger.stories import reading as story

_FLIPS = 100


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    ledger.add_readings([*both(), story(1), story(1, NEW)])
    ledger.add(capture(1), capture(2), read=False)
    put_in(ledger, finding(1), decision(1))
    return ledger


def _files(ledger: Ledger) -> Path:
    return ledger.rejects.with_name(ledger.rejects.name.replace(".rejects.jsonl", ".files"))


def test_a_sound_ledger_is_found_sound_with_every_span_read(full: Ledger) -> None:
    verdict = full.verify()
    assert verdict.problems == ()
    assert verdict.leftovers == ()
    assert verdict.checked["readings"] == 4
    assert verdict.checked["spans"] > 100
    assert (verdict.checked["findings"], verdict.checked["decisions"]) == (1, 1)


def test_each_of_many_flipped_bytes_is_found(full: Ledger, address: Callable[[Ledger], str]) -> None:
    luck = random.Random(20)
    missed = []
    places = [*_DATA, *schema.DERIVED, None]
    for turn in range(_FLIPS):
        table = places[turn % len(places)]
        undo = _flip_file(_files(full), luck) if table is None else _flip_row(address(full), table, luck)
        if full.verify().sound:
            missed.append((turn, table))
        undo()
    assert missed == []
    assert full.verify().sound


_DATA = (
    schema.texts, schema.readings, schema.reports, schema.captures, schema.readers, schema.snapshots, schema.findings,
    schema.decisions,
)  # fmt: skip


def _flip_file(folder: Path, luck: random.Random) -> Callable[[], None]:
    path = luck.choice(sorted(path for path in folder.rglob("*") if path.is_file()))
    whole = path.read_bytes()
    path.write_bytes(_flipped(whole, luck))

    def mend() -> None:
        path.write_bytes(whole)

    return mend


def _flipped(data: bytes, luck: random.Random) -> bytes:
    at = luck.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << luck.randrange(8))]) + data[at + 1 :]


def _flip_row(address: str, table: Table, luck: random.Random) -> Callable[[], None]:
    """Change one byte of one value of one row, as a failing disk would; what comes back mends it."""
    database = opened(address)
    while True:
        with reading(database) as connection:
            row = luck.choice(connection.execute(select(table)).all())._asdict()
        column = luck.choice([name for name in row if row[name] is not None])
        changed = row | {column: _other(row[column], luck)}
        with suppress(LedgerError), writing(database) as connection:  # another row may have the number it would get
            _exchange(connection, table, row, changed)
            break

    def mend() -> None:
        with writing(database) as again:
            _exchange(again, table, changed, row)
        database.engine.dispose()

    return mend


def _exchange(connection: Connection, table: Table, old: dict[str, object], new: dict[str, object]) -> None:
    keys = list(table.primary_key.columns)
    connection.execute(table.delete().where(*(column == old[column.name] for column in keys)))
    connection.execute(table.insert().values(new))


def _other(value: object, luck: random.Random) -> object:
    if isinstance(value, bytes | memoryview):
        return _flipped(bytes(value), luck)
    if isinstance(value, str):
        at = luck.randrange(len(value)) if value else 0
        return value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :] if value else "x"
    if isinstance(value, int):
        return value ^ (1 << luck.randrange(7))
    assert isinstance(value, float)
    return value + 0.125


def test_a_flipped_word_of_the_index_is_found(full: Ledger, address: Callable[[Ledger], str], kind: str) -> None:
    database = opened(address(full))
    with writing(database) as connection:
        if kind == "sqlite":
            connection.exec_driver_sql("INSERT INTO report_words(rowid, words) VALUES (99, 'weir')")
        else:
            connection.execute(sql("UPDATE report_words SET words = 'weir:1'::tsvector WHERE id = 1"))
    database.engine.dispose()
    assert [problem.kind for problem in full.verify().problems] == ["index"]


def test_a_lost_or_foreign_file_is_told(full: Ledger) -> None:
    folder = _files(full)
    lost = next(path for path in folder.rglob("*") if path.is_file())
    lost.unlink()
    (folder / "note.txt").write_text("not ours", encoding="utf-8")
    verdict = full.verify()
    assert [(problem.kind, problem.what) for problem in verdict.problems] == [("snapshot", "its file is gone")]
    assert verdict.leftovers == (folder / "note.txt",)


def test_bytes_flipped_in_the_file_of_sqlite_are_found(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with Ledger(path) as ledger:
        ledger.add_readings(both())
        database = opened(path)
        with writing(database) as connection:
            stored = [
                bytes(d)
                for t in (schema.texts, schema.readings)
                for d in connection.execute(select(t.c.data)).scalars()
            ]
        database.engine.dispose()
    whole = path.read_bytes()
    luck = random.Random(4)
    for turn in range(20):
        blob = stored[turn % len(stored)][:40]  # what follows may lie on another page
        at = whole.index(blob) + luck.randrange(len(blob))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << luck.randrange(8))]) + whole[at + 1 :])
        with Ledger(path) as ledger:
            assert not ledger.verify().sound
