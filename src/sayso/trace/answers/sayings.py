"""A claim's members as their reports have them: who says so, on whose word, in which words, and copied from where."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.trace.answers.citing import Citation, cite
from sayso.trace.answers.copying import CopiedFrom
from sayso.trace.answers.holdings import Holdings
from sayso.vocabulary import (
    ActorRef,
    Certainty,
    ClaimLink,
    Form,
    KnownActorId,
    Link,
    Member,
    Passage,
    Polarity,
    Reading,
    SpeakerKind,
    Stance,
    Statement,
    StatementId,
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement of a claim in its report.

    `chain` names the outlet, then each on whose word the one before rests, down to the origin. `link` says how surely
    it is of the claim, None for the anchor; `copied` whose words they are.
    """

    report: Citation
    statement: StatementId
    speaker: str
    speaker_kind: SpeakerKind
    actor: KnownActorId | None
    form: Form
    stance: Stance
    certainty: Certainty
    polarity: Polarity
    why: tuple[str, ...]
    chain: tuple[str, ...]
    source: Passage
    cue: Passage
    content: Passage
    link: ClaimLink | None = None
    copied: CopiedFrom | None = None


def saying(
    member: Member, reading: Reading, held: Holdings, link: ClaimLink | None, copied: CopiedFrom | None
) -> Saying | None:
    """A member of a claim as its report has it; None where its reading has no such statement any more."""
    found = reading.statement(member.statement)
    if found is None:
        return None
    actor = held.known(ActorRef(member.report, found.speaker.actor)) if found.speaker.actor else None
    return Saying(
        cite(member.report, held), found.id, speaker_name(reading, found), found.speaker.kind, actor, found.form,
        found.stance, found.certainty, member.polarity, member.why, chain_names(reading, found), found.source,
        found.cue, found.content, link, copied,
    )  # fmt: skip


def speaker_name(reading: Reading, statement: Statement) -> str:
    """Who makes a statement: the actor's fullest name, the outlet, or the words used for one who is unknown."""
    actor = reading.actor(statement.speaker.actor)
    if statement.speaker.kind is SpeakerKind.OUTLET:
        return reading.report.outlet or "the outlet"
    if actor is not None:
        return actor.name
    return f"unknown (“{statement.speaker.text}”)" if statement.speaker.text.strip() else "unknown"


def chain_names(reading: Reading, statement: Statement) -> tuple[str, ...]:
    """The outlet and then everybody on whose word the one before rests."""
    outlet = reading.report.outlet or "the outlet"
    if statement.chain:
        return (outlet, *(_link_name(reading, link) for link in statement.chain))
    if statement.speaker.kind is SpeakerKind.OUTLET:
        return (outlet,)
    return outlet, speaker_name(reading, statement)


def _link_name(reading: Reading, link: Link) -> str:
    actor = reading.actor(link.actor)
    return actor.name if actor is not None else f"unnamed (“{link.text}”)" if link.text.strip() else "unnamed"
