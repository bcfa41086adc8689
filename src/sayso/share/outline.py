"""The statements of a reading in the order a person reads them: numbered, inner ones under their parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sayso.vocabulary import Actor, ActorId, Reading, Span, SpeakerKind, Statement, StatementId


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement with its number (from 1), how many others it lies inside, and its neighbours' numbers."""

    number: int
    depth: int
    statement: Statement
    parent: int | None
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in a report, and their statements' numbers. `words` name one not resolved."""

    kind: SpeakerKind
    actor: Actor | None
    words: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A reading with its statements numbered in reading order and its actors by id."""

    reading: Reading
    entries: tuple[Entry, ...]
    numbers: Mapping[StatementId, int]
    actors: Mapping[ActorId, Actor]

    def voices(self) -> tuple[Voice, ...]:
        """Everybody who speaks, the outlet too, by first statement. Unresolved ones go by their words."""
        spoken: dict[tuple[SpeakerKind, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            spoken[self._key(entry.statement)].append(entry)
        return tuple(self._voice(kind, entries) for (kind, _), entries in spoken.items())

    def _voice(self, kind: SpeakerKind, entries: list[Entry]) -> Voice:
        speaker = entries[0].statement.speaker
        actor = self.actors.get(speaker.actor) if kind is SpeakerKind.ACTOR and speaker.actor else None
        return Voice(kind, actor, speaker.text, tuple(entry.number for entry in entries))

    def _key(self, statement: Statement) -> tuple[SpeakerKind, str]:
        speaker = statement.speaker
        if speaker.kind is SpeakerKind.OUTLET:
            return speaker.kind, ""
        if speaker.kind is SpeakerKind.ACTOR and speaker.actor in self.actors:
            return speaker.kind, speaker.actor or ""
        return SpeakerKind.UNKNOWN, " ".join(speaker.text.split()).casefold()


def outline(reading: Reading) -> Outline:
    """Number the statements of a reading: by where they begin, each one's inner statements right after it.

    A parent that is missing, or that is the statement's own descendant, counts as none.
    """
    known = {statement.id for statement in reading.statements}
    inner: dict[StatementId | None, list[Statement]] = defaultdict(list)
    for statement in sorted(reading.statements, key=_place):
        inner[statement.parent if statement.parent in known else None].append(statement)
    walked = _walk(inner, reading.statements)
    numbers = {statement.id: number for number, (statement, _, _) in enumerate(walked, start=1)}
    children: dict[StatementId | None, list[int]] = defaultdict(list)
    for statement, _, parent in walked:
        children[parent].append(numbers[statement.id])
    entries = tuple(
        Entry(numbers[it.id], depth, it, numbers.get(parent) if parent else None, tuple(children.get(it.id, ())))
        for it, depth, parent in walked
    )
    return Outline(reading, entries, numbers, {actor.id: actor for actor in reading.actors})


def anchor(statement: Statement) -> int | None:
    """Where a statement's number belongs in the text: at its content, else its source or cue."""
    for part in (statement.content, statement.source, statement.cue):
        if part.spans:
            return min(span.start for span in part.spans)
    return None


def _place(statement: Statement) -> tuple[int, int]:
    """Sort key: by first character, of two that begin together the longer first."""
    spans = statement.content.spans + statement.source.spans + statement.cue.spans
    whole = Span(min((s.start for s in spans), default=0), max((s.end for s in spans), default=0))
    return whole.start, -whole.end


_Walked = tuple[Statement, int, StatementId | None]


def _walk(inner: Mapping[StatementId | None, list[Statement]], every: tuple[Statement, ...]) -> list[_Walked]:
    """Each statement once with its depth and parent, parents first. Those in a ring of parents come last."""
    seen: set[StatementId] = set()
    walked: list[_Walked] = []
    for root in (*inner.get(None, ()), *sorted(every, key=_place)):
        walked += _below(root, inner, seen)
    return walked


def _below(
    root: Statement, inner: Mapping[StatementId | None, list[Statement]], seen: set[StatementId]
) -> Iterator[_Walked]:
    waiting: list[_Walked] = [(root, 0, None)]
    while waiting:
        statement, depth, parent = waiting.pop()
        if statement.id in seen:
            continue
        seen.add(statement.id)
        yield statement, depth, parent
        waiting += [(child, depth + 1, statement.id) for child in reversed(inner.get(statement.id, []))]
