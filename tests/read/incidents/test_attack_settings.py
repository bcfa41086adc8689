"""Where and when an attack was, how many it killed, and on whose word: told in other sentences than the deed."""

from __future__ import annotations

import pytest

from sayso import read
from sayso.read.incidents.dead import dead
from sayso.vocabulary import Incident, PartRole, Reading, Standing

BOMBED = (
    "SAN SALVADOR, 9 MAY 1989 (EXAMPLE WIRE) -- [TEXT] A POWERFUL BOMB DESTROYED THE OFFICE OF THE HARBOUR UNION. "
    "THE OFFICE IS LOCATED IN THE CITY OF SANTA ANA, IN WESTERN EL SALVADOR. POLICE SAID THAT NOBODY WAS INJURED."
)
NEIGHBOURS = (
    "Lima, 3 May 1989 -- Bolivia today congratulated Peru on its lighthouses. In Arequipa yesterday gunmen killed the "
    "ferry inspector Tomas Ardin, Peruvian police said. Ardin was shot in his car."
)


def attack(reading: Reading) -> Incident:
    """The first incident that the encoder gives parts to."""
    return next(i for i in reading.incidents if any(p.score is not None for p in i.parts))


def places(reading: Reading) -> list[str]:
    known = {place.id: place for place in reading.places}
    return [known[i].text.lower() for i in attack(reading).places]


def test_the_place_told_in_the_next_sentence_is_that_of_the_attack() -> None:
    assert "santa ana" in places(read(BOMBED, published="1989-05-09"))[0]


def test_the_country_an_attack_was_in_is_named_among_its_places_and_no_other() -> None:
    reading = read(NEIGHBOURS, published="1989-05-03")
    known = {place.id: place for place in reading.places}
    countries = {e.country for i in attack(reading).places if (e := known[i].entry) is not None}
    assert countries == {"PE"}


def test_the_day_of_the_deed_is_taken_and_not_the_day_of_other_news() -> None:
    incident = attack(read(NEIGHBOURS, published="1989-05-03"))
    assert (incident.start or "")[:10] == "1989-05-02"


def test_every_place_and_time_of_an_attack_is_one_of_the_reading() -> None:
    for text in (BOMBED, NEIGHBOURS):
        reading = read(text, published="1989-05-09")
        assert set(attack(reading).places) <= {p.id for p in reading.places}
        assert set(attack(reading).times) <= {t.id for t in reading.times}
        assert len(set(attack(reading).places)) == len(attack(reading).places)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Gunmen murdered the mayor of Kesten, Tomas Ardin, in an ambush on Monday, police said.", 1),
        ("Guerrillas killed three policemen in an attack on the garrison at Ostrava on Monday, police said.", 3),
    ],
)
def test_the_dead_of_an_attack_are_counted_or_named(words: str, number: int) -> None:
    reading = read(words, published="1989-05-03")
    found = dead(reading, attack(reading))
    assert found is not None
    assert (found.low, found.high) == (number, number)


def test_a_bomb_that_only_broke_walls_killed_nobody() -> None:
    reading = read(BOMBED, published="1989-05-09")
    assert dead(reading, attack(reading)) is None


def test_an_organisation_that_claims_an_attack_is_said_to_claim_it() -> None:
    text = (
        "Guerrillas bombed the power station in Santa Ana on Monday. In a communique the National Lantern Movement "
        "claimed responsibility for the attack. The National Lantern Movement claimed credit for two more attacks."
    )
    found = [p for p in attack(read(text, published="1989-05-03")).parts if p.role is PartRole.ORGANISATION]
    assert found
    assert {p.standing for p in found} == {Standing.CLAIMED}
