"""A claim as an answer tells it: first seen, timeline, sides, labels, forecasts, events, and what bears on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.record import Context
from sayso.trace.answers.citing import first_captured, first_stated
from sayso.trace.answers.copying import passage_sources, sources
from sayso.trace.answers.foreseeing import ForecastAnswer, forecast_answers
from sayso.trace.answers.happenings import EventAnswer, event_answers
from sayso.trace.answers.holdings import Holdings
from sayso.trace.answers.sayings import Saying, saying, speaker_name
from sayso.trace.answers.sides import Side, sides
from sayso.trace.claims.asking import Move
from sayso.trace.copies.dating import order
from sayso.trace.voices import Membership, Trail, trail
from sayso.vocabulary import (
    Actor,
    ActorRef,
    Claim,
    ClaimId,
    ClaimLink,
    Event,
    EventId,
    Finding,
    FindingMatch,
    ForecastRef,
    KnownActorId,
    Member,
    Outcome,
    Polarity,
    Reading,
    ReportId,
    Span,
    Statement,
    StatementId,
    Telling,
    Tier,
)

_COUNTED: Final = 80  # statements of all claims that one question is answered by, unless more are to be told
_LAID: Final = 8  # copies of all of these that are laid beside their sources
_FEW: Final = 20  # members of each claim that are told one by one, however many claims there are
_MOST_EVENTS: Final = 5
_EVENTS_MET: Final = 12  # events gone through for the most told ones
_MOST_ALIKE: Final = 10
_MOST_FORECASTS: Final = 8
_MOST_LABELS: Final = 30
_MOST_WORDINGS: Final = 6


@dataclass(frozen=True, slots=True)
class Match:
    """How surely a claim is what a question means, and why; `opposite`: it is worded as the question's negation."""

    tier: Tier
    score: float
    opposite: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelUse:
    """A label on somebody a claim names, in a report that carries it. `by` is whose word it is, None the outlet."""

    text: str
    name: str
    actor: KnownActorId | None
    outlet: str | None
    report: ReportId
    span: Span
    by: str | None


@dataclass(frozen=True, slots=True)
class Bearing:
    """A finding that bears on a claim, in its publisher's words, with the match's tier, score and reasons."""

    match: FindingMatch
    finding: Finding


