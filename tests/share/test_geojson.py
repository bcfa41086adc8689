from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from math import cos, radians
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sayso.read.places.geodesy import EARTH_RADIUS, destination
from sayso.share.exports import FORMATS
from sayso.share.exports.circle import circle
from sayso.share.exports.geojson import features, left_out
from sayso.vocabulary import PlaceId, Reading, Region, Status
from tests.share.ferry import FERRY, ferry
from tests.share.strategies import readings

Ring = list[list[float]]


def polygons(geometry: dict[str, Any] | None) -> list[list[Ring]]:
    """The polygons of a geometry of any type."""
    if geometry is None:
        return []
    if geometry["type"] == "GeometryCollection":
        return [found for inner in geometry["geometries"] for found in polygons(inner)]
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else []


def points(geometry: dict[str, Any] | None) -> list[list[float]]:
    if geometry is None or "olygon" in geometry["type"]:
        return []
    if geometry["type"] == "GeometryCollection":
        return [found for inner in geometry["geometries"] for found in points(inner)]
    return [geometry["coordinates"]] if geometry["type"] == "Point" else geometry["coordinates"]


def is_position(position: list[float]) -> bool:
    lon, lat = position
    return -180 <= lon <= 180 and -90 <= lat <= 90


def area(ring: Ring) -> float:
    """Twice the signed area in square degrees: positive where the ring runs anticlockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def holds(ring: Ring, lon: float, lat: float) -> bool:
    """Whether a point lies inside a ring, by the number of edges a line from it crosses."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def assert_rfc_7946(geometry: dict[str, Any] | None) -> None:
    assert all(map(is_position, points(geometry)))
    for outer, *holes in polygons(geometry):
        assert not holes
        assert len(outer) >= 4
        assert outer[0] == outer[-1]
        assert all(map(is_position, outer))
        assert area(outer) > 0, "the ring runs clockwise"


def shape(*places: str) -> dict[str, Any] | None:
    """The geometry of the example's first incident, set in other places."""
    reading = ferry()
    moved = replace(reading.incidents[0], places=tuple(PlaceId(place) for place in places))
    [feature] = features(replace(reading, incidents=(moved,)))
    found: dict[str, Any] | None = feature["geometry"]
    return found


def test_a_place_known_to_the_spot_is_a_point_with_the_longitude_first() -> None:
    assert shape("p1") == {"type": "Point", "coordinates": [12.5, 65.25]}


@pytest.mark.parametrize("place", ["p2", "p3"])
def test_a_place_near_another_or_known_by_its_area_is_a_circle(place: str) -> None:
    found = shape(place)
    assert found is not None
    assert found["type"] == "Polygon"
    assert_rfc_7946(found)


@pytest.mark.parametrize("places", [(), ("p5",), ("p6",), ("p7",), ("nowhere",)])
def test_a_place_not_found_or_a_people_has_no_geometry(places: tuple[str, ...]) -> None:
    assert shape(*places) is None


def test_an_area_whose_extent_is_not_known_is_never_a_point() -> None:
    reading = ferry()
    places = tuple(replace(place, region=None) for place in reading.places)
    incident = replace(reading.incidents[0], places=(PlaceId("p3"),))
    [feature] = features(replace(reading, places=places, incidents=(incident,)))
    assert feature["geometry"] is None


def test_several_places_make_one_geometry() -> None:
    def kind(*places: str) -> str:
        found = shape(*places)
        assert found is not None
        assert_rfc_7946(found)
        return str(found["type"])

    assert kind("p1", "p4") == "MultiPoint"
    assert kind("p2", "p3") == "MultiPolygon"
    assert kind("p1", "p2") == "GeometryCollection"


def test_rival_counts_stay_apart_in_the_properties() -> None:
    first, _ = features(ferry())
    properties = first["properties"]
    assert [(count["low"], count["high"], count["source"]) for count in properties["counts"]] == [
        (12, None, "Orla Brandt"),
        (4, 4, "harbour office"),
        (1, 1, "harbour office"),
    ]
    assert properties["fatalities"] == 5
    assert [FERRY[slice(*span)] for span in properties["spans"]] == properties["words"]


def test_plans_tallies_and_forecasts_are_no_features_and_are_counted() -> None:
    reading = ferry()
    planned = replace(reading, incidents=(replace(reading.incidents[0], status=Status.PLANNED),))
    assert not list(features(planned))
    assert left_out(planned) == {"planned incidents": 1, "tallies": 1, "forecasts": 1}


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.1, 9_000))
@settings(max_examples=100, deadline=None)
def test_any_circle_is_valid_and_holds_what_lies_in_it(lat: float, lon: float, radius: float) -> None:
    geometry = circle(Region(lat, lon, radius))
    assert_rfc_7946(geometry)
    reach = abs(lat) + radius * 1.2 / EARTH_RADIUS * 57.3
    assume(reach < 85)  # nearer to a pole, straight edges between corners stray too far for the tests below
    assume(radius > 1)
    for bearing in range(0, 360, 30):
        for share, inside in ((0.8, True), (1.2, False)):
            there = destination((lat, lon), bearing, radius * share)
            found = any(holds(outer, there[1], there[0]) for outer, *_ in polygons(geometry))
            assert found == inside


@pytest.mark.parametrize("lat", [80.0, -80.0, 90.0, -90.0])
def test_a_circle_over_a_pole_is_a_cap_of_the_whole_map(lat: float) -> None:
    geometry = circle(Region(lat, 25.0, 3000.0))
    assert_rfc_7946(geometry)
    [[cap]] = polygons(geometry)
    pole = 89.9 if lat > 0 else -89.9
    assert all(holds(cap, lon, pole) for lon in range(-179, 180, 10))
    assert not any(holds(cap, lon, 0.0) for lon in range(-179, 180, 10))


def test_a_circle_over_the_antimeridian_is_cut_in_two() -> None:
    geometry = circle(Region(-17.0, 179.8, 200.0))
    assert geometry is not None
    assert geometry["type"] == "MultiPolygon"
    [[west], [east]] = polygons(geometry)
    assert holds(west, 179.9, -17.0)
    assert holds(east, -179.9, -17.0)
    width = 200 / (EARTH_RADIUS * radians(1) * cos(radians(17)))
    assert max(lon for lon, _ in east) == pytest.approx(-180 - 0.2 + width, abs=0.01)


@pytest.mark.parametrize("radius", [0.0, 9_901.0, 40_000.0, float("inf"), float("nan")])
def test_a_circle_of_no_extent_or_of_half_the_globe_is_none(radius: float) -> None:
    assert circle(Region(0.0, 0.0, radius)) is None


@given(readings())
@settings(max_examples=40, deadline=None)
def test_any_reading_is_a_feature_collection_that_reads_back_the_same(reading: Reading) -> None:
    [output] = FORMATS[".geojson"].outputs
    written = output.head + output.between.join(output.lines(reading)) + output.foot
    written.encode("utf-8")
    collection = json.loads(written)
    assert collection == {"type": "FeatureCollection", "features": list(features(reading))}
    for feature in collection["features"]:
        assert list(feature) == ["type", "id", "geometry", "properties"]
        assert_rfc_7946(feature["geometry"])
        spans, words = feature["properties"]["spans"], feature["properties"]["words"]
        assert [reading.report.text[slice(*span)] for span in spans] == words
