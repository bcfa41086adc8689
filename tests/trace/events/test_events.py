"""Incidents of the same happening are one event, others are not; every field keeps its versions by source."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import read
from sayso.trace.events import Account, Happenings, accounts, changes, event_of, events, vouching
from sayso.trace.voices import Shared
from sayso.vocabulary import (
    Confidence,
    Event,
    Grade,
    Harm,
    Incident,
    IncidentType,
    People,
    Reading,
    ReportId,
    Status,
)
from tests.trace.events.told import count, incident, report, unlisted

SHELLING, ATTACK, ARRESTS = IncidentType.SHELLING, IncidentType.ATTACK, IncidentType.ARRESTS


def kept(readings: Iterable[Reading]) -> Happenings:
    happenings = Happenings()
    for reading in readings:
        happenings.add(accounts(reading))
    return happenings


def found(*readings: Reading) -> list[Event]:
    return list(events(kept(readings)))


def joined(
    one: Incident, other: Incident, first_day: str | None = "2031-05-04", other_day: str | None = "2031-05-04"
) -> bool:
    """Whether the incidents of two reports are one event."""
    places = (unlisted("Nahr Zeid"), unlisted("Nahr Zayd"))
    one_report, other_report = (
        report("r1", one, day=first_day, places=places),
        report("r2", other, day=other_day, places=places),
    )
    return len(found(one_report, other_report)) == 1


def told(event: Event) -> list[str]:
    return sorted(it.report for it in event.tellings)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (incident(), "told alike"),
        (incident(IncidentType.AIR_STRIKE), "what fell on a town one takes for a shell, another for a bomb"),
        (incident(ATTACK), "a report that only says attack"),
        (incident(day="2031-05-02", end="2031-05-04"), "days that overlap"),
        (incident(day=None), "no day, but published then"),
        (incident(where="Upper Dale", counts=(count(9),)), "the province that the town lies in, and the same number"),
        (incident(where=None, counts=(count(9),)), "no place, but the same day and number"),
        (incident(day="2031-05-04", counts=(count(9),)), "the next day, with the same number"),
        (incident(counts=(count(11),)), "a toll that was revised"),
    ],
)
def test_one_happening_told_in_two_ways_is_one_event(other: Incident, why: str) -> None:
    assert joined(incident(counts=(count(9),)), other), why


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (incident(day="2031-05-05"), "the same words of another day"),
        (incident(day="2031-05-04"), "the next day, and nothing else in common"),
        (incident(where="Marn"), "another town"),
        (incident(where="Fenwick", counts=(count(9),)), "another town with the same number"),
        (incident(where="Upper Dale"), "a province may have several on one day"),
        (incident(where="Lower Dale", counts=(count(9),)), "another province"),
        (incident(ARRESTS), "another kind of thing"),
        (incident(where=None), "no place and nothing else in common"),
        (incident(day="2031-04-01", end="2031-05-30"), "two months of it"),
        (incident(day=None, where=None), "nothing at all"),
    ],
)
def test_what_may_be_another_happening_is_another_event(other: Incident, why: str) -> None:
    assert not joined(incident(counts=(count(9),)), other), why


def test_a_village_that_no_gazetteer_knows_is_told_by_its_name() -> None:
    assert joined(incident(where="Nahr Zeid"), incident(where="Nahr Zayd"))
    assert not joined(incident(where="Nahr Zeid"), incident(where="Marn"))


def test_undated_news_of_weeks_later_needs_a_number_to_be_the_same() -> None:
    later = incident(day=None, counts=(count(9),))
    assert joined(incident(counts=(count(9),)), later, other_day="2031-05-24")
    assert not joined(incident(), incident(day=None), other_day="2031-05-24")
    assert not joined(incident(day="2031-05-20", counts=(count(9),)), later, other_day="2031-05-10")


def test_vague_words_that_two_reports_share_are_one_happening_only_in_a_copy() -> None:
    for vague in (incident(where="Upper Dale"), incident(where=None)):
        one, other = report("r1", vague), report("r2", vague)
        assert len(found(one, other)) == 2
        happenings = Happenings()
        happenings.add(accounts(one))
        happenings.add(accounts(other, source=ReportId("r1")))
        assert len(list(events(happenings))) == 1


def test_what_is_planned_threatened_or_only_about_blame_is_no_event() -> None:
    assert not found(report("r1", incident(status=Status.PLANNED)), report("r2", incident(status=Status.THREATENED)))
    assert not found(report("r3", incident(IncidentType.OTHER, mode="ATTRIB")))


def test_two_incidents_of_one_report_stay_two() -> None:
    two = report("r1", incident(counts=(count(9),)), incident(ATTACK, name="i2", counts=(count(2),)))
    other = report("r2", incident(counts=(count(9),)))
    assert sorted(map(told, found(two, other))) == [["r1"], ["r1", "r2"]]


def test_two_towns_shelled_on_a_day_are_two_however_vaguely_a_third_report_tells_it() -> None:
    vague = report("r3", incident(where="Upper Dale", counts=(count(9), count(4))))
    split = found(
        report("r1", incident(counts=(count(9),))), report("r2", incident(where="Marn", counts=(count(4),))), vague
    )
    assert all({"r1", "r2"} - set(told(it)) for it in split)


def test_every_field_has_its_versions_by_source() -> None:
    (event,) = found(
        report("r1", incident(counts=(count(9, voucher="s1"),), by="Reed Guard", vouched=True), speaker="Ruta Hald"),
        report("r2", incident(counts=(count(12, 15),))),
        report("r3", incident(IncidentType.AIR_STRIKE, day="2031-05-02", end="2031-05-03", counts=(count(9),))),
    )
    assert [(it.value, len(it.tellings)) for it in event.types] == [
        ("Shelling/artillery/missile attack", 2),
        ("Air/drone strike", 1),
    ]
    assert [it.value for it in event.days] == ["2031-05-03", "2031-05-02/2031-05-03"]
    assert [it.value for it in event.places] == ["ostrel, upper dale, tovia"]
    (toll,) = event.tolls
    assert (toll.harm, toll.who, toll.low, toll.high) == (Harm.KILLED, People.PEOPLE, 9, 15)
    assert [(it.low, it.high, it.telling.report, it.voice) for it in toll.versions] == [
        (9, 9, "r1", "Ruta Hald"),
        (12, 15, "r2", "The r2 Courier"),
        (9, 9, "r3", "The r3 Courier"),
    ]
    assert [(it.name, it.telling.report) for it in event.blames] == [("Reed Guard", "r1")]
    assert (event.start, event.end) == ("2031-05-02", "2031-05-03")
    assert len(event.reasons) == 2
    assert "both in ostrel" in event.reasons[0]


def test_a_toll_without_an_upper_bound_has_none() -> None:
    at_least = replace(count(12), high=None)
    (event,) = found(report("r1", incident(counts=(count(9),))), report("r2", incident(counts=(at_least,))))
    assert [(it.low, it.high) for it in event.tolls] == [(9, None)]


REPORTS = [
    report("r1", incident(counts=(count(9),))),
    report("r2", incident(ATTACK, day=None), day="2031-05-04"),
    report("r3", incident(where="Upper Dale", counts=(count(9),))),
    report("r4", incident(day="2031-05-04", counts=(count(9),)), day="2031-05-06"),
    report("r5", incident(where="Marn")),
    report("r6", incident(IncidentType.AIR_STRIKE), incident(ARRESTS, name="i2")),
    report("r7", incident(where=None, counts=(count(9),))),
    report("r8", incident(day="2031-04-20", end="2031-05-20", counts=(count(9),))),
    report("r9", incident(day=None, counts=(count(9),)), day="2031-05-20"),
    report("r10", incident(where="Lower Dale")),
    report("r11", incident(where="Fenwick"), incident(where="Fenwick", name="i2")),
]


@settings(deadline=None, max_examples=25)
@given(st.sets(st.sampled_from(range(len(REPORTS))), min_size=1), st.randoms(use_true_random=False))
def test_events_are_the_same_in_whatever_order_reports_come(chosen: set[int], random: Random) -> None:
    readings = [REPORTS[i] for i in sorted(chosen)]
    shuffled = list(readings)
    random.shuffle(shuffled)
    batch = found(*readings)
    happenings = kept([*shuffled, *shuffled])
    assert list(events(happenings)) == batch
    for event in batch:
        assert all(event_of(telling, happenings) == event for telling in event.tellings)


def test_events_that_change_say_how() -> None:
    one, other, early = REPORTS[0], REPORTS[5], report("r0", incident(), day="2031-05-03")
    first, grown = found(one), found(one, other)
    assert [it.kind for it in changes(first, grown)] == ["grown", "new"]
    renamed = found(early, one)
    (change,) = changes(first, renamed)
    assert (change.kind, change.before, change.after) == ("renamed", (first[0].id,), (renamed[0].id,))
    assert not changes(grown, grown)


def graded(*readings: Reading, copies: tuple[Shared, ...] = ()) -> tuple[Grade, str]:
    """The grade of the only event of some reports, and its reasons in one line."""
    rows: list[Account] = [it for reading in readings for it in accounts(reading)]
    assert len(found(*readings)) == 1
    grading = vouching(rows, copies).grading
    return grading.grade, " | ".join(grading.reasons)


def by(name: str, speaker: str, blamed: str | None = None, denier: str | None = None) -> Reading:
    return report(name, incident(by=blamed, vouched=True), speaker=speaker, denier=denier)


def test_grades_are_counted_over_voices_not_over_reports() -> None:
    assert graded(by("r1", "Ruta Hald"))[0] is Grade.SINGLE_SOURCE
    assert graded(by("r1", "Ruta Hald"), by("r2", "Ruta Hald"), by("r3", "Ruta Hald"))[0] is Grade.SINGLE_SOURCE
    grade, why = graded(by("r1", "Ruta Hald"), by("r2", "Oskar Brenn"))
    assert grade is Grade.FAIR
    assert "2 reports, 2 outlets, 2 voices" in why


def test_copies_make_no_event_better_vouched() -> None:
    one, other = report("r1", incident()), report("r2", incident(), day="2031-05-05")
    assert graded(one, other)[0] is Grade.FAIR
    assert graded(one, other, copies=(Shared(ReportId("r2"), ReportId("r1"), 0.8),))[0] is Grade.SINGLE_SOURCE


def test_doubtful_voices_are_weak() -> None:
    doubtful = incident(certainty=Confidence.HEDGED)
    grade, why = graded(report("r1", doubtful), report("r2", doubtful))
    assert grade is Grade.WEAK
    assert "0 of them state it" in why
    unnamed = read("Shells hit the market in Porto on Monday, residents said.", published="1905-03-20", outlet="Wire")
    assert [vouching([it]).grading.grade for it in accounts(unnamed)] == [Grade.WEAK]


def test_rival_accounts_of_who_did_it_are_contested_and_the_accused_s_denial_is_told_beside() -> None:
    grade, why = graded(by("r1", "Ruta Hald", "Reed Guard"), by("r2", "Oskar Brenn", "Tovian Army"))
    assert grade is Grade.CONTESTED
    assert "laid on Reed Guard by Ruta Hald" in why
    assert "laid on Tovian Army by Oskar Brenn" in why
    assert graded(by("r1", "Ruta Hald", "Reed Guard"), by("r2", "Oskar Brenn", "Reed Guard"))[0] is Grade.FAIR
    text = "The mayor of Porto, Ruta Hald, said the Reed Guard shelled the market in Porto on Monday."
    accused = read(
        text + " The Reed Guard denied that it had shelled the market.", published="1905-03-20", outlet="Wire"
    )
    verdicts = [vouching([it]) for it in accounts(accused)]
    assert [it.grading.grade for it in verdicts] == [Grade.SINGLE_SOURCE]
    assert [it.disowned for it in verdicts] == [("Reed Guard",)]


def test_a_denial_by_somebody_else_that_it_happened_contests_it() -> None:
    grade, why = graded(by("r1", "Ruta Hald", denier="Oskar Brenn"))
    assert grade is Grade.CONTESTED
    assert "denied by Oskar Brenn" in why


def test_two_reports_read_are_one_event_with_a_range_of_dead() -> None:
    one = read(
        "Shells hit the market in Porto on Monday, killing nine people, the governor of Porto, Manuel Teles, said.",
        published="1905-03-20", outlet="Harbour Wire",
    )  # fmt: skip
    other = read(
        "At least eleven people were killed when rebels shelled a market in Porto on 20 March 1905, doctors said.",
        published="1905-03-21", outlet="Lisbon Post",
    )  # fmt: skip
    (event,) = found(one, other)
    assert [(it.low, it.high) for it in event.tolls if it.harm is Harm.KILLED] == [(9, None)]
    assert [it.value for it in event.days] == ["1905-03-20"]
