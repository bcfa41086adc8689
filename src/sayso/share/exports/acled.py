"""Incidents as rows of ACLED's 31 columns. What the report does not say, or vouchers dispute, is an empty cell.

Threats, plans and what is told as not having happened are no events, and ACLED has no type for some others:
these are left out (see `left_out`). The ranges that one row cannot hold are in the companion files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from sayso.share.exports.acled_codes import (
    AGAINST_CIVILIANS,
    Country,
    countries,
    disorder_type,
    event_day,
    event_type,
    geo_precision,
    interaction,
    sub_event_name,
    sub_event_type,
)
from sayso.share.exports.cells import number_cell, text_cell
from sayso.share.exports.fatalities import killed
from sayso.share.exports.identity import identities
from sayso.share.exports.narrative import narrative
from sayso.share.exports.sides import Side, is_civilian_target, sides
from sayso.share.moments import interval
from sayso.share.telling import Known, known
from sayso.vocabulary import (
    Confidence,
    Entry,
    Incident,
    IncidentType,
    Place,
    PlaceLevel,
    PlacePrecision,
    PlaceUse,
    Published,
    Reading,
    Status,
)

COLUMNS: Final = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_NOT_YET: Final = frozenset({Status.THREATENED, Status.PLANNED})
_CLOSEST_FIRST: Final = tuple(PlacePrecision)
_DIVISIONS: Final = 3
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NOWHERE: Final = Country("", "", "")


def events(reading: Reading) -> Iterator[tuple[str, Incident]]:
    """The incidents that are events in ACLED's sense, each with its id."""
    for name, incident in zip(identities(reading).incidents, reading.incidents, strict=True):
        if not _why_not(incident):
            yield name, incident


def left_out(reading: Reading) -> Counter[str]:
    """How many incidents and forecasts have no row, by the reason."""
    reasons = Counter(why for incident in reading.incidents if (why := _why_not(incident)))
    return reasons + Counter({"forecasts": len(reading.forecasts)})


def rows(reading: Reading) -> Iterator[tuple[str, ...]]:
    """A row for each event, its cells in the order of `COLUMNS`."""
    index = known(reading)
    return (_row(index, name, incident) for name, incident in events(reading))


def _why_not(incident: Incident) -> str:
    if incident.type is IncidentType.OTHER:
        return "incidents of no ACLED type"
    if incident.status in _NOT_YET:
        return f"{incident.status} incidents"
    if incident.certainty.value is Confidence.NEGATED:
        return "incidents told as not having happened"
    return ""


def _row(known: Known, name: str, incident: Incident) -> tuple[str, ...]:
    report = known.outline.reading.report
    type_ = sub_event_type(incident)
    first, second = sides(known, incident)
    return (
        name,
        *_dates(incident),
        disorder_type(type_),
        event_type(type_),
        sub_event_name(type_),
        *_side(first),
        *_side(second),
        interaction(first.code, second.code),
        "Civilian targeting" if _targets_civilians(incident, type_) else "",
        *_geography(known, _main_place(known, incident)),
        text_cell(report.outlet or ""),
        "",
        text_cell(narrative(known, incident)),
        number_cell(killed(known.outline.reading, incident)),
        "",
        _timestamp(report.published),
    )


def _dates(incident: Incident) -> tuple[str, str, str]:
    """The day, the year and the time precision. A span of months within one year has its year alone."""
    days = interval(incident.start, incident.end)
    start, end = (days.start, days.end) if days else (None, None)
    if found := event_day(start, end):
        day, precision = found
        return day.isoformat(), str(day.year), str(precision)
    return "", str(start.year) if start and end and start.year == end.year else "", ""


def _side(side: Side) -> tuple[str, str, str]:
    return text_cell(side.actor), text_cell("; ".join(side.associates)), side.code


def _targets_civilians(incident: Incident, type_: IncidentType) -> bool:
    by_definition = event_type(type_) == AGAINST_CIVILIANS or type_ is IncidentType.EXCESSIVE_FORCE
    return by_definition or is_civilian_target(incident)


def _main_place(known: Known, incident: Incident) -> Place | None:
    """The place known most closely, the first of several. A people's or a government's name is no location."""
    named = [known.places[place] for place in incident.places if place in known.places]
    places = [place for place in named if place.use is PlaceUse.PLACE]
    return min(places, key=lambda place: _CLOSEST_FIRST.index(place.precision), default=None)


def _geography(known: Known, place: Place | None) -> tuple[str, ...]:
    """The ten cells from iso to geo_precision. A country has no coordinates: its middle is no place of an event."""
    if place is None:
        return ("",) * 10
    around = place.entry or next((it.entry for it in _outer(known, place) if it.entry), None)
    country = countries().get((around and around.country) or "", _NOWHERE)
    lat, lon = _point(place)
    return (
        country.iso,
        country.region,
        country.name or text_cell(_country(around)),
        *(text_cell(division) for division in _divisions(around)),
        text_cell(place.entry.name if place.entry else place.text),
        number_cell(lat),
        number_cell(lon),
        geo_precision(place),
    )


def _outer(known: Known, place: Place) -> Iterator[Place]:
    return (known.places[outer] for outer in place.within if outer in known.places)


def _country(entry: Entry | None) -> str:
    if entry is None:
        return ""
    return entry.name if entry.level is PlaceLevel.COUNTRY else "".join(entry.within[-1:])


def _divisions(entry: Entry | None) -> list[str]:
    """The names of the first, second and third division, as far as the gazetteer gives them."""
    if entry is None or entry.level is PlaceLevel.COUNTRY:
        return [""] * _DIVISIONS
    own = [entry.name] if entry.level in (PlaceLevel.PROVINCE, PlaceLevel.DISTRICT) else []
    found = [*reversed(entry.within[:-1]), *own][:_DIVISIONS]
    return found + [""] * (_DIVISIONS - len(found))


def _point(place: Place) -> tuple[float | None, float | None]:
    if place.precision in (PlacePrecision.COUNTRY, PlacePrecision.UNRESOLVED):
        return None, None
    if place.precision is PlacePrecision.NEAR and place.region:
        return place.region.lat, place.region.lon
    point = place.entry or place.region
    return (point.lat, point.lon) if point else (None, None)


def _timestamp(published: Published | None) -> str:
    """The Unix time of publication, where it names an instant: a day without an hour and a zone does not."""
    try:
        moment = datetime.fromisoformat(published.value if published else "")
    except ValueError:
        return ""
    return str(int((moment - _EPOCH).total_seconds())) if moment.tzinfo else ""
