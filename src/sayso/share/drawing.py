"""An extent at a scale, with what every map has: a thin net of degrees and a bar of round kilometres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final

from sayso.share.extent import Extent
from sayso.share.lettering import Box, Placed, is_free
from sayso.share.markup import Html, element, measure

WIDTH: Final = 360.0  # units of a drawing; about the pixels it has beside the text
_EDGE: Final = 3.0
_LONGEST_BAR: Final = 90.0
_BAR_LEFT, _BAR_RISE, _BAR_CLEARANCE = 10.0, 8.0, 22.0
_NET_STEPS: Final = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1)
_LEAST_LINES: Final = 2
_NET_SIZE: Final = 6.5


@dataclass(frozen=True, slots=True)
class Drawing:
    """An extent and how many units of the drawing a kilometre is."""

    extent: Extent
    scale: float

    @property
    def height(self) -> float:
        """Units from top to bottom; from left to right there are always 360."""
        return self.extent.height * self.scale

    @property
    def frame(self) -> Box:
        """Where names may stand."""
        return Box(_EDGE, _EDGE, WIDTH - _EDGE, self.height - _EDGE)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """A point of the earth in units from the top left."""
        east, south = self.extent.offset(lat, lon)
        return east * self.scale, south * self.scale


@dataclass(frozen=True, slots=True)
class Bar:
    """A scale bar: its length in units, the round number of kilometres that it is, and the room it takes."""

    length: float
    km: float
    room: Box


def drawing(extent: Extent) -> Drawing:
    """The extent as wide as a drawing is."""
    return Drawing(extent, WIDTH / extent.width)


def words(placed: Placed) -> Html:
    """A name at its place."""
    attributes = {"x": measure(placed.x), "y": measure(placed.y), "text-anchor": placed.anchor}
    return element("text", attributes, placed.name)


def scale_bar(drawn: Drawing) -> Bar:
    """The longest bar of 1, 2 or 5 times a power of ten kilometres that is short enough."""
    most = _LONGEST_BAR / drawn.scale
    power = 10.0 ** floor(log10(most))
    km = max((step * power for step in (1, 2, 5) if step * power <= most), default=power)
    length = km * drawn.scale
    room = Box(0.0, drawn.height - _BAR_CLEARANCE, 2 * _BAR_LEFT + length, drawn.height)
    return Bar(length, km, room)


def bar_drawn(drawn: Drawing, bar: Bar) -> Html:
    """A scale bar as markup."""
    low = drawn.height - _BAR_RISE
    line = f"M{measure(_BAR_LEFT)} {measure(low - 4)}v4h{measure(bar.length)}v-4"
    label = words(Placed(f"{bar.km:g} km", _BAR_LEFT + 4, low - 3.5, "start"))
    attributes = {"class": "scale", "role": "img", "aria-label": f"Scale: the bar is {bar.km:g} kilometres"}
    return element("g", attributes, element("path", {"d": line}), label)


def net(drawn: Drawing, taken: Sequence[Box]) -> Iterator[Html]:
    """Thin lines at round degrees, with the degrees at the right and upper edge where nothing else stands."""
    extent, frame = drawn.extent, Box(0.0, 0.0, WIDTH, drawn.height)
    tall, wide = extent.degrees
    for lat in _round_degrees(max(extent.lat - tall / 2, -90.0), min(extent.lat + tall / 2, 90.0)):
        _, y = drawn.at(lat, extent.lon)
        yield element("path", {"d": f"M0 {measure(y)}h{measure(WIDTH)}"})
        degrees = Placed(_degrees(lat, "N", "S"), WIDTH - 4, y - 2, "end")
        yield words(degrees) if is_free(degrees, _NET_SIZE, frame, taken) else Html()
    for lon in _round_degrees(extent.lon - wide / 2, extent.lon + wide / 2):
        x = (lon - extent.lon) * WIDTH / wide + WIDTH / 2
        yield element("path", {"d": f"M{measure(x)} 0v{measure(drawn.height)}"})
        degrees = Placed(_degrees((lon + 180) % 360 - 180, "E", "W"), x + 2, 8, "start")
        yield words(degrees) if is_free(degrees, _NET_SIZE, frame, taken) else Html()


def _round_degrees(low: float, high: float) -> Iterator[float]:
    """The multiples between two angles of the largest round step that gives two lines or more."""
    step = next((step for step in _NET_STEPS if (high - low) / step >= _LEAST_LINES), _NET_STEPS[-1])
    return (number * step for number in range(floor(low / step) + 1, floor(high / step) + 1))


def _degrees(value: float, above: str, below: str) -> str:
    rounded = round(value, 1)
    side = "" if rounded in (0.0, -180.0) else above if rounded > 0 else below
    return f"{abs(rounded):g}°{side}"
