"""When the benchmark takes a country, a province or a continent for the area that a gold point lies in."""

from typing import Any

import pytest

from benchmarks.places import fold, holds
from sayso.gazetteer import gazetteer
from sayso.vocabulary import Entry, PlaceLevel

NORWAY = Entry("Norway", 62.0, 10.0, PlaceLevel.COUNTRY, 3144096, "NO")
TEXAS = Entry("Texas", 31.25, -99.25, PlaceLevel.PROVINCE, 4736286, "US", ("US",))
EUROPE = Entry("Europe", 48.7, 9.1, PlaceLevel.REGION, 6255148)
BERGEN = Entry("Bergen", 60.39, 5.32, PlaceLevel.SETTLEMENT, 3161732, "NO")


def gold(name: str, lat: float, lon: float) -> dict[str, Any]:
    return {"name": name, "lat": lat, "lon": lon}


@pytest.mark.parametrize(
    ("entry", "point", "right"),
    [
        (NORWAY, gold("Norway", 69.6, 18.9), True),
        (NORWAY, gold("Norway", 59.3, 18.0), False),
        (TEXAS, gold("Texas", 29.8, -95.4), True),
        (TEXAS, gold("Texas", 35.0, -92.3), False),
        (EUROPE, gold("Europe", 54.5, 25.3), True),
        (EUROPE, gold("Europe", 35.7, 139.7), False),
        (BERGEN, gold("Bergen", 69.6, 18.9), False),
    ],
)
def test_an_area_is_right_where_the_point_lies_in_it(entry: Entry, point: dict[str, Any], right: bool) -> None:
    assert holds(entry, point, gazetteer()) is right


def test_an_area_is_wrong_where_the_point_is_that_of_a_town_of_the_name() -> None:
    mexico = Entry("Mexico", 23.6, -102.5, PlaceLevel.COUNTRY, 3996063, "MX")
    guadalajara = gold("Guadalajara", 20.67, -103.35)
    assert not holds(mexico, guadalajara, gazetteer())


def test_a_document_has_the_same_fold_everywhere() -> None:
    assert [fold(document) for document in "abc"] == [4, 0, 3]
    assert {fold(str(number)) for number in range(50)} == set(range(5))
