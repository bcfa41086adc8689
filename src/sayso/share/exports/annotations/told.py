"""Statements and the fields of incidents as annotations: what the reader found, said to be the reader's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.share.contract_spans import JsonObject, score_to_json
from sayso.share.exports.annotations.names import of_annotation, of_reader, of_text
from sayso.share.exports.annotations.provenance import chain_node, found_in, speaker_node
from sayso.share.exports.annotations.targets import Ground, targets
from sayso.share.json_text import json_text
from sayso.share.telling import Known, actor_name, where
from sayso.trace.answers.sayings import chain_names, speaker_name
from sayso.vocabulary import Incident, Reading, Span, Statement


def of_statement(ground: Ground, reading: Reading, it: Statement) -> Iterator[JsonObject]:
    """A statement on the words of its content, whose it is on those that name the source, its stance on its cue."""
    speaker, rests_on = speaker_node(reading, it), chain_node(reading, it)
    quoted: list[object] = [of_text(reading.report.text)]
    body: JsonObject = {
        "type": ["Statement", "prov:Entity"], "statement": it.id, "speaker": speaker_name(reading, it),
        "speakerKind": it.speaker.kind.value, "stance": it.stance.value, "form": it.form.value,
        "certainty": it.certainty.value.value, "aboutFuture": it.about_future,
        "chain": [*chain_names(reading, it)], "probability": score_to_json(it.score),
        "wasQuotedFrom": [*quoted, rests_on] if rests_on is not None else quoted,
    }  # fmt: skip
    body |= {"wasAttributedTo": speaker} if speaker is not None else {}
    yield from _annotated(ground, reading, it.id, "content", "identifying", body, it.content.spans)
    named: JsonObject = {"type": ["Speaker", "prov:Entity"], "statement": it.id, "speaker": speaker_name(reading, it)}
    named |= {"wasAttributedTo": speaker} if speaker is not None else {}
    yield from _annotated(ground, reading, it.id, "source", "identifying", named, it.source.spans)
    stance: JsonObject = {"type": ["Stance", "prov:Entity"], "statement": it.id, "stance": it.stance.value}
    yield from _annotated(ground, reading, it.id, "cue", "classifying", stance, it.cue.spans)
    put: JsonObject = {"type": ["Certainty", "prov:Entity"], "statement": it.id, "certainty": it.certainty.value.value}
    yield from _annotated(ground, reading, it.id, "certainty", "classifying", put, it.certainty.spans)


def of_incident(ground: Ground, known: Known, name: str, it: Incident) -> Iterator[JsonObject]:
    """The fields of an incident, each on the words that give it."""
    reading = known.outline.reading
    for field, motivation, said, spans in _fields(known, it):
        body = {"type": ["IncidentField", "prov:Entity"], "incident": name, "field": field} | said
        yield from _annotated(ground, reading, name, field, motivation, body, spans)


def _fields(known: Known, it: Incident) -> Iterator[tuple[str, str, JsonObject, tuple[Span, ...]]]:
    """The name of a field, what the annotation is for, what it says, and on which words."""
    days = {name: value for name, value in (("first", it.start), ("last", it.end)) if value}
    kind: JsonObject = {"incidentType": it.type.value, "told": it.status.value, "probability": score_to_json(it.score)}
    kind |= {"background": it.background, "vouchers": [*it.vouchers]}
    yield "type", "classifying", kind | days, it.mentions
    for place in (known.places[one] for one in it.places if one in known.places):
        spot: JsonObject = {"place": where(known, place), "precision": place.precision.value}
        spot |= {"geonames": place.entry.geonames} if place.entry and place.entry.geonames else {}
        yield "place", "identifying", spot, (place.span,)
    for time in (known.times[one] for one in it.times if one in known.times):
        yield "time", "identifying", {"timex": time.value, "anchor": time.anchor.value}, (time.span,)
    for part in it.parts:
        said: JsonObject = {"part": part.role.value, "actor": actor_name(known, part), "standing": part.standing.value}
        yield "part", "identifying", said | {"vouchers": [*part.by]}, (part.span,)
    for count in it.counts:
        range_: JsonObject = {"harm": count.harm.value, "people": count.who.value, "low": count.low}
        range_ |= {"high": count.high} if count.high is not None else {}
        range_ |= {"vouchers": [count.voucher]} if count.voucher else {}
        yield "count", "classifying", range_, (count.span,)
    for field, spans in (("weapon", it.weapons), ("damage", it.damage)):
        yield from ((field, "identifying", {}, (span,)) for span in spans)
    yield "certainty", "classifying", {"certainty": it.certainty.value.value}, it.certainty.spans


def _annotated(
    ground: Ground, reading: Reading, of: str, field: str, motivation: str, body: JsonObject, spans: Iterable[Span]
) -> Iterator[JsonObject]:
    """One annotation on all these words; none where there are no words."""
    places = tuple(spans)
    if not places:
        return
    reader, said = reading.reader, body | found_in(reading)
    made_by = {"id": of_reader(reader), "type": "Software", "name": f"{reader.name} {reader.version}"}
    id_ = of_annotation(of, field, json_text(said), *places)
    yield {
        "id": id_,
        "type": "Annotation",
        "motivation": motivation,
        "generator": made_by,
        "body": {"id": of_annotation("body", id_)} | said,
        "target": targets(ground, places),
    }
