"""Where something lies that is said to be near, beyond or between places: a circle, with its radius reasoned.

A bearing of eight points is true to 22.5 degrees, so that what is `d` km away may be off by 0.4 d to either side,
which also covers a rounded distance. Nothing in the news is "west of" a town farther away than the next one: the reach
of a place without a distance is that of its kind. Distances are counted from somewhere in the anchor, so that its
own size is added.
"""

from __future__ import annotations

import math
from typing import Final

from sayso.read.places.geodesy import Point, destination, kilometres, midpoint
from sayso.vocabulary import Entry, PlaceLevel, Region

_BEARING_ERROR: Final = 0.4  # tangent of 22.5 degrees
_DISTANCE_ERROR: Final = 0.25  # "10 km away": along the road, rounded
# Kilometres: how large a place of this kind is (radius), how far "west of" it reaches, how far "near" it is.
_SIZE: Final = {
    PlaceLevel.SETTLEMENT: 2.0, PlaceLevel.DISTRICT: 20.0, PlaceLevel.PROVINCE: 75.0, PlaceLevel.COUNTRY: 300.0,
    PlaceLevel.REGION: 75.0, PlaceLevel.FEATURE: 10.0, PlaceLevel.FACILITY: 1.0, PlaceLevel.UNKNOWN: 2.0,
}  # fmt: skip
_REACH: Final = {
    PlaceLevel.SETTLEMENT: 25.0, PlaceLevel.DISTRICT: 40.0, PlaceLevel.PROVINCE: 100.0, PlaceLevel.COUNTRY: 300.0,
    PlaceLevel.REGION: 100.0, PlaceLevel.FEATURE: 25.0, PlaceLevel.FACILITY: 10.0, PlaceLevel.UNKNOWN: 25.0,
}  # fmt: skip
_NEAR: Final = 8.0  # "near": this far beyond the edge of what it is near to
_DENSITY: Final = 3000.0  # people per square kilometre of a town, to tell its size from its population


def size(level: PlaceLevel, population: int = 0) -> float:
    """The radius in km of a place of this kind; of a town, from its people."""
    if level is PlaceLevel.SETTLEMENT and population > 0:
        return max(1.0, math.sqrt(population / (_DENSITY * math.pi)))
    return _SIZE[level]


def near(anchor: Entry, extent: float) -> Region:
    """Near a place, or on its outskirts: the place and what is around it."""
    return Region(anchor.lat, anchor.lon, round(extent + max(_NEAR, extent / 2), 1))


def at_distance(anchor: Entry, extent: float, bearing: float | None, distance: float) -> Region:
    """So many kilometres from a place: towards a bearing, or in any direction."""
    if bearing is None:
        return Region(anchor.lat, anchor.lon, round(distance * (1 + _DISTANCE_ERROR) + extent, 1))
    lat, lon = destination(_point(anchor), bearing, distance)
    return Region(lat, lon, round(distance * _BEARING_ERROR + extent, 1))


def towards(anchor: Entry, extent: float, bearing: float) -> Region:
    """Beyond a place towards a bearing, nobody says how far: from its edge to its reach."""
    reach = max(_REACH[anchor.level], 2 * extent)
    lat, lon = destination(_point(anchor), bearing, (extent + reach) / 2)
    return Region(lat, lon, round((reach - extent) / 2 + extent * _BEARING_ERROR, 1))


def part(anchor: Entry, extent: float, bearing: float | None) -> Region:
    """The part of a place that lies towards a bearing: half of it; without a bearing, its middle."""
    if bearing is None:
        return Region(anchor.lat, anchor.lon, round(extent / 2, 1))
    lat, lon = destination(_point(anchor), bearing, extent / 2)
    return Region(lat, lon, round(extent * 0.75, 1))


def between(one: Entry, other: Entry) -> Region:
    """Between two places: around the middle of the way, half as wide as they are apart."""
    lat, lon = midpoint(_point(one), _point(other))
    return Region(lat, lon, round(kilometres(_point(one), _point(other)) / 2, 1))


def _point(entry: Entry) -> Point:
    return entry.lat, entry.lon
