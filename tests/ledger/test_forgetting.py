"""What is deleted on request is gone to the last byte, and stays away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import NotInLedger, NotTaken
from sayso.ledger import Ledger
from tests.ledger.stories import both, capture, reading

Make = Callable[[], Ledger]


def _secret() -> str:
    return "xylograph quillwort"


def _told(ledger: Ledger) -> str:
    """Add a report with rare words, and give its id."""
    given = capture(3)
    report = replace(given.report, text=f"The {_secret()} is kept here.", title="Xylograph")
    ledger.add(replace(given, report=report, data=f"<p>The {_secret()} is kept here.".encode() * 3), read=False)
    [hit] = ledger.search(_secret()).hits
    return hit.report.id


def test_nothing_is_left_but_a_tombstone(ledger: Ledger) -> None:
    ledger.add_readings(both())
    before = ledger.digest()
    id_ = _told(ledger)
    done = ledger.forget(id_, "order 7/26", "R. Meer")
    assert done.swept
    assert ledger.search(_secret()).total == 0
    with pytest.raises(NotInLedger, match="deleted on request"):
        ledger.report(id_)
    [stone] = ledger.tombstones()
    assert (stone.report, stone.reason, stone.who, stone.banned) == (id_, "order 7/26", "R. Meer", True)
    assert ledger.digest() != before
    assert ledger.verify() == replace(ledger.verify(), problems=(), leftovers=())


def test_no_byte_of_it_is_left_in_the_files(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add_readings([*both(), reading(1)])
        id_ = _told(ledger)
        held = [path for path in tmp_path.rglob("*") if path.is_file() and b"quillwort" in path.read_bytes()]
        assert held  # in the index, where words are plain
        [report] = [r for r in ledger.reports() if r.id == id_]
        files = {path for path in (tmp_path / "l.db.files").rglob("*") if path.is_file()}
        ledger.forget(report.id, "order 7/26", "R. Meer")
        assert [path for path in tmp_path.rglob("*") if path.is_file() and b"quillwort" in path.read_bytes()] == []
        assert [path for path in files if path.exists()] == []


def test_a_read_report_goes_with_its_reading_and_rows(ledger: Ledger) -> None:
    ledger.add_readings(both())
    for report in list(ledger.reports()):
        ledger.forget(report.id, "order 8/26", "R. Meer")
    assert (list(ledger.statements()), list(ledger.incidents()), ledger.search("").total) == ([], [], 0)
    assert ledger.verify().problems == ()


def test_the_same_content_is_refused_and_that_is_said(ledger: Ledger) -> None:
    ledger.add(capture(1), read=False)
    [report] = ledger.reports()
    ledger.forget(report.id, "order 7/26", "R. Meer")
    elsewhere = replace(capture(1), report=replace(capture(1).report, url="https://mirror.example/1"))
    added = ledger.add(capture(1), elsewhere, capture(2), read=False)
    assert (added.new, [item.problem for item in added.rejects]) == (
        1,
        ["it was deleted on request, and is not taken again"] * 2,
    )
    assert ledger.verify().leftovers == ()


def test_a_text_that_another_report_has_stays_with_that_one(ledger: Ledger) -> None:
    elsewhere = replace(capture(1), report=replace(capture(1).report, url="https://mirror.example/1"))
    ledger.add(capture(1), elsewhere, read=False)
    first, second = ledger.reports()
    done = ledger.forget(first.id, "order 7/26", "R. Meer")
    assert done.same_text == (second.id,)
    assert not done.tombstone.banned
    assert [r.id for r in ledger.reports()] == [second.id]
    assert ledger.snapshot(ledger.captures(second.id)[0].snapshot or "") == capture(1).data
    assert ledger.verify().sound


def test_a_deletion_travels_with_an_archive(make: Make, tmp_path: Path) -> None:
    ours, theirs = make(), make()
    for ledger in (ours, theirs):
        ledger.add(capture(1), capture(2), read=False)
    doomed = next(iter(ours.reports())).id
    ours.forget(doomed, "order 7/26", "R. Meer")
    ours.export(tmp_path / "all.sayso")
    theirs.import_(tmp_path / "all.sayso")
    assert theirs.digest() == ours.digest()
    assert theirs.verify().sound


def test_a_deletion_needs_a_reason_a_name_and_a_report(ledger: Ledger) -> None:
    ledger.add(capture(1), read=False)
    [report] = ledger.reports()
    for reason, who in (("", "R. Meer"), ("order", " ")):
        with pytest.raises(NotTaken):
            ledger.forget(report.id, reason, who)
    with pytest.raises(NotInLedger):
        ledger.forget("r-" + "0" * 32, "order", "R. Meer")
