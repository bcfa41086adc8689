"""A circle on the globe as GeoJSON (RFC 7946): anticlockwise, cut at the antimeridian, closed over a pole."""

from __future__ import annotations

from itertools import pairwise
from math import degrees, isfinite
from typing import Any, Final

from sayso.read.places.geodesy import EARTH_RADIUS, destination
from sayso.vocabulary import Region

Position = tuple[float, float]  # longitude, latitude

_CORNERS: Final = 64
_DIGITS: Final = 5  # about a metre, as gazetteers have it
_LEAST: Final = 0.1  # kilometres; a smaller circle is a point at this precision
_EDGE: Final = 180.0
_POLE: Final = 90.0
_QUARTER: Final = 9_900.0  # kilometres; nearly half the globe, which bounds nothing


def point(lat: float, lon: float) -> dict[str, Any]:
    """A spot."""
    return {"type": "Point", "coordinates": list(_rounded((lon, lat)))}


def circle(region: Region) -> dict[str, Any] | None:
    """The polygon of a circle, two of them where it crosses the antimeridian; None where it bounds nothing."""
    if not all(map(isfinite, (region.lat, region.lon, region.radius))) or not _LEAST <= region.radius <= _QUARTER:
        return None
    ring = _ring(region)
    if abs(region.lat) + degrees(region.radius / EARTH_RADIUS) >= _POLE:
        return {"type": "Polygon", "coordinates": [_closed(_over_the_pole(ring, north=region.lat > 0))]}
    edge = -_EDGE if min(lon for lon, _ in ring) < -_EDGE else _EDGE
    pieces = (_clipped(ring, edge, east=edge < 0), _shifted(_clipped(ring, edge, east=edge > 0), -2 * edge))
    polygons = [[_closed(piece)] for piece in pieces if piece]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _ring(region: Region) -> list[Position]:
    """The corners from the north by the west, so anticlockwise; longitudes run on beyond 180 degrees."""
    ring = []
    for corner in range(_CORNERS):
        lat, lon = destination((region.lat, region.lon), -360 * corner / _CORNERS, region.radius)
        ring.append((region.lon + _turned(lon - region.lon), lat))
    return ring


def _turned(angle: float) -> float:
    return (angle + 180) % 360 - 180


def _over_the_pole(ring: list[Position], *, north: bool) -> list[Position]:
    """The cap within a ring around a pole: along the ring from edge to edge of the map, and back along the pole."""
    along = sorted((_turned(lon), lat) for lon, lat in ring)
    (first, first_lat), (last, last_lat) = along[0], along[-1]
    share = (_EDGE - last) / (first + 2 * _EDGE - last)
    at_edge = last_lat + share * (first_lat - last_lat)
    pole = _POLE if north else -_POLE
    cap = [(-_EDGE, at_edge), *along, (_EDGE, at_edge), (_EDGE, pole), (-_EDGE, pole)]
    return cap if north else cap[::-1]


def _clipped(ring: list[Position], edge: float, *, east: bool) -> list[Position]:
    """What of a ring lies east (or west) of a meridian, by the method of Sutherland and Hodgman."""
    kept: list[Position] = []
    for before, corner in pairwise((ring[-1], *ring)):
        inside, was_inside = ((lon >= edge) == east or lon == edge for lon, _ in (corner, before))
        if inside != was_inside:
            share = (edge - before[0]) / (corner[0] - before[0])
            kept.append((edge, before[1] + share * (corner[1] - before[1])))
        if inside:
            kept.append(corner)
    return kept if any(lon != edge for lon, _ in kept) else []


def _shifted(ring: list[Position], by: float) -> list[Position]:
    return [(lon + by, lat) for lon, lat in ring]


def _closed(ring: list[Position]) -> list[list[float]]:
    return [list(_rounded(position)) for position in (*ring, ring[0])]


def _rounded(position: Position) -> Position:
    lon, lat = position
    return round(lon, _DIGITS), round(lat, _DIGITS)
