"""A reading with what people settled on it: corrected, merged, split, and without what was rejected.

What nobody decided, and what is contested, stays as it was read. A rejected statement leaves its words to nobody; what
rested on it is the outlet's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from sayso.review.changing import changed
from sayso.review.decisions import Decision, Verdict
from sayso.review.items import Item, Thing
from sayso.review.references import with_actors, with_statements, without_places, without_times
from sayso.review.values import actor_parts, values
from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Incident,
    IncidentId,
    Part,
    Passage,
    Place,
    PlaceId,
    Reading,
    Span,
    Statement,
    StatementId,
    Time,
    TimeId,
    passage,
)

_Any = TypeVar("_Any")
_Thing = TypeVar("_Thing", Statement, Incident, Place, Time, Actor)


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision that nobody differs from, and the things of the reading it is about.

    `met` says that the reading has already what the decision makes of them.
    """

    decision: Decision
    things: tuple[Thing, ...]
    met: bool = False


def corrected(reading: Reading, settled: Sequence[Settled]) -> Reading:
    """The reading as people settled it; its reader is called "…, reviewed"."""
    made = _changed(reading, [it for it in settled if it.decision.verdict in (Verdict.ACCEPTED, Verdict.CORRECTED)])
    for it in settled:
        if it.decision.verdict is Verdict.MERGED and not it.met:
            made = _merged(made, it)
        if it.decision.verdict is Verdict.SPLIT and not it.met:
            made = _split(made, it, reading)
    made = _without(made, [it.things[0] for it in settled if it.decision.verdict is Verdict.REJECTED])
    return replace(made, reader=replace(reading.reader, name=f"{reading.reader.name}, reviewed"))


def _changed(reading: Reading, settled: Iterable[Settled]) -> Reading:
    new: list[Actor] = []

    def actor_at(span: Span) -> ActorId:
        if found := _named(span, (*reading.actors, *new)):
            return found.id
        words = span.of(reading.report.text)
        new.append(Actor(_free(reading, new), words, ActorKind.UNKNOWN, (words,), mentions=(span,)))
        return new[-1].id

    now: dict[Thing, Thing] = {}
    for it in settled:
        thing = it.things[0]
        read = values(thing, reading)
        after = {name: value for name, value in it.decision.values.items() if name in read and value != read[name]}
        if after:
            now[thing] = changed(thing, after, reading.report.text, actor_at)
    if not now:
        return reading
    return replace(
        reading,
        actors=(*_now(reading.actors, now), *new),
        statements=_now(reading.statements, now),
        incidents=_now(reading.incidents, now),
        places=_now(reading.places, now),
        times=_now(reading.times, now),
    )


def _now(found: tuple[_Thing, ...], now: dict[Thing, Thing]) -> tuple[_Thing, ...]:
    return tuple(other if isinstance(other := now.get(it, it), type(it)) else it for it in found)


def _named(span: Span, actors: Iterable[Actor]) -> Actor | None:
    """The actor with the mention that shares most with a span."""
    shared = [
        (min(span.end, mention.end) - max(span.start, mention.start), -number, actor)
        for number, actor in enumerate(actors)
        for mention in actor.mentions
    ]
    best = max(shared, key=lambda it: it[:2], default=None)
    return best[2] if best is not None and best[0] > 0 else None


def _merged(reading: Reading, it: Settled) -> Reading:
    first, *others = [_current(reading, thing) for thing in it.things]
    gone = {thing.id for thing in others}
    if isinstance(first, Statement):
        whole = _with_passages(first, it.decision.results[0], reading.report.text)
        kept = tuple(whole if each.id == first.id else each for each in reading.statements if each.id not in gone)
        said = {StatementId(id_): first.id for id_ in gone}
        return with_statements(replace(reading, statements=kept), said)
    if isinstance(first, Incident):
        parts = [each for each in others if isinstance(each, Incident)]
        all_ = replace(
            first,
            mentions=it.decision.results[0].passages[0],
            times=_union(first.times, *(each.times for each in parts)),
            places=_union(first.places, *(each.places for each in parts)),
            parts=_union(first.parts, *(each.parts for each in parts)),
            weapons=_union(first.weapons, *(each.weapons for each in parts)),
            counts=_union(first.counts, *(each.counts for each in parts)),
            damage=_union(first.damage, *(each.damage for each in parts)),
            vouchers=_union(first.vouchers, *(each.vouchers for each in parts)),
        )
        kept_ = tuple(all_ if each.id == first.id else each for each in reading.incidents if each.id not in gone)
        return replace(reading, incidents=kept_)
    if isinstance(first, Actor):
        same = [each for each in others if isinstance(each, Actor)]
        one = replace(
            first,
            names=_union(first.names, *(each.names for each in same)),
            roles=_union(first.roles, *(each.roles for each in same)),
            mentions=tuple(sorted(_union(first.mentions, *(each.mentions for each in same)))),
            labels=_union(first.labels, *(each.labels for each in same)),
        )
        people = tuple(one if each.id == first.id else each for each in reading.actors if each.id not in gone)
        return with_actors(replace(reading, actors=people), {ActorId(id_): first.id for id_ in gone})
    return reading


