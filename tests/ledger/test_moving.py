"""Archives and copies hold everything, also between databases and while others write."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from sayso.errors import ArchiveBroken, LedgerUnwritable
from sayso.ledger import Ledger
from tests.ledger.stories import NEW, both, capture, reading

Make = Callable[[], Ledger]


def _filled(ledger: Ledger) -> Ledger:
    ledger.add_readings([*both(), reading(1), reading(1, NEW), reading(2)])
    ledger.add(*(capture(n) for n in range(4)), read=False)
    first = next(iter(ledger.reports()))
    ledger.forget(first.id, "order 7/26", "R. Meer")
    return ledger


def test_an_archive_makes_the_same_ledger_again(make: Make, tmp_path: Path) -> None:
    ours, theirs = _filled(make()), make()
    moved = ours.export(tmp_path / "all.sayso")
    assert (moved.reports, moved.readings, moved.tombstones) == (7, 5, 1)
    assert theirs.import_(tmp_path / "all.sayso") == moved
    assert theirs.digest() == ours.digest()
    assert theirs.verify().sound
    theirs.export(tmp_path / "again.sayso")
    assert (tmp_path / "again.sayso").read_bytes() == (tmp_path / "all.sayso").read_bytes()
    assert theirs.import_(tmp_path / "all.sayso").reports == 0


def test_a_ledger_moves_from_one_database_to_the_other(make: Make, tmp_path: Path) -> None:
    ours = _filled(make())
    ours.export(tmp_path / "all.sayso")
    with Ledger(tmp_path / "other.db") as other:
        other.import_(tmp_path / "all.sayso")
        assert other.digest() == ours.digest()
        assert list(other.reports()) == list(ours.reports())
        assert [f.item for f in other.statements()] == [f.item for f in ours.statements()]


def test_a_damaged_or_cut_archive_is_refused_and_what_was_whole_is_in(make: Make, tmp_path: Path) -> None:
    _filled(make()).export(tmp_path / "all.sayso")
    whole = zstandard.ZstdDecompressor().stream_reader((tmp_path / "all.sayso").read_bytes()).read()
    lines = whole.splitlines(keepends=True)
    flawed = {
        "cut": b"".join(lines[:-1]),
        "short": b"".join([*lines[:4], lines[-1]]),
        "torn": whole[: len(whole) // 2],
        "changed": whole.replace(b"report number 1 ", b"report number 9 "),
        "other": b'{"kind": "ledger", "format": "sayso/ledger/99"}\n',
        "empty": b"",
    }
    for name, data in flawed.items():
        (tmp_path / name).write_bytes(zstandard.ZstdCompressor().compress(data))
    (tmp_path / "bytes").write_bytes((tmp_path / "all.sayso").read_bytes()[:-50])
    (tmp_path / "plain").write_bytes(whole)
    ledger = make()
    for name in (*flawed, "bytes", "plain", "missing"):
        with pytest.raises(ArchiveBroken):
            ledger.import_(tmp_path / name)
        assert ledger.verify().sound, name


def test_a_backup_is_whole_while_others_write(make: Make, tmp_path: Path) -> None:
    ledger = make()
    ledger.add_readings(both())
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            ledger.add(capture(number), read=False)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(3):
            ledger.backup(tmp_path / f"copy-{turn}.db")
    finally:
        stop.set()
        writer.join()
    for turn in range(3):
        with Ledger(tmp_path / f"copy-{turn}.db", create=False) as copy:
            assert copy.verify().problems == ()
    ledger.backup(tmp_path / "last.db")
    with Ledger(tmp_path / "last.db") as copy:
        assert copy.digest() == ledger.digest()


def test_a_backup_writes_over_nothing(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("precious", encoding="utf-8")
    with pytest.raises(LedgerUnwritable):
        ledger.backup(tmp_path / "there.db")
    assert (tmp_path / "there.db").read_text(encoding="utf-8") == "precious"
