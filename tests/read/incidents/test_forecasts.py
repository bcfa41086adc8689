"""Warnings, plans, threats, promises and predictions are forecasts, never something that happened."""

import pytest

from sayso import read
from sayso.vocabulary import IncidentType, PartRole, Reading, Stance, Standing


def told(text: str) -> Reading:
    return read(text, published="2019-05-20")


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Colonel Jan Meer warned that rebels would attack the port of Harwick.", Stance.WARNS),
        ("Colonel Jan Meer warned that an offensive by rebels was likely in September.", Stance.WARNS),
        ("The rebels threatened to bomb the port of Harwick.", Stance.THREATENS),
        ("President Holt promised to withdraw the army from Harwick next week.", Stance.PROMISES),
    ],
)
def test_what_is_foretold_did_not_happen(text: str, stance: Stance) -> None:
    reading = told(text)
    assert [f.stance for f in reading.forecasts] == [stance]
    assert not reading.incidents


def test_a_forecast_has_its_kind_its_place_and_those_it_is_laid_on() -> None:
    reading = told(
        "Colonel Jan Meer said that rebels are preparing to stage a chemical attack in the town of Harwick "
        "to blame the Norland army."
    )
    (forecast,) = reading.forecasts
    assert forecast.type is IncidentType.CHEMICAL_WEAPON
    assert [p.text for p in reading.places if p.id in forecast.places][:1] == ["Harwick"]
    roles = {(p.role, p.text.removeprefix("the ")) for p in forecast.blamed}
    assert (PartRole.PERPETRATOR, "rebels") in roles
    assert any(role is PartRole.TARGET and "army" in text for role, text in roles)
    made = reading.statement(forecast.statement)
    assert made is not None
    assert "Meer" in made.source.text


def test_what_was_said_of_the_past_is_no_forecast() -> None:
    assert not told("Colonel Jan Meer said rebels shelled the town of Harwick on Monday.").forecasts


def test_to_be_about_to_do_something_harmless_is_no_accusation() -> None:
    reading = told("Two officials said the ministry plans to send a mediator next week.")
    assert [p.standing for f in reading.forecasts for p in f.blamed] == [Standing.POSSIBLE]
