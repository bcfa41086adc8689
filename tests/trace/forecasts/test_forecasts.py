"""Forecasts are followed, open, lapsed or unclear; one in many reports is one, and runs tell what came of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import read
from sayso.trace.events import Happenings, accounts, events
from sayso.trace.forecasts import WINDOW, Foretellings, foretold, outcomes, outcomes_of, run
from sayso.trace.voices import Shared
from sayso.vocabulary import (
    Forecast,
    ForecastId,
    Incident,
    IncidentType,
    Outcome,
    OutcomeState,
    PlaceId,
    Reading,
    ReportId,
    Stance,
    StatementId,
    Time,
    TimeId,
    TimeKind,
)
from tests.trace.events.told import SPOT, WORDS, incident, report

SHELLING, CHEMICAL = IncidentType.SHELLING, IncidentType.CHEMICAL_WEAPON
FOLLOWED, LAPSED, OPEN, UNCLEAR = OutcomeState.FOLLOWED, OutcomeState.LAPSED, OutcomeState.OPEN, OutcomeState.UNCLEAR


def when(value: str, start: str | None = None, end: str | None = None) -> Time:
    kind = TimeKind.DURATION if value.startswith("P") else TimeKind.DATE
    return Time(TimeId("t1"), SPOT, value, kind, value, start, end)


def warning(
    name: str,
    day: str | None,
    speaker: str | None = "Ruta Hald",
    where: str | None = "Ostrel",
    kind: IncidentType = SHELLING,
    time: Time | None = None,
    outlet: str | None = None,
) -> Reading:
    """A report of a warning; without a speaker it is the outlet's own."""
    forecast = Forecast(
        ForecastId("f1"), Stance.WARNS, WORDS, StatementId("s1") if speaker else None, kind,
        (PlaceId(f"p-{where}"),) if where else (), (TimeId("t1"),) if time else (),
    )  # fmt: skip
    reading = report(name, day=day, speaker=speaker, outlet=outlet)
    return replace(reading, forecasts=(forecast,), times=(time,) if time else ())


def happened(name: str, *incidents: Incident, day: str = "2031-06-01", speaker: str | None = None) -> Reading:
    return report(name, *incidents, day=day, speaker=speaker)


def became(readings: Iterable[Reading], as_of: str = "2032-01-01", copies: tuple[Shared, ...] = ()) -> list[Outcome]:
    forecasts, happenings = stored(readings)
    return list(outcomes(forecasts, happenings, date.fromisoformat(as_of), copies))


def stored(readings: Iterable[Reading]) -> tuple[Foretellings, Happenings]:
    forecasts, happenings = Foretellings(), Happenings()
    for reading in readings:
        forecasts.add(foretold(reading))
        happenings.add(accounts(reading))
    return forecasts, happenings


def test_a_forecast_is_open_while_its_window_lasts_and_lapsed_after_it() -> None:
    made = [warning("r1", "2031-05-01")]
    assert [it.state for it in became(made, "2031-05-31")] == [OPEN]
    (lapsed,) = became(made, "2031-06-01")
    assert (lapsed.state, lapsed.start, lapsed.end) == (LAPSED, "2031-05-01", "2031-05-31")
    assert (date.fromisoformat(lapsed.end) - date.fromisoformat(lapsed.made)).days == WINDOW
    assert "does not say when" in lapsed.reasons[0]


@pytest.mark.parametrize(
    ("time", "end"),
    [
        (when("2031-05-20", "2031-05-20", "2031-05-20"), "2031-05-20"),
        (when("P10D"), "2031-05-11"),
        (when("P2W"), "2031-05-15"),
        (when("P2M"), "2031-06-30"),
        (when("PT48H"), "2031-05-03"),
        (when("PXD"), "2031-05-31"),
        (when("2031-04", "2031-04-01", "2031-04-30"), "2031-05-31"),
    ],
)
def test_the_window_is_what_the_words_give_else_a_month(time: Time, end: str) -> None:
    (outcome,) = became([warning("r1", "2031-05-01", time=time)])
    assert outcome.end == end


def test_an_event_that_fits_follows_and_says_how_long_after() -> None:
    readings = [warning("r1", "2031-05-01"), happened("r2", incident(day="2031-05-12"))]
    (outcome,) = became(readings)
    (event,) = events(stored(readings)[1])
    assert outcome.state is FOLLOWED
    assert [(it.event, it.days) for it in outcome.followed] == [(event.id, 11)]
    assert "both in ostrel" in outcome.followed[0].reasons


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (incident(day="2031-06-12"), "after the window"),
        (incident(day="2031-04-30"), "before it was foretold"),
        (incident(where="Marn", day="2031-05-12"), "at another town"),
        (incident(IncidentType.ARRESTS, day="2031-05-12"), "another kind of thing"),
        (incident(where="Upper Dale", day="2031-05-12"), "somewhere in the province"),
        (incident(where=None, day="2031-05-12"), "nobody knows where"),
    ],
)
def test_what_does_not_fit_does_not_follow(event: Incident, why: str) -> None:
    assert [it.state for it in became([warning("r1", "2031-05-01"), happened("r2", event)])] == [LAPSED], why


def test_an_attack_may_be_of_any_kind_but_a_chemical_one_is_told_as_one() -> None:
    attack = incident(IncidentType.ATTACK, day="2031-05-12")
    for warned, event, state in (
        (IncidentType.ATTACK, incident(day="2031-05-12"), FOLLOWED),
        (IncidentType.AIR_STRIKE, incident(day="2031-05-12"), FOLLOWED),
        (SHELLING, attack, FOLLOWED),
        (CHEMICAL, incident(CHEMICAL, day="2031-05-12"), FOLLOWED),
        (CHEMICAL, incident(day="2031-05-12"), LAPSED),
        (CHEMICAL, attack, LAPSED),
    ):
        assert [it.state for it in became([warning("r1", "2031-05-01", kind=warned), happened("r2", event)])] == [state]


