"""Decisions on joins are kept without the words of reports, move with the ledger, and outlive what they were about."""

from collections.abc import Callable
from pathlib import Path

from sayso.ledger import Ledger
from sayso.ledger.entries import add_entries, entries, entry
from sayso.trace.people import joins
from sayso.trace.people.decisions import Decision, decisions, make, undo, withdraw
from sayso.trace.people.names import appearance_key
from sayso.vocabulary import ActorId, ActorRef, JoinRule, KnownActorId, Reading
from tests.trace.keeping import kept, stored, take
from tests.trace.people.test_people import a_report

Make = Callable[[], Ledger]
KULIT, KULYT, MARAN = (a_report(f"r{n}", (name,)) for n, name in enumerate(("Ostap Kulit", "Ostap Kulyt", "Maran"), 1))


def ref(reading: Reading) -> ActorRef:
    return ActorRef(reading.report.id, ActorId("a1"))


def known(ledger: Ledger, *readings: Reading) -> set[KnownActorId | None]:
    with ledger.looking() as connection:
        names = stored(connection).names
        return {names.known_id(ref(each)) for each in readings}


def noted(ledger: Ledger) -> list[Decision]:
    with ledger.looking() as connection:
        return list(decisions(connection))


def unjoin(ledger: Ledger, why: str = "they sat side by side") -> Decision:
    with ledger.looking() as connection:
        (join,) = [each for each in joins(stored(connection).names) if each.rule is JoinRule.TRANSLITERATION]
    with ledger.writing() as connection:
        return undo(connection, join, "R. Meer", why)


def join(ledger: Ledger, reading: Reading, key: str) -> None:
    with ledger.writing() as connection:
        make(connection, appearance_key(ref(reading)), key, "R. Meer", "a married name")


def test_they_move_with_an_archive_and_a_backup(make: Make, tmp_path: Path) -> None:
    ours = make()
    one, other, maran = kept(ours, [KULIT, KULYT, MARAN])
    unjoin(ours)
    join(ours, maran, "person:ostap kulit")
    ours.export(tmp_path / "all.sayso")
    (theirs := make()).import_(tmp_path / "all.sayso")
    ours.backup(tmp_path / "copy.db")
    with Ledger(tmp_path / "copy.db") as copy:
        assert noted(copy) == noted(theirs) == noted(ours)
        assert copy.digest() == theirs.digest() == ours.digest()
        with theirs.writing() as connection:
            for reading in (one, other, maran):
                take(connection, reading)
        assert known(theirs, one, maran) == known(ours, one, maran)
        assert len(known(theirs, one, maran)) == 1
        assert len(known(theirs, one, other)) == 2


def test_of_a_forgotten_report_no_word_is_left_in_them(ledger: Ledger, tmp_path: Path) -> None:
    one, other, maran = kept(ledger, [KULIT, KULYT, MARAN])
    unjoin(ledger)
    join(ledger, maran, "person:ostap kulyt")
    assert len(known(ledger, other, maran)) == 1
    with ledger.looking() as connection:
        said = "".join(each.said for each in entries(connection, "decision")).lower()
    assert "r. meer" in said
    assert [word for word in ("ostap", "kulit", "kulyt", "maran", "actor a1") if word in said] == []
    ledger.forget(other.report.id, "order 7/26", "R. Meer")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if b"kulyt" in path.read_bytes().lower()] == []
    assert len(noted(ledger)) == 2
    assert len(known(ledger, one, maran)) == 2
    assert ledger.verify().problems == ()


def test_one_whose_report_is_gone_joins_nobody_until_another_gives_the_name(ledger: Ledger) -> None:
    other, maran = kept(ledger, [KULYT, MARAN])
    join(ledger, maran, "person:ostap kulyt")
    ledger.forget(other.report.id, "order 7/26", "R. Meer")
    with ledger.looking() as connection:
        assert stored(connection).names.decided.added == ()
    (again,) = kept(ledger, [a_report("r4", ("Ostap Kulyt",))])
    assert len(known(ledger, again, maran)) == 1


def test_the_last_word_holds_in_whatever_order_ledgers_are_joined(make: Make, tmp_path: Path) -> None:
    ours, theirs = make(), make()
    one, other = kept(ours, [KULIT, KULYT])
    first = unjoin(ours)
    ours.export(tmp_path / "first.sayso")
    theirs.import_(tmp_path / "first.sayso")
    with theirs.writing() as connection:
        take(connection, one)
        take(connection, other)
        withdraw(connection, first, "A. Quill", "it was one after all")
    theirs.export(tmp_path / "both.sayso")
    ours.import_(tmp_path / "both.sayso")
    theirs.import_(tmp_path / "first.sayso")
    assert [each.made for each in noted(ours)] == [False, None]
    assert noted(ours) == noted(theirs)
    assert len(known(ours, one, other)) == 1


def test_no_two_have_the_same_time_and_the_order_is_that_of_their_making(ledger: Ledger) -> None:
    kept(ledger, [KULIT, KULYT])
    made = [unjoin(ledger, f"reason {n}") for n in range(5)]
    assert noted(ledger) == made
    assert sorted({each.when for each in made}) == [each.when for each in made]


def test_an_entry_that_is_no_decision_decides_nothing(ledger: Ledger) -> None:
    one, other = kept(ledger, [KULIT, KULYT])
    made = unjoin(ledger)
    odd = {"join": made.join, "one": {"key": "x"}, "other": {"key": "y"}, "rule": "decided", "made": True, "who": "A",
           "why": "B", "when": "9999-12-31T23:59:59.999999Z"}  # fmt: skip
    with ledger.writing() as connection:
        add_entries(connection, "decision", [entry("decision", each) for each in ({}, {"join": 1}, odd)])
    assert noted(ledger) == [made]
    assert len(known(ledger, one, other)) == 2
    assert unjoin(ledger, "again").when > made.when
