"""Where an incident was, as far as another report's incident can be held against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.gazetteer.folding import bare, core, fold, skeleton
from sayso.read.places.geodesy import kilometres
from sayso.vocabulary import Place, PlaceId, PlaceLevel, PlacePrecision, PlaceUse

_WIDE: Final = frozenset({PlaceLevel.COUNTRY, PlaceLevel.PROVINCE, PlaceLevel.REGION, PlaceLevel.DISTRICT})
_DEFAULT_RADIUS: Final = 3.0  # km: a town that says nothing of its size
_TOWN: Final = 12.0  # km: a circle up to this is as good as a town, up to the next as a district
_AROUND: Final = 25.0
_SLACK: Final = 5.0  # km between two circles within which they may be of one spot
_FAR: Final = 20.0  # km beyond which they are of two; two towns are two in any case
_SAME: Final = 1.0
_CLOSE: Final = 0.8
_DISTRICT: Final = 0.5
_PROVINCE: Final = 0.35
_COUNTRY: Final = 0.15


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a circle (radius in km) or as an area, with the folded names of what it lies in, nearest first.

    A spot that no gazetteer knows has no `point`.
    """

    name: str
    level: PlaceLevel
    point: tuple[float, float] | None = None
    radius: float = _DEFAULT_RADIUS
    country: str | None = None
    within: tuple[str, ...] = ()
    number: int | None = None

    @property
    def is_wide(self) -> bool:
        """Whether it is an area that tells nothing of where in it."""
        return self.level in _WIDE


def spots(ids: Iterable[PlaceId], places: Sequence[Place]) -> tuple[Spot, ...]:
    """The spots of an incident or forecast, in order: those that are points if there are any, else the areas."""
    by_id = {place.id: place for place in places}
    found = dict.fromkeys(_spot(by_id[i], by_id) for i in ids if i in by_id and by_id[i].use is PlaceUse.PLACE)
    fine = [spot for spot in found if not spot.is_wide]
    return tuple(fine or found)


def _spot(place: Place, by_id: dict[PlaceId, Place]) -> Spot:
    entry = place.entry
    if entry is None:
        around = [by_id[i] for i in place.within if i in by_id]
        within = [fold(p.text) for p in around] + [fold(n) for p in around if p.entry for n in p.entry.within]
        country = next((p.entry.country for p in around if p.entry is not None), None)
        if place.region is not None:
            point, radius = (place.region.lat, place.region.lon), place.region.radius
            return Spot(_named(place), PlaceLevel.UNKNOWN, point, radius, country, _names(within))
        return Spot(fold(place.text), place.level, None, 0.0, country, _names(within))
    within = [fold(name) for name in entry.within]
    if place.precision is PlacePrecision.NEAR and place.region is not None:
        point, radius = (place.region.lat, place.region.lon), place.region.radius
        return Spot(_named(place), PlaceLevel.UNKNOWN, point, radius, entry.country, _names(within))
    level = entry.level if entry.level is not PlaceLevel.UNKNOWN else place.level
    radius = place.region.radius if place.region is not None else _DEFAULT_RADIUS
    where = (entry.lat, entry.lon)
    return Spot(fold(entry.name), level, where, radius, entry.country, _names(within), entry.geonames)


def _named(place: Place) -> str:
    return fold(place.text)


def _names(within: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in within if name))


def place_fit(one: Sequence[Spot], other: Sequence[Spot]) -> tuple[float | None, str]:
    """How well two lists of spots fit one happening, and why; None where either has none, 0 where they are apart."""
    if not one or not other:
        return None, "no place is given"
    best = max((_pair_fit(a, b) for a in one for b in other), key=lambda found: found[0])
    if best[0] > 0:
        return best
    return 0.0, f"{one[0].name} is not {other[0].name}"


def _pair_fit(a: Spot, b: Spot) -> tuple[float, str]:
    if a.number is not None and a.number == b.number:
        return (_area(a), f"both in {a.name}") if a.is_wide else (_SAME, f"both in {a.name}")
    if a.is_wide or b.is_wide:
        return _in_area(a, b)
    if a.point is not None and b.point is not None:
        apart = kilometres(a.point, b.point) - a.radius - b.radius
        if apart <= _SLACK:
            widest = max(a.radius, b.radius)
            close = _CLOSE if widest <= _TOWN else _DISTRICT if widest <= _AROUND else _PROVINCE
            return close, f"{a.name} and {b.name} are near one another"
        two_towns = a.level is b.level is PlaceLevel.SETTLEMENT
        if apart > _FAR or two_towns:
            return 0.0, ""
        return _DISTRICT, f"{a.name} and {b.name} are {apart:.0f} km apart"
    if _same_name(a.name, b.name) and (None in (a.country, b.country) or a.country == b.country):
        return _CLOSE, f"both at a place called {a.name}"
    return 0.0, ""


def _same_name(one: str, other: str) -> bool:
    if one == other:
        return True
    sounds = skeleton(bare(one))
    return len(sounds) > 2 and sounds == skeleton(bare(other))


def _in_area(a: Spot, b: Spot) -> tuple[float, str]:
    """The fit of an area with a spot in it; a town and the division named after it are often taken for one another."""
    if a.is_wide != b.is_wide and _core(a.name) == _core(b.name) and a.country == b.country:
        return _CLOSE, f"both called {a.name}"
    wide, inner = (a, b) if a.is_wide and (not b.is_wide or _rank(a) >= _rank(b)) else (b, a)
    if wide.level is PlaceLevel.COUNTRY:
        inside = wide.country is not None and wide.country == inner.country
    else:
        inside = _core(wide.name) in {_core(inner.name), *map(_core, inner.within)}
        inside = inside and (None in (wide.country, inner.country) or wide.country == inner.country)
    return (_area(wide), f"{inner.name} is in {wide.name}") if inside else (0.0, "")


def _core(name: str) -> str:
    return core(name) or name


def _rank(spot: Spot) -> int:
    return {PlaceLevel.DISTRICT: 1, PlaceLevel.PROVINCE: 2, PlaceLevel.REGION: 2, PlaceLevel.COUNTRY: 3}.get(
        spot.level, 0
    )


def _area(spot: Spot) -> float:
    return {PlaceLevel.DISTRICT: _DISTRICT, PlaceLevel.COUNTRY: _COUNTRY}.get(spot.level, _PROVINCE)


def cells(found: Collection[Spot]) -> frozenset[str]:
    """Under what spots are looked up: their country, or their name's sounds where no country is known."""
    return frozenset(spot.country or f"name {skeleton(bare(spot.name)) or spot.name}" for spot in found) | frozenset(
        f"name {skeleton(bare(spot.name)) or spot.name}" for spot in found if spot.point is None
    )
