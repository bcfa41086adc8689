"""Actors across reports: what is joined and why, what never is, and how a join is undone."""

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import read
from sayso.trace.people import Register, appearances, joins, known_actors, known_as, labellings
from sayso.trace.people.joining import join_id
from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    ActorRef,
    Join,
    JoinRule,
    KnownActor,
    Label,
    Passage,
    Reading,
    Report,
    ReportId,
    Role,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    StatementId,
)
from tests.share.examples import READER

PERSON, BODY = ActorKind.PERSON, ActorKind.ORGANISATION


def a_report(name: str, *called: tuple[str, ...], kind: ActorKind = PERSON, role: str = "") -> Reading:
    """A report by an outlet of its own, whose actors have these names."""
    roles = (Role(role, Span(0, 1)),) if role else ()
    actors = tuple(
        Actor(ActorId(f"a{i}"), max(names, key=len), kind, names, roles) for i, names in enumerate(called, 1)
    )
    return Reading(Report(ReportId(name), "text", outlet=f"Outlet of {name}"), READER, actors)


def registered(readings: Iterable[Reading]) -> Register:
    register = Register()
    for reading in readings:
        register.add(appearances(reading))
    return register


def known(*readings: Reading) -> list[KnownActor]:
    return list(known_actors(registered(readings)))


def together(*readings: Reading) -> bool:
    """Whether the first actors of all these reports are one known actor."""
    register = registered(readings)
    found = [known_as(ActorRef(r.report.id, ActorId("a1")), register) for r in readings]
    return len({it.id for it in found if it}) == 1 and None not in found


@pytest.mark.parametrize(
    ("one", "other", "kind", "why"),
    [
        ("Ilse Maran", "Ilse Maran", PERSON, "the same name"),
        ("Captain Ilse Maran", "Ilse Maran", PERSON, "a title is no name"),
        ("Ostap Kulit", "Ostap Kulyt", PERSON, "one word the same, the other in another transliteration"),
        ("Ilse Maran", "Ilse Anna Maran", PERSON, "a middle name"),
        ("Net Menders' League", "NET MENDERS’ LEAGUE", BODY, "case and apostrophes"),
        ("Jabhat al-Sahil", "Jabhat as-Sahel", BODY, "an article and vowels"),
        ("Coastal Rescue Front", "CRF", BODY, "initials that fit no other body"),
        ("Odder Fishing Organisation", "Odder Fishing Organization", BODY, "British and American spelling"),
        ("Hizb Reform Bloc", "Hezb Reform Bloc", BODY, "vowels"),
    ],
)
def test_names_of_one_actor_are_joined(one: str, other: str, kind: ActorKind, why: str) -> None:
    assert together(a_report("r1", (one,), kind=kind), a_report("r2", (other,), kind=kind)), why


@pytest.mark.parametrize(
    ("one", "other", "kind", "why"),
    [
        ("Maran", "Maran", PERSON, "a bare surname"),
        ("Maran", "Ilse Maran", PERSON, "a surname in one report, a full name in another"),
        ("J. Maran", "J. Maran", PERSON, "an initial is no first name"),
        ("Ilse Maran", "Ilka Meron", PERSON, "other people"),
        ("Karim Nasser", "Karam Nasir", PERSON, "the same consonants, but no word in common"),
        ("Defence Ministry", "Defence Ministry", BODY, "every country has one"),
        ("Coast Guard", "Coast Guard", BODY, "every country has one"),
        ("Ilse Maran", "Joren Havik", PERSON, "other people"),
    ],
)
def test_names_that_may_be_of_several_are_not_joined(one: str, other: str, kind: ActorKind, why: str) -> None:
    assert not together(a_report("r1", (one,), kind=kind), a_report("r2", (other,), kind=kind)), why


def test_what_one_report_calls_by_two_names_joins_the_reports_that_use_one_each() -> None:
    formerly = a_report("r1", ("Odder Volunteers", "Free Trawlers"), kind=BODY)
    volunteers, trawlers = (
        a_report("r2", ("Odder Volunteers",), kind=BODY),
        a_report("r3", ("Free Trawlers",), kind=BODY),
    )
    assert not together(volunteers, trawlers)
    assert together(formerly, volunteers, trawlers)


def test_the_names_that_the_reader_joins_reach_across_reports() -> None:
    full = read("The Net Menders' League, previously known as the Free Trawlers, said it would march.")
    short = read("The Free Trawlers said they would not march.")
    (league,) = [it for it in known(full, short) if "Free Trawlers" in it.names]
    assert {it.report for it in league.members} == {full.report.id, short.report.id}
    assert league.name == "Net Menders' League"


def test_one_word_of_a_longer_name_is_short_for_it_in_its_report_alone() -> None:
    full = a_report("r1", ("Net Menders' League", "League"), kind=BODY)
    assert not together(full, a_report("r2", ("League",), kind=BODY))


