"""Very long texts are read in parts, so that time grows with length and memory does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sayso.read.aliases import key
from sayso.read.incidents.fillers import Filler
from sayso.vocabulary import (
    Actor,
    ActorId,
    Certainty,
    Link,
    Passage,
    Place,
    PlaceId,
    Reading,
    Report,
    Span,
    Statement,
    StatementId,
)

# Some 16,000 words: far above any article, and read within seconds and 300 MB.
LONGEST: Final = 100_000
# A part ends at the last paragraph, line or sentence end in its last tenth, where there is one.
_SEAMS: Final = ("\n\n", "\n", ". ", " ")


@dataclass(frozen=True, slots=True)
class Part:
    """A reading with the phrases of its text by which the parties of an incident are found.

    `phrases` stand for people and groups, `spots` for places, `fillers` for those who did or suffered an attack;
    `names` are the proper ones of people and organisations.
    """

    reading: Reading
    phrases: tuple[Span, ...] = ()
    spots: tuple[Span, ...] = ()
    fillers: tuple[Filler, ...] = ()
    names: tuple[Span, ...] = ()


def part_spans(text: str, longest: int = LONGEST) -> list[Span]:
    """Consecutive spans that cover the text, each at most `longest` code points."""
    spans = []
    start = 0
    while len(text) - start > longest:
        spans.append(Span(start, _seam(text, start + longest - longest // 10, start + longest)))
        start = spans[-1].end
    return [*spans, Span(start, len(text))]


def _seam(text: str, lo: int, hi: int) -> int:
    for seam in _SEAMS:
        at = text.rfind(seam, lo, hi)
        if at > lo:
            return at + len(seam)
    return hi


def read_in_parts(report: Report, read: Callable[[Report], Part]) -> Part:
    """The readings of all parts of a report as one. Actors of different parts are joined where a name is the same."""
    spans = part_spans(report.text)
    if len(spans) == 1:
        return read(report)
    flag = f"long text: read in {len(spans)} parts, and speakers are joined across them by name alone"
    whole = replace(report, flags=(*report.flags, flag))
    parts = [read(replace(report, text=span.of(report.text))) for span in spans]
    pairs = list(zip(spans, parts, strict=True))
    phrases = tuple(s for span, part in pairs for s in _shift(part.phrases, span.start))
    spots = tuple(s for span, part in pairs for s in _shift(part.spots, span.start))
    fillers = tuple(replace(f, span=_shift((f.span,), span.start)[0]) for span, part in pairs for f in part.fillers)
    names = tuple(s for span, part in pairs for s in _shift(part.names, span.start))
    return Part(_joined(whole, spans, [part.reading for part in parts]), phrases, spots, fillers, names)


def _joined(report: Report, spans: Sequence[Span], readings: Sequence[Reading]) -> Reading:
    actors: list[Actor] = []
    statements: list[Statement] = []
    where: list[Place] = []
    by_name: dict[tuple[object, ...], int] = {}
    for span, reading in zip(spans, readings, strict=True):
        places = [_place(actor, actors, by_name) for actor in reading.actors]
        ids = {actor.id: ActorId(f"a{place + 1}") for actor, place in zip(reading.actors, places, strict=True)}
        names = {s.id: StatementId(f"s{len(statements) + i}") for i, s in enumerate(reading.statements, 1)}
        for actor, place in zip(reading.actors, places, strict=True):
            actors[place : place + 1] = [_merged(actors[place : place + 1], actor, ids[actor.id], names, span.start)]
        statements += [_moved(s, ids, names, span.start) for s in reading.statements]
        where += _moved_places(reading.places, len(where), span.start)
    return Reading(
        report,
        readings[0].reader,
        tuple(actors),
        tuple(statements),
        tuple(s for span, r in zip(spans, readings, strict=True) for s in _shift(r.sentences, span.start)),
        tuple(s for span, r in zip(spans, readings, strict=True) for s in _shift(r.boilerplate, span.start)),
        places=tuple(where),
    )


def _place(actor: Actor, actors: list[Actor], by_name: dict[tuple[object, ...], int]) -> int:
    """Where an actor goes in the list of all: to its namesake, or behind the last."""
    known = (actor.kind, key(actor.name)) if actor.names else (actor.id, len(actors))
    if known not in by_name:
        by_name[known] = len(actors)
        actors.append(replace(actor, names=(), roles=(), mentions=(), labels=()))
    return by_name[known]


def _merged(
    before: Sequence[Actor], actor: Actor, number: ActorId, names: dict[StatementId, StatementId], by: int
) -> Actor:
    roles = tuple(replace(r, span=_shift((r.span,), by)[0]) for r in actor.roles)
    labels = tuple(
        replace(label, span=_shift((label.span,), by)[0], by=names.get(StatementId(label.by), label.by))
        for label in actor.labels
    )
    old = before[0]
    return replace(
        old,
        id=number,
        names=tuple(dict.fromkeys((*old.names, *actor.names))),
        roles=old.roles + roles,
        mentions=old.mentions + _shift(actor.mentions, by),
        labels=old.labels + labels,
    )


def _moved(
    statement: Statement, ids: dict[ActorId, ActorId], names: dict[StatementId, StatementId], by: int
) -> Statement:
    def moved(part: Passage) -> Passage:
        return replace(part, spans=_shift(part.spans, by))

    speaker = statement.speaker
    return replace(
        statement,
        id=names[statement.id],
        parent=names[statement.parent] if statement.parent else None,
        speaker=replace(
            speaker,
            actor=ids[speaker.actor] if speaker.actor else None,
            candidates=tuple(ids[c] for c in speaker.candidates),
        ),
        source=moved(statement.source),
        cue=moved(statement.cue),
        content=moved(statement.content),
        certainty=Certainty(statement.certainty.value, _shift(statement.certainty.spans, by)),
        chain=tuple(_moved_link(link, ids, by) for link in statement.chain),
    )


def _moved_places(places: Sequence[Place], before: int, by: int) -> list[Place]:
    ids = {place.id: PlaceId(f"p{before + i}") for i, place in enumerate(places, 1)}
    return [
        replace(
            place,
            id=ids[place.id],
            span=_shift((place.span,), by)[0],
            within=tuple(ids[p] for p in place.within),
            whereabouts=replace(
                place.whereabouts,
                anchors=tuple(ids[p] for p in place.whereabouts.anchors),
                span=_shift((place.whereabouts.span,), by)[0],
            )
            if place.whereabouts
            else None,
        )
        for place in places
    ]


def _moved_link(link: Link, ids: dict[ActorId, ActorId], by: int) -> Link:
    span = _shift((link.span,), by)[0] if link.span else None
    return replace(link, actor=ids[link.actor] if link.actor else None, span=span)


def _shift(spans: Sequence[Span], by: int) -> tuple[Span, ...]:
    return tuple(Span(span.start + by, span.end + by) for span in spans)
