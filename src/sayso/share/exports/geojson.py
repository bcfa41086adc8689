"""Incidents as features of a GeoJSON FeatureCollection (RFC 7946, WGS 84).

A place known to the spot is a point. One known only to be near something, or in an area, is the circle it lies
in; where no circle is known, or the place was not found, the geometry is null: never a middle posing as a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from sayso.share.contract_incidents import incident_to_json
from sayso.share.exports.acled_codes import event_type, geo_precision
from sayso.share.exports.circle import circle, point
from sayso.share.exports.fatalities import killed
from sayso.share.exports.identity import identities
from sayso.share.telling import Known, actor_name, known, speakers, where
from sayso.vocabulary import Count, Incident, Part, Place, PlacePrecision, PlaceUse, Reading, Status

JsonObject = dict[str, Any]

_NOT_YET: Final = frozenset({Status.THREATENED, Status.PLANNED})


def features(reading: Reading) -> Iterator[JsonObject]:
    """A feature for each incident that happened, was tried or is alleged."""
    index = known(reading)
    for name, incident in zip(identities(reading).incidents, reading.incidents, strict=True):
        if incident.status not in _NOT_YET:
            places = _places(index, incident)
            yield {
                "type": "Feature",
                "id": name,
                "geometry": _geometry([found for place in places if (found := _shape(place))]),
                "properties": _properties(index, incident, places),
            }


def left_out(reading: Reading) -> Counter[str]:
    """How many incidents, tallies and forecasts have no feature, by the reason."""
    to_come = Counter(f"{it.status} incidents" for it in reading.incidents if it.status in _NOT_YET)
    return to_come + Counter({"tallies": len(reading.tallies), "forecasts": len(reading.forecasts)})


def _places(known: Known, incident: Incident) -> list[Place]:
    """The places it happened at, without names of peoples and governments."""
    named = (known.places[place] for place in incident.places if place in known.places)
    return [place for place in named if place.use is PlaceUse.PLACE]


def _shape(place: Place) -> JsonObject | None:
    if place.precision is PlacePrecision.UNRESOLVED:
        return None
    if place.precision is PlacePrecision.EXACT:
        spot = place.entry or place.region
        return point(spot.lat, spot.lon) if spot else None
    return circle(place.region) if place.region else None


def _geometry(shapes: list[JsonObject]) -> JsonObject | None:
    """One shape as it is; several of one kind as one multiple shape, of several kinds as a collection."""
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    kinds = {shape["type"] for shape in shapes}
    if kinds == {"Point"} or kinds == {"Polygon"}:
        return {"type": f"Multi{kinds.pop()}", "coordinates": [shape["coordinates"] for shape in shapes]}
    return {"type": "GeometryCollection", "geometries": shapes}


def _properties(known: Known, incident: Incident, places: list[Place]) -> JsonObject:
    """What a map shows or filters by; ids, spans and the like as in the JSON contract."""
    report = known.outline.reading.report
    data = incident_to_json(incident)
    return {
        "type": data["type"],
        "event_type": event_type(incident.type) or None,
        "status": data["status"],
        "certainty": data["certainty"]["value"],
        "background": incident.background,
        "start": incident.start,
        "end": incident.end,
        "places": [where(known, place) for place in places],
        "geo_precision": next((int(code) for place in places if (code := geo_precision(place))), None),
        "parts": [_part(known, part) for part in incident.parts],
        "counts": [_count(known, count) for count in incident.counts],
        "fatalities": killed(known.outline.reading, incident),
        "sources": list(speakers(known, incident.vouchers)),
        "words": [span.of(known.text) for span in incident.mentions],
        "spans": data["mentions"],
        "report": report.id,
        "title": report.title,
        "outlet": report.outlet,
        "url": report.url,
        "published": report.published.value if report.published else None,
        "score": data["score"],
    }


def _part(known: Known, part: Part) -> JsonObject:
    return {
        "role": str(part.role),
        "name": actor_name(known, part),
        "standing": str(part.standing),
        "sources": list(speakers(known, part.by)),
    }


def _count(known: Known, count: Count) -> JsonObject:
    return {
        "harm": str(count.harm),
        "who": str(count.who),
        "low": count.low,
        "high": count.high,
        "words": count.text,
        "source": speakers(known, (count.voucher,) if count.voucher else ())[0],
    }
