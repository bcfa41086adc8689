"""Settle when and where the attacks of a reading were, once everything in it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sayso.read.incidents.scene import over, rows
from sayso.read.incidents.surroundings import body, busy, surroundings
from sayso.read.incidents.when import Day, when
from sayso.read.incidents.where import atlas, where
from sayso.read.times.anchors import day_of
from sayso.vocabulary import Incident, Reading, Span, Time


def is_attack(incident: Incident) -> bool:
    """Whether the encoder gave somebody a part in it."""
    return any(part.score is not None for part in incident.parts)


def attacks(reading: Reading) -> list[Incident]:
    """The incidents in which the encoder gave somebody a part."""
    return [incident for incident in reading.incidents if is_attack(incident)]


def settled(reading: Reading) -> Reading:
    """The reading with the place and day of each of its attacks; what is no attack stays as it was."""
    told = attacks(reading)
    if not told:
        return reading
    sentences = body(reading)
    places = atlas(reading, sentences)
    text = reading.report.text
    called = [span for actor in reading.actors for span in actor.mentions if span.of(text) in actor.names]
    times = rows((time for time in reading.times if not is_of_a_name(time, called)), sentences)
    statements = over(reading.statements, sentences)
    published = day_of(reading.report.published)
    holding, taken = busy(told, sentences), frozenset(i for incident in reading.incidents for i in incident.places)
    out = {}
    for incident in told:
        around = surroundings(reading, incident, sentences, holding)
        day = when(incident, times, statements, around, published)
        found = _dated(incident, day, published)
        out[incident.id] = replace(found, places=where(incident, places, around, taken))
    return replace(reading, incidents=tuple(out.get(incident.id, incident) for incident in reading.incidents))


def is_of_a_name(time: Time, names: Sequence[Span]) -> bool:
    """Whether a day is part of a name: "the 19 April Movement"."""
    return any(name.start < time.span.end < name.end for name in names)


def _dated(incident: Incident, day: Day | None, published: date | None) -> Incident:
    """An incident on its day; one whose day nobody names was some time before the report."""
    if day is None:
        last = published.isoformat() if published is not None else None
        return replace(incident, times=(), start=None, end=last) if incident.times else incident
    named = tuple(time.id for time in day.times)
    others = tuple(id_ for id_ in incident.times if id_ not in named)
    return replace(incident, times=(*named, *others), start=day.times[0].start, end=day.times[0].end)
