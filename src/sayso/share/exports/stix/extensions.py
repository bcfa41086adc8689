"""What STIX has no place for: who says something in which words, claims, and incidents with their versions by source.

Each is a property extension with a definition; a plain note stands beside, for tools that know nothing of it.
"""

from __future__ import annotations

from typing import Any, Final

from sayso.share.contract_incidents import incident_to_json
from sayso.share.contract_spans import spans_to_json
from sayso.share.exports.stix.objects import FIXED, StixObject, kept, named
from sayso.trace.answers.sayings import chain_names, speaker_name
from sayso.vocabulary import Claim, Incident, Reading, Statement, text_digest

_VERSION: Final = "1.0.0"


def _definition(name: str, description: str, schema: str) -> StixObject:
    said = {
        "name": name,
        "description": description,
        "schema": schema,
        "version": _VERSION,
        "extension_types": ["property-extension"],
    }
    return kept(named("extension-definition", f"{name} {_VERSION}"), FIXED, said)


STATEMENT: Final = _definition(
    "x-sayso-statement",
    "A statement of a news report: who says it, how, and on whose word.",
    "On a note. report: id; text_sha256: of the archived text; statement: id in the reading; reader: name, version and "
    "weights of what read it; speaker: name; speaker_kind: actor, outlet or unknown; stance; form; certainty; chain: "
    "names from the outlet to the origin; content, cue, source: lists of [start, end] in Unicode code points of the "
    "archived text, end excluded; words: those of the content; probability: the reader's own, 0 to 1.",
)
CLAIM: Final = _definition(
    "x-sayso-claim",
    "The same proposition across statements. Nothing is said of whether it is true.",
    "On a grouping. claim: id; text: one of its wordings; members: objects with report and statement (ids), polarity "
    "(affirms, denies, reports or doubts) and note (the id of the note of the statement in this bundle).",
)
INCIDENT: Final = _definition(
    "x-sayso-incident",
    "One report's account of something that happened, with who vouches for what.",
    "On an incident. report: id; text_sha256: of the archived text; reader: name, version and weights of what read it; "
    "incident: the object by Sayso's contract of readings, spans as [start, end] in Unicode code "
    "points.",
)
DEFINITIONS: Final = (STATEMENT, CLAIM, INCIDENT)


def of_statement(reading: Reading, it: Statement) -> dict[str, Any]:
    """The extension of the note of a statement."""
    return _extension(
        STATEMENT,
        _read(reading)
        | {
            "statement": it.id,
            "speaker": speaker_name(reading, it),
            "speaker_kind": it.speaker.kind.value,
            "stance": it.stance.value,
            "form": it.form.value,
            "certainty": it.certainty.value.value,
            "chain": [*chain_names(reading, it)],
            "content": spans_to_json(it.content.spans),
            "cue": spans_to_json(it.cue.spans),
            "source": spans_to_json(it.source.spans),
            "words": it.content.text,
            "probability": round(it.score, 4),
        },
    )


def of_incident(reading: Reading, it: Incident) -> dict[str, Any]:
    """The extension of an incident."""
    return _extension(INCIDENT, _read(reading) | {"incident": incident_to_json(it)})


def of_claim(claim: Claim, notes: dict[tuple[str, str], str]) -> dict[str, Any]:
    """The extension of the grouping of a claim; `notes` are the ids of the notes by report and statement."""
    members = [
        {"report": it.report, "statement": it.statement, "polarity": it.polarity.value}
        | ({"note": note} if (note := notes.get((it.report, it.statement))) else {})
        for it in claim.members
    ]
    return _extension(CLAIM, {"claim": claim.id, "text": claim.text, "members": members})


def _read(reading: Reading) -> dict[str, Any]:
    reader, report = reading.reader, reading.report
    return {
        "report": report.id,
        "text_sha256": text_digest(report.text),
        "reader": f"{reader.name} {reader.version} {reader.weights}",
    }


def _extension(definition: StixObject, said: dict[str, Any]) -> dict[str, Any]:
    return {definition["id"]: {"extension_type": "property-extension", **said}}