def _split(reading: Reading, it: Settled, read: Reading) -> Reading:
    """The reading with something in parts; none of them is called as anything that was read."""
    thing, results = _current(reading, it.things[0]), it.decision.results
    if isinstance(thing, Statement):
        free = _ids("s", (each.id for each in (*reading.statements, *read.statements)))
        parts = [
            replace(_with_passages(thing, result, reading.report.text), id=StatementId(next(free)) if n else thing.id)
            for n, result in enumerate(results)
        ]
        return replace(reading, statements=_in_place(reading.statements, thing, parts))
    if isinstance(thing, Incident):
        free = _ids("i", (each.id for each in (*reading.incidents, *read.incidents)))
        bare = replace(thing, parts=(), counts=(), weapons=(), damage=())  # whose they are is not known
        pieces = [
            replace(bare if n else thing, id=IncidentId(next(free)) if n else thing.id, mentions=result.passages[0])
            for n, result in enumerate(results)
        ]
        return replace(reading, incidents=_in_place(reading.incidents, thing, pieces))
    if isinstance(thing, Actor):
        parts_ = actor_parts(thing, it.decision.after["parts"], reading.report.text)
        return _parted(reading, thing, parts_, _ids("a", (each.id for each in (*reading.actors, *read.actors))))
    return reading


def _parted(reading: Reading, actor: Actor, parts: Sequence[tuple[Span, ...]], free: Iterator[str]) -> Reading:
    """The reading where some mentions of an actor are others', and what is said there is theirs."""
    rest = tuple(span for span in actor.mentions if not any(span in part for part in parts))
    groups = [*([rest] if rest else []), *parts]
    made = [
        _one_of(actor, actor.id if n == 0 else ActorId(next(free)), group, reading) for n, group in enumerate(groups)
    ]
    whose = {span: each.id for each in made for span in each.mentions}

    def owner(id_: ActorId | None, spans: Iterable[Span]) -> ActorId | None:
        over = [new for at in spans for span, new in whose.items() if span.start < at.end and at.start < span.end]
        return over[0] if id_ == actor.id and over else id_

    def part(each: Part) -> Part:
        return replace(each, actor=owner(each.actor, [each.span]))

    def statement(each: Statement) -> Statement:
        speaker = replace(each.speaker, actor=owner(each.speaker.actor, each.source.spans))
        chain = tuple(replace(link, actor=owner(link.actor, [link.span] if link.span else [])) for link in each.chain)
        return replace(each, speaker=speaker, chain=chain)

    return replace(
        reading,
        actors=_in_place(reading.actors, actor, made),
        statements=tuple(map(statement, reading.statements)),
        incidents=tuple(replace(each, parts=tuple(map(part, each.parts))) for each in reading.incidents),
        tallies=tuple(replace(each, by=tuple(map(part, each.by))) for each in reading.tallies),
        forecasts=tuple(replace(each, blamed=tuple(map(part, each.blamed))) for each in reading.forecasts),
    )


def _one_of(actor: Actor, id_: ActorId, mentions: tuple[Span, ...], reading: Reading) -> Actor:
    words = [span.of(reading.report.text) for span in mentions]
    names = tuple(dict.fromkeys(word for word in words if word in actor.names))
    if actor.name in words:
        return replace(actor, id=id_, names=names, mentions=mentions)
    name = max(names or words, key=len)
    return Actor(id_, name, actor.kind, names or (name,), mentions=mentions)


def _without(reading: Reading, gone: Sequence[Thing]) -> Reading:
    ids = {
        type_: {it.id for it in gone if isinstance(it, type_)} for type_ in (Statement, Incident, Place, Time, Actor)
    }
    made = replace(
        reading,
        statements=tuple(it for it in reading.statements if it.id not in ids[Statement]),
        incidents=tuple(it for it in reading.incidents if it.id not in ids[Incident]),
        places=tuple(it for it in reading.places if it.id not in ids[Place]),
        times=tuple(it for it in reading.times if it.id not in ids[Time]),
        actors=tuple(it for it in reading.actors if it.id not in ids[Actor]),
    )
    said = {it.id: it.parent for it in reading.statements if it.id in ids[Statement]}
    if said:
        made = with_statements(made, {id_: _beyond(id_, said) for id_ in said})
    if ids[Actor]:
        made = with_actors(made, dict.fromkeys(map(ActorId, ids[Actor])))
    if ids[Place]:
        made = without_places(made, frozenset(map(PlaceId, ids[Place])))
    return without_times(made, frozenset(map(TimeId, ids[Time]))) if ids[Time] else made


def _beyond(id_: StatementId, gone: dict[StatementId, StatementId | None]) -> StatementId | None:
    """The nearest statement around one that stays."""
    at: StatementId | None = id_
    for _ in gone:
        at = gone.get(at, at) if at else None
    return None if at in gone else at


def _with_passages(thing: Statement, item: Item, text: str) -> Statement:
    content, cue, source = (passage(text, spans) if spans else Passage() for spans in item.passages)
    return replace(thing, content=content, cue=cue, source=source)


def _current(reading: Reading, thing: Thing) -> Thing:
    """Something by its id, as the reading has it after what was changed before."""
    found: dict[type[Thing], Sequence[Thing]] = {
        Statement: reading.statements, Incident: reading.incidents, Place: reading.places, Time: reading.times,
        Actor: reading.actors,
    }  # fmt: skip
    return next((it for it in found[type(thing)] if it.id == thing.id), thing)


def _in_place(found: Iterable[_Thing], of: _Thing, made: Iterable[_Thing]) -> tuple[_Thing, ...]:
    return tuple(new for it in found for new in (made if it.id == of.id else [it]))


def _union(*found: tuple[_Any, ...]) -> tuple[_Any, ...]:
    return tuple(dict.fromkeys(it for each in found for it in each))


def _free(reading: Reading, new: Iterable[Actor]) -> ActorId:
    return ActorId(next(_ids("a", (it.id for it in (*reading.actors, *new)))))


def _ids(letter: str, taken: Iterable[str]) -> Iterator[str]:
    known = set(taken)
    return (id_ for n in count(1) if (id_ := f"{letter}{n}") not in known)
