"""Who somebody is across reports: names and the joins that say so, roles, labels, words, forecasts and events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from sayso.trace.answers.citing import Citation, cite
from sayso.trace.answers.claiming import LabelUse, label_uses
from sayso.trace.answers.foreseeing import ForecastAnswer, forecast_answers
from sayso.trace.answers.holdings import Holdings
from sayso.trace.events.asking import Wanted as WantedEvents
from sayso.trace.forecasts.asking import Wanted as WantedForecasts
from sayso.vocabulary import (
    Actor,
    Event,
    Join,
    KnownActor,
    Passage,
    Reading,
    ReportId,
    Stance,
    StatementId,
)

_MOST_READ: Final = 200  # reports of somebody that are gone through for roles, labels and statements, latest first


@dataclass(frozen=True, slots=True)
class RoleUse:
    """A title or office as reports give it, and in how many."""

    text: str
    reports: int


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that somebody makes in a report."""

    report: Citation
    statement: StatementId
    stance: Stance
    content: Passage


@dataclass(frozen=True, slots=True)
class ActorAnswer:
    """Somebody across reports. `joins` say why names are taken for one; those not made are only suggested.

    `reports` counts all they are in, `read` how many of these, the latest, were gone through for roles, labels and
    statements. `said`, `forecasts` and `events` are the latest, at most as many as were asked for.
    """

    actor: KnownActor
    reports: int
    read: int
    joins: tuple[Join, ...]
    roles: tuple[RoleUse, ...]
    labels: tuple[LabelUse, ...]
    stances: tuple[tuple[Stance, int], ...]
    said: tuple[Said, ...]
    forecasts: tuple[ForecastAnswer, ...]
    events: tuple[Event, ...]


def actor_answers(name: str, held: Holdings, *, limit: int, as_of: date) -> tuple[ActorAnswer, ...]:
    """Those who bear a name, in any case and accents; those in most reports first, at most `limit`."""
    return tuple(_answer(actor, held, limit, as_of) for actor in held.actors(name, limit))


def _answer(actor: KnownActor, held: Holdings, limit: int, as_of: date) -> ActorAnswer:
    met = list(_met(actor, held))
    roles: Counter[str] = Counter()
    labels: dict[LabelUse, None] = {}
    stances: Counter[Stance] = Counter()
    said: list[Said] = []
    for reading, one in met:
        roles.update({" ".join(role.text.split()) for role in one.roles})
        labels |= dict.fromkeys(label_uses(reading, one, held))
        own = [it for it in reading.statements if it.speaker.actor == one.id]
        stances.update(it.stance for it in own)
        said += [Said(cite(reading.report.id, held), it.id, it.stance, it.content) for it in own]
    foretold = held.outcomes(WantedForecasts(voice=actor.id), as_of)
    return ActorAnswer(
        actor, actor.count, len({it.report.id for it, _ in met}),
        tuple(held.joins(actor)),
        tuple(RoleUse(text, number) for text, number in sorted(roles.items(), key=lambda it: (-it[1], it[0]))),
        tuple(labels),
        tuple(sorted(stances.items(), key=lambda it: (-it[1], it[0]))),
        tuple(said[:limit]),
        forecast_answers([*islice(foretold, limit)], as_of, held),
        tuple(held.events(WantedEvents(actor=actor.id), limit)),
    )  # fmt: skip


def _met(actor: KnownActor, held: Holdings) -> Iterator[tuple[Reading, Actor]]:
    """The readings somebody is in, the latest first, with who they are there."""
    held.meet_texts(ref.report for ref in actor.members)
    latest = _latest([ref.report for ref in actor.members], held)[:_MOST_READ]
    held.meet(latest)
    for report in latest:
        reading = held.reading(report)
        for ref in actor.members:
            if reading is not None and ref.report == report and (one := reading.actor(ref.actor)) is not None:
                yield reading, one


def _latest(reports: Sequence[ReportId], held: Holdings) -> list[ReportId]:
    return sorted(set(reports), key=lambda it: (cite(it, held).moment, it), reverse=True)
