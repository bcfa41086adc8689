"""An event as an answer tells it: its versions, how it is vouched for, and the words of those that tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sayso.trace.answers.citing import Quote, cite, sentence_around
from sayso.trace.answers.holdings import Holdings
from sayso.trace.events import Vouching
from sayso.trace.voices import summary
from sayso.vocabulary import Event, Passage, Telling, passage

_MOST_QUOTED: Final = 12


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """An event with the voices behind it and its grade; `summary` counts them in words.

    `quotes` are the sentences in which reports tell of it, earliest first, at most twelve.
    """

    event: Event
    summary: str
    vouching: Vouching
    quotes: tuple[Quote, ...]


def event_answers(events: Sequence[Event], held: Holdings) -> tuple[EventAnswer, ...]:
    """Events as an answer tells them."""
    held.meet(it.report for event in events for it in event.tellings[:_MOST_QUOTED])
    held.meet_shared(it.report for event in events for it in event.tellings)
    return tuple(_answer(it, held) for it in events)


def _answer(event: Event, held: Holdings) -> EventAnswer:
    found = held.vouched(event)
    quotes = tuple(quote for it in event.tellings[:_MOST_QUOTED] if (quote := _quote(it, held)) is not None)
    return EventAnswer(event, summary(found.told), found, quotes)


def _quote(telling: Telling, held: Holdings) -> Quote | None:
    reading = held.reading(telling.report)
    incident = next((it for it in reading.incidents if it.id == telling.incident), None) if reading else None
    if reading is None or incident is None:
        return None
    words: Passage = passage(reading.report.text, (sentence_around(reading, incident.mentions[0]),))
    return Quote(cite(telling.report, held), words)
