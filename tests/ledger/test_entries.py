"""Findings and decisions are content: they move with a ledger, count in its digest, and are checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from sayso.errors import ArchiveBroken
from sayso.ledger import Ledger
from sayso.ledger.entries import KINDS, Entry, entries, entry
from tests.ledger.stories import both, capture, decision, finding, put_in

Make = Callable[[], Ledger]
ALL = (*map(finding, range(4)), *map(decision, range(3)))


def held(ledger: Ledger) -> list[Entry]:
    with ledger.looking() as connection:
        return [each for kind in KINDS for each in entries(connection, kind)]


def filled(ledger: Ledger) -> Ledger:
    ledger.add_readings(both())
    ledger.add(capture(1), read=False)
    put_in(ledger, *ALL)
    return ledger


def lines_of(path: Path) -> list[dict[str, Any]]:
    whole = zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read()
    return [msgspec.json.decode(line) for line in whole.splitlines()]


def write(path: Path, lines: list[dict[str, Any]]) -> None:
    lines[-1]["lines"] = len(lines) - 2
    path.write_bytes(zstandard.ZstdCompressor().compress(b"".join(msgspec.json.encode(each) + b"\n" for each in lines)))


def test_an_entry_is_put_in_once_and_told_in_the_order_of_ids(ledger: Ledger) -> None:
    before = ledger.digest()
    assert put_in(ledger, *ALL, finding(1, "elsewhere.json")) == len(ALL)
    assert put_in(ledger, *ALL) == 0
    assert held(ledger) == [*sorted(ALL[:4], key=lambda it: it.id), *sorted(ALL[4:], key=lambda it: it.id)]
    assert ledger.digest() != before


def test_an_archive_and_a_backup_hold_them(make: Make, tmp_path: Path) -> None:
    ours, theirs = filled(make()), make()
    moved = ours.export(tmp_path / "all.sayso")
    assert (moved.findings, moved.decisions) == (4, 3)
    assert theirs.import_(tmp_path / "all.sayso") == moved
    theirs.export(tmp_path / "again.sayso")
    assert (tmp_path / "again.sayso").read_bytes() == (tmp_path / "all.sayso").read_bytes()
    again = theirs.import_(tmp_path / "all.sayso")
    assert (again.reports, again.findings, again.decisions) == (0, 0, 0)
    ours.backup(tmp_path / "copy.db")
    with Ledger(tmp_path / "copy.db", create=False) as copy:
        for other in (theirs, copy):
            assert other.digest() == ours.digest()
            assert held(other) == held(ours)
            assert other.verify().problems == ()


def test_where_a_finding_came_from_is_no_part_of_what_a_ledger_holds(make: Make) -> None:
    ours, theirs = make(), make()
    put_in(ours, finding(1, "a.json"))
    put_in(theirs, finding(1, "b.json"))
    assert ours.digest() == theirs.digest()


def test_halves_joined_in_any_order_are_one(make: Make, tmp_path: Path) -> None:
    whole, left, right = make(), make(), make()
    put_in(whole, *ALL)
    put_in(left, *ALL[:5])
    put_in(right, *ALL[2:])
    left.export(tmp_path / "left.sayso")
    right.export(tmp_path / "right.sayso")
    left.import_(tmp_path / "right.sayso")
    right.import_(tmp_path / "left.sayso")
    assert left.digest() == right.digest() == whole.digest()


def test_an_archive_of_format_1_is_read(make: Make, tmp_path: Path) -> None:
    ours, theirs, plain = filled(make()), make(), make()
    plain.add_readings(both())
    plain.add(capture(1), read=False)
    ours.export(tmp_path / "new.sayso")
    lines = [line for line in lines_of(tmp_path / "new.sayso") if line["kind"] not in KINDS]
    write(tmp_path / "old.sayso", [{"kind": "ledger", "format": "sayso/ledger/1"}, *lines[1:]])
    moved = theirs.import_(tmp_path / "old.sayso")
    assert (moved.reports, moved.findings) == (3, 0)
    assert theirs.digest() == plain.digest()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_changed_or_forged_entry_is_refused(make: Make, tmp_path: Path) -> None:
    put_in(ours := make(), finding(1), decision(1))
    ours.export(tmp_path / "all.sayso")
    head, found, decided, end = lines_of(tmp_path / "all.sayso")
    no_claim = entry("finding", {"kind": "check"})
    flawed = (
        found | {"finding": found["finding"] | {"claim": "Weir 1 held."}},
        found | {"id": "f-0123456789abcdef"},
        {"kind": "finding", "id": no_claim.id, "finding": no_claim.values},
        found | {"origin": 1},
        decided | {"decision": [1]},
        {"kind": "decision", "id": decided["id"]},
        decided | {"kind": ["decision"]},
    )
    for n, line in enumerate(flawed):
        write(tmp_path / f"{n}.sayso", [head, line, end])
        with pytest.raises(ArchiveBroken, match="line 2"):
            make().import_(tmp_path / f"{n}.sayso")


def test_a_lone_surrogate_is_not_taken() -> None:
    with pytest.raises(UnicodeEncodeError):
        entry("decision", {"why": "\ud800"})
