"""What forecasts are asked for by: their type, their places, and whoever makes them or hands them on."""

from __future__ import annotations

from typing import Final

from sayso.gazetteer.folding import fold
from sayso.trace.forecasts.foretold import Foretold
from sayso.trace.people.called import called
from sayso.trace.voices.trails import plain
from sayso.vocabulary import IncidentType

EVERYTHING: Final = "all"


def facets(it: Foretold) -> frozenset[str]:
    """The facets of a forecast, its voices by all names that it has for them."""
    found = {EVERYTHING, of_type(it.type)}
    found |= {of_place(name) for spot in it.spots for name in (spot.name, *spot.within)}
    found |= {of_number(spot.number) for spot in it.spots if spot.number is not None}
    for step in it.trail.steps:
        found |= {of_voice(plain(name)) for name in (step.text, *step.names)}
        if step.known is not None:
            token = called(step.known)
            found.add(of_voice(step.known if token is None else token.tie(it.ref.report)))
    if it.trail.outlet:
        found.add(of_voice(plain(it.trail.outlet)))
    return frozenset(found)


def of_type(kind: IncidentType) -> str:
    """The facet of a type."""
    return f"type {kind.value}"


def of_place(name: str) -> str:
    """The facet of a place, or of what it lies in, by a name in any case and accents."""
    return f"place {fold(name)}"


def of_number(number: int) -> str:
    """The facet of a place by its number in GeoNames."""
    return f"geonames {number}"


def of_voice(name: str) -> str:
    """The facet of a voice: who it is across reports, or what it is called."""
    return f"voice {name}"