def test_a_forecast_for_a_province_is_followed_by_what_happens_in_a_town_of_it() -> None:
    readings = [warning("r1", "2031-05-01", where="Upper Dale"), happened("r2", incident(day="2031-05-12"))]
    assert [it.state for it in became(readings)] == [FOLLOWED]


def test_what_only_the_forecaster_tells_of_is_said_to_be_so() -> None:
    event = incident(day="2031-05-12", vouched=True)
    (own,) = became([warning("r1", "2031-05-01"), happened("r2", event, speaker="Ruta Hald")])
    assert "told only on the word of the one who foretold it" in own.followed[0].reasons
    (other,) = became([warning("r1", "2031-05-01"), happened("r2", event, speaker="Oskar Brenn")])
    assert "told only on the word of the one who foretold it" not in other.followed[0].reasons


def test_what_names_no_place_or_kind_is_unclear() -> None:
    assert [it.state for it in became([warning("r1", "2031-05-01", where=None)])] == [UNCLEAR]
    assert [it.state for it in became([warning("r1", "2031-05-01", kind=IncidentType.OTHER)])] == [UNCLEAR]
    assert [it.state for it in became([warning("r1", None)])] == [UNCLEAR]


def test_one_warning_in_many_papers_is_one_forecast_and_two_people_s_are_two() -> None:
    papers = [warning(f"r{i}", f"2031-05-0{1 + i % 3}") for i in range(9)]
    (outcome,) = became(papers)
    assert len(outcome.carriers) == 9
    assert outcome.made == "2031-05-01"
    assert [it.voice for it in became([*papers, warning("r9", "2031-05-02", "Oskar Brenn")])] == [
        "Ruta Hald",
        "Oskar Brenn",
    ]


def test_a_copy_of_a_paper_s_own_forecast_is_that_paper_s() -> None:
    papers = [warning("r1", "2031-05-01", None), warning("r2", "2031-05-02", None)]
    assert len(became(papers)) == 2
    (outcome,) = became(papers, copies=(Shared(ReportId("r2"), ReportId("r1"), 0.9),))
    assert outcome.voice == "The r1 Courier"


def test_other_places_kinds_and_stated_days_are_other_forecasts() -> None:
    first = warning("r1", "2031-05-01", time=when("2031-05-20", "2031-05-20", "2031-05-20"))
    for other in (
        warning("r2", "2031-05-01", where="Fenwick"),
        warning("r2", "2031-05-01", kind=CHEMICAL),
        warning("r2", "2031-05-01", time=when("2031-06-20", "2031-06-20", "2031-06-20")),
        warning("r2", "2031-05-09"),
    ):
        assert len(became([first, other])) == 2


def test_the_run_of_a_voice_tells_how_often_it_foretold_the_like_and_what_came_of_it() -> None:
    readings = [
        warning("r1", "2031-01-01"),
        warning("r2", "2031-03-01", where="Marn"),
        happened("r3", incident(where="Marn", day="2031-03-09"), day="2031-03-10"),
        warning("r4", "2031-04-01", "Oskar Brenn"),
        warning("r5", "2031-04-05", kind=IncidentType.ARRESTS),
        warning("r6", "2031-06-01"),
    ]
    found = became(readings, "2031-06-10")
    (latest,) = [it for it in found if it.made == "2031-06-01"]
    earlier = run(latest, found)
    assert [(it.made, it.state) for it in earlier.outcomes] == [("2031-01-01", LAPSED), ("2031-03-01", FOLLOWED)]
    assert earlier.words == "foretold 2 times for 2 places: 1 followed, 1 lapsed"
    assert run(earlier.outcomes[0], found).words == "never foretold before"


REPORTS = [
    warning("r1", "2031-05-01"),
    warning("r2", "2031-05-03"),
    warning("r3", "2031-05-05"),
    warning("r4", "2031-05-06", "Oskar Brenn"),
    warning("r5", "2031-05-02", None, where="Upper Dale"),
    warning("r6", "2031-05-02", None),
    warning("r7", "2031-05-02", where=None),
    happened("r8", incident(day="2031-05-12")),
    happened("r9", incident(where="Marn", day="2031-05-12"), incident(day="2031-05-13", name="i2")),
]


@settings(deadline=None, max_examples=25)
@given(st.sets(st.sampled_from(range(len(REPORTS))), min_size=1), st.randoms(use_true_random=False))
def test_outcomes_are_the_same_in_whatever_order_reports_come(chosen: set[int], random: Random) -> None:
    readings = [REPORTS[i] for i in sorted(chosen)]
    shuffled = [*readings, *readings]
    random.shuffle(shuffled)
    batch = became(readings)
    forecasts, happenings = stored(shuffled)
    assert list(outcomes(forecasts, happenings, date(2032, 1, 1))) == batch
    for outcome in batch:
        assert outcome in outcomes_of(outcome.carriers[0], forecasts, happenings, date(2032, 1, 1))


def test_a_warning_and_what_came_of_it_read_from_reports() -> None:
    warned = read(
        "Captain Ilse Maran warned on Monday that rebels would shell the port of Porto within three weeks.",
        published="1905-03-06", outlet="Harbour Wire",
    )  # fmt: skip
    told = read("Rebels shelled the port of Porto on Saturday, killing two.", published="1905-03-19", outlet="Post")
    (outcome,) = became([warned, told], "1905-12-31")
    assert (outcome.voice, outcome.state, outcome.end) == ("Ilse Maran", FOLLOWED, "1905-03-27")
    assert [it.days for it in outcome.followed] == [12]
