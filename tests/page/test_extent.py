from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.share.extent import Extent, Spot, distance, fit
from sayso.share.lettering import Box, Wanted, place

ALEPPO, IDLIB, HAMA = Spot(36.2, 37.16), Spot(35.93, 36.63), Spot(35.13, 36.75)
WASHINGTON, GENEVA = Spot(38.9, -77.04), Spot(46.2, 6.15)


def extent_of(*spots: Spot) -> Extent:
    found = fit(spots)
    assert found
    return found


def is_shown(extent: Extent, *spots: Spot) -> list[bool]:
    return [extent.holds(spot.lat, spot.lon) for spot in spots]


def test_distances_are_those_of_the_great_circle() -> None:
    assert distance(Spot(52.52, 13.405), Spot(48.857, 2.352)) == pytest.approx(878, abs=3)
    assert distance(Spot(0, 179.5), Spot(0, -179.5)) == pytest.approx(111.2, abs=0.1)


def test_a_degree_of_longitude_is_shortened_by_the_latitude() -> None:
    extent = Extent(60.0, 10.0, 1000.0, 800.0)
    east, south = extent.offset(60.0, 11.0)
    assert east - 500 == pytest.approx(55.6, abs=0.1)
    assert south == 400
    assert extent.offset(61.0, 10.0)[1] == pytest.approx(400 - 111.2, abs=0.1)


def test_places_that_lie_together_are_all_shown() -> None:
    assert is_shown(extent_of(ALEPPO, IDLIB, HAMA), ALEPPO, IDLIB, HAMA) == [True, True, True]


def test_a_place_on_another_continent_does_not_shrink_the_map() -> None:
    extent = extent_of(ALEPPO, IDLIB, HAMA, WASHINGTON, GENEVA)
    assert is_shown(extent, ALEPPO, IDLIB, HAMA, WASHINGTON, GENEVA) == [True, True, True, False, False]
    assert extent.width < 300


def test_of_two_far_places_the_weightier_is_shown() -> None:
    extent = extent_of(Spot(36.2, 37.16, weight=4), WASHINGTON)
    assert is_shown(extent, ALEPPO, WASHINGTON) == [True, False]


def test_two_cities_of_one_continent_are_shown_together() -> None:
    paris = Spot(48.857, 2.352)
    assert is_shown(extent_of(paris, GENEVA), paris, GENEVA) == [True, True]


def test_a_single_place_stands_in_the_middle_of_a_small_map() -> None:
    extent = extent_of(ALEPPO)
    assert extent.offset(36.2, 37.16) == pytest.approx((extent.width / 2, extent.height / 2))
    assert extent.width == 40


def test_places_on_both_sides_of_the_date_line_are_neighbours() -> None:
    suva, apia = Spot(-18.1, 178.4), Spot(-13.8, -171.8)
    extent = extent_of(suva, apia)
    assert is_shown(extent, suva, apia) == [True, True]
    assert extent.width < 1600
    assert extent.offset(suva.lat, suva.lon)[0] < extent.offset(apia.lat, apia.lon)[0]


def test_the_circle_around_a_place_is_on_the_map() -> None:
    extent = extent_of(Spot(36.2, 37.16, radius=80))
    assert extent.width > 160
    assert extent.height > 160


def test_no_places_have_no_extent() -> None:
    assert fit([]) is None


SPOTS = st.builds(Spot, st.floats(-90, 90), st.floats(-180, 180), st.floats(0.1, 9), st.floats(0, 20_000))


@given(st.lists(SPOTS, min_size=1, max_size=12))
@settings(deadline=None)
def test_any_places_make_a_map_with_one_of_them_on_it(spots: list[Spot]) -> None:
    extent = extent_of(*spots)
    assert all(map(math.isfinite, (extent.lat, extent.lon, extent.width, extent.height)))
    assert extent.height <= extent.width <= 2 * math.pi * 6371 + 1
    assert any(is_shown(extent, *spots))


@given(
    st.lists(
        st.tuples(st.floats(0, 360), st.floats(0, 240), st.sampled_from(("Ash", "Long Harbour", "東京"))), max_size=40
    )
)
@settings(deadline=None)
def test_names_keep_off_each_other_and_inside_the_frame(dots: list[tuple[float, float, str]]) -> None:
    frame, taken = Box(0, 0, 360, 240), [Box(x - 4, y - 4, x + 4, y + 4) for x, y, _ in dots]
    obstacles = len(taken)
    placed = place([Wanted(name, x, y, 11, 4) for x, y, name in dots], frame, taken)
    names = taken[obstacles:]
    assert len(names) == sum(name is not None for name in placed)
    assert all(box.is_inside(frame) for box in names)
    assert not any(box.meets(other) for n, box in enumerate(taken) if n >= obstacles for other in taken[:n])


def test_a_name_goes_to_the_other_side_at_the_edge() -> None:
    (placed,) = place([Wanted("Harbour", 350, 100, 11, 4)], Box(0, 0, 360, 240), [])
    assert placed
    assert placed.anchor == "end"
