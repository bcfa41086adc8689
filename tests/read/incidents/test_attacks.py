"""Who attacked whom: the parts that the encoder gives to an incident, whatever the case of the letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso import read
from sayso.vocabulary import Harm, Incident, IncidentType, Part, PartRole, Reading, Standing

KILLED = (
    "Vellmar, 3 May 1989 -- Members of the Red Harbour Front yesterday killed the mayor of Kesten, Tomas Ardin, "
    "and wounded his driver in an ambush on the coast road, police reported."
)
BOMBED = "A powerful bomb destroyed the power station in Kesten last night. The Red Harbour Front placed it."


def parts(reading: Reading, role: PartRole) -> list[Part]:
    return [p for i in reading.incidents for p in i.parts if p.role is role and p.score is not None]


def texts(found: list[Part]) -> str:
    return " | ".join(p.text.lower() for p in found)


def of(reading: Reading, *types: IncidentType) -> Incident:
    return next(i for i in reading.incidents if i.type in types)


@pytest.mark.parametrize("cased", [str, str.upper], ids=["as written", "upper case"])
def test_an_attack_has_its_organisation_and_its_victims_whatever_the_case(cased: Callable[[str], str]) -> None:
    reading = read(cased(KILLED), published="1989-05-03")
    doers = [p for i in reading.incidents for p in i.parts if p.role in (PartRole.PERPETRATOR, PartRole.ORGANISATION)]
    assert "red harbour front" in texts(doers)
    assert "tomas ardin" in texts(parts(reading, PartRole.VICTIM))


def test_a_victim_has_the_harm_that_came_to_them_and_a_score() -> None:
    victims = parts(read(KILLED, published="1989-05-03"), PartRole.VICTIM)
    killed = [p for p in victims if p.harm is Harm.KILLED]
    assert any("Tomas Ardin" in p.text for p in killed)
    assert all(p.score is not None and 0 <= p.score <= 1 for p in victims)


def test_what_was_bombed_is_a_target_and_the_bomb_a_weapon() -> None:
    incident = of(read(BOMBED, published="1989-05-03"), IncidentType.REMOTE_EXPLOSIVE)
    assert "power station" in texts([p for p in incident.parts if p.role is PartRole.TARGET])
    assert any("bomb" in span.of(BOMBED) for span in incident.weapons)


def test_a_name_and_its_short_form_in_brackets_are_one_organisation() -> None:
    text = (
        "Guerrillas of the National Lantern Movement [NLM] attacked the garrison at Ostrava on Monday and killed two "
        "soldiers. The NLM said that the attack was its own."
    )
    found = parts(read(text, published="1989-05-03"), PartRole.ORGANISATION)
    assert len(found) == len({p.role for p in found}), texts(found)


def test_a_story_without_an_attack_has_no_parts_of_one() -> None:
    text = "The council of Kesten approved the budget on Monday. Mayor Tomas Ardin thanked the voters and the ferrymen."
    reading = read(text, published="1989-05-03")
    assert [p for i in reading.incidents for p in i.parts if p.score is not None] == []


def test_every_part_points_at_its_words() -> None:
    for text in (KILLED, BOMBED):
        for incident in read(text, published="1989-05-03").incidents:
            assert all(p.span.of(text) == p.text for p in incident.parts)


def test_the_standing_of_a_perpetrator_is_one_of_the_contract() -> None:
    found = parts(read(BOMBED, published="1989-05-03"), PartRole.ORGANISATION)
    assert all(p.standing in Standing for p in found)


def test_a_victim_in_capitals_is_known_by_name() -> None:
    text = "KESTEN, 3 MAY 1989 -- GUERRILLAS KILLED SENATOR PABLO ARDIN YESTERDAY. ARDIN WAS SHOT AT HOME, POLICE SAID."
    reading = read(text, published="1989-05-03")
    assert any("PABLO ARDIN" in actor.names for actor in reading.actors)


def test_a_day_in_the_name_of_a_group_is_not_the_day_of_its_attack() -> None:
    text = "The 19 April Movement bombed the power station in Kesten on Tuesday, police said."
    (incident,) = read(text, published="1989-05-03").incidents
    assert (incident.start or "")[:10] == "1989-05-02"
    assert [time.span.of(text) for time in read(text).times if time.id in incident.times] == ["Tuesday"]


def test_the_day_somebody_condemns_an_attack_is_not_the_day_it_happened() -> None:
    text = (
        "The government of Vellmar today condemned the assassination of Tomas Ardin, the mayor of Kesten. Ardin was a "
        "friend of the ferrymen. The council thanked those who came."
    )
    for incident in read(text, published="1989-05-03").incidents:
        assert not (incident.start and incident.times), incident


def test_who_is_kidnapped_is_abducted_and_not_dead() -> None:
    text = "Members of the Red Harbour Front kidnapped senator Pablo Ardin and his driver in Kesten, police said."
    victims = [p for p in parts(read(text, published="1989-05-03"), PartRole.VICTIM) if p.harm is not None]
    assert victims
    assert {p.harm for p in victims} <= {Harm.ABDUCTED}
