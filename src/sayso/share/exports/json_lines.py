"""Incidents, tallies and forecasts one a line, with nothing lost.

A line is a reading by the JSON contract, narrowed to one incident, tally or forecast and what that rests on: its
times, places, statements and actors. `sayso.share.reading_from_json(line, text)` reads it back. Only the report's
text is left out, so that a long report does not come along with every line; `words` has what the spans point at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sayso.share.contract import reading_to_json
from sayso.share.exports.identity import identities
from sayso.vocabulary import (
    Actor,
    ActorId,
    Forecast,
    Incident,
    Part,
    Place,
    PlaceId,
    Reading,
    Span,
    Statement,
    StatementId,
    Tally,
    Time,
    TimeId,
)

JsonObject = dict[str, Any]
Thing = Incident | Tally | Forecast
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Index:
    """What a reading's incidents, tallies and forecasts point at, by id."""

    times: dict[TimeId, Time]
    places: dict[PlaceId, Place]
    statements: dict[StatementId, Statement]
    actors: dict[ActorId, Actor]


@dataclass(frozen=True, slots=True)
class _Pointers:
    """The ids that an incident, tally or forecast points at, and the spans that are its own."""

    times: tuple[TimeId, ...]
    places: tuple[PlaceId, ...]
    parts: tuple[Part, ...]
    statements: tuple[StatementId | None, ...]
    spans: tuple[Span | None, ...]


def lines(reading: Reading) -> Iterator[JsonObject]:
    """An object for each incident, then each tally, then each forecast, in the reading's order."""
    names = identities(reading)
    bare = replace(reading, report=replace(reading.report, text=""), sentences=(), boilerplate=())
    empty = replace(reading, actors=(), statements=(), times=(), places=(), incidents=(), tallies=(), forecasts=())
    report = reading_to_json(empty)["report"]
    del report["text"]
    index = _Index(
        {time.id: time for time in reading.times},
        {place.id: place for place in reading.places},
        {statement.id: statement for statement in reading.statements},
        {actor.id: replace(actor, roles=(), mentions=(), labels=()) for actor in reading.actors},
    )
    kinds: tuple[tuple[str, tuple[str, ...], tuple[Thing, ...]], ...] = (
        ("incident", names.incidents, reading.incidents),
        ("tally", names.tallies, reading.tallies),
        ("forecast", names.forecasts, reading.forecasts),
    )
    for kind, kind_names, things in kinds:
        for name, thing in zip(kind_names, things, strict=True):
            pointers = _pointers(thing)
            data = reading_to_json(_narrowed(bare, index, thing, pointers))
            yield {"id": name, "kind": kind} | data | {"report": report, "words": _words(reading, pointers.spans)}


def _narrowed(reading: Reading, index: _Index, thing: Thing, pointers: _Pointers) -> Reading:
    """The reading with this alone, and with what it points at."""
    statements = _found(index.statements, dict.fromkeys(_statements(pointers)))
    return replace(
        reading,
        actors=tuple(_found(index.actors, dict.fromkeys(_actors(pointers.parts, statements)))),
        statements=tuple(statements),
        times=tuple(_found(index.times, dict.fromkeys(pointers.times))),
        places=tuple(_with_outer(index.places, pointers.places)),
        incidents=(thing,) if isinstance(thing, Incident) else (),
        tallies=(thing,) if isinstance(thing, Tally) else (),
        forecasts=(thing,) if isinstance(thing, Forecast) else (),
    )


def _pointers(thing: Thing) -> _Pointers:
    match thing:
        case Incident() as it:
            counts = [span for count in it.counts for span in (count.span, count.who_span, count.harm_span)]
            spans = (*it.mentions, *_spans(it.parts), *it.weapons, *counts, *it.damage, *it.certainty.spans)
            vouchers = (*it.vouchers, *(count.voucher for count in it.counts))
            return _Pointers(it.times, it.places, it.parts, vouchers, spans)
        case Tally() as it:
            times = (it.time,) if it.time else ()
            places = (*it.places, *(place for part in it.parts for place in part.places))
            spans = (it.span, *(part.span for part in it.parts), *_spans(it.by))
            return _Pointers(times, places, it.by, it.vouchers, spans)
        case Forecast() as it:
            spans = (*it.content.spans, *_spans(it.blamed))
            return _Pointers(it.times, it.places, it.blamed, (it.statement,), spans)


def _spans(parts: Iterable[Part]) -> Iterator[Span]:
    return (part.span for part in parts)


def _statements(pointers: _Pointers) -> Iterator[StatementId]:
    yield from (statement for statement in pointers.statements if statement)
    yield from (statement for part in pointers.parts for statement in part.by)


def _actors(parts: Iterable[Part], statements: Iterable[Statement]) -> Iterator[ActorId]:
    yield from (part.actor for part in parts if part.actor)
    for statement in statements:
        speaker = statement.speaker
        yield from (speaker.actor,) if speaker.actor else ()
        yield from speaker.candidates
        yield from (link.actor for link in statement.chain if link.actor)


def _with_outer(places: dict[PlaceId, Place], wanted: Iterable[PlaceId]) -> list[Place]:
    """The places, and after them those they lie in or are told from, and so on."""
    found: dict[PlaceId, Place] = {}
    waiting = list(reversed(list(wanted)))
    while waiting:
        key = waiting.pop()
        if key in places and key not in found:
            found[key] = place = places[key]
            waiting += [*place.within, *(place.whereabouts.anchors if place.whereabouts else ())]
    return list(found.values())


def _found(by_id: Mapping[_Key, _Value], wanted: Iterable[_Key]) -> list[_Value]:
    return [by_id[key] for key in wanted if key in by_id]


def _words(reading: Reading, spans: Iterable[Span | None]) -> list[list[int | str]]:
    """Start, end and words of each span, in order of the text."""
    text = reading.report.text
    return [[start, end, text[start:end]] for start, end in sorted({span for span in spans if span})]
