"""Times and places in the JSON contract, there and back."""

from __future__ import annotations

from sayso.share.contract_spans import (
    JsonObject,
    maybe_day,
    maybe_number,
    maybe_span,
    number,
    score_to_json,
    span_from_json,
    span_to_json,
)
from sayso.vocabulary import (
    Anchor,
    Entry,
    Place,
    PlaceId,
    PlaceLevel,
    PlacePrecision,
    PlaceUse,
    Region,
    Time,
    TimeId,
    TimeKind,
    TimePrecision,
    Whereabouts,
)


def time_to_json(time: Time) -> JsonObject:
    """A time as the contract's object."""
    return {
        "id": time.id,
        "span": span_to_json(time.span),
        "text": time.text,
        "kind": str(time.kind),
        "value": time.value,
        "start": time.start,
        "end": time.end,
        "precision": str(time.precision),
        "anchor": str(time.anchor),
        "anchor_span": span_to_json(time.anchor_span),
        "basis": time.basis,
        "mod": time.mod,
        "clock": time.clock,
        "zone": time.zone,
        "flags": list(time.flags),
    }


def time_from_json(data: JsonObject, text: str) -> Time:
    """The time that an object of the contract holds."""
    return Time(
        id=TimeId(data["id"]),
        span=span_from_json(data["span"], text),
        text=data["text"],
        kind=TimeKind(data["kind"]),
        value=data["value"],
        start=maybe_day(data["start"]),
        end=maybe_day(data["end"]),
        precision=TimePrecision(data["precision"]),
        anchor=Anchor(data["anchor"]),
        anchor_span=maybe_span(data["anchor_span"], text),
        basis=data["basis"],
        mod=data["mod"],
        clock=data["clock"],
        zone=data["zone"],
        flags=tuple(data["flags"]),
    )


def place_to_json(place: Place) -> JsonObject:
    """A place as the contract's object."""
    return {
        "id": place.id,
        "span": span_to_json(place.span),
        "text": place.text,
        "use": str(place.use),
        "level": str(place.level),
        "precision": str(place.precision),
        "entry": _entry_to_json(place.entry),
        "within": list(place.within),
        "whereabouts": _whereabouts_to_json(place.whereabouts),
        "region": _region_to_json(place.region),
        "score": score_to_json(place.score),
        "why": list(place.why),
    }


def place_from_json(data: JsonObject, text: str) -> Place:
    """The place that an object of the contract holds."""
    return Place(
        id=PlaceId(data["id"]),
        span=span_from_json(data["span"], text),
        text=data["text"],
        use=PlaceUse(data["use"]),
        level=PlaceLevel(data["level"]),
        precision=PlacePrecision(data["precision"]),
        entry=_entry_from_json(data["entry"]),
        within=tuple(PlaceId(place) for place in data["within"]),
        whereabouts=_whereabouts_from_json(data["whereabouts"], text),
        region=_region_from_json(data["region"]),
        score=number(data["score"]),
        why=tuple(data["why"]),
    )


def _entry_to_json(entry: Entry | None) -> JsonObject | None:
    if entry is None:
        return None
    return {
        "name": entry.name,
        "lat": entry.lat,
        "lon": entry.lon,
        "level": str(entry.level),
        "geonames": entry.geonames,
        "country": entry.country,
        "within": list(entry.within),
    }


def _entry_from_json(data: JsonObject | None) -> Entry | None:
    if data is None:
        return None
    return Entry(
        name=data["name"],
        lat=number(data["lat"], -90, 90),
        lon=number(data["lon"], -180, 180),
        level=PlaceLevel(data["level"]),
        geonames=data["geonames"],
        country=data["country"],
        within=tuple(data["within"]),
    )


def _whereabouts_to_json(whereabouts: Whereabouts | None) -> JsonObject | None:
    if whereabouts is None:
        return None
    return {
        "kind": whereabouts.kind,
        "anchors": list(whereabouts.anchors),
        "span": span_to_json(whereabouts.span),
        "bearing": whereabouts.bearing,
        "distance": whereabouts.distance,
    }


def _whereabouts_from_json(data: JsonObject | None, text: str) -> Whereabouts | None:
    if data is None:
        return None
    return Whereabouts(
        kind=data["kind"],
        anchors=tuple(PlaceId(place) for place in data["anchors"]),
        span=span_from_json(data["span"], text),
        bearing=maybe_number(data["bearing"], 0, 360),
        distance=maybe_number(data["distance"], 0),
    )


def _region_to_json(region: Region | None) -> JsonObject | None:
    return None if region is None else {"lat": region.lat, "lon": region.lon, "radius": region.radius}


def _region_from_json(data: JsonObject | None) -> Region | None:
    if data is None:
        return None
    return Region(number(data["lat"], -90, 90), number(data["lon"], -180, 180), number(data["radius"], 0))
