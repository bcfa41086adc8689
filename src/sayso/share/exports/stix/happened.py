"""A report's incidents as STIX: what is told to have happened, where, and who is said to have had which part.

What is only threatened or planned is no incident. A part in one is a relationship in words, never "attributed-to": that
would be our word, and it is a source's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sayso.ledger.entries import canonical
from sayso.share.exports.narrative import narrative
from sayso.share.exports.stix.extensions import of_incident
from sayso.share.exports.stix.objects import FIXED, StixObject, kept, made, named, per_cent
from sayso.share.exports.stix.said import SCALE, Told
from sayso.share.moments import interval
from sayso.share.telling import Known, known, speakers, standing, wheres
from sayso.share.visible import one_line
from sayso.vocabulary import Incident, Place, PlacePrecision, PlaceUse, Status

_NOT_YET: Final = frozenset({Status.THREATENED, Status.PLANNED})
_METRES: Final = 1000  # in a kilometre


def happenings(of: Told) -> Iterator[StixObject]:
    """Each incident that happened, was tried or is alleged, with its places, and what ties these and people to it.

    Identities are not among them; of one location that several incidents name there is one object for each.
    """
    found = known(of.reading)
    for it in of.reading.incidents:
        if it.status not in _NOT_YET:
            incident = _incident(of, found, it)
            yield incident
            yield from _where(of, found, it, incident)
            yield from _who(of, found, it, incident)


def location(place: Place) -> StixObject | None:
    """A place as far as it is known: a point with its precision, or the country; None where neither is.

    A middle of an area never stands without the distance within which the place lies.
    """
    entry, region = place.entry, place.region
    if place.use is not PlaceUse.PLACE or entry is None or place.precision is PlacePrecision.UNRESOLVED:
        return None
    said: dict[str, str | float] = {"name": one_line(entry.name)}
    if entry.country:
        said["country"] = entry.country
    if place.precision is PlacePrecision.EXACT:
        said |= {"latitude": entry.lat, "longitude": entry.lon}
    elif place.precision is not PlacePrecision.COUNTRY and region is not None:
        said |= {"latitude": region.lat, "longitude": region.lon, "precision": round(region.radius * _METRES, 1)}
    if "country" not in said and "latitude" not in said:
        return None
    if entry.within:
        said["description"] = f"in {', '.join(map(one_line, entry.within))}"
    return kept(named("location", canonical(said)), FIXED, said)


def _incident(of: Told, found: Known, it: Incident) -> StixObject:
    days = interval(it.start, it.end)
    names = (str(it.type), *wheres(found, it.places)[:1], str(days) if days else "")
    said = {
        "name": ", ".join(filter(None, names)),
        "description": f"{narrative(found, it)} Confidence {per_cent(it.score)} {SCALE} that the report tells of it.",
        "confidence": per_cent(it.score),
        "lang": of.reading.report.language,
        "extensions": of_incident(of.reading, it),
    }
    return made("incident", of.time, said)


def _where(of: Told, found: Known, it: Incident, incident: StixObject) -> Iterator[StixObject]:
    for id_ in it.places:
        place = found.places.get(id_)
        spot = location(place) if place else None
        if spot is not None:
            yield spot
            words = f"where it is told to have been: {', '.join(wheres(found, (id_,)))}"
            yield _tie(of, incident["id"], spot["id"], words)


def _who(of: Told, found: Known, it: Incident, incident: StixObject) -> Iterator[StixObject]:
    for part in it.parts:
        person = of.people.get(part.actor) if part.actor else None
        if person is not None:
            by = speakers(found, part.by)
            tie = standing(part, by) or f"so says {', '.join(by)}"
            words = f"{part.role}: {tie}"
            yield _tie(of, incident["id"], person["id"], words)


def _tie(of: Told, source: str, target: str, words: str) -> StixObject:
    said = {"relationship_type": "related-to", "description": words, "source_ref": source, "target_ref": target}
    return made("relationship", of.time, said)
