"""How well two scenes fit one happening: a score with its reasons.

The score is made of the type (0.3), the place (0.35) and the days (0.35), each from 0 to 1, with what numbers and names
add or take. Where any of the three says that the two are apart, they are. From `ENOUGH` on two scenes are linked: a
town, a day and a family of types are enough; a province needs a number or a name besides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from sayso.trace.events.days import Days, day_fit, kept_under, sought_under
from sayso.trace.events.families import type_fit
from sayso.trace.events.scenes import Number, Scene
from sayso.trace.events.spots import Spot, cells, place_fit
from sayso.vocabulary import Harm, People

ENOUGH: Final = 0.8
_TYPE: Final = 0.3
_PLACE: Final = 0.35
_DAYS: Final = 0.35
_NUMBER: Final = 0.1
_NAME: Final = 0.05
_TELLING: Final = 3  # from this many on, the same number in two reports says something
_RIVAL: Final = 4.0  # times: tolls are revised, but not so far
_LISTED: Final = 3  # numbers, and names, under which a scene is kept
_NOWHERE: Final = 0.4  # the place of a scene without one, where a number or a name ties it


@dataclass(frozen=True, slots=True)
class Fit:
    """How well two scenes fit one happening; `apart` where something says that they are two."""

    score: float
    reasons: tuple[str, ...]
    apart: bool = False


def fit(one: Scene, other: Scene) -> Fit:
    """How well two scenes fit; the same whichever is named first."""
    kind = type_fit(one.type, other.type, (one.mode, other.mode))
    place, where = place_fit(one.spots, other.spots)
    days, when = day_fit(one.days, other.days)
    if not kind:
        return Fit(0.0, (f"{one.type.value} is not {other.type.value}",), apart=True)
    if place == 0 or days == 0:
        return Fit(0.0, (where if place == 0 else when,), apart=True)
    more, reasons = _besides(one, other)
    if days is None or (place is None and more <= 0):
        return Fit(0.0, (when if days is None else where,))
    score = _TYPE * kind + _PLACE * (_NOWHERE if place is None else place) + _DAYS * days + more
    told = one.type.value if one.type is other.type else f"{one.type.value} and {other.type.value}"
    return Fit(round(max(0.0, min(1.0, score)), 3), (told, where, when, *reasons))


def _besides(one: Scene, other: Scene) -> tuple[float, list[str]]:
    """What numbers and names add or take."""
    more, reasons = 0.0, []
    mine, theirs = _by_harm(one), _by_harm(other)
    for key in sorted(set(mine) & set(theirs)):
        (low, high), (least, most) = mine[key], theirs[key]
        if low == least and low >= _TELLING:
            more += _NUMBER
            reasons.append(f"the same number {key[0].value}: {low}")
        elif min(high, most) * _RIVAL < max(low, least) and max(low, least) >= _TELLING * _RIVAL:
            more -= _NUMBER
            reasons.append(f"the numbers {key[0].value} are far apart: {low} and {least}")
    for mine_named, theirs_named, role in ((one.doers, other.doers, "done by"), (one.struck, other.struck, "done to")):
        if mine_named & theirs_named:
            more += _NAME
            reasons.append(f"{role} the same")
    return max(-0.15, min(0.15, more)), reasons


def _by_harm(scene: Scene) -> dict[tuple[Harm, People], tuple[int, int]]:
    """The least and the most of each number; an open one is as high as it is low."""
    out: dict[tuple[Harm, People], tuple[int, int]] = {}
    for it in scene.numbers:
        low, high = out.get((it.harm, it.who), (it.low, it.low))
        out[it.harm, it.who] = min(low, it.low), max(high, it.high or it.low)
    return out


def kept(scene: Scene) -> Iterator[str]:
    """The keys that a scene is kept under, so that every scene that may fit it is found."""
    yield from kept_by(scene, _named(scene))


def kept_by(scene: Scene, named: Collection[str]) -> Iterator[str]:
    """The keys that a scene is kept under if those it names are called so."""
    yield from _keys(scene, list(kept_under(scene.days)) if scene.days is not None else [], named)


def sought(scene: Scene) -> Iterator[str]:
    """The keys under which every scene is kept that may fit this one."""
    yield from _keys(scene, list(sought_under(scene.days)) if scene.days is not None else [], _named(scene))


def _named(scene: Scene) -> list[str]:
    return sorted(scene.doers | scene.struck)[:_LISTED]


def _keys(scene: Scene, days: list[str], named: Collection[str]) -> Iterator[str]:
    where = sorted(cells(scene.spots))
    told = [f"{it.harm} {it.low}" for it in sorted(scene.numbers, key=_size) if it.low >= _TELLING]
    for day in dict.fromkeys(days):
        for tie in dict.fromkeys((*where, *told[:_LISTED], *named)):
            yield f"{scene.family}|{day}|{tie}"


def keys_of(kind: str, window: Days, where: Collection[Spot]) -> Iterator[str]:
    """The keys under which scenes of a family are kept that may fall into a window at some spots."""
    for day in sought_under(window):
        for cell in sorted(cells(where)):
            yield f"{kind}|{day}|{cell}"


def _size(number: Number) -> tuple[int, str, str]:
    return -number.low, number.harm, number.who
