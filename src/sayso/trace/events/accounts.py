"""What a report tells of one happening, as a row that other reports' rows can be held against and put together with."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sayso.trace.events.days import Days, days_of
from sayso.trace.events.fit import ENOUGH, fit
from sayso.trace.events.scenes import Number, Scene
from sayso.trace.events.spots import spots
from sayso.trace.people.names import called
from sayso.trace.voices.trails import Trail, plain, trail
from sayso.vocabulary import (
    ActorRef,
    Blame,
    Confidence,
    Count,
    Incident,
    IncidentType,
    KnownActorId,
    Part,
    PartRole,
    Reading,
    ReportId,
    Span,
    Stance,
    Standing,
    Statement,
    StatementId,
    Status,
    Telling,
)

_TOLD: Final = frozenset({Status.HAPPENED, Status.ATTEMPTED, Status.ALLEGED})
_ABOUT_BLAME: Final = "ATTRIB"  # the PLOVER mode of words on who is responsible: they tell of no happening of their own
_OWN_PART: Final = re.compile(
    r"\b(?:responsib\w+|involve\w+|(?:any|a|its|his|their|the)\s+(?:part|role|hand|link)|behind|accus\w+|charge\w*|blame\w*)\b",
    re.IGNORECASE,
)
_KNOWN_TO_BE: Final = re.compile(r"\b(?:the|this|that|those|these|its|his|their)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)

Known = Callable[[ActorRef], KnownActorId | None]


@dataclass(frozen=True, slots=True)
class Told:
    """A count as a report words it, the statement that gives it, and on whose word that is."""

    number: Number
    text: str
    voucher: StatementId | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One report's incident: the scene, and everything an event shows of it.

    `affirming` are the trails of those who tell of it, `denying` of those who deny that it happened; a denial of the
    accused is a denial of their part, and stands among `blames`. `firm` says whether somebody states it.
    """

    telling: Telling
    day: str
    scene: Scene
    status: Status
    start: str | None
    end: str | None
    told: tuple[Told, ...]
    blames: tuple[Blame, ...]
    affirming: tuple[Trail, ...]
    denying: tuple[Trail, ...]
    firm: bool
    background: bool

    @property
    def order(self) -> tuple[str, str, str]:
        """By day of publication, report and incident: the order in which accounts are shown and put together."""
        return self.day or "9999", self.telling.report, self.telling.incident


def _nobody(_: ActorRef) -> KnownActorId | None:
    return None


def accounts(reading: Reading, known: Known = _nobody, source: ReportId | None = None) -> tuple[Account, ...]:
    """What a report tells of as having happened, been tried or alleged; what is to come is no account.

    `known` says which actor across reports an actor of this report is, `source` which report it is a copy of, at first
    or further hand.
    """
    found = (it for it in reading.incidents if it.status in _TOLD and _ABOUT_BLAME not in (it.mode or ""))
    return tuple(_known_again(_account(reading, incident, known), source) for incident in found)


def _known_again(account: Account, source: ReportId | None) -> Account:
    """The account with its source in its scene, where that says too little to be known again elsewhere."""
    if fit(account.scene, account.scene).score >= ENOUGH:
        return account
    return replace(account, scene=replace(account.scene, source=source or account.telling.report))


def _account(reading: Reading, incident: Incident, known: Known) -> Account:
    report = reading.report
    telling = Telling(report.id, incident.id, report.outlet)
    published = report.published.value if report.published else None
    blames = [_blame(reading, part, telling, known) for part in incident.parts]
    denials = _denials(reading, incident)
    accused = {part.actor for part in incident.parts if part.role is PartRole.PERPETRATOR and part.actor}
    own = [it for it in denials if it.speaker.actor in accused or _OWN_PART.search(it.content.text)]
    blames += [_denied(reading, it, telling, known) for it in own]
    vouchers = [
        s for i in incident.vouchers if (s := reading.statement(i)) is not None and s.stance is not Stance.DENIES
    ]
    affirming = tuple(trail(reading, it.id, known) for it in vouchers)
    if not incident.vouchers and not _is_only_denied(incident, denials):
        affirming = (trail(reading, None, known, _own_spans(reading, incident)),)
    return Account(
        telling,
        published[:10] if published else "",
        _scene(reading, incident, blames, days_of(incident.start, incident.end, published)),
        incident.status,
        incident.start,
        incident.end,
        tuple(_told(reading, count, known) for count in incident.counts),
        tuple(dict.fromkeys(blames)),
        affirming,
        tuple(trail(reading, it.id, known) for it in denials if it not in own),
        incident.certainty.value is Confidence.STATED and incident.status is not Status.ALLEGED,
        incident.background,
    )


