"""Which words are places, and which are people, organisations and governments."""

import pytest

from sayso.vocabulary import PlaceUse
from tests.read.places.asking import found, place, texts


def test_places_are_found_by_how_they_are_used_and_not_only_by_a_dictionary() -> None:
    text = "Farmers in Qarmatal said that a well in the village of Zembulin had run dry."
    assert {"Qarmatal", "Zembulin"} <= set(texts(text))


def test_people_who_are_called_like_towns_are_not_places() -> None:
    text = "Jordan Miller, of Springfield, Ohio, said that Paris Lee and Austin Carter had repaired the boat."
    assert texts(text) == ["Springfield", "Ohio"]


def test_a_name_joined_by_an_arabic_article_is_one_place() -> None:
    assert "Maarat al-Numan" in texts("Fighting went on in northern Aleppo and in Maarat al-Numan.")


def test_an_adjective_of_a_people_is_a_demonym_of_its_country() -> None:
    said = place("Norwegian rescuers reached the hut near Bergen at dawn.", "Norwegian")
    assert said.use is PlaceUse.DEMONYM
    assert said.entry is not None
    assert said.entry.country == "NO"


def test_a_capital_that_speaks_or_is_blamed_stands_for_its_government() -> None:
    text = "Lisbon and its allies blamed Madrid for the failed treaty. Vienna said the text was old."
    assert [each.use for each in found(text)] == [PlaceUse.METONYM] * 3


def test_parties_to_talks_are_governments_and_the_talks_have_no_place_between_them() -> None:
    text = "Talks between Lisbon and Madrid went on for a week."
    assert [(each.use, each.whereabouts) for each in found(text)] == [(PlaceUse.METONYM, None)] * 2


def test_a_capital_where_something_happens_is_a_place() -> None:
    text = "A tram derailed in Lisbon on Monday and nobody was hurt."
    assert place(text, "Lisbon").use is PlaceUse.PLACE


def test_text_in_capitals_has_places_too() -> None:
    text = (
        "SAN SALVADOR, 3 JAN 90 -- A BRIDGE WAS DAMAGED NEAR SANTA ELENA, USULUTAN DEPARTMENT. "
        "THE ROAD TO SAN MIGUEL WAS CLOSED."
    )
    assert {"SAN SALVADOR", "SANTA ELENA", "SAN MIGUEL"} <= set(texts(text))
    assert all(each.entry and each.entry.country == "SV" for each in found(text) if each.text in ("SANTA ELENA",))


def test_a_text_without_places_has_none() -> None:
    assert found("She said that it rains, and that she had known it.") == ()
    assert found("") == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The battleship Maine blew up in Havana. Divers went down to the Maine on Friday.", ["Havana"]),
        ("USS Cole reached Aden on Monday, and the Cole left on Friday.", ["Aden"]),
        ("The battleship Maine lay in Havana. Its captain came from Maine, he said.", ["Havana", "Maine"]),
        ("The tanker Iran seized in May was released in Dubai, officials said.", ["Iran", "Dubai"]),
    ],
)
def test_a_ship_that_bears_the_name_of_a_place_is_none(text: str, places: list[str]) -> None:
    assert texts(text) == places
