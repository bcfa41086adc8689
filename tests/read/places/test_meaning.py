"""Which entry of the gazetteer a name means: what the text says comes before how many people live there."""

import pytest

from sayso.vocabulary import PlaceLevel, PlacePrecision
from tests.read.places.asking import found, place

IN_IDLIB = "A bakery was rebuilt in Ariha, a town in Idlib province, engineers in Damascus said."


def test_the_container_said_in_the_text_decides_between_namesakes() -> None:
    ariha = place(IN_IDLIB, "Ariha")
    assert ariha.entry is not None
    assert (ariha.entry.country, ariha.entry.within) == ("SY", ("Idlib", "SY"))
    assert ariha.entry.geonames == 172994
    assert ariha.score > 0.5


def test_containment_points_at_the_mention_that_contains() -> None:
    ariha, idlib = place(IN_IDLIB, "Ariha"), place(IN_IDLIB, "Idlib")
    assert ariha.within == (idlib.id,)


@pytest.mark.parametrize(
    ("state", "division"), [("Texas", "Texas"), ("Kentucky", "Kentucky"), ("Illinois", "Illinois")]
)
def test_a_state_after_a_comma_decides_for_every_mention_of_the_name(state: str, division: str) -> None:
    text = f"The mayor of Paris, {state}, opened the library. Children in Paris had waited for years."
    mentions = [each for each in found(text) if each.text == "Paris"]
    assert len(mentions) == 2
    assert {each.entry.within for each in mentions if each.entry} == {(division, "US")}


def test_other_places_of_the_text_decide_where_nothing_is_said() -> None:
    text = (
        "The ferry from Windsor was late. Trains from Toronto, Hamilton and Ottawa waited, "
        "and the mayor of London, Ontario, sent a bus."
    )
    assert {each.entry.country for each in found(text) if each.entry} == {"CA"}


def test_a_country_and_a_province_are_areas() -> None:
    text = "Rain fell over Portugal and over Idlib province in northern Syria."
    assert place(text, "Portugal").precision is PlacePrecision.COUNTRY
    idlib = place(text, "Idlib")
    assert (idlib.level, idlib.precision) == (PlaceLevel.PROVINCE, PlacePrecision.AREA)


def test_the_word_for_its_level_tells_a_county_from_a_town() -> None:
    county = place("Deputies in Laurel County, Kentucky, found the horse.", "Laurel County")
    assert county.level is PlaceLevel.DISTRICT
    assert county.entry is not None
    assert county.entry.within == ("Kentucky", "US")


def test_a_name_in_no_gazetteer_is_kept_inside_what_the_text_says() -> None:
    text = "Farmers in the village of Qarmatal in Idlib province saw the flood."
    village, idlib = place(text, "Qarmatal"), place(text, "Idlib")
    assert village.entry is None
    assert village.precision is PlacePrecision.UNRESOLVED
    assert village.level is PlaceLevel.SETTLEMENT
    assert village.within == (idlib.id,)


def test_another_spelling_is_looked_for_inside_the_country_of_the_text() -> None:
    text = "A school opened in Khan Sheikhoun, in Idlib province, and buses came from Hama and Aleppo in Syria."
    town = place(text, "Khan Sheikhoun")
    assert town.entry is not None
    assert town.entry.country == "SY"


def test_another_spelling_is_not_looked_for_on_another_continent() -> None:
    text = "A boat sank off Bergen. Rescuers from Oslo and Trondheim searched near the islet of Ariyhaa in Norway."
    assert all(each.entry is None or each.entry.country == "NO" for each in found(text))


def test_the_outlets_country_is_a_hint() -> None:
    text = "A fire damaged a barn near Perth on Sunday. The fire service said nobody was hurt."
    scottish, australian = place(text, "Perth", "courier.co.uk"), place(text, "Perth", "westnews.com.au")
    assert scottish.entry is not None
    assert australian.entry is not None
    assert (scottish.entry.country, australian.entry.country) == ("GB", "AU")


def test_an_entry_comes_with_reasons_and_a_chance() -> None:
    for each in found(IN_IDLIB):
        assert each.why
        assert (each.entry is None) == (each.score == 0.0)
