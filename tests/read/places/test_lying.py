"""How places lie to each other, and the region that this tells of."""

import pytest

from sayso.read.places.geodesy import destination, kilometres
from sayso.vocabulary import PlacePrecision, Whereabouts
from tests.read.places.asking import found, place


def told(text: str, words: str) -> Whereabouts:
    where = place(text, words).whereabouts
    assert where is not None
    return where


def test_a_bearing_and_a_distance_make_a_region_around_the_spot() -> None:
    text = "The pipeline leaked 10 kilometers northeast of the capital Damascus."
    words = "10 kilometers northeast of the capital Damascus"
    spot, anchor = place(text, words), place(text, "Damascus")
    assert told(text, words) == Whereabouts("distance", (anchor.id,), spot.span, 45.0, 10.0)
    assert spot.precision is PlacePrecision.NEAR
    assert spot.region is not None
    assert anchor.entry is not None
    centre = spot.region.lat, spot.region.lon
    assert kilometres((anchor.entry.lat, anchor.entry.lon), centre) == pytest.approx(10, abs=0.1)
    assert kilometres(destination((anchor.entry.lat, anchor.entry.lon), 45, 10), centre) < 0.1
    assert spot.region.radius >= 4


def test_an_unknown_town_lies_where_it_is_said_to_lie() -> None:
    text = "Hail broke windows in Qarmatal town, west of Aleppo."
    town, anchor = place(text, "Qarmatal"), place(text, "Aleppo")
    assert town.whereabouts is not None
    assert (town.whereabouts.kind, town.whereabouts.bearing, town.whereabouts.anchors) == (
        "direction", 270.0, (anchor.id,),
    )  # fmt: skip
    assert town.region is not None
    assert anchor.entry is not None
    assert town.region.lon < anchor.entry.lon
    assert abs(town.region.lat - anchor.entry.lat) < 0.1


def test_what_something_is_west_of_is_the_town_and_not_the_province_of_that_name() -> None:
    anchor = place("Hail broke windows in Qarmatal town, west of Aleppo.", "Aleppo")
    assert anchor.entry is not None
    assert anchor.entry.level == "settlement"


@pytest.mark.parametrize(
    ("words", "kilometres_away", "bearing"),
    [
        ("20 miles south of Bergen", 32.19, 180.0),
        ("some 15 km north-west of Bergen", 15.0, 315.0),
        ("twenty-five kilometres east of Bergen", 25.0, 90.0),
        ("2.5 km to the south of Bergen", 2.5, 180.0),
        ("half a mile from Bergen", 0.8, None),
        ("a dozen kilometers from the town of Bergen", 12.0, None),
        ("7km north-northeast of Bergen", 7.0, 22.5),
    ],
)
def test_distances_are_read_in_the_forms_that_news_has(
    words: str, kilometres_away: float, bearing: float | None
) -> None:
    where = next(each.whereabouts for each in found(f"A ship ran aground {words} on Friday.") if each.whereabouts)
    assert where.kind == "distance"
    assert where.distance == pytest.approx(kilometres_away, abs=0.01)
    assert where.bearing == bearing


def test_near_an_unknown_village_is_told_without_a_region() -> None:
    text = "Shepherds gathered near Qarmatal in the evening."
    assert told(text, "near Qarmatal").anchors == (place(text, "Qarmatal").id,)
    assert place(text, "near Qarmatal").region is None


def test_near_a_town_is_the_town_and_some_kilometres_more() -> None:
    text = "Shepherds gathered near Homs in the evening."
    spot, anchor = place(text, "near Homs"), place(text, "Homs")
    assert spot.region is not None
    assert anchor.entry is not None
    assert (spot.region.lat, spot.region.lon) == (anchor.entry.lat, anchor.entry.lon)
    assert 8 < spot.region.radius < 40


def test_between_two_towns_is_around_the_middle_of_the_way() -> None:
    text = "A lorry overturned on the road between Hama and Homs."
    spot, hama, homs = place(text, "between Hama and Homs"), place(text, "Hama"), place(text, "Homs")
    assert told(text, "between Hama and Homs").anchors == (hama.id, homs.id)
    assert spot.region is not None
    assert hama.entry is not None
    assert homs.entry is not None
    apart = kilometres((hama.entry.lat, hama.entry.lon), (homs.entry.lat, homs.entry.lon))
    assert spot.region.radius == pytest.approx(apart / 2, abs=0.1)
    assert kilometres((spot.region.lat, spot.region.lon), (hama.entry.lat, hama.entry.lon)) < apart / 2 + 0.2


def test_the_southern_part_of_a_zone_lies_south_of_its_middle() -> None:
    text = "Surveyors mapped the southern part of the Idlib de-escalation zone."
    words = "the southern part of the Idlib de-escalation zone"
    spot, anchor = place(text, words), place(text, "Idlib")
    assert told(text, words) == Whereabouts("part", (anchor.id,), spot.span, 180.0)
    assert spot.region is not None
    assert anchor.entry is not None
    assert spot.region.lat < anchor.entry.lat
    assert spot.region.lon == pytest.approx(anchor.entry.lon, abs=0.05)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("A market burned on the outskirts of Benghazi.", "the outskirts of Benghazi", "near"),
        ("A market burned in the countryside of Hama.", "the countryside of Hama", "near"),
        ("A market burned in southern Norway.", "southern Norway", "part"),
        ("A market burned in the north of Portugal.", "the north of Portugal", "part"),
        ("A market burned in the western outskirts of Homs.", "the western outskirts of Homs", "part"),
        ("A market burned not far from Bergen.", "far from Bergen", "near"),
        ("A market burned north of Bergen.", "north of Bergen", "direction"),
    ],
)
def test_words_for_the_edge_and_parts_of_a_place(text: str, words: str, kind: str) -> None:
    assert told(text, words).kind == kind
    spot = place(text, words)
    assert spot.region is not None
    assert spot.region.radius > 0


def test_an_unknown_village_is_within_the_area_its_sentence_is_about() -> None:
    here = {p.text: p for p in found("In Aleppo province, three houses burned near Qarmatal village on Monday.")}
    area = here["Aleppo"]
    village = next(p for text, p in here.items() if text.startswith("Qarmatal"))
    assert village.entry is None
    assert village.within == (area.id,)
