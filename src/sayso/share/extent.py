"""Which stretch of the earth a map shows, and where on it a point lies.

The projection is equirectangular, corrected by the cosine of the middle latitude: true to scale there, north up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, hypot, pi, radians, sin, sqrt
from typing import Final

EARTH_RADIUS: Final = 6371.0
KM_PER_DEGREE: Final = pi / 180 * EARTH_RADIUS
_LEAST_COS: Final = 0.05  # or the columns of a polar map would be without width
_LEAST_WIDTH: Final = 40.0
_MARGIN: Final = 0.14  # of the content on each side, for the names
_LEAST_RISE, _MOST_RISE = 0.62, 1.0  # height of a map by its width
_NEAR: Final = 120.0
_JUMP: Final = 3.0
_FAR: Final = 1000.0
_MOST_CENTRES: Final = 80
_GLOBE_WIDTH, _GLOBE_HEIGHT = 360.0, 180.0  # degrees


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that a map may show, with how much it counts and how far around it has to be seen (in kilometres)."""

    lat: float
    lon: float
    weight: float = 1.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of the earth around a point: `width` and `height` in kilometres."""

    lat: float
    lon: float
    width: float
    height: float

    @property
    def reach(self) -> float:
        """Kilometres from the middle to a corner."""
        return hypot(self.width, self.height) / 2

    @property
    def degrees(self) -> tuple[float, float]:
        """Degrees from south to north, and from west to east."""
        return self.height / KM_PER_DEGREE, self.width / KM_PER_DEGREE / _shrink(self.lat)

    def offset(self, lat: float, lon: float) -> tuple[float, float]:
        """Kilometres east and south of the north-west corner, the short way round the globe."""
        east = _turned(lon - self.lon) * KM_PER_DEGREE * _shrink(self.lat)
        return east + self.width / 2, (self.lat - lat) * KM_PER_DEGREE + self.height / 2

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies inside."""
        east, south = self.offset(lat, lon)
        return 0 <= east <= self.width and 0 <= south <= self.height


def fit(spots: Sequence[Spot]) -> Extent | None:
    """The extent around the spots that belong together; those a continent away from the rest stay outside."""
    kept = _together(spots)
    if not kept:
        return None
    west = _west(spot.lon for spot in kept)
    lons = [(spot.lon - west) % 360 for spot in kept]
    middle = (min(spot.lat for spot in kept) + max(spot.lat for spot in kept)) / 2
    shrink = _shrink(middle)
    boxes = [
        (lon * KM_PER_DEGREE * shrink, spot.lat * KM_PER_DEGREE, spot.radius)
        for lon, spot in zip(lons, kept, strict=True)
    ]
    left, right = min(x - r for x, _, r in boxes), max(x + r for x, _, r in boxes)
    bottom, top = min(y - r for _, y, r in boxes), max(y + r for _, y, r in boxes)
    grown = 1 + 2 * _MARGIN
    width = max((right - left) * grown, (top - bottom) * grown / _MOST_RISE, _LEAST_WIDTH)
    width = min(width, _GLOBE_WIDTH * KM_PER_DEGREE * shrink)
    height = min(max((top - bottom) * grown, width * _LEAST_RISE), width * _MOST_RISE, _GLOBE_HEIGHT * KM_PER_DEGREE)
    lon = _turned((left + right) / 2 / KM_PER_DEGREE / shrink + west)
    lat = (bottom + top) / 2 / KM_PER_DEGREE
    return Extent(min(max(lat, -90.0), 90.0), lon, width, height)


def distance(one: Spot, other: Spot) -> float:
    """Kilometres between two spots along the great circle (haversine)."""
    low, high = radians(one.lat), radians(other.lat)
    across = sin((high - low) / 2) ** 2 + cos(low) * cos(high) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(across)))


def _together(spots: Sequence[Spot]) -> list[Spot]:
    """The spots around the one that is nearest to all, up to the first long jump outwards.

    A jump cuts off only what is the smaller part: less than a third by weight, or than a half where it is very long.
    """
    if not spots:
        return []
    heavy = sorted(spots, key=lambda spot: -spot.weight)[:_MOST_CENTRES]
    centre = min(heavy, key=lambda spot: sum(other.weight * distance(spot, other) for other in heavy))
    ordered = sorted(((distance(centre, spot), place) for place, spot in enumerate(spots)))
    whole = sum(spot.weight for spot in spots)
    reach, share = _NEAR, 0.0
    kept: list[Spot] = []
    for away, place in ordered:
        enough = 1 / 2 if away > _FAR else 2 / 3
        if away > _JUMP * reach and share > enough * whole:
            break
        kept.append(spots[place])
        share += spots[place].weight
        reach = max(reach, away)
    return kept


def _west(lons: Iterable[float]) -> float:
    """The longitude to start from so that the widest stretch without a spot stays outside."""
    ordered = sorted(lon % 360 for lon in lons)
    gaps = [(after - before, after) for before, after in pairwise(ordered)]
    return max([(ordered[0] + 360 - ordered[-1], ordered[0]), *gaps])[1]


def _turned(degrees: float) -> float:
    """The same direction between -180 and 180."""
    return (degrees + 180) % 360 - 180


def _shrink(lat: float) -> float:
    return max(cos(radians(lat)), _LEAST_COS)
