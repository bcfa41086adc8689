"""A small map of the places of a report, drawn by hand as SVG: no tiles, nothing asked of anybody.

Dots are places that are known as points, with a circle where they are only known to be near; divisions and countries
are soft areas with a name; what is not resolved, or lies far from the rest, is listed below and not drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Protocol

from sayso.share.drawing import WIDTH, Drawing, bar_drawn, drawing, net, scale_bar, words
from sayso.share.extent import Spot, fit
from sayso.share.lettering import Box, Placed, Wanted, place, shortened
from sayso.share.links import separated, site_link
from sayso.share.markup import Html, element, joined, measure
from sayso.share.scene import Scene
from sayso.share.sites import Site
from sayso.share.visible import one_line
from sayso.vocabulary import PlaceLevel, PlacePrecision, PlaceUse, Region

_DOT: Final = 4.0
_LEAST_RING: Final = 8.0
_SITE_SIZE, _AREA_SIZE, _TOWN_SIZE = 11.0, 11.0, 9.0
_MOST_NAMES: Final = 80
_MOST_TOWNS: Final = 12
_ASKED_TOWNS: Final = 80
_TOWN_CLEARANCE: Final = 7.0
_AREA_RADIUS: Final = {PlaceLevel.COUNTRY: 400.0, PlaceLevel.REGION: 200.0}
_OTHER_AREA_RADIUS: Final = 60.0


class Town(Protocol):
    """A town of a gazetteer, for context."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def lat(self) -> float:
        """Degrees north."""

    @property
    def lon(self) -> float:
        """Degrees east."""


Towns = Callable[[float, float, float, int], Iterable[Town]]
"""Gives the towns around a point, the largest first: latitude, longitude, kilometres, and how many at most."""


def no_towns(lat: float, lon: float, km: float, limit: int) -> tuple[Town, ...]:
    """No town anywhere: a map with the report's own places alone."""
    return ()


