"""The code lists of ACLED: event types, actor classes, precisions and countries (codebook of 2024)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from sayso.vocabulary import Incident, IncidentType, PartRole, People, Place, PlacePrecision, Status

BATTLES: Final = "Battles"
EXPLOSIONS: Final = "Explosions/Remote violence"
AGAINST_CIVILIANS: Final = "Violence against civilians"
PROTESTS: Final = "Protests"
RIOTS: Final = "Riots"
STRATEGIC: Final = "Strategic developments"
_VIOLENCE: Final = "Political violence"
_DEMONSTRATIONS: Final = "Demonstrations"

_EVENT_TYPES: Final[dict[str, tuple[IncidentType, ...]]] = {
    BATTLES: (
        IncidentType.ARMED_CLASH,
        IncidentType.GOVERNMENT_REGAINS,
        IncidentType.NON_STATE_OVERTAKES,
    ),
    EXPLOSIONS: (
        IncidentType.CHEMICAL_WEAPON,
        IncidentType.AIR_STRIKE,
        IncidentType.SUICIDE_BOMB,
        IncidentType.SHELLING,
        IncidentType.REMOTE_EXPLOSIVE,
        IncidentType.GRENADE,
    ),
    AGAINST_CIVILIANS: (
        IncidentType.SEXUAL_VIOLENCE,
        IncidentType.ATTACK,
        IncidentType.ABDUCTION,
    ),
    PROTESTS: (
        IncidentType.PEACEFUL_PROTEST,
        IncidentType.PROTEST_INTERVENTION,
        IncidentType.EXCESSIVE_FORCE,
    ),
    RIOTS: (IncidentType.VIOLENT_DEMONSTRATION, IncidentType.MOB_VIOLENCE),
    STRATEGIC: (
        IncidentType.AGREEMENT,
        IncidentType.ARRESTS,
        IncidentType.CHANGE_TO_GROUP,
        IncidentType.DISRUPTED_WEAPONS,
        IncidentType.HEADQUARTERS,
        IncidentType.LOOTING,
        IncidentType.TRANSFER,
        IncidentType.OTHER_STRATEGIC,
    ),
}
_EVENT_TYPE_OF: Final = {type_: event for event, types in _EVENT_TYPES.items() for type_ in types}
_DISORDER_OF_EVENT: Final = {
    BATTLES: _VIOLENCE,
    EXPLOSIONS: _VIOLENCE,
    AGAINST_CIVILIANS: _VIOLENCE,
    PROTESTS: _DEMONSTRATIONS,
    RIOTS: _DEMONSTRATIONS,
    STRATEGIC: STRATEGIC,
}
_DISORDER_OF_TYPE: Final = {
    IncidentType.EXCESSIVE_FORCE: f"{_VIOLENCE}; {_DEMONSTRATIONS}",
    IncidentType.MOB_VIOLENCE: _VIOLENCE,
}

CIVILIANS: Final = "7"
CLASSES: Final = {
    "1": "State forces",
    "2": "Rebel group",
    "3": "Political militia",
    "4": "Identity militia",
    "5": "Rioters",
    "6": "Protesters",
    "7": "Civilians",
    "8": "External/Other forces",
}
# Only what the words settle: soldiers may be a foreign state's (8), fighters of any group (2, 3 or 4).
_CLASS_OF_PEOPLE: Final = {
    People.CIVILIANS: "7",
    People.CHILDREN: "7",
    People.WOMEN: "7",
    People.JOURNALISTS: "7",
    People.MEDICS: "7",
    People.POLICE: "1",
}
_CLASS_BY_DEFINITION: Final = {
    (IncidentType.PEACEFUL_PROTEST, PartRole.PERPETRATOR): "6",
    (IncidentType.EXCESSIVE_FORCE, PartRole.TARGET): "6",
    (IncidentType.EXCESSIVE_FORCE, PartRole.VICTIM): "6",
    (IncidentType.VIOLENT_DEMONSTRATION, PartRole.PERPETRATOR): "5",
    (IncidentType.MOB_VIOLENCE, PartRole.PERPETRATOR): "5",
}
_DAYS_OF_A_WEEK: Final = 7
_DAYS_OF_A_MONTH: Final = 31


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166-1 numeric code, its name and its ACLED region; empty where there is none."""

    iso: str
    name: str
    region: str


def sub_event_type(incident: Incident) -> IncidentType:
    """The type it is recorded under: explosions and remote violence that were tried and failed are disrupted."""
    if incident.status is Status.ATTEMPTED and _EVENT_TYPE_OF.get(incident.type) == EXPLOSIONS:
        return IncidentType.DISRUPTED_WEAPONS
    return incident.type


def sub_event_name(type_: IncidentType) -> str:
    """What ACLED calls a sub-event type: its "Other" is ours of strategic developments."""
    return "Other" if type_ is IncidentType.OTHER_STRATEGIC else str(type_)


def event_type(type_: IncidentType) -> str:
    """The event type that a sub-event type belongs to; empty for what is no conflict event."""
    return _EVENT_TYPE_OF.get(type_, "")


def disorder_type(type_: IncidentType) -> str:
    """The disorder type that a sub-event type belongs to; empty for what is no conflict event."""
    return _DISORDER_OF_TYPE.get(type_) or _DISORDER_OF_EVENT.get(event_type(type_), "")


def actor_class(type_: IncidentType, role: PartRole, people: People | None) -> str:
    """The code of an actor's class ("1" to "8") where the type or the words settle it, else empty."""
    return _CLASS_BY_DEFINITION.get((type_, role)) or (_CLASS_OF_PEOPLE.get(people, "") if people else "")


def interaction(first: str, second: str) -> str:
    """The codes of both sides, the smaller first; empty unless both are known."""
    return "".join(sorted((first, second))) if first and second else ""


def event_day(start: date | None, end: date | None) -> tuple[date, int] | None:
    """The middle day and the time precision: 1 the day, 2 a week, 3 a month. None for anything vaguer."""
    if start is None or end is None or end < start:
        return None
    days = (end - start).days + 1
    if days > _DAYS_OF_A_MONTH:
        return None
    middle = date.fromordinal((start.toordinal() + end.toordinal()) // 2)
    return middle, 1 if days == 1 else 2 if days <= _DAYS_OF_A_WEEK else 3


def geo_precision(place: Place) -> str:
    """1 the spot itself, 2 near it, 3 a larger area; empty where the place was not found."""
    return {
        PlacePrecision.EXACT: "1",
        PlacePrecision.NEAR: "2",
        PlacePrecision.AREA: "3",
        PlacePrecision.COUNTRY: "3",
        PlacePrecision.UNRESOLVED: "",
    }[place.precision]


@cache
def countries() -> Mapping[str, Country]:
    """The countries by their ISO 3166-1 alpha-2 code. A region we are not sure of is empty."""
    path = resources.files("sayso.share.exports") / "data" / "countries.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {row["alpha2"]: Country(row["numeric"], row["name"], row["region"]) for row in rows}
