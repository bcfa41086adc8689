"""What a report says as STIX: identities of who speaks, notes of what they say, the copy it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sayso.share.exports.stix.extensions import of_statement
from sayso.share.exports.stix.objects import StixObject, archived, identity, made, per_cent, references
from sayso.share.visible import one_line
from sayso.trace.answers.sayings import chain_names, speaker_name
from sayso.trace.people import appearances
from sayso.vocabulary import ActorId, ActorKind, Reading, Report, SpeakerKind, Statement, text_digest

_CLASSES: Final = {
    ActorKind.PERSON: "individual",
    ActorKind.ORGANISATION: "organization",
    ActorKind.GROUP: "group",
    ActorKind.STATE: "organization",
    ActorKind.OFFICE: "organization",
    ActorKind.PLACE: "unknown",
    ActorKind.UNKNOWN: "unknown",
}
SCALE: Final = "of 100 on the scale Sayso probability: the reader's own probability"


@dataclass(frozen=True, slots=True)
class Told:
    """A report as STIX: its reading, when it was made, its copy, its outlet if it names one, and who is in it."""

    reading: Reading
    time: str
    copy: StixObject
    outlet: StixObject | None
    people: Mapping[ActorId, StixObject]

    def speaker(self, it: Statement) -> StixObject | None:
        """Who makes a statement; None for one whom nobody could tell."""
        if it.speaker.kind is SpeakerKind.OUTLET:
            return self.outlet
        return self.people.get(it.speaker.actor) if it.speaker.actor else None


def told(reading: Reading, time: str) -> Told:
    """A report's reading with the objects that others point at.

    Actors whose name identifies them across reports have one identity by that name, others one in their report.
    """
    report = reading.report
    identified = {it.ref.actor for it in appearances(reading) if it.identified}
    people = {
        actor.id: identity(
            one_line(actor.name), _CLASSES[actor.kind], "" if actor.id in identified else f"{report.id} {actor.id}"
        )
        for actor in reading.actors
        if actor.name.strip()
    }
    return Told(reading, time, archived(report), outlet_of(report), people)


def outlet_of(report: Report) -> StixObject | None:
    """The identity of an outlet."""
    name = one_line(report.outlet or "")
    return identity(name, "organization") if name else None


def note(of: Told, it: Statement) -> StixObject:
    """A statement as a note: in plain words, and by the extension."""
    speaker = of.speaker(it)
    refs = references(found for found in (speaker, of.copy) if found)
    name = one_line(speaker_name(of.reading, it))
    said = {
        "abstract": f"{name} {it.stance.value}",
        "content": "\n".join(_lines(of.reading, it, name)),
        "object_refs": refs,
        "confidence": per_cent(it.score),
        "lang": of.reading.report.language,
        "extensions": of_statement(of.reading, it),
    }
    return made("note", of.time, said)


def _lines(reading: Reading, it: Statement, name: str) -> Iterator[str]:
    report = reading.report
    yield f"{name} {it.stance.value}: “{one_line(it.content.text)}”"
    where = ", ".join(one_line(part) for part in (report.outlet, report.title, _when(report), report.url) if part)
    yield f"In: {where or report.id}"
    spans = ", ".join(f"{start}–{end}" for start, end in it.content.spans)
    yield f"Characters {spans} of the archived text (SHA-256 {text_digest(report.text)})"
    yield f"On whose word: {' ← '.join(map(one_line, chain_names(reading, it)))}"
    yield f"Form: {it.form.value}; certainty: {it.certainty.value.value}"
    yield f"Confidence {per_cent(it.score)} {SCALE} that this is a statement with these words, not that it is true"


def _when(report: Report) -> str:
    return report.published.value if report.published else ""