def where(scene: Scene, towns: Towns = no_towns) -> Html:
    """The map and, below it, the places that are not on it. Nothing for a reading without places."""
    named = [site for site in scene.sites if site.place.use is PlaceUse.PLACE]
    if not named:
        return Html()
    placed = [_Placed(site, site.region) for site in named if site.region]
    extent = fit(_spots(scene, placed))
    shown, svg = _drawn(scene, drawing(extent), placed, towns) if extent else (frozenset[str](), Html())
    beyond = [it.site for it in placed if it.site.key not in shown]
    unresolved = [site for site in named if not site.region]
    return element(
        "section",
        {"class": "atlas where", "id": "where", "aria-labelledby": "where-heading"},
        element("h2", {"id": "where-heading"}, "Where"),
        svg,
        _key(scene, placed, shown),
        _listed("Too far off for this map", [_home(site) for site in beyond if not site.is_area]),
        _listed("Wider than this map, or beyond it", [_home(site) for site in beyond if site.is_area]),
        _listed("Unresolved, so not drawn", [joined(_home(site), _within(scene, site)) for site in unresolved]),
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A site that may be drawn, and where."""

    site: Site
    region: Region


def _ring(drawn: Drawing, it: _Placed) -> float:
    """Radius of the circle around a place; 0 where it would not show beside the dot, or be wider than the map."""
    radius = it.region.radius * drawn.scale
    if it.site.place.precision is PlacePrecision.NEAR:
        return max(radius, _LEAST_RING)
    return radius if _LEAST_RING < radius < drawn.extent.reach * 2 * drawn.scale else 0.0


def _spots(scene: Scene, placed: Sequence[_Placed]) -> list[Spot]:
    """What the map has to show: the dots or, where there is none, the areas."""
    dots = [it for it in placed if not it.site.is_area]
    return [Spot(it.region.lat, it.region.lon, _weight(scene, it.site), _around(it)) for it in (dots or placed)]


def _around(it: _Placed) -> float:
    """Kilometres around a place that the map should show."""
    if not it.site.is_area or it.region.radius:
        return it.region.radius
    return _AREA_RADIUS.get(it.site.place.level, _OTHER_AREA_RADIUS)


def _weight(scene: Scene, site: Site) -> float:
    return len(site.mentions) + 2 * len(scene.at.get(site.key, ()))


def _drawn(scene: Scene, drawn: Drawing, placed: Sequence[_Placed], towns: Towns) -> tuple[frozenset[str], Html]:
    """The keys of the sites that found room on the map, and the map."""
    inside = [it for it in placed if drawn.extent.holds(it.region.lat, it.region.lon)]
    inside.sort(key=lambda it: -_weight(scene, it.site))
    dots = [it for it in inside if not it.site.is_area]
    areas = [it for it in inside if it.site.is_area]
    bar = scale_bar(drawn)
    taken = [_around_dot(drawn, it.region.lat, it.region.lon, _DOT + 1) for it in dots]
    taken.append(bar.room)
    names = place([_wanted(drawn, it) for it in (*dots, *areas)][:_MOST_NAMES], drawn.frame, taken)
    lettered = zip_longest((*dots, *areas), names)
    shown = [(it, name) for it, name in lettered if name or not it.site.is_area]
    shown.sort(key=lambda pair: (not pair[0].site.is_area, -_ring(drawn, pair[0]), pair[0].site.number))
    context = list(_context(drawn, dots, towns, taken))
    svg = element(
        "svg",
        {
            "class": "map",
            "viewBox": f"0 0 {measure(WIDTH)} {measure(drawn.height)}",
            "role": "group",
            "aria-labelledby": "map-title map-about",
        },
        element("title", {"id": "map-title"}, "Map of the places in the report"),
        element(
            "desc",
            {"id": "map-about"},
            f"{len(shown)} places, north up. The table of places below the text says the same in words.",
        ),
        element("g", {"class": "grid", "aria-hidden": "true"}, *net(drawn, taken)),
        element("g", {"class": "towns", "aria-hidden": "true"}, *context),
        *(_mark(scene, drawn, it, name) for it, name in shown),
        bar_drawn(drawn, bar),
    )
    return frozenset(it.site.key for it, _ in shown), svg


def _wanted(drawn: Drawing, it: _Placed) -> Wanted:
    x, y = drawn.at(it.region.lat, it.region.lon)
    name = shortened(it.site.name)
    return Wanted(name, x, y, _AREA_SIZE, None) if it.site.is_area else Wanted(name, x, y, _SITE_SIZE, _DOT)


def _around_dot(drawn: Drawing, lat: float, lon: float, radius: float) -> Box:
    x, y = drawn.at(lat, lon)
    return Box(x - radius, y - radius, x + radius, y + radius)


def _mark(scene: Scene, drawn: Drawing, it: _Placed, name: Placed | None) -> Html:
    """A place on the map: its circle, its dot and its name, all one link to what is known of it."""
    x, y = drawn.at(it.region.lat, it.region.lon)
    at = {"cx": measure(x), "cy": measure(y)}
    ring = _ring(drawn, it)
    parts = [element("circle", {"class": "region", **at, "r": measure(ring)})] if ring else []
    if not it.site.is_area:
        parts.append(element("circle", {"class": "target", **at, "r": "12"}))
        parts.append(element("circle", {"class": "dot", **at, "r": measure(_DOT)}))
    if name:
        parts.append(words(name))
    kind = "area" if it.site.is_area else "near" if it.site.place.precision is PlacePrecision.NEAR else "point"
    attributes = {
        "class": f"site {kind} {_part(scene, it.site)}",
        "id": f"r{it.site.key}",
        "href": f"#{it.site.key}",
        "data-go": it.site.key,
        "aria-label": _spoken(scene, it.site),
    }
    return element("a", attributes, element("title", None, _spoken(scene, it.site)), *parts)


def _part(scene: Scene, site: Site) -> str:
    """What a place is in the report: where something happened, where something is foretold, or just named."""
    here = scene.at.get(site.key, ())
    if any(not happening.is_to_come for happening in here):
        return "struck"
    return "foretold" if here else "named"


def _spoken(scene: Scene, site: Site) -> str:
    """A place in one line: name, level, precision, and how often it is named."""
    level = "" if site.place.level is PlaceLevel.UNKNOWN else f", {site.place.level}"
    near = ", only known to be near" if site.place.precision is PlacePrecision.NEAR else ""
    times = "once" if len(site.mentions) == 1 else f"{len(site.mentions)} times"
    here = len(scene.at.get(site.key, ()))
    happenings = f", {here} {'happening' if here == 1 else 'happenings'} here" if here else ""
    return f"{site.name}{level}{near}, named {times}{happenings}"


def _context(drawn: Drawing, dots: Sequence[_Placed], towns: Towns, taken: list[Box]) -> Iterator[Html]:
    """The largest towns around that find room with their names, and are not the report's own places."""
    extent = drawn.extent
    own = {it.site.name.casefold() for it in dots}
    own |= {it.site.place.entry.name.casefold() for it in dots if it.site.place.entry}
    spots = [drawn.at(it.region.lat, it.region.lon) for it in dots]
    shown = 0
    for town in towns(extent.lat, extent.lon, extent.reach, _ASKED_TOWNS):
        x, y = drawn.at(town.lat, town.lon)
        near = any(abs(x - other) < _TOWN_CLEARANCE and abs(y - down) < _TOWN_CLEARANCE for other, down in spots)
        if near or town.name.casefold() in own or not extent.holds(town.lat, town.lon):
            continue
        (name,) = place([Wanted(shortened(one_line(town.name)), x, y, _TOWN_SIZE, 1.8)], drawn.frame, taken)
        if name is None:
            continue
        taken.append(_around_dot(drawn, town.lat, town.lon, 2.5))
        yield element("circle", {"cx": measure(x), "cy": measure(y), "r": "1.8"})
        yield words(name)
        shown += 1
        if shown == _MOST_TOWNS:
            return


def _key(scene: Scene, placed: Sequence[_Placed], keys: frozenset[str]) -> Html:
    """What the signs on the map mean, as far as they are on it."""
    shown = [it for it in placed if it.site.key in keys]
    dots = [it.site for it in shown if not it.site.is_area]
    parts = {_part(scene, site) for site in dots}
    signs = [
        (name, words)
        for name, words in (
            ("struck", "something is said to have happened there"),
            ("foretold", "foretold there"),
            ("named", "named only"),
        )
        if name in parts
    ]
    if any(it.site.place.precision is PlacePrecision.NEAR for it in shown):
        signs.append(("near", "somewhere near"))
    if any(it.site.is_area for it in shown):
        signs.append(("area", "an area"))
    items = (element("li", None, element("span", {"class": f"sign {name}"}), words) for name, words in signs)
    return element("ul", {"class": "key"}, *items) if signs else Html()


def _listed(name: str, items: Sequence[Html]) -> Html:
    if not items:
        return Html()
    return element("p", {"class": "beside"}, element("span", {"class": "name"}, name), ": ", separated([*items], "; "))


def _home(site: Site) -> Html:
    """The name of a place that is not on the map, as the control that stands for it."""
    attributes = {"href": f"#{site.key}", "id": f"r{site.key}", "data-go": site.key}
    return element("a", attributes, element("bdi", None, site.name))


def _within(scene: Scene, site: Site) -> Html:
    """What an unresolved place is said to lie within."""
    outer = {scene.site_of[it].key: scene.site_of[it] for it in site.place.within if it in scene.site_of}
    return joined(", within ", separated([site_link(it) for it in outer.values()])) if outer else Html()
