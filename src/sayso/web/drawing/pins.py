"""A map of what is told of: a pin for each happening or place, with the towns around for context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.share.drawing import WIDTH, Drawing, bar_drawn, drawing, net, scale_bar, words
from sayso.share.extent import Spot, fit
from sayso.share.lettering import Box, Placed, Wanted, place, shortened
from sayso.share.map import Towns
from sayso.share.markup import Html, element, measure
from sayso.share.visible import one_line
from sayso.vocabulary import Region

_DOT: Final = 4.0
_SIZE, _TOWN_SIZE = 11.0, 9.0
_MOST_NAMES: Final = 60
_MOST_TOWNS: Final = 12
_ASKED_TOWNS: Final = 60
_CLEARANCE: Final = 7.0
_LEAST_RING: Final = 8.0


@dataclass(frozen=True, slots=True)
class Pin:
    """A thing on the map: what its place is called, where it lies, what it is in words, and its page."""

    name: str
    region: Region
    told: str
    href: str


def pinned(pins: Sequence[Pin], towns: Towns, title: str) -> Html:
    """The map of some pins, those a continent away from the rest left out; nothing where there are none."""
    extent = fit([Spot(it.region.lat, it.region.lon, 1.0, min(it.region.radius, 300.0)) for it in pins])
    if extent is None:
        return Html()
    drawn = drawing(extent)
    inside = [it for it in pins if extent.holds(it.region.lat, it.region.lon)]
    spots = [drawn.at(it.region.lat, it.region.lon) for it in inside]
    bar = scale_bar(drawn)
    taken = [Box(x - _DOT - 1, y - _DOT - 1, x + _DOT + 1, y + _DOT + 1) for x, y in spots]
    taken.append(bar.room)
    names = list(_names(inside, spots, drawn, taken))
    around = list(_towns(drawn, inside, spots, towns, taken))
    size = {"viewBox": f"0 0 {measure(WIDTH)} {measure(drawn.height)}", "role": "group", "aria-label": title}
    beyond = len(pins) - len(inside)
    note = element("p", {"class": "beside"}, f"{beyond} more too far off for this map") if beyond else Html()
    svg = element(
        "svg",
        {"class": "map", **size},
        element("g", {"class": "grid", "aria-hidden": "true"}, *net(drawn, taken)),
        element("g", {"class": "towns", "aria-hidden": "true"}, *around),
        *(_mark(drawn, it, spot, name) for it, spot, name in zip(inside, spots, names, strict=True)),
        bar_drawn(drawn, bar),
    )
    return element("figure", {"class": "figure"}, svg, note)


def _names(
    pins: Sequence[Pin], spots: Sequence[tuple[float, float]], drawn: Drawing, taken: list[Box]
) -> Iterator[Placed | None]:
    """A name for each pin that finds room, one for those of one place."""
    named: set[tuple[float, float]] = set()
    for number, (it, (x, y)) in enumerate(zip(pins, spots, strict=True)):
        spot = round(x, 1), round(y, 1)
        if spot in named or number >= _MOST_NAMES:
            yield None
            continue
        named.add(spot)
        yield place([Wanted(shortened(one_line(it.name)), x, y, _SIZE, _DOT)], drawn.frame, taken)[0]


def _mark(drawn: Drawing, it: Pin, spot: tuple[float, float], name: Placed | None) -> Html:
    at = {"cx": measure(spot[0]), "cy": measure(spot[1])}
    radius = it.region.radius * drawn.scale
    ring = _LEAST_RING < radius < WIDTH
    told = one_line(it.told)
    parts = [element("circle", {"class": "region", **at, "r": measure(radius)})] if ring else []
    parts.append(element("circle", {"class": "target", **at, "r": "12"}))
    parts.append(element("circle", {"class": "dot", **at, "r": measure(_DOT)}))
    parts += [words(name)] if name else []
    attributes = {"class": "site point struck", "href": it.href, "aria-label": told}
    return element("a", attributes, element("title", None, told), *parts)


def _towns(
    drawn: Drawing, pins: Sequence[Pin], spots: Sequence[tuple[float, float]], towns: Towns, taken: list[Box]
) -> Iterator[Html]:
    """The largest towns around that find room with their names, and are not the places pinned."""
    extent, own, shown = drawn.extent, {one_line(it.name).casefold() for it in pins}, 0
    for town in towns(extent.lat, extent.lon, extent.reach, _ASKED_TOWNS):
        x, y = drawn.at(town.lat, town.lon)
        near = any(abs(x - other) < _CLEARANCE and abs(y - down) < _CLEARANCE for other, down in spots)
        if near or town.name.casefold() in own or not extent.holds(town.lat, town.lon):
            continue
        (name,) = place([Wanted(shortened(one_line(town.name)), x, y, _TOWN_SIZE, 1.8)], drawn.frame, taken)
        if name is None:
            continue
        taken.append(Box(x - 2.5, y - 2.5, x + 2.5, y + 2.5))
        yield element("circle", {"cx": measure(x), "cy": measure(y), "r": "1.8"})
        yield words(name)
        shown += 1
        if shown == _MOST_TOWNS:
            return
