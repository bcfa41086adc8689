"""What is added is there once, whatever the order, the number of times, and the number of those who add."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import sayso
from sayso.errors import NotInLedger
from sayso.ledger import Ledger, taken
from sayso.ledger.working import Also
from sayso.vocabulary import Capture, Reading, Span
from tests.ledger.stories import NEW, OLD, both, capture, reading

Make = Callable[[], Ledger]


def test_the_ledger_is_offered_by_the_package() -> None:
    assert sayso.Ledger is Ledger


def test_what_is_added_comes_out_as_it_went_in(ledger: Ledger) -> None:
    assert ledger.add_readings(both()).new == 2
    kept = {one.name: (report, one) for report in ledger.reports() for one in ledger.captures(report.id)}
    for given in both():
        report, _ = kept[given.report.id]
        assert replace(report, id=given.report.id) == given.report
        assert replace(ledger.reading(report.id), report=given.report) == given


def test_a_capture_keeps_its_bytes_address_and_headers(ledger: Ledger) -> None:
    given = replace(
        capture(1), address="https://post.example/end", headers=(("ETag", "“x”"), ("Via", "a"), ("Via", "b"))
    )
    ledger.add(given, read=False)
    [report] = ledger.reports()
    [kept] = ledger.captures(report.id)
    assert kept.snapshot is not None
    assert ledger.snapshot(kept.snapshot) == given.data
    assert (kept.address, kept.headers, kept.captured) == (given.address, given.headers, given.captured)


def test_order_and_repetition_change_nothing(make: Make) -> None:
    captures, readings = [capture(n) for n in range(6)], [*both(), *(reading(n) for n in range(4))]
    digests, files = set(), set()
    for seed in range(3):
        ledger = make()
        shuffled: list[Capture | Reading] = random.Random(seed).sample([*captures, *readings] * 2, 24)
        for some in (shuffled[:5], shuffled[5:]):
            ledger.add(*(item for item in some if isinstance(item, Capture)), read=False)
            ledger.add_readings(item for item in some if isinstance(item, Reading))
        digests.add(ledger.digest())
        target = ledger.rejects.with_suffix(f".{seed}")
        ledger.export(target)
        files.add(target.read_bytes())
    assert len(digests) == len(files) == 1


def test_the_earliest_capture_stays_whatever_comes_first(make: Make) -> None:
    early, late = capture(1, captured="2021-04-01T08:00:00Z"), capture(1, captured="2021-06-01T08:00:00Z")
    for order in ([early, late], [late, early]):
        ledger = make()
        for item in order:
            ledger.add(item, read=False)
        [report] = ledger.reports()
        assert [one.captured for one in ledger.captures(report.id)] == ["2021-04-01T08:00:00Z"]
        assert ledger.verify().sound


def test_the_same_report_with_other_bytes_is_another_capture_of_it(ledger: Ledger) -> None:
    ledger.add(capture(1), replace(capture(1), data=b"<p>other bytes"), read=False)
    [report] = ledger.reports()
    assert len(ledger.captures(report.id)) == 2


def test_writers_at_once_make_the_ledger_that_one_would(make: Make) -> None:
    alone, shared = make(), make()
    parts = [[capture(n) for n in range(start, start + 5)] for start in (0, 2, 4, 0)]
    for part in parts:
        alone.add(*part, read=False)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda part: [shared.add(item, read=False) for item in part], parts))
    assert shared.digest() == alone.digest()
    assert shared.verify().sound


def test_a_second_reader_adds_a_reading_and_the_first_stays(ledger: Ledger) -> None:
    ledger.add_readings([reading(1, OLD)])
    [report] = ledger.reports()
    changed = reading(1, NEW)
    ledger.add_readings([replace(changed, statements=())])
    assert [one.reader for one in ledger.readings(report.id)] == [OLD, NEW]
    assert ledger.reading(report.id).reader == NEW
    assert ledger.reading(report.id, OLD).statements
    found = ledger.compare(report.id, OLD, NEW)
    assert [(item.kind, len(item.only_first), len(item.only_second)) for item in found.differences] == [
        ("statements", 1, 0)
    ]
    assert list(ledger.statements()) == []


def test_one_bad_document_costs_nobody_else_and_can_be_tried_again(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Report {number}: the weir of Vell held.", encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 400)
    added = ledger.add(folder, read=False)
    assert (added.new, len(added.rejects)) == (3, 1)
    assert json.loads(ledger.rejects.read_text(encoding="utf-8"))["origin"] == str(folder / "bad.txt")
    (folder / "bad.txt").write_text("Mended: the weir of Vell held.", encoding="utf-8")
    assert ledger.add(*taken(ledger.rejects), read=False).new == 1


def test_a_line_of_a_file_is_tried_again_with_its_file(tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.jsonl"
    rejects.write_text('{"origin": "in.jsonl:7"}\n{"origin": "in.jsonl:9"}\n', encoding="utf-8")
    assert taken(rejects) == ("in.jsonl",)


def test_a_reading_that_does_not_stand_in_its_text_is_not_taken(ledger: Ledger) -> None:
    good = reading(1)
    bad = replace(good, report=replace(good.report, title="Other"), sentences=(Span(0, 9_999),))
    added = ledger.add_readings([bad, good])
    assert (added.new, added.read) == (1, 1)
    assert "not inside the text" in added.rejects[0].problem


def test_half_a_character_is_refused_and_said(ledger: Ledger) -> None:
    broken = capture(1)
    broken = replace(broken, report=replace(broken.report, title="Weir \ud83d"))
    added = ledger.add(broken, capture(2), read=False)
    assert (added.new, len(added.rejects)) == (1, 1)


def test_a_nul_is_kept_as_it_came(ledger: Ledger) -> None:
    given = capture(1)
    given = replace(given, report=replace(given.report, outlet="Vell\0Post", title="a\0b"))
    ledger.add(given, read=False)
    [report] = ledger.reports()
    assert (report.outlet, report.title) == ("Vell\0Post", "a\0b")
    assert ledger.verify().sound


def test_the_shipped_reader_reads_what_is_added_and_only_once(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "weir.txt"
    path.write_text("“The weir will hold,” engineer Ida Holm said on Friday.", encoding="utf-8")
    ledger = make()
    unread = ledger.add(path, read=False)
    assert (unread.new, unread.read) == (1, 0)
    [report] = ledger.reports()
    with pytest.raises(NotInLedger):
        ledger.reading(report.id)
    assert ledger.add(path).read == 1
    again = ledger.add(path)
    assert (again.new, again.read, again.known) == (0, 0, 1)
    [found] = ledger.statements(words="weir hold")
    assert found.item == sayso.read(report.text).statements[0]


def test_reading_in_processes_gives_the_same_ledger(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    rows = [{"text": f"“Weir {n} will hold,” engineer Ida Holm said.", "title": f"Weir {n}"} for n in range(6)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with Ledger(tmp_path / "one.db") as one, Ledger(tmp_path / "two.db") as two:
        assert one.add(source).read == 6
        heard: list[str] = []
        assert two.add(source, jobs=2, also=Also(title_of, heard.append)).read == 6
        assert one.digest() == two.digest()
        assert heard == [f"Weir {n}" for n in range(6)]


def title_of(reading: Reading) -> str | None:
    """What is made of a reading by those who read."""
    return reading.report.title


def test_importing_the_package_and_reading_load_no_database() -> None:
    code = (
        "import sys, sayso; sayso.read; print([m for m in sys.modules if m.split('.')[0] in ('sqlalchemy', 'msgspec')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
