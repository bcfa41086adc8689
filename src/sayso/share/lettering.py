"""Names on a map, set so that they cover neither each other nor a dot: greedy, the weightiest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from unicodedata import combining, east_asian_width

_LINE: Final = 1.1  # height of a line by the size of the letters
_LETTER: Final = 0.6  # mean width of a letter by its size; a little wide, so that names keep apart
_MOST_LETTERS: Final = 28


class Box(NamedTuple):
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_inside(self, other: Box) -> bool:
        """Whether it lies wholly in the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name to set beside a dot of radius `gap` at `x`, `y`, or across the point itself where the gap is None."""

    name: str
    x: float
    y: float
    size: float
    gap: float | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A name in its place: `x` and `y` are where its base line is anchored ("start", "middle" or "end")."""

    name: str
    x: float
    y: float
    anchor: str


def shortened(name: str) -> str:
    """A name of at most 28 letters."""
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1].rstrip()}…"


def is_free(placed: Placed, size: float, frame: Box, taken: Sequence[Box]) -> bool:
    """Whether a name fits where it is placed, in letters of that size."""
    _, box = _set(Wanted(placed.name, placed.x, placed.y, size, None), placed.x, placed.y - size / 3, placed.anchor)
    return box.is_inside(frame) and not any(box.meets(other) for other in taken)


def place(wanted: Sequence[Wanted], frame: Box, taken: list[Box]) -> list[Placed | None]:
    """Set names in the frame, in the order given; None where there is no room. What they cover joins `taken`."""
    return [_first_free(name, frame, taken) for name in wanted]


def _first_free(wanted: Wanted, frame: Box, taken: list[Box]) -> Placed | None:
    for placed, box in _candidates(wanted):
        if box.is_inside(frame) and not any(box.meets(other) for other in taken):
            taken.append(box)
            return placed
    return None


def _candidates(wanted: Wanted) -> list[tuple[Placed, Box]]:
    """The places a name may take, the best first: right, left, above, below, then the corners."""
    height = _LINE * wanted.size
    if wanted.gap is None:
        rises = (0.0, -height, height, -2 * height, 2 * height)
        return [_set(wanted, wanted.x, wanted.y + rise, "middle") for rise in rises]
    side, rise = wanted.gap + 2.5, wanted.gap + 1.5 + height / 2
    corner = wanted.gap * 0.7 + 1.5
    spots = (
        (side, 0.0, "start"),
        (-side, 0.0, "end"),
        (0.0, -rise, "middle"),
        (0.0, rise, "middle"),
        (corner, -rise, "start"),
        (corner, rise, "start"),
        (-corner, -rise, "end"),
        (-corner, rise, "end"),
    )
    return [_set(wanted, wanted.x + east, wanted.y + south, anchor) for east, south, anchor in spots]


def _set(wanted: Wanted, x: float, middle: float, anchor: str) -> tuple[Placed, Box]:
    width = _width(wanted.name) * wanted.size
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    height = _LINE * wanted.size
    box = Box(left, middle - height / 2, left + width, middle + height / 2)
    return Placed(wanted.name, x, middle + wanted.size * 0.34, anchor), box


def _width(name: str) -> float:
    """The width of a name by the size of its letters; wide East Asian letters are two, accents none."""
    return _LETTER * sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in name)
