"""Movements whose names begin with the Arabic, Persian or Urdu word for what they are: no places, and whole."""

import pytest

import sayso
from sayso.vocabulary import ActorKind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jaysh al-Bahr said on Friday that it had left Kusp.", "Jaysh al-Bahr"),
        ("The rebels, previously known as Harakat Nur al-Nahr, have carried out two attacks.", "Harakat Nur al-Nahr"),
        ("Fighters of Hezb-e-Kar left the town of Kusp, Colonel Ardin said.", "Hezb-e-Kar"),
        ("JABHAT AL-NAHR SHELLED KUSP ON FRIDAY, POLICE SAID.", "JABHAT AL-NAHR"),
    ],
)
def test_a_movement_is_an_organisation_by_its_whole_name_and_no_place(text: str, name: str) -> None:
    reading = sayso.read(text, published="2022-08-20")
    (actor,) = [each for each in reading.actors if name in each.names]
    assert actor.kind is ActorKind.ORGANISATION
    assert not any(name in place.text or place.text in name for place in reading.places)


def test_towns_and_people_that_are_called_like_the_first_word_stay_what_they_are() -> None:
    reading = sayso.read("Liwa is a quiet town, Hayat Khan said on Friday.")
    assert [place.text for place in reading.places] == ["Liwa"]
    assert [(actor.name, actor.kind) for actor in reading.actors if actor.names] == [("Hayat Khan", ActorKind.PERSON)]
