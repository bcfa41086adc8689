"""The trail of a statement: whom its report rests on, step by step, with what other reports can recognise them by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sayso.gazetteer.folding import fold
from sayso.trace.people.names import called
from sayso.vocabulary import (
    Actor,
    ActorKind,
    ActorRef,
    Form,
    KnownActorId,
    Link,
    Reading,
    ReportId,
    Span,
    SpeakerKind,
    Statement,
    StatementId,
)

_INSTITUTIONS: Final = frozenset(
    "police army navy military force forces ministry department government cabinet parliament senate council court "
    "tribunal board commission committee inquiry coastguard guard authority authorities administration hospital clinic "
    "embassy consulate palace presidency agency office company union party group movement mission command garrison "
    "headquarters staff".split()
)
_PRONOUNS: Final = frozenset("he she it they we i you who which that this these those one him her them".split())
_ARTICLE: Final = re.compile(r"^(?:(?:the|a|an|his|her|its|their|our)\s+)+", re.IGNORECASE)
_QUALIFIED: Final = re.compile(r"\s+(?:of|in|for|from|at|near|on|with|to|who|which|that|,)\s?|,", re.IGNORECASE)
_DEFINITE: Final = re.compile(r"(?:the|his|her|its|their)\s", re.IGNORECASE)
_STAFF: Final = frozenset({"staff"})  # an institution's people are nobody in particular


class StepKind(StrEnum):
    """What is known of somebody on a trail: a name, an office or institution, nothing, or not even who is meant."""

    NAMED = "named"
    OFFICE = "office"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody on whose word a report, or the step before, rests; `names` and `roles` as the report writes them."""

    kind: StepKind
    text: str
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    known: KnownActorId | None = None
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Trail:
    """A report's words for something, and the steps from the nearest voucher to the origin; none is its own voice.

    `day` is the ISO day of publication, "" where it is not known; `spans` are the words of the statement.
    """

    report: ReportId
    outlet: str | None
    day: str
    statement: StatementId | None
    steps: tuple[Step, ...] = ()
    spans: tuple[Span, ...] = ()


def _nobody(_: ActorRef) -> KnownActorId | None:
    return None


def trail(
    reading: Reading,
    statement: StatementId | None,
    known: Callable[[ActorRef], KnownActorId | None] = _nobody,
    spans: tuple[Span, ...] = (),
) -> Trail:
    """The trail of a statement of a report; of None, that of the outlet's own voice at `spans`.

    `known` says which actor across reports an actor of this report is.
    """
    report = reading.report
    day = report.published.value[:10] if report.published else ""
    found = reading.statement(statement)
    if found is None:
        return Trail(report.id, report.outlet, day, None, (), spans)
    steps: list[Step] = []
    for link in found.chain or _spoken(found):
        step = _step(reading, found, link, known)
        if not _is_outlet(step, report.outlet) and (not steps or not same_step(step, steps[-1])):
            steps.append(step)
    return Trail(report.id, report.outlet, day, found.id, tuple(steps), found.content.spans)


def _spoken(statement: Statement) -> tuple[Link, ...]:
    """The chain of a statement that has none: its speaker, unless that is the outlet."""
    if statement.form is Form.VOICE or statement.speaker.kind is SpeakerKind.OUTLET:
        return ()
    return (Link(statement.speaker.text or "unnamed", statement.speaker.actor),)


def same_step(one: Step, other: Step) -> bool:
    """Whether two steps of one trail are the same somebody."""
    return _who(one) == _who(other)


def _who(step: Step) -> tuple[object, ...]:
    return step.kind, step.known or step.names or fold(step.text)


def _is_outlet(step: Step, outlet: str | None) -> bool:
    """Whether an outlet names itself: "the Harbour Wire has learned"."""
    own = plain(outlet or "")
    return bool(own) and any(plain(name) == own for name in step.names)


def plain(name: str) -> str:
    """A name or description folded, without its article."""
    return fold(_ARTICLE.sub("", name.strip()))


def _step(reading: Reading, statement: Statement, link: Link, known: Callable[[ActorRef], KnownActorId | None]) -> Step:
    actor = reading.actor(link.actor)
    if actor is not None:
        return _of_actor(actor, known(ActorRef(reading.report.id, actor.id)))
    if plain(link.text) in _PRONOUNS or (statement.speaker.text == link.text and statement.speaker.candidates):
        return Step(StepKind.UNKNOWN, link.text)
    words = _ARTICLE.sub("", link.text.strip())
    if words[:1].isupper() and " " in words and all(word[:1].isupper() for word in words.split()):
        return Step(StepKind.NAMED, link.text, (words,))
    return Step(_described(link.text, ActorKind.UNKNOWN), link.text)


def _of_actor(actor: Actor, known: KnownActorId | None) -> Step:
    roles = tuple(role.text for role in actor.roles)
    names = called(actor)
    if names:
        return Step(StepKind.NAMED, actor.name, names, roles, known, actor.kind is ActorKind.PERSON)
    if plain(actor.name) in _PRONOUNS:
        return Step(StepKind.UNKNOWN, actor.name)
    return Step(_described(actor.name, actor.kind), actor.name, (), roles)


def _described(text: str, kind: ActorKind) -> StepKind:
    """Whether a description tells who is meant wherever it is read: an institution, or a whole office."""
    head = _QUALIFIED.split(_ARTICLE.sub("", text.strip()), maxsplit=1)[0]
    last = fold(head).rpartition(" ")[2]
    if last in _INSTITUTIONS - _STAFF:
        return StepKind.OFFICE
    whole = len(plain(text).split()) > 1
    if whole and kind in (ActorKind.OFFICE, ActorKind.STATE) and _DEFINITE.match(text.strip()):
        return StepKind.OFFICE
    return StepKind.UNNAMED
