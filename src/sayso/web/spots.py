"""Where events and claims are on a map: the places of the incidents and statements that tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sayso.ledger import Ledger
from sayso.ledger.words import key
from sayso.share.answer_words import event_title
from sayso.share.sites import region
from sayso.trace.answers import EventAnswer
from sayso.trace.answers.sayings import Saying
from sayso.trace.answers.stored import StoredHoldings
from sayso.vocabulary import Event, Place, PlaceLevel, PlaceUse, Reading
from sayso.web.addresses import page_of
from sayso.web.drawing.pins import Pin

_MOST_TELLINGS: Final = 3  # of an event that are looked at for a place on the map
_WIDE: Final = frozenset({PlaceLevel.COUNTRY, PlaceLevel.REGION})


def event_pins(events: Sequence[EventAnswer], ledger: Ledger) -> list[Pin]:
    """A pin for each event that has a place."""
    with ledger.looking() as connection:
        held = StoredHoldings(connection)
        held.meet(it.report for one in events for it in one.event.tellings[:_MOST_TELLINGS])
        found = ((one.event, _place(one.event, held)) for one in events)
        return [pin for event, place in found if place is not None and (pin := _pin(event, place)) is not None]


def claim_pins(timeline: Iterable[Saying], ledger: Ledger) -> list[Pin]:
    """A pin for each place that the statements of a claim name, with how many do."""
    places: dict[str, tuple[Place, str, int]] = {}
    with ledger.looking() as connection:
        held = StoredHoldings(connection)
        told = list(timeline)
        held.meet(it.report.report for it in told)
        for it in told:
            reading = held.reading(it.report.report)
            for place in _named_in(it, reading) if reading is not None else ():
                name = place.entry.name if place.entry else place.text
                _, href, number = places.get(name, (place, page_of(it.report.report) or "", 0))
                places[name] = place, href, number + 1
    return [
        Pin(name, spot, f"{name}, named in {number} of these statements", href)
        for name, (place, href, number) in places.items()
        if (spot := region(place)) is not None
    ]


def _place(event: Event, held: StoredHoldings) -> Place | None:
    """The place that one of the first to tell of an event gives; if it can be, the one that most of all give."""
    named = key(event.places[0].value.partition(",")[0]) if event.places else ""
    found: list[Place] = []
    for telling in event.tellings[:_MOST_TELLINGS]:
        reading = held.reading(telling.report)
        incident = next((it for it in reading.incidents if it.id == telling.incident), None) if reading else None
        if reading is None or incident is None:
            continue
        found += [it for it in reading.places if it.id in incident.places and region(it) is not None]
    called = (it for it in found if it.entry is not None and key(it.entry.name) == named)
    return next(called, found[0] if found else None)


def _pin(event: Event, place: Place) -> Pin | None:
    spot, href = region(place), page_of(event.id)
    name = place.entry.name if place.entry else place.text
    return Pin(name, spot, event_title(event), href) if spot is not None and href is not None else None


def _named_in(told: Saying, reading: Reading) -> Iterator[Place]:
    """The places, wider ones left out, that a statement's content names."""
    for place in reading.places:
        inside = any(span.start <= place.span.start < span.end for span in told.content.spans)
        if inside and place.use is PlaceUse.PLACE and place.level not in _WIDE:
            yield place
