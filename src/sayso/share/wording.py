"""How the vocabulary is worded for a person: names of speakers, steps of a chain, forms, tones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sayso.share.outline import Outline, Voice
from sayso.vocabulary import (
    ActorKind,
    Confidence,
    Form,
    Label,
    Link,
    Report,
    SpeakerKind,
    Stance,
    Statement,
    StatementId,
)


class Tone(StrEnum):
    """A family of stances that share a colour, so that thirteen stances need only four."""

    TELLS = "tells"
    SUPPOSES = "supposes"
    DISPUTES = "disputes"
    INTENDS = "intends"
    VOICE = "voice"


STANCES: Final[dict[Tone, tuple[Stance, ...]]] = {
    Tone.TELLS: (Stance.SAYS, Stance.ASSERTS, Stance.CONFIRMS),
    Tone.SUPPOSES: (Stance.CLAIMS, Stance.BELIEVES, Stance.ASKS),
    Tone.DISPUTES: (Stance.ACCUSES, Stance.DENIES),
    Tone.INTENDS: (Stance.WARNS, Stance.PLANS, Stance.THREATENS, Stance.PROMISES, Stance.DEMANDS),
}
_TONES: Final = {stance: tone for tone, stances in STANCES.items() for stance in stances}

FORMS: Final = {
    Form.DIRECT: "in quotation marks",
    Form.INDIRECT: "in the report's words",
    Form.MIXED: "partly in quotation marks",
    Form.VOICE: "the outlet's own voice",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain as shown. An unnamed step has no `name`; `words` say what is known of it.

    `rule` is the rule that concluded the step, empty when the text itself says it.
    """

    name: str
    words: str = ""
    rule: str = ""

    def __str__(self) -> str:
        if self.name:
            return self.name
        return f"unnamed: “{self.words}”" if self.words else "unnamed"


def tone(statement: Statement) -> Tone:
    """The colour family of a statement; all the outlet says itself is one."""
    return Tone.VOICE if statement.speaker.kind is SpeakerKind.OUTLET else _TONES[statement.stance]


def outlet_name(report: Report) -> str:
    """The outlet's name, or what to call it when it is not known."""
    return report.outlet or "the outlet"


def speaker_name(outline: Outline, statement: Statement) -> str:
    """Who makes a statement: the actor's fullest name, the outlet, or "unknown" with the words used."""
    speaker = statement.speaker
    actor = outline.actors.get(speaker.actor) if speaker.actor else None
    if speaker.kind is SpeakerKind.OUTLET:
        return outlet_name(outline.reading.report)
    if speaker.kind is SpeakerKind.ACTOR and actor:
        return actor.name
    return unknown_name(speaker.text)


def unknown_name(words: str) -> str:
    """What to call a speaker who could not be resolved."""
    return f"unknown (“{words}”)" if words.strip() else "unknown"


def voice_name(outline: Outline, voice: Voice) -> str:
    """What to call somebody who speaks in the report."""
    if voice.actor:
        return voice.actor.name
    if voice.kind is SpeakerKind.OUTLET:
        return outlet_name(outline.reading.report)
    return unknown_name(voice.words)


def candidate_names(outline: Outline, statement: Statement) -> tuple[str, ...]:
    """The names of the actors an unresolved speaker may be."""
    found = (outline.actors.get(candidate) for candidate in statement.speaker.candidates)
    return tuple(actor.name for actor in found if actor)


def steps(outline: Outline, statement: Statement) -> tuple[Step, ...]:
    """The chain of a statement after the outlet. Empty when it rests on the outlet's own word."""
    if statement.chain:
        return tuple(_step(outline, link) for link in statement.chain)
    speaker = statement.speaker
    if speaker.kind is SpeakerKind.OUTLET:
        return ()
    named = speaker.kind is SpeakerKind.ACTOR and speaker.actor in outline.actors
    return (Step(speaker_name(outline, statement)) if named else Step("", speaker.text),)


def rests_on_unnamed(outline: Outline, statement: Statement) -> bool:
    """Whether the last step of the chain, its origin, is nobody named."""
    chain = steps(outline, statement)
    return bool(chain) and not chain[-1].name


def certainty_words(outline: Outline, statement: Statement) -> tuple[str, ...]:
    """The words that show how firmly the content is put."""
    return tuple(span.of(outline.reading.report.text) for span in statement.certainty.spans)


def certainty(outline: Outline, statement: Statement) -> str:
    """How firmly the content is put, with the words that show it: "hedged: “reportedly”"."""
    words = ", ".join(f"“{word}”" for word in certainty_words(outline, statement))
    return f"{statement.certainty.value}: {words}" if words else str(statement.certainty.value)


def is_marked(statement: Statement) -> bool:
    """Whether the certainty is worth a word: anything but plainly stated."""
    return statement.certainty.value is not Confidence.STATED


def label_owner(outline: Outline, label: Label) -> str:
    """Whose words a label is: "the outlet's words", or "words of NAME, statement 3"."""
    number = outline.numbers.get(StatementId(label.by))
    if number is None:
        return "the outlet's words"
    statement = outline.entries[number - 1].statement
    return f"words of {speaker_name(outline, statement)}, statement {number}"


def kind_name(kind: ActorKind) -> str:
    """What an actor is, in a word; empty when not known."""
    return "" if kind is ActorKind.UNKNOWN else str(kind)


def _step(outline: Outline, link: Link) -> Step:
    actor = outline.actors.get(link.actor) if link.actor else None
    rule = "" if link.by == "text" else link.by
    return Step(actor.name, rule=rule) if actor else Step("", link.text, rule)
