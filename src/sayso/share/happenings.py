"""Incidents, tallies and forecasts under one roof: lettered in order of the text, with the words that are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from sayso.share.segments import MarkKind
from sayso.vocabulary import (
    Forecast,
    Incident,
    IncidentType,
    Part,
    PlaceId,
    Reading,
    Span,
    Status,
    Tally,
    TimeId,
)

_TO_COME: Final = frozenset({Status.THREATENED, Status.PLANNED})


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """One incident, tally or forecast. `key` names it on the page ("i2", "y1", "f1"), `letter` is its sign there."""

    key: str
    letter: str
    item: Incident | Tally | Forecast

    @property
    def name(self) -> str:
        """What it is, in the words of its type; a tally with how many."""
        other = self.item.type is IncidentType.OTHER
        match self.item:
            case Incident():
                return "Incident of no listed type" if other else str(self.item.type)
            case Tally(low=low, high=high):
                return f"{range_words(low, high)} × {'incident' if other else self.item.type}"
            case Forecast():
                return "Something to come" if other else str(self.item.type)

    @property
    def is_to_come(self) -> bool:
        """Whether it is foretold, planned or threatened: nothing that is said to have happened."""
        match self.item:
            case Incident(status=status):
                return status in _TO_COME
            case Tally():
                return False
            case Forecast():
                return True

    @property
    def is_background(self) -> bool:
        """Whether the report only recalls it."""
        return isinstance(self.item, Incident) and self.item.background

    @property
    def places(self) -> tuple[PlaceId, ...]:
        """The mentions of where it was, or will be."""
        match self.item:
            case Tally(places=places, parts=parts):
                return (*places, *(place for part in parts for place in part.places))
            case Incident(places=places) | Forecast(places=places):
                return places

    @property
    def times(self) -> tuple[TimeId, ...]:
        """The expressions that date it."""
        match self.item:
            case Tally(time=time):
                return (time,) if time else ()
            case Incident(times=times) | Forecast(times=times):
                return times

    @property
    def mentions(self) -> tuple[Span, ...]:
        """The words that name it."""
        match self.item:
            case Incident(mentions=mentions):
                return mentions
            case Tally(span=span):
                return (span,)
            case Forecast(content=content):
                return content.spans

    @property
    def kinds(self) -> tuple[MarkKind, MarkKind]:
        """How its own words are marked, and the words that only belong to it."""
        match self.item:
            case Incident():
                return MarkKind.INCIDENT, MarkKind.INCIDENT_DETAIL
            case Tally():
                return MarkKind.TALLY, MarkKind.TALLY_DETAIL
            case Forecast():
                return MarkKind.FORECAST, MarkKind.FORECAST

    def details(self) -> Iterator[Span]:
        """The words that belong to it without naming it, other than its places and times."""
        match self.item:
            case Incident() as incident:
                yield from (*_spans(incident.parts), *incident.weapons, *incident.damage)
                for count in incident.counts:
                    yield from (span for span in (count.span, count.who_span, count.harm_span) if span)
            case Tally() as tally:
                yield from (*_spans(tally.by), *(part.span for part in tally.parts))
            case Forecast() as forecast:
                yield from _spans(forecast.blamed)


def happenings(reading: Reading) -> tuple[Happening, ...]:
    """All incidents, tallies and forecasts of a reading in order of the text."""
    items: tuple[tuple[str, Incident | Tally | Forecast], ...] = (
        *((f"i{number}", item) for number, item in enumerate(reading.incidents, start=1)),
        *((f"y{number}", item) for number, item in enumerate(reading.tallies, start=1)),
        *((f"f{number}", item) for number, item in enumerate(reading.forecasts, start=1)),
    )
    unlettered = (Happening(key, "", item) for key, item in items)
    ordered = sorted(unlettered, key=lambda it: min((span.start for span in it.mentions), default=0))
    return tuple(Happening(it.key, letters(place), it.item) for place, it in enumerate(ordered))


def range_words(low: int, high: int | None) -> str:
    """A range of counts as a person says it."""
    if high is None:
        return f"at least {low}"
    if low == high:
        return str(low)
    return f"up to {high}" if low <= 0 else f"{low} to {high}"


def letters(place: int) -> str:
    """The sign of a happening by its place from 0: A, B, … Z, AA, AB and so on."""
    signs = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, len(ascii_uppercase))
        signs = ascii_uppercase[letter] + signs
    return signs


def _spans(parts: tuple[Part, ...]) -> Iterator[Span]:
    return (part.span for part in parts)
