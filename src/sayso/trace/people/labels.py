"""Labels by outlet: who calls whom what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sayso.vocabulary import ActorRef, KnownActor, Labelling, Reading, StatementId


def labellings(readings: Iterable[Reading], known: Callable[[ActorRef], KnownActor | None]) -> Iterator[Labelling]:
    """Each use of a label in some reports, with the actor across reports that it brands.

    A label inside what a speaker says is the speaker's; whether an outlet put it into indirect speech cannot be told.
    Labels of what no name identifies ("the rebels") brand nobody that other reports know, and are left out.
    """
    for reading in readings:
        for actor in reading.actors:
            if not actor.labels:
                continue
            branded = known(ActorRef(reading.report.id, actor.id))
            if branded is None:
                continue
            for label in actor.labels:
                yield Labelling(
                    branded.id, label.text, reading.report.outlet, reading.report.id, label.span,
                    None if label.by == "outlet" else _speaker(reading, StatementId(label.by)),
                )  # fmt: skip


def _speaker(reading: Reading, statement: StatementId) -> str:
    """Who makes a statement, by the fullest name that the report has."""
    found = reading.statement(statement)
    actor = reading.actor(found.speaker.actor) if found is not None else None
    if actor is not None:
        return actor.name
    return found.speaker.text if found is not None and found.speaker.text else "unknown"
