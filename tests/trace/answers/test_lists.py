"""Who somebody is across reports, and the lists of events and forecasts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from sayso import Ledger
from sayso.trace.answers import WantedEvents, WantedForecasts, events, forecasts, trace, who
from sayso.trace.listing import Period
from sayso.vocabulary import Grade, IncidentType, OutcomeState, Stance
from tests.trace.answers.conftest import MAINE


@pytest.mark.parametrize("name", ["Edgar Whitlow", "edgar whitlow", "WHITLOW"])
def test_somebody_is_found_by_any_name_in_any_case(maine: Ledger, name: str) -> None:
    (found,) = who(maine, name)
    assert (found.actor.name, found.reports) == ("Edgar Whitlow", 3)
    assert found.stances[0] == (Stance.WARNS, 3)
    assert [(it.outcome.made, it.outcome.state) for it in found.forecasts] == [
        ("1898-02-19", OutcomeState.FOLLOWED),
        ("1898-01-20", OutcomeState.LAPSED),
    ]
    assert all("shell" in it.content.text for it in found.said)


def test_both_databases_answer_alike(ledger: Ledger, maine: Ledger) -> None:
    ledger.add(MAINE / "reports.jsonl")
    for words in ("a submarine mine destroyed the Maine", "American warships would shell the coast of Cuba"):
        mine, theirs = trace(ledger, words).claims[0], trace(maine, words).claims[0]
        assert (mine.claim, mine.text, mine.sides) == (theirs.claim, theirs.text, theirs.sides)
        assert [it.content for it in mine.timeline] == [it.content for it in theirs.timeline]
    assert [it.event for it in events(ledger)] == [it.event for it in events(maine)]
    assert [it.outcome for it in forecasts(ledger)] == [it.outcome for it in forecasts(maine)]
    assert [it.actor for it in who(ledger, "Edgar Whitlow")] == [it.actor for it in who(maine, "Edgar Whitlow")]


def test_nobody_is_made_up(maine: Ledger) -> None:
    assert who(maine, "Nemo Nobody") == ()


def test_events_are_told_by_place_type_and_time_with_tolls_and_grades(maine: Ledger) -> None:
    (found,) = events(maine, WantedEvents(place="Havana"))
    assert found.vouching.grading.grade in (Grade.FAIR, Grade.CONTESTED)
    assert found.vouching.grading.reasons
    assert {toll.low for toll in found.event.tolls} == {250}
    assert len(found.vouching.told.voices) < len(found.event.tellings)
    (shelled,) = events(maine, WantedEvents(type=IncidentType.SHELLING))
    assert (shelled.event.start, shelled.event.end) == ("1898-04-27", "1898-04-27")
    assert events(maine, WantedEvents(Period(since=date(1950, 1, 1)), place="Havana")) == ()


def test_lists_begin_with_the_latest_and_end_at_the_limit(maine: Ledger) -> None:
    ends = [it.event.end for it in events(maine) if it.event.end]
    assert all(one >= other for one, other in pairwise(ends))
    assert len(events(maine, limit=1)) == 1
    made = [it.outcome.made for it in forecasts(maine)]
    assert made == sorted(made, reverse=True)


def test_forecasts_are_told_by_what_became_of_them(maine: Ledger) -> None:
    for state in OutcomeState:
        assert all(it.outcome.state is state for it in forecasts(maine, WantedForecasts(state=state)))
    (lapsed,) = forecasts(maine, WantedForecasts(state=OutcomeState.LAPSED, voice="Edgar Whitlow"))
    assert lapsed.run == "never foretold before"
    assert forecasts(maine, WantedForecasts(voice="Nemo Nobody")) == ()
