"""The ledger knows the same actors as a batch over all its reports, and forgets them with their reports."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from sayso.ledger import Ledger
from sayso.trace.people import joins, known_actors, known_as
from sayso.trace.people.decisions import decisions, make, undo, withdraw
from sayso.trace.people.names import appearance_key
from sayso.trace.people.register import CROWD
from sayso.vocabulary import ActorId, ActorKind, ActorRef, JoinRule, Reading, ReportId
from tests.trace.keeping import drop, held, kept, stored
from tests.trace.people.test_people import BODY, PERSON, a_report

CALLED = [
    (("Ilse Maran",), PERSON, "harbour master of Odder"),
    (("Ilse Anna Maran", "Maran"), PERSON, ""),
    (("Ostap Kulit",), PERSON, "dredging inspector"),
    (("Ostap Kulyt",), PERSON, ""),
    (("Odder Volunteers", "Free Trawlers"), BODY, ""),
    (("Free Trawlers",), BODY, ""),
    (("Coastal Rescue Front", "CRF"), BODY, ""),
    (("CRF",), BODY, ""),
    (("Coral Reef Fund", "CRF"), BODY, ""),
    (("Defence Ministry",), BODY, ""),
    (("Maran",), PERSON, ""),
    (("Ilse Maran", "Joren Havik"), PERSON, ""),
]


def reports(random: Random) -> list[Reading]:
    called = [random.choice(CALLED) for _ in range(20)]
    return [a_report(f"r{i}", names, kind=kind, role=role) for i, (names, kind, role) in enumerate(called)]


def ref(reading: Reading) -> ActorRef:
    return ActorRef(reading.report.id, ActorId("a1"))


@pytest.mark.parametrize("seed", [1, 2])
def test_actors_joins_and_ids_are_those_of_a_batch(seed: int, ledger: Ledger) -> None:
    read = kept(ledger, reports(Random(seed)))
    with ledger.looking() as connection:
        it = stored(connection)
        batch = held(read, it.copied)
        assert list(known_actors(it.names)) == list(known_actors(batch.names))
        assert list(joins(it.names)) == list(joins(batch.names))
        for reading in read:
            assert it.names.known(ref(reading), most=1000) == known_as(ref(reading), batch.names)
            one = known_as(ref(reading), batch.names)
            assert it.names.known_id(ref(reading)) == (one.id if one else None)


def test_an_actor_is_found_by_name_and_by_id_and_lists_a_few_of_many(ledger: Ledger) -> None:
    read = kept(ledger, [a_report(f"r{i}", ("Ilse Maran" if i else "Ilse Anna Maran",)) for i in range(30)])
    with ledger.looking() as connection:
        names = stored(connection).names
        (key,) = names.keys_of("ILSE MARAN")
        actor = names.with_name(key, most=3)
        assert actor is not None
        assert actor.count == 30
        assert actor.members == tuple(sorted(map(ref, read))[:3])
        assert actor.name == "Ilse Maran"
        assert actor.kind is ActorKind.PERSON
        assert {names.class_of(it)[0] for it in names.keys_of(actor.id)} == {actor.id}
        assert names.keys_of("k-0123456789abcdef") == ()
        assert names.keys_of("Nobody Known") == ()
        assert names.known_id(ActorRef(ReportId("r-" + 32 * "0"), ActorId("a1"))) is None


def test_many_reports_by_many_outlets_say_no_more_than_enough_of_them(ledger: Ledger) -> None:
    read = kept(ledger, [a_report(f"r{i}", ("Odder Volunteers", "Free Trawlers"), kind=BODY) for i in range(250)])
    with ledger.looking() as connection:
        it = stored(connection)
        batch = held(read, it.copied)
        assert list(joins(it.names)) == list(joins(batch.names))
        assert any("32 or more outlets" in join.reasons[0] for join in joins(it.names))


def test_names_that_all_sound_alike_join_nobody(tmp_path: Path) -> None:
    vowels = [a + b + c for a in "aeiou" for b in "aeiou" for c in "aeiou"]
    many = tuple((f"T{one}r Vel{two}n{three}",) for one in vowels for two in "aeiou" for three in "aeiou")[: CROWD + 1]
    ledger = Ledger(tmp_path / "news.db")
    crowd = kept(ledger, [a_report("crowd", *many), a_report("one", ("Tar Velna",))])
    with ledger, ledger.looking() as connection:
        it = stored(connection)
        assert it.names.alike("person:tar velna") == held(crowd, it.copied).names.alike("person:tar velna") == set()


def test_a_report_that_goes_takes_its_names_along_and_can_come_again(ledger: Ledger) -> None:
    read = kept(ledger, reports(Random(3)))
    with ledger.writing() as connection:
        for reading in read[:7]:
            drop(connection, reading.report.id)
    with ledger.looking() as connection:
        it = stored(connection)
        batch = held(read[7:], it.copied)
        assert list(known_actors(it.names)) == list(known_actors(batch.names))
        assert it.names.known_id(ref(read[0])) is None


def test_a_decision_on_a_join_holds_until_it_is_taken_back_and_all_stay_on_record(ledger: Ledger) -> None:
    one, other, maran = kept(
        ledger, [a_report("r1", ("Ostap Kulit",)), a_report("r2", ("Ostap Kulyt",)), a_report("r3", ("Maran",))]
    )
    with ledger.looking() as connection:
        names = stored(connection).names
        assert names.known_id(ref(one)) == names.known_id(ref(other))
        (spelling,) = [join for join in joins(names) if join.rule is JoinRule.TRANSLITERATION]
    with ledger.writing() as connection:
        undone = undo(connection, spelling, "R. Meer", "they sat side by side")
    with ledger.looking() as connection:
        names = stored(connection).names
        assert names.known_id(ref(one)) != names.known_id(ref(other))
    with ledger.writing() as connection:
        withdraw(connection, undone, "R. Meer", "it was one after all")
        make(connection, appearance_key(ref(maran)), "person:ostap kulit", "R. Meer", "his married name")
    with ledger.looking() as connection:
        it = stored(connection)
        assert len({it.names.known_id(ref(reading)) for reading in (one, other, maran)}) == 1
        batch = held([one, other, maran], it.copied, it.names.decided)
        (actor,) = known_actors(batch.names, it.names.decided.undone, it.names.decided.added)
        assert it.names.known(ref(maran)) == actor
        assert actor.count == 3
        assert [(entry.made, entry.who) for entry in decisions(connection)] == [
            (False, "R. Meer"), (None, "R. Meer"), (True, "R. Meer"),
        ]  # fmt: skip
        assert all(entry.when.endswith("Z") and entry.why for entry in decisions(connection))


def test_undoing_that_a_report_means_somebody_leaves_the_others_together(ledger: Ledger) -> None:
    read = kept(ledger, [a_report(f"r{i}", ("Ilse Maran",)) for i in range(3)])
    with ledger.looking() as connection:
        names = stored(connection).names
        wrong = next(join for join in joins(names) if join.one == appearance_key(ref(read[1])))
    with ledger.writing() as connection:
        undo(connection, wrong, "R. Meer", "a namesake")
    with ledger.looking() as connection:
        it = stored(connection)
        known = known_as(ref(read[0]), held(read, it.copied).names, it.names.decided.undone)
        assert it.names.known(ref(read[0])) == known
        assert known is not None
        assert known.count == 2
        assert it.names.known_id(ref(read[1])) not in (None, known.id)


def test_a_name_of_two_kinds_of_things_is_shown_as_what_most_take_it_for(ledger: Ledger) -> None:
    kinds = (ActorKind.GROUP, ActorKind.ORGANISATION, ActorKind.GROUP)
    read = kept(ledger, [a_report(f"r{i}", ("Free Trawlers",), kind=kind) for i, kind in enumerate(kinds)])
    with ledger.looking() as connection:
        actor = stored(connection).names.known(ref(read[0]))
        assert actor is not None
        assert actor.kind is ActorKind.GROUP
        assert replace(actor, members=()).count == 3
