"""Where things come from, as nodes of PROV-O: a report, its text, the act of reading it, and who speaks in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sayso.share.contract_spans import JsonObject
from sayso.share.exports.annotations.names import (
    address,
    of_actor,
    of_annotation,
    of_outlet,
    of_reader,
    of_reading,
    of_report,
    of_text,
)
from sayso.share.exports.annotations.targets import Ground
from sayso.vocabulary import ActorKind, ReaderVersion, Reading, SpeakerKind, Statement

_AGENT: Final = "prov:Agent"  # said beside what it is more closely, for readers that draw no conclusions
_ORGANISATION: Final = [_AGENT, "prov:Organization"]
_KINDS: Final = {
    ActorKind.PERSON: [_AGENT, "prov:Person"],
    ActorKind.ORGANISATION: _ORGANISATION,
    ActorKind.GROUP: _ORGANISATION,
}


def report_nodes(ground: Ground) -> Iterator[JsonObject]:
    """A report and its archived text."""
    it = ground.report
    node: JsonObject = {"id": of_report(it.id), "type": "prov:Entity", "report": it.id}
    node |= {"title": it.title} if it.title else {}
    node |= {"published": it.published.value} if it.published else {}
    node |= {"wasAttributedTo": _outlet(it.outlet)} if it.outlet else {}
    node |= {"generatedAtTime": ground.captured} if ground.captured else {}
    node |= {"hadPrimarySource": page} if (page := address(it)) else {}
    yield node
    yield {"id": of_text(it.text), "type": "prov:Entity", "format": "text/plain", "wasDerivedFrom": of_report(it.id)}


def reading_node(reading: Reading) -> JsonObject:
    """The act of reading a report, by software."""
    return {
        "id": of_reading(reading.report.id, reading.reader),
        "type": "prov:Activity",
        "used": of_text(reading.report.text),
        "wasAssociatedWith": _reader(reading.reader),
    }


def speaker_node(reading: Reading, statement: Statement) -> JsonObject | None:
    """Who makes a statement; None where nobody could tell."""
    speaker, report = statement.speaker, reading.report
    if speaker.kind is SpeakerKind.OUTLET:
        return _outlet(report.outlet) if report.outlet else None
    actor = reading.actor(speaker.actor)
    if actor is None:
        return None
    kind = _KINDS.get(actor.kind, [_AGENT])
    return {"id": of_actor(report.id, actor.id), "type": kind, "name": actor.name}


def chain_node(reading: Reading, statement: Statement) -> JsonObject | None:
    """On whose word a statement rests, which rests on that of the next, and so on; None for nobody's but its own."""
    node: JsonObject | None = None
    for place, link in reversed([*enumerate(statement.chain)]):
        id_ = of_annotation("chain", of_reading(reading.report.id, reading.reader), statement.id, place, link.text)
        found: JsonObject = {"id": id_, "type": "prov:Entity", "words": link.text}
        actor = reading.actor(link.actor)
        if actor is not None:
            named = {"id": of_actor(reading.report.id, actor.id), "name": actor.name}
            found["wasAttributedTo"] = named | {"type": _KINDS.get(actor.kind, [_AGENT])}
        node = found | ({"wasQuotedFrom": node} if node is not None else {})
    return node


def found_in(reading: Reading) -> JsonObject:
    """That something was found by a reading in a report's text."""
    report = reading.report
    return {"wasGeneratedBy": of_reading(report.id, reading.reader), "wasDerivedFrom": of_text(report.text)}


def _outlet(name: str) -> JsonObject:
    return {"id": of_outlet(name), "type": _ORGANISATION, "name": name}


def _reader(it: ReaderVersion) -> JsonObject:
    types = ["Software", _AGENT, "prov:SoftwareAgent"]
    return {"id": of_reader(it), "type": types, "name": f"{it.name} {it.version}", "weights": it.weights}
