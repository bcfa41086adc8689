"""What holds for the places of any text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.read.places.geodesy import Point, destination, kilometres, midpoint
from tests.read.places.asking import found

WORDS = (
    "Paris Texas Aleppo Homs Idlib Syria Syrian U.S. al-Bab between near and of the in south northern 10 km , . ' s ( "
    ") - province town County \n west Qarmatal said Jordan Miller dozen \u0635 mile from countryside NORTH é 9999"
)
PARTS = st.sampled_from(WORDS.split(" "))
POINTS = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


@settings(max_examples=40, deadline=None)
@given(st.lists(PARTS, max_size=60).map(" ".join))
def test_every_value_of_a_place_is_of_its_text(text: str) -> None:
    of = found(text)
    ids = [each.id for each in of]
    assert ids == [f"p{number}" for number in range(1, len(of) + 1)]
    assert [each.span for each in of] == sorted(each.span for each in of)
    for each in of:
        assert each.text == each.span.of(text) != ""
        assert 0 <= each.score <= 1
        assert set(each.within) <= set(ids) - {each.id}
        if each.whereabouts:
            assert set(each.whereabouts.anchors) <= set(ids) - {each.id}
            assert each.whereabouts.span.of(text)
        if each.region:
            assert each.region.radius >= 0
            assert -90 <= each.region.lat <= 90
            assert -180 <= each.region.lon <= 180


def test_the_same_text_has_the_same_places() -> None:
    text = "Shells fell near Homs, 10 km south of Hama in Syria, said the mayor of Paris, Texas."
    first = found(text)
    found.cache_clear()
    assert found(text) == first


@pytest.mark.parametrize(
    "unit", ["Paris, ", "near ", "Springfield County ", "10 km north of ", "al-", "X of the ", "U.S. "]
)
def test_twice_the_text_takes_about_twice_the_time(unit: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        found(unit * count)
        return time.process_time() - started

    seconds(100)
    short, long = (min(seconds(count) for _ in range(2)) for count in (500, 2000))
    assert long < 12 * short + 0.5


@given(POINTS, st.floats(0, 360), st.floats(0, 5000))
def test_what_is_so_far_away_is_so_far_away(start: Point, bearing: float, distance: float) -> None:
    assert kilometres(start, destination(start, bearing, distance)) == pytest.approx(distance, abs=0.01)


@given(POINTS, POINTS)
def test_the_middle_is_as_far_from_both_ends(one: Point, other: Point) -> None:
    middle = midpoint(one, other)
    assert kilometres(one, middle) == pytest.approx(kilometres(middle, other), abs=0.1)
