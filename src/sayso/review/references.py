"""What in a reading names a thing by its id, and the reading with other ids, or none, in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from sayso.vocabulary import (
    Actor,
    ActorId,
    Incident,
    Part,
    Place,
    PlaceId,
    Reading,
    Speaker,
    SpeakerKind,
    Statement,
    StatementId,
    TimeId,
)

_Id = TypeVar("_Id", bound=str)


def with_statements(reading: Reading, now: Mapping[StatementId, StatementId | None]) -> Reading:
    """The reading where some statements are called otherwise; what rested on one that is gone is the outlet's."""

    def part(it: Part) -> Part:
        return replace(it, by=_each(it.by, now))

    def actor(it: Actor) -> Actor:
        labels = (replace(label, by=now.get(StatementId(label.by), label.by) or "outlet") for label in it.labels)
        return replace(it, labels=tuple(labels))

    def statement(it: Statement) -> Statement:
        parent = _one(it.parent, now)
        return replace(it, parent=None if parent == it.id else parent)

    def incident(it: Incident) -> Incident:
        counts = tuple(replace(count, voucher=_one(count.voucher, now)) for count in it.counts)
        return replace(it, counts=counts, parts=tuple(map(part, it.parts)), vouchers=_each(it.vouchers, now))

    return replace(
        reading,
        actors=tuple(map(actor, reading.actors)),
        statements=tuple(map(statement, reading.statements)),
        incidents=tuple(map(incident, reading.incidents)),
        tallies=tuple(
            replace(it, by=tuple(map(part, it.by)), vouchers=_each(it.vouchers, now)) for it in reading.tallies
        ),
        forecasts=tuple(
            replace(it, statement=_one(it.statement, now), blamed=tuple(map(part, it.blamed)))
            for it in reading.forecasts
        ),
    )


def with_actors(reading: Reading, now: Mapping[ActorId, ActorId | None]) -> Reading:
    """The reading where some actors are called otherwise; a speaker who is gone is unknown."""

    def speaker(it: Speaker) -> Speaker:
        candidates = _each(it.candidates, now)
        if it.actor is not None and _one(it.actor, now) is None:
            return Speaker(SpeakerKind.UNKNOWN, it.text, None, candidates)
        return replace(it, actor=_one(it.actor, now), candidates=candidates)

    def parts(found: Iterable[Part]) -> tuple[Part, ...]:
        return tuple(replace(it, actor=_one(it.actor, now)) for it in found)

    def statement(it: Statement) -> Statement:
        chain = tuple(replace(link, actor=_one(link.actor, now)) for link in it.chain)
        return replace(it, speaker=speaker(it.speaker), chain=chain)

    return replace(
        reading,
        statements=tuple(map(statement, reading.statements)),
        incidents=tuple(replace(it, parts=parts(it.parts)) for it in reading.incidents),
        tallies=tuple(replace(it, by=parts(it.by)) for it in reading.tallies),
        forecasts=tuple(replace(it, blamed=parts(it.blamed)) for it in reading.forecasts),
    )


def without_places(reading: Reading, gone: frozenset[PlaceId]) -> Reading:
    """The reading where nothing is at, in or by these places."""
    now: dict[PlaceId, PlaceId | None] = dict.fromkeys(gone)

    def place(it: Place) -> Place:
        where = it.whereabouts
        if where is not None:
            anchors = _each(where.anchors, now)
            where = replace(where, anchors=anchors) if anchors else None
        return replace(it, within=_each(it.within, now), whereabouts=where)

    return replace(
        reading,
        places=tuple(map(place, reading.places)),
        incidents=tuple(replace(it, places=_each(it.places, now)) for it in reading.incidents),
        tallies=tuple(
            replace(
                it,
                places=_each(it.places, now),
                parts=tuple(replace(part, places=_each(part.places, now)) for part in it.parts),
            )
            for it in reading.tallies
        ),
        forecasts=tuple(replace(it, places=_each(it.places, now)) for it in reading.forecasts),
    )


def without_times(reading: Reading, gone: frozenset[TimeId]) -> Reading:
    """The reading where nothing is at these times."""
    now: dict[TimeId, TimeId | None] = dict.fromkeys(gone)
    return replace(
        reading,
        incidents=tuple(replace(it, times=_each(it.times, now)) for it in reading.incidents),
        tallies=tuple(replace(it, time=_one(it.time, now)) for it in reading.tallies),
        forecasts=tuple(replace(it, times=_each(it.times, now)) for it in reading.forecasts),
    )


def _one(id_: _Id | None, now: Mapping[_Id, _Id | None]) -> _Id | None:
    return None if id_ is None else now.get(id_, id_)


def _each(ids: Iterable[_Id], now: Mapping[_Id, _Id | None]) -> tuple[_Id, ...]:
    found = (now.get(id_, id_) for id_ in ids)
    return tuple(dict.fromkeys(id_ for id_ in found if id_ is not None))
