"""Items: what a reading found, as a decision points at it, by spans and words and never by its place in a reading."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from sayso.ledger.entries import canonical
from sayso.vocabulary import (
    Actor,
    Incident,
    Place,
    Reading,
    Report,
    ReportId,
    Span,
    Statement,
    Time,
    passage,
    text_digest,
)

Thing: TypeAlias = Statement | Incident | Place | Time | Actor
Passages: TypeAlias = tuple[tuple[Span, ...], ...]


class Kind(StrEnum):
    """What can be decided on: five kinds of things in a reading, two of pairs across reports, and techniques.

    A claim is two statements that are of one claim or are not; a match is a statement and a finding that bears on it; a
    technique is one of influence operations that a reviewer sees at work in what a statement claims, or in a report.
    """

    STATEMENT = "statement"
    INCIDENT = "incident"
    PLACE = "place"
    TIME = "time"
    ACTOR = "actor"
    CLAIM = "claim"
    MATCH = "match"
    TECHNIQUE = "technique"


IN_READINGS: Final = (Kind.STATEMENT, Kind.INCIDENT, Kind.PLACE, Kind.TIME, Kind.ACTOR)
# The passages of an item, in order: what they are called in corrections.
PASSAGES: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.STATEMENT: ("content", "cue", "source"),
    Kind.INCIDENT: ("mentions",),
    Kind.PLACE: ("span",),
    Kind.TIME: ("span",),
    Kind.ACTOR: ("name",),
}


@dataclass(frozen=True, slots=True)
class Item:
    """Something at certain spans of a report: `passages` by `PASSAGES`, with their words; the `type` of an incident.

    `text` is the SHA-256 of the report's text as 64 hex digits. Two items are the same where they are equal.
    """

    kind: Kind
    report: ReportId
    text: str
    passages: Passages
    words: tuple[str, ...]
    type: str = ""

    @property
    def id(self) -> str:
        """Its name: the same in every reading of the report that has it."""
        said = canonical({"item": [self.kind, self.report, self.passages, self.type]})
        return f"i-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def items(reading: Reading) -> dict[Item, Thing]:
    """What a reading found, in its order, kind by kind; of two at the same spans the first, and nothing without any."""
    found: dict[Item, Thing] = {}
    digest = text_digest(reading.report.text)
    for kind in IN_READINGS:
        for thing in things(reading, kind):
            passages = passages_of(thing, reading.report.text)
            if any(passages):
                found.setdefault(_item(kind, reading.report, digest, passages, type_of(thing)), thing)
    return found


def things(reading: Reading, kind: Kind) -> tuple[Thing, ...]:
    """What a reading found of one kind."""
    by_kind: dict[Kind, tuple[Thing, ...]] = {
        Kind.STATEMENT: reading.statements,
        Kind.INCIDENT: reading.incidents,
        Kind.PLACE: reading.places,
        Kind.TIME: reading.times,
        Kind.ACTOR: reading.actors,
    }
    return by_kind.get(kind, ())


def item_at(kind: Kind, report: Report, passages: Passages, type_: str = "") -> Item:
    """The item at some spans of a report."""
    return _item(kind, report, text_digest(report.text), passages, type_)


def whole(report: Report) -> Item:
    """A report as a whole, which only techniques are assigned to: it has no passages."""
    return _item(Kind.TECHNIQUE, report, text_digest(report.text), (), "")


def passages_of(thing: Thing, text: str) -> Passages:
    """The spans that an item is known by: of an actor its name, where that first stands."""
    if isinstance(thing, Statement):
        return thing.content.spans, thing.cue.spans, thing.source.spans
    if isinstance(thing, Incident):
        return (thing.mentions,)
    if isinstance(thing, Actor):
        return (name_spans(thing, text),)
    return ((thing.span,),)


def name_spans(actor: Actor, text: str) -> tuple[Span, ...]:
    """Where an actor's name first stands, else its first mention; nothing for one who is never mentioned."""
    named = [span for span in actor.mentions if span.of(text) == actor.name]
    return (*named, *actor.mentions)[:1]


def type_of(thing: Thing) -> str:
    """The type of an incident; "" for anything else."""
    return thing.type.value if isinstance(thing, Incident) else ""


def _item(kind: Kind, report: Report, digest: str, passages: Passages, type_: str) -> Item:
    words = tuple(passage(report.text, spans).text for spans in passages)
    return Item(kind, report.id, digest, passages, words, type_)