def test_an_acronym_of_two_bodies_joins_neither() -> None:
    reports = [
        a_report("r1", ("Coastal Rescue Front",), kind=BODY),
        a_report("r2", ("Central Rail Federation",), kind=BODY),
        a_report("r3", ("CRF",), kind=BODY),
    ]
    assert len(known(*reports)) == 3
    suggested = [it for it in joins(registered(reports)) if it.rule is JoinRule.ACRONYM]
    assert [it.made for it in suggested] == [False, False]
    assert all("2 different bodies" in " ".join(it.reasons) for it in suggested)


def test_two_people_of_one_report_called_alike_by_a_slip_stay_two_until_another_outlet_agrees() -> None:
    slip = a_report("r1", ("Ilse Maran", "Joren Havik"))
    maran, havik = a_report("r2", ("Ilse Maran",)), a_report("r3", ("Joren Havik",))
    assert not together(maran, havik)
    assert len({it.id for it in known(slip, maran, havik)}) == 2
    assert len(known(slip, a_report("r4", ("Ilse Maran", "Joren Havik")), maran, havik)) == 1


def test_a_shared_office_makes_a_transliteration_certain() -> None:
    one, other = ("Yuriy Kulit",), ("Yurii Kulyt",)
    assert not together(a_report("r1", one), a_report("r2", other))
    assert together(
        a_report("r1", one, role="head of the dredging office"), a_report("r2", other, role="dredging head")
    )


def test_every_join_says_why_and_undoing_it_gives_back_the_separate_actors() -> None:
    readings = [a_report("r1", ("Ostap Kulit",)), a_report("r2", ("Ostap Kulyt",)), a_report("r3", ("Ostap Kulyt",))]
    register = registered(readings)
    (one,) = known_actors(register)
    assert one.names == ("Ostap Kulyt", "Ostap Kulit")
    found = {join.id: join for join in joins(register)}
    assert set(one.joins) == set(found)
    assert all(join.reasons and 0 < join.score <= 1 for join in found.values())

    (spelling,) = [join.id for join in found.values() if join.rule is JoinRule.TRANSLITERATION]
    assert [len(it.members) for it in known_actors(register, undone=[spelling])] == [1, 2]

    same = join_id("report r3, actor a1", "person:ostap kulyt", JoinRule.SAME_NAME)
    assert [len(it.members) for it in known_actors(register, undone=[same])] == [2, 1]
    assert known_as(ActorRef(ReportId("r3"), ActorId("a1")), register, undone=[same]) != one


def test_a_person_can_join_what_names_do_not() -> None:
    register = registered([a_report("r1", ("Maran",)), a_report("r2", ("Ilse Maran",))])
    key = "report r1, actor a1"
    by_hand = Join(
        join_id(key, "person:ilse maran", JoinRule.FULLER_NAME), key, "person:ilse maran", JoinRule.FULLER_NAME, 1.0,
        ("a reader of both reports says so",),
    )  # fmt: skip
    (one,) = known_actors(register, added=[by_hand])
    assert len(one.members) == 2
    assert known_as(ActorRef(ReportId("r1"), ActorId("a1")), register, added=[by_hand]) == one


NAMES = [
    "Ilse Maran",
    "Ilse Anna Maran",
    "Ilza Maran",
    "Maran",
    "Coast Rescue Front",
    "CRF",
    "Free Trawlers",
    "Joren Havik",
]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_actors_are_the_same_in_whatever_order_reports_come(named: list[list[str]], random: Random) -> None:
    readings = [
        a_report(f"r{i}", tuple(names), kind=PERSON if "Mar" in names[0] or "Hav" in names[0] else BODY)
        for i, names in enumerate(named)
    ]
    shuffled = list(readings)
    random.shuffle(shuffled)
    batch = known(*readings)
    register = registered(shuffled)
    assert list(known_actors(register)) == batch
    for actor in batch:
        assert all(known_as(member, register) == actor for member in actor.members)


def test_who_calls_whom_what() -> None:
    text = "The Odder Volunteers, a gang of thugs, are criminals, Captain Ilse Maran said."
    gang, criminals = Span(text.index("gang"), text.index(" of")), Span(text.index("crim"), text.index(", Capt"))
    volunteers = Actor(
        ActorId("a1"), "Odder Volunteers", BODY, ("Odder Volunteers",),
        labels=(Label("gang", gang, "outlet"), Label("criminals", criminals, "s1")),
    )  # fmt: skip
    maran = Actor(ActorId("a2"), "Ilse Maran", PERSON, ("Ilse Maran",))
    said = Statement(StatementId("s1"), Speaker(SpeakerKind.ACTOR, "Captain Ilse Maran", ActorId("a2")), Passage())
    one = Reading(Report(ReportId("r1"), text, outlet="Harbour Wire"), READER, (volunteers, maran), (said,))
    other = a_report("r2", ("Odder Volunteers",), kind=BODY)
    register = registered([one, other])
    used = list(labellings([one, other], lambda ref: known_as(ref, register)))
    assert [(it.outlet, it.text, it.by) for it in used] == [
        ("Harbour Wire", "gang", None),
        ("Harbour Wire", "criminals", "Ilse Maran"),
    ]
    assert {it.actor for it in used} == {it.id for it in known(one, other) if it.name == "Odder Volunteers"}
