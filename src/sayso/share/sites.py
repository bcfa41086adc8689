"""The places of a reading, each once with all its mentions, and how a map may show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

from sayso.share.segments import MarkKind
from sayso.share.visible import one_line
from sayso.vocabulary import Place, PlaceId, PlaceLevel, PlacePrecision, PlaceUse, Reading, Region

KINDS: Final = {
    PlaceUse.PLACE: MarkKind.PLACE,
    PlaceUse.DEMONYM: MarkKind.DEMONYM,
    PlaceUse.METONYM: MarkKind.METONYM,
}
_AREAS: Final = frozenset({PlaceLevel.COUNTRY, PlaceLevel.PROVINCE, PlaceLevel.DISTRICT, PlaceLevel.REGION})
_WIDE: Final = frozenset({PlacePrecision.AREA, PlacePrecision.COUNTRY})
_HALF_GLOBE: Final = 20_000.0


@dataclass(frozen=True, slots=True)
class Site:
    """One place with its mentions in order of the text. `key` names it on the page: "p3", or "a3" for its people.

    `region` is where it may be drawn (radius 0: at the point itself), None where it may not be drawn at all.
    """

    number: int
    key: str
    mentions: tuple[Place, ...]
    region: Region | None

    @property
    def place(self) -> Place:
        """The first mention, for what all of them share."""
        return self.mentions[0]

    @property
    def name(self) -> str:
        """What the report calls it first."""
        return one_line(self.place.text) or "a place without a name"

    @property
    def is_area(self) -> bool:
        """Whether it is too wide to be a dot: a division, a country, a region, or known only as an area."""
        return self.place.level in _AREAS or self.place.precision in _WIDE


def sites(reading: Reading) -> tuple[Site, ...]:
    """The places of a reading in order of their first mention, mentions of the same place together."""
    texts = {place.id: one_line(place.text).casefold() for place in reading.places}
    same: dict[tuple[object, ...], list[Place]] = defaultdict(list)
    for place in sorted(reading.places, key=lambda place: place.span):
        same[_identity(place, texts)].append(place)
    return tuple(
        Site(number, f"{KINDS[places[0].use]}{number}", tuple(places), region(places[0]))
        for number, places in enumerate(same.values(), start=1)
    )


def region(place: Place) -> Region | None:
    """Where a place may be drawn. Peoples, governments, unresolved places and impossible coordinates: nowhere."""
    if place.use is not PlaceUse.PLACE or place.precision is PlacePrecision.UNRESOLVED:
        return None
    found = place.region or (Region(place.entry.lat, place.entry.lon, 0.0) if place.entry else None)
    if found is None or not all(map(isfinite, (found.lat, found.lon, found.radius))):
        return None
    if abs(found.lat) > 90 or abs(found.lon) > 360:
        return None
    return Region(found.lat, (found.lon + 180) % 360 - 180, min(max(found.radius, 0.0), _HALF_GLOBE))


def _identity(place: Place, texts: Mapping[PlaceId, str]) -> tuple[object, ...]:
    """What mentions of one place share. Places without an entry go by their words and by what they are within."""
    if place.entry:
        entry = place.entry
        which: object = entry.geonames or (entry.name, entry.lat, entry.lon)
    else:
        which = (texts[place.id], tuple(texts.get(outer, "") for outer in place.within))
    return place.use, place.precision, which, place.region, place.whereabouts and texts[place.id]