@dataclass(frozen=True, slots=True)
class ClaimBrief:
    """A claim in a line: its wording, how surely it is meant, and in how many reports and `statements` it stands.

    `polarities` says how many reports do what with it, of the first `counted` of its statements: twelve at most.
    """

    claim: ClaimId
    text: str
    match: Match | None
    reports: int
    polarities: tuple[tuple[Polarity, int], ...]
    counted: int
    statements: int


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """What is known of a claim. `timeline` holds its members by stated date (those without one by capture).

    `first_captured` and `first_stated` are told apart: the earliest by capture, and the earliest by the date a report
    states. `left_out` counts members beyond the limit of the timeline. Of a claim of many all but `reports` is told by
    its first members, 80 for a question, or as many as are to be told one by one; `beyond` are those after them, and
    where there are some, the sides count "at least" so many. `reports` and `beyond` are of the first 10,000 statements.
    """

    claim: ClaimId
    text: str
    match: Match | None
    reports: int
    first_captured: ReportId | None
    first_stated: ReportId | None
    timeline: tuple[Saying, ...]
    left_out: int
    beyond: int
    sides: tuple[Side, ...]
    labels: tuple[LabelUse, ...]
    forecasts: tuple[ForecastAnswer, ...]
    events: tuple[EventAnswer, ...]
    findings: tuple[Bearing, ...]
    may_be_same: tuple[ClaimBrief, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a claim is told: members one by one, members counted, and copies laid beside their sources."""

    told: int
    counted: int
    laid: int


def bounds(limit: int, claims: int = 1) -> Bounds:
    """What is told of each of so many claims that answer one question with `limit` members one by one.

    Where there are several claims they share these, but for the first few of each.
    """
    told = min(limit, max(_FEW, limit // claims))
    return Bounds(told, max(told, _COUNTED // claims), _LAID // claims)


@dataclass(frozen=True, slots=True)
class _Carried:
    """A member of a claim with its reading and statement."""

    member: Member
    reading: Reading
    statement: Statement


def briefs(wanted: Iterable[tuple[ClaimId, ClaimLink | None]], held: Holdings) -> Iterator[ClaimBrief | None]:
    """Claims in a line, with the links by which they are meant; None where no statement anchors one now."""
    listed = list(wanted)
    found = held.glimpses(id_ for id_, _ in listed)
    for id_, link in listed:
        it = found.get(id_)
        match = matched(link) if link is not None else None
        yield (
            None
            if it is None
            else ClaimBrief(id_, it.text, match, it.size.reports, it.polarities, it.counted, it.size.statements)
        )


def matched(link: ClaimLink) -> Match:
    """How surely a claim is meant, from the link to it."""
    return Match(link.tier, link.score, link.opposite, link.reasons)


def claim_answer(id_: ClaimId, match: Match | None, as_of: date, bounds: Bounds, held: Holdings) -> ClaimAnswer | None:
    """All that is known of a claim, within bounds. None where there is none."""
    claim = held.claim(id_, bounds.counted)
    if claim is None:
        return None
    size = held.size(id_) if len(claim.members) >= bounds.counted else None
    beyond = max(0, size.statements - len(claim.members)) if size is not None else 0
    carried = list(_carried(claim, held))
    reports = list(dict.fromkeys(it.member.report for it in carried))
    held.meet_texts(reports)
    held.meet_actors(_speakers(carried))
    shown = _shown(carried, bounds.told, held)
    known = held.known
    trails = [
        (
            Membership(claim.id, it.member.report, it.statement.id, it.member.polarity),
            trail(it.reading, it.statement.id, known),
        )
        for it in carried
    ]
    return ClaimAnswer(
        claim=claim.id,
        text=claim.text,
        match=match,
        reports=size.reports if size is not None and beyond else len(reports),
        first_captured=first_captured(reports, held),
        first_stated=first_stated(reports, held),
        timeline=_timeline(claim, shown, bounds.laid, held),
        left_out=len(carried) - len(shown),
        beyond=beyond,
        sides=sides(trails, held.shared(it for _, it in trails), beyond),
        labels=_labels(carried, held),
        forecasts=_forecasts(carried, as_of, held),
        events=_events(carried, held),
        findings=findings(_wordings(claim), _context(carried, trails), held),
        may_be_same=tuple(_may_be_same(claim.id, held)),
        moves=tuple(held.moves(claim.id)),
    )


def findings(wordings: Sequence[str], context: Context, held: Holdings) -> tuple[Bearing, ...]:
    """The findings that bear on some wordings of one claim."""
    return tuple(Bearing(match, finding) for match, finding in held.bearing(wordings, context))


def in_order(reports: Iterable[ReportId], held: Holdings) -> list[ReportId]:
    """Reports in the order they are known in; those that are gone last."""
    kept = [(order(it), report) for report in reports if (it := held.copies.kept(report)) is not None]
    return [report for _, report in sorted(kept)]


def forecasts_in(reading: Reading, statements: Iterable[StatementId], as_of: date, held: Holdings) -> Iterator[Outcome]:
    """What became of the forecasts that some statements of a report make."""
    wanted = set(statements)
    for forecast in reading.forecasts:
        if forecast.statement in wanted:
            yield from held.outcomes_of(ForecastRef(reading.report.id, forecast.id, reading.report.outlet), as_of)


def told_in(reading: Reading, statement: Statement) -> Iterator[Telling]:
    """The incidents of a report that a statement vouches for, or that its content names."""
    for incident in reading.incidents:
        inside = any(_inside(mention, statement.content.spans) for mention in incident.mentions)
        if statement.id in incident.vouchers or inside:
            yield Telling(reading.report.id, incident.id, reading.report.outlet)


def _carried(claim: Claim, held: Holdings) -> Iterator[_Carried]:
    held.meet(it.report for it in claim.members)
    for member in claim.members:
        reading = held.reading(member.report)
        statement = reading.statement(member.statement) if reading is not None else None
        if reading is not None and statement is not None:
            yield _Carried(member, reading, statement)


def _speakers(carried: Iterable[_Carried]) -> Iterator[ActorRef]:
    for it in carried:
        for actor in (it.statement.speaker.actor, *(link.actor for link in it.statement.chain)):
            if actor is not None:
                yield ActorRef(it.member.report, actor)


def _shown(carried: Sequence[_Carried], most: int, held: Holdings) -> list[_Carried]:
    """The members that are told one by one, by stated date."""
    place = {report: at for at, report in enumerate(in_order({it.member.report for it in carried}, held))}
    return sorted(carried, key=lambda it: (place.get(it.member.report, len(place)), _start(it.statement)))[:most]


def _timeline(claim: Claim, shown: Sequence[_Carried], laid: int, held: Holdings) -> tuple[Saying, ...]:
    links = {(it.report, it.statement): it for it in claim.links}
    copied = sources(dict.fromkeys(it.member.report for it in shown), laid, held)
    taken = passage_sources([_words(it) for it in shown if it.member.report not in copied], laid, held)
    found = []
    for it in shown:
        link = links.get((it.member.report, it.member.statement))
        source = copied.get(it.member.report) or taken.get(_words(it))
        if (told := saying(it.member, it.reading, held, link, source)) is not None:
            found.append(told)
    return tuple(found)


def _words(it: _Carried) -> tuple[ReportId, tuple[Span, ...]]:
    return it.member.report, it.statement.content.spans


def _labels(carried: Sequence[_Carried], held: Holdings) -> tuple[LabelUse, ...]:
    found: dict[LabelUse, None] = {}
    for it in carried:
        spans = it.statement.content.spans
        for actor in it.reading.actors:
            named = actor.id == it.statement.speaker.actor or any(_inside(span, spans) for span in actor.mentions)
            if named and actor.labels:
                found |= dict.fromkeys(label_uses(it.reading, actor, held))
    return tuple(found)[:_MOST_LABELS]


def label_uses(reading: Reading, actor: Actor, held: Holdings) -> Iterator[LabelUse]:
    """The labels that a report puts on an actor, each with whose word it is."""
    report = reading.report
    known = held.known(ActorRef(report.id, actor.id))
    for label in actor.labels:
        owner = reading.statement(StatementId(label.by))
        by = speaker_name(reading, owner) if owner is not None else None
        yield LabelUse(label.text, actor.name, known, report.outlet, report.id, label.span, by)


def _forecasts(carried: Sequence[_Carried], as_of: date, held: Holdings) -> tuple[ForecastAnswer, ...]:
    """The forecasts that members make, those of the latest reports."""
    found: dict[tuple[str, str, ForecastRef], Outcome] = {}
    for it in sorted(carried, key=_published, reverse=True):
        for outcome in forecasts_in(it.reading, (it.statement.id,), as_of, held):
            found.setdefault((outcome.by, outcome.made, outcome.carriers[0]), outcome)
        if len(found) >= _MOST_FORECASTS:
            break
    ordered = sorted(found.values(), key=lambda it: (it.made, it.by, it.carriers[0]))
    return forecast_answers(ordered[-_MOST_FORECASTS:], as_of, held)


def _events(carried: Sequence[_Carried], held: Holdings) -> tuple[EventAnswer, ...]:
    """The events that most members tell of, among the first few that they do."""
    found: dict[Telling, Event] = {}
    met: Counter[EventId] = Counter()
    events: dict[EventId, Event] = {}
    for it in carried:
        for telling in told_in(it.reading, it.statement):
            if telling not in found and len(events) < _EVENTS_MET and (event := held.event_of(telling)) is not None:
                events[event.id] = event
                found |= dict.fromkeys(event.tellings, event)
            if telling in found:
                met[found[telling].id] += 1
    ordered = sorted(events.values(), key=lambda it: (-met[it.id], it.id))[:_MOST_EVENTS]
    return event_answers(ordered, held)


def _may_be_same(claim: ClaimId, held: Holdings) -> Iterator[ClaimBrief]:
    links = held.suggestions(claim)[:_MOST_ALIKE]
    yield from filter(None, briefs(((link.claim, link) for link in links), held))


def _wordings(claim: Claim) -> list[str]:
    """The claim's own wording and others that its members have, as many as are held against the record."""
    return list(dict.fromkeys((claim.text, *(it.text for it in claim.members))))[:_MOST_WORDINGS]


def _context(carried: Sequence[_Carried], trails: Sequence[tuple[Membership, Trail]]) -> Context:
    """When a claim was first made, and who speaks of it."""
    day = min((it.day for _, it in trails if it.day), default="")
    return Context(day, tuple(dict.fromkeys(speaker_name(it.reading, it.statement) for it in carried)))


def _published(it: _Carried) -> str:
    published = it.reading.report.published
    return published.value if published is not None else ""


def _start(statement: Statement) -> int:
    return statement.content.spans[0].start if statement.content.spans else 0


def _inside(inner: Span, spans: Iterable[Span]) -> bool:
    return any(span.start <= inner.start and inner.end <= span.end for span in spans)
