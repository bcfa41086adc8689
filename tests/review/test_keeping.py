"""Decisions are content: they move with a ledger, count in its digest, are checked, and go with a forgotten report."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sayso.ledger import Ledger
from sayso.ledger.entries import add_entries, entry
from sayso.review import Choice, State, Verdict, all_decisions, decide, orphans, review
from sayso.trace.people.decisions import decisions as joins
from tests.ledger.stories import reading
from tests.review.desk import MEER, QUILL, chosen, laid_out, state, taken_back
from tests.share.ferry import ferry

Make = Callable[[], Ledger]


def said(ledger: Ledger) -> list[dict[str, Any]]:
    """What the entries of a ledger say."""
    from sayso.ledger.entries import entries

    with ledger.looking() as connection:
        return [each.values for each in entries(connection, "decision")]


def put_in(ledger: Ledger, values: dict[str, Any]) -> str:
    made = entry("decision", values)
    with ledger.writing() as connection:
        add_entries(connection, "decision", [made])
    return made.id


def test_they_move_with_archives_and_backups_and_are_sound(make: Make, tmp_path: Path) -> None:
    ours, theirs = make(), make()
    report = laid_out(ours)
    before = ours.digest()
    chosen(ours, report, "s1", Verdict.CORRECTED, after={"stance": "claims"})
    taken_back(ours, chosen(ours, report, "p1"))
    assert ours.digest() != before
    ours.export(tmp_path / "all.sayso")
    theirs.import_(tmp_path / "all.sayso")
    ours.backup(tmp_path / "copy.db")
    with Ledger(tmp_path / "copy.db") as copy:
        for other in (theirs, copy):
            assert other.digest() == ours.digest()
            assert review(other, report) == review(ours, report)
            assert other.verify().problems == ()
    assert ours.verify().checked["decisions"] == 3


def test_they_are_no_decisions_on_joins_of_names_and_those_are_none_of_these(ledger: Ledger) -> None:
    report = laid_out(ledger)
    made = chosen(ledger, report, "a1")
    put_in(ledger, {"join": "j-1", "one": {"key": "x"}, "other": {"key": "y"}, "rule": "decided", "made": True,
                    "who": MEER, "why": "", "when": "2026-01-01T00:00:00.000000Z"})  # fmt: skip
    with ledger.looking() as connection:
        assert [it.join for it in joins(connection)] == ["j-1"]
        assert list(all_decisions(connection)) == [made]


def test_a_decision_whose_words_are_not_those_of_the_report_is_reported(ledger: Ledger) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s4")
    (values,) = said(ledger)
    quote = values["quotes"][0]
    forged = [
        {**quote, "words": ["We fired everything,", *quote["words"][1:]]},
        {**quote, "passages": [[[4, 99_999]], *quote["passages"][1:]]},
        {**quote, "text": "ab" * 32},
    ]
    ids = {put_in(ledger, {**values, "quotes": [each]}) for each in forged}
    problems = ledger.verify().problems
    assert {(it.kind, it.which) for it in problems} == {("decision", id_) for id_ in ids}
    assert all(report in it.what for it in problems)
    assert state(ledger, report, "s4") is State.ACCEPTED


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "change",
    ["DELETE FROM quoted", "UPDATE quoted SET decision = 'd-x'", "DELETE FROM decisions"],
)
def test_a_lost_or_strange_note_of_what_is_quoted_is_reported(ledger: Ledger, change: str) -> None:
    report = laid_out(ledger)
    chosen(ledger, report, "s4")
    with closing(sqlite3.connect(ledger.name)) as connection:
        connection.execute(change)
        connection.commit()
    assert {it.kind for it in ledger.verify().problems} == {"rows"}


def test_a_forgotten_report_takes_its_decisions_with_it(ledger: Ledger, tmp_path: Path) -> None:
    report = laid_out(ledger, ferry(), reading(1))
    (other,) = [it.id for it in ledger.reports() if it.id != report]
    made = [chosen(ledger, report, name, Verdict.REJECTED) for name in ("s4", "i2")]
    made += taken_back(ledger, made[0])
    pair = chosen(ledger, other, "s1", Verdict.MERGED, claim=(report, "s4"))
    kept = chosen(ledger, other, "s1")
    stone = ledger.forget(report, "order 7/26", MEER).tombstone
    assert set(stone.decisions) == {pair.id, *(it.id for it in made)}
    assert ledger.tombstones() == (stone,)
    with ledger.looking() as connection:
        assert list(all_decisions(connection)) == [kept]
    assert ledger.verify().problems == ()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if b"We fired nothing" in path.read_bytes()] == []


def test_a_forgotten_report_is_quoted_by_nothing_that_comes_later(make: Make, tmp_path: Path) -> None:
    ours, theirs = make(), make()
    report = laid_out(ours)
    laid_out(theirs)
    made = chosen(ours, report, "s4")
    late = chosen(theirs, report, "s1", who=QUILL)
    ours.export(tmp_path / "before.sayso")
    ours.forget(report, "order 7/26", MEER)
    ours.export(tmp_path / "after.sayso")
    theirs.import_(tmp_path / "before.sayso")
    theirs.import_(tmp_path / "after.sayso")
    (stone,) = theirs.tombstones()
    assert set(stone.decisions) == {made.id, late.id}
    assert theirs.import_(tmp_path / "before.sayso").decisions == 0
    assert said(theirs) == []
    theirs.export(tmp_path / "theirs.sayso")
    ours.import_(tmp_path / "theirs.sayso")
    assert ours.tombstones() == theirs.tombstones()
    assert ours.digest() == theirs.digest()
    assert theirs.verify().problems == ()


def test_a_decision_whose_report_is_not_here_is_kept_as_an_orphan(make: Make) -> None:
    ours, theirs = make(), make()
    report = laid_out(ours)
    made = chosen(ours, report, "s4")
    put_in(theirs, said(ours)[0])
    assert list(orphans(theirs)) == [(report, (made,))]
    assert theirs.verify().problems == ()
    laid_out(theirs)
    assert list(orphans(theirs)) == []
    assert state(theirs, report, "s4") is State.ACCEPTED


ODD: list[dict[str, Any]] = [
    {"verdict": "sung"},
    {"when": "yesterday"},
    {"items": 0},
    {"items": 7},
    {"who": 3},
    {"of": "weather"},
]
UNFIT: list[dict[str, Any]] = [
    {"verdict": "corrected", "after": {"content": "x"}},
    {"verdict": "corrected", "after": {"content": [[9, 999_999]]}},
    {"verdict": "corrected", "after": {"speaker": {"kind": "actor", "spans": [["a", 2]]}}},
    {"verdict": "accepted", "before": {"stance": ["x"]}},
    {"verdict": "merged"},
    {"verdict": "split"},
]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("odd", [*ODD, *UNFIT])
def test_an_entry_that_cannot_be_carried_out_decides_nothing(ledger: Ledger, odd: dict[str, Any]) -> None:
    report = laid_out(ledger)
    taken_back(ledger, made := chosen(ledger, report, "s4"))
    (values,) = [each for each in said(ledger) if each["verdict"] != "undone"]
    put_in(ledger, {**values, "who": QUILL, **odd})
    found = review(ledger, report)
    assert {it.state for it in found.items} == {State.UNDECIDED}
    assert found.corrected.statements == found.reading.statements
    assert len(found.orphans) == (odd in UNFIT)
    assert made.id not in {it.id for it in found.orphans}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("quotes", ["x", [1], [{"report": "r-1", "text": "00", "passages": [], "words": []}]])
def test_an_entry_that_hides_what_it_quotes_is_not_kept(ledger: Ledger, quotes: object) -> None:
    with pytest.raises((ValueError, msgspec.ValidationError)):
        put_in(ledger, {"quotes": quotes, "who": MEER})


def test_ten_thousand_at_most_at_once(ledger: Ledger) -> None:
    from sayso.errors import NotTaken

    with pytest.raises(NotTaken, match="too many"):
        decide(ledger, [Choice(next(iter(ledger.reports()), ferry().report).id, "s1", Verdict.ACCEPTED)] * 10_001, MEER)