def _told(reading: Reading, count: Count, known: Known) -> Told:
    steps = trail(reading, count.voucher, known).steps
    source = steps[-1].text if steps else reading.report.outlet
    return Told(_number(count), count.text, count.voucher, source)


def _own_spans(reading: Reading, incident: Incident) -> tuple[Span, ...]:
    """The sentences in which the outlet tells of an incident."""
    return (
        tuple(s for s in reading.sentences if any(s.start <= mention.start < s.end for mention in incident.mentions))
        or incident.mentions
    )


def _denials(reading: Reading, incident: Incident) -> list[Statement]:
    """The statements that deny something in whose words an incident is named, and those it names as its denials."""
    by = {i for part in incident.parts if part.standing is Standing.DENIED for i in part.by}
    return [
        s
        for s in reading.statements
        if s.stance is Stance.DENIES
        and (s.id in by or s.id in incident.vouchers or _names(s, _claimed(reading.report.text, incident)))
    ]


def _claimed(text: str, incident: Incident) -> list[Span]:
    """The mentions that say that it happened; what is named as known ("the attack") is denied by nobody."""
    return [span for span in incident.mentions if not _KNOWN_TO_BE.search(text[max(0, span.start - 20) : span.start])]


def _is_only_denied(incident: Incident, denials: Sequence[Statement]) -> bool:
    return bool(denials) and all(any(_names(it, (mention,)) for it in denials) for mention in incident.mentions)


def _names(statement: Statement, mentions: Sequence[Span]) -> bool:
    return any(
        span.start <= mention.start and mention.end <= span.end
        for span in statement.content.spans
        for mention in mentions
    )


def _scene(reading: Reading, incident: Incident, blames: Sequence[Blame], days: Days | None) -> Scene:
    def named(role: PartRole) -> frozenset[str]:
        return frozenset(key for it in blames if it.role is role and (key := doer(it)))

    numbers = frozenset(_number(count) for count in incident.counts)
    return Scene(
        incident.type, incident.mode if incident.type is IncidentType.OTHER else None, days,
        spots(incident.places, reading.places), numbers, named(PartRole.PERPETRATOR), named(PartRole.TARGET),
    )  # fmt: skip


def _number(count: Count) -> Number:
    return Number(count.harm, count.who, count.low, count.high)


def doer(blame: Blame) -> str:
    """What tells one who is blamed from others: who it is across reports, else the name; "" for "gunmen"."""
    if blame.actor is not None:
        return str(blame.actor)
    words = [word for word in blame.name.split() if word.lower() not in ("the", "a", "an", "of", "and")]
    return plain(blame.name) if words and all(word[:1].isupper() for word in words) else ""


def _blame(reading: Reading, part: Part, telling: Telling, known: Known) -> Blame:
    actor = reading.actor(part.actor)
    names = called(actor) if actor is not None else ()
    across = known(ActorRef(reading.report.id, actor.id)) if actor is not None and names else None
    name = actor.name if actor is not None and names else part.text
    return Blame(part.role, name, part.standing, telling, part.by, across)


def _denied(reading: Reading, statement: Statement, telling: Telling, known: Known) -> Blame:
    """The accused's denial of their part."""
    actor = reading.actor(statement.speaker.actor)
    across = known(ActorRef(reading.report.id, actor.id)) if actor is not None and called(actor) else None
    name = actor.name if actor is not None else statement.speaker.text
    return Blame(PartRole.PERPETRATOR, name, Standing.DENIED, telling, (statement.id,), across)
