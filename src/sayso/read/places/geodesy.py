"""Distances and destinations on the sphere: degrees in, kilometres out."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt
from typing import Final

EARTH_RADIUS: Final = 6371.0088  # kilometres, the mean radius of IUGG
Point = tuple[float, float]  # latitude, longitude


def kilometres(a: Point, b: Point) -> float:
    """Great-circle distance (haversine)."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(chord)))


def destination(start: Point, bearing: float, distance: float) -> Point:
    """Where one arrives from `start` after `distance` km on the great circle that sets out at `bearing` degrees."""
    lat, lon = map(radians, start)
    course, arc = radians(bearing), distance / EARTH_RADIUS
    end_lat = asin(max(-1.0, min(1.0, sin(lat) * cos(arc) + cos(lat) * sin(arc) * cos(course))))
    end_lon = lon + atan2(sin(course) * sin(arc) * cos(lat), cos(arc) - sin(lat) * sin(end_lat))
    return degrees(end_lat), (degrees(end_lon) + 540) % 360 - 180


def midpoint(a: Point, b: Point) -> Point:
    """The point half way along the great circle; of two opposite points, `a`'s side of nowhere in particular."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    x, y = cos(lat_b) * cos(lon_b - lon_a), cos(lat_b) * sin(lon_b - lon_a)
    lat = atan2(sin(lat_a) + sin(lat_b), hypot(cos(lat_a) + x, y))
    lon = lon_a + atan2(y, cos(lat_a) + x)
    return degrees(lat), (degrees(lon) + 540) % 360 - 180


def radius_of(square_kilometres: float) -> float:
    """The radius in km of the circle with this area."""
    return sqrt(max(0.0, square_kilometres) / pi)
