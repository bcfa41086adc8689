"""What events are asked for by: their type, their places and whoever they are laid on or done to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sayso.gazetteer.folding import fold
from sayso.trace.events.scenes import Scene
from sayso.vocabulary import IncidentType

EVERYTHING: Final = "all"


def facets(scene: Scene, names: Iterable[str]) -> frozenset[str]:
    """The facets of a scene whose doers and struck are called so."""
    found = {EVERYTHING, of_type(scene.type)}
    for spot in scene.spots:
        found |= {of_place(name) for name in (spot.name, *spot.within)}
        if spot.number is not None:
            found.add(of_number(spot.number))
    return frozenset(found | {of_actor(name) for name in names})


def of_type(kind: IncidentType) -> str:
    """The facet of a type."""
    return f"type {kind.value}"


def of_place(name: str) -> str:
    """The facet of a place, or of what it lies in, by a name in any case and accents."""
    return f"place {fold(name)}"


def of_number(number: int) -> str:
    """The facet of a place by its number in GeoNames."""
    return f"geonames {number}"


def of_actor(name: str) -> str:
    """The facet of an actor: who it is across reports, or what it is called."""
    return f"actor {name}"
