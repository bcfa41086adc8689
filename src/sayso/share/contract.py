"""A reading as JSON, and back: the contract "sayso/reading/2", documented in docs/reading.md.

Version 1, written before readings had times, places, incidents, tallies and forecasts, is read as one without any.

The report's text always travels along (`report.text`), so that a reading can be checked, shown and
read back from its JSON alone, whatever kind of input it came from.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Final

from sayso.errors import NotAReading
from sayso.share.contract_incidents import (
    certainty_from_json,
    certainty_to_json,
    forecast_from_json,
    forecast_to_json,
    incident_from_json,
    incident_to_json,
    tally_from_json,
    tally_to_json,
)
from sayso.share.contract_places import place_from_json, place_to_json, time_from_json, time_to_json
from sayso.share.contract_spans import (
    JsonObject,
    maybe_span,
    number,
    score_to_json,
    span_from_json,
    span_to_json,
    spans_from_json,
    spans_to_json,
)
from sayso.share.json_text import json_text
from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Form,
    Label,
    Link,
    Published,
    ReaderVersion,
    Reading,
    Report,
    ReportId,
    Role,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    StatementId,
    passage,
    text_digest,
)

SCHEMA: Final = "sayso/reading/2"
_FIRST: Final = "sayso/reading/1"
_SINCE_2: Final = ("times", "places", "incidents", "tallies", "forecasts")


def schema(version: int = 2) -> JsonObject:
    """The JSON Schema (2020-12) of a version of the contract, as shipped."""
    path = resources.files("sayso.share") / "schema" / f"reading-{version}.json"
    loaded: JsonObject = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def dumps(reading: Reading) -> str:
    """The reading as one line of JSON; equal readings give equal characters."""
    return json_text(reading_to_json(reading))


def reading_to_json(reading: Reading) -> JsonObject:
    """The reading as the contract's object, keys in its order; scores have four digits."""
    reader = reading.reader
    return {
        "schema": SCHEMA,
        "reader": {"name": reader.name, "version": reader.version, "weights": reader.weights},
        "report": _report_to_json(reading.report),
        "actors": [_actor_to_json(actor) for actor in reading.actors],
        "statements": [_statement_to_json(statement) for statement in reading.statements],
        "sentences": spans_to_json(reading.sentences),
        "boilerplate": spans_to_json(reading.boilerplate),
        "times": [time_to_json(time) for time in reading.times],
        "places": [place_to_json(place) for place in reading.places],
        "incidents": [incident_to_json(incident) for incident in reading.incidents],
        "tallies": [tally_to_json(tally) for tally in reading.tallies],
        "forecasts": [forecast_to_json(forecast) for forecast in reading.forecasts],
    }


def reading_from_json(data: JsonObject, text: str | None = None) -> Reading:
    """The reading that an object of the contract holds.

    `text` is the report's text, needed only where the object lacks `report.text`. Raises `NotAReading` when
    the object is of another schema, a field is missing or wrong, or the text is not the one that was read.
    """
    try:
        if data["schema"] not in (_FIRST, SCHEMA):
            raise NotAReading(f"this is {data['schema']!r}", f"Give an object of the schema {SCHEMA!r}")
        first = data["schema"] == _FIRST
        return _reading_from_json(data | dict.fromkeys(_SINCE_2, ()) if first else data, text)
    except KeyError as missing:
        raise NotAReading(f"the field {missing} is missing", "Compare with docs/reading.md") from missing
    except (TypeError, AttributeError, ValueError) as wrong:
        raise NotAReading(f"a field has the wrong kind of value: {wrong}", "Compare with docs/reading.md") from wrong


def _reading_from_json(data: JsonObject, text: str | None) -> Reading:
    report = _report_from_json(data["report"], text)
    return Reading(
        report=report,
        reader=ReaderVersion(**{key: data["reader"][key] for key in ("name", "version", "weights")}),
        actors=tuple(_actor_from_json(item, report.text) for item in data["actors"]),
        statements=tuple(_statement_from_json(item, report.text) for item in data["statements"]),
        sentences=spans_from_json(data["sentences"], report.text),
        boilerplate=spans_from_json(data.get("boilerplate", ()), report.text),
        times=tuple(time_from_json(item, report.text) for item in data["times"]),
        places=tuple(place_from_json(item, report.text) for item in data["places"]),
        incidents=tuple(incident_from_json(item, report.text) for item in data["incidents"]),
        tallies=tuple(tally_from_json(item, report.text) for item in data["tallies"]),
        forecasts=tuple(forecast_from_json(item, report.text) for item in data["forecasts"]),
    )


def _report_to_json(report: Report) -> JsonObject:
    return {
        "id": report.id,
        "title": report.title,
        "outlet": report.outlet,
        "author": report.author,
        "published": _published_to_json(report.published),
        "language": report.language,
        "text_sha256": text_digest(report.text),
        "flags": list(report.flags),
        "url": report.url,
        "origin": report.origin,
        "text": report.text,
    }


def _report_from_json(data: JsonObject, text: str | None) -> Report:
    text = data["text"] if text is None else text
    if text_digest(text) != data["text_sha256"]:
        raise NotAReading("the text is not the one that was read", "Give the text whose SHA-256 is text_sha256")
    return Report(
        id=ReportId(data["id"]),
        text=text,
        title=data["title"],
        outlet=data["outlet"],
        author=data["author"],
        published=_published_from_json(data["published"]),
        url=data.get("url"),
        language=data["language"],
        flags=tuple(data["flags"]),
        origin=data.get("origin", ""),
    )


def _published_to_json(published: Published | None) -> JsonObject | None:
    if published is None:
        return None
    return {"value": published.value, "basis": published.basis, "zone": published.zone}


def _published_from_json(data: JsonObject | None) -> Published | None:
    return None if data is None else Published(data["value"], data["basis"], data.get("zone"))


def _actor_to_json(actor: Actor) -> JsonObject:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": str(actor.kind),
        "names": list(actor.names),
        "roles": [{"text": role.text, "span": list(role.span)} for role in actor.roles],
        "mentions": spans_to_json(actor.mentions),
        "labels": [{"text": label.text, "span": list(label.span), "by": label.by} for label in actor.labels],
    }


def _actor_from_json(data: JsonObject, text: str) -> Actor:
    return Actor(
        id=ActorId(data["id"]),
        name=data["name"],
        kind=ActorKind(data["kind"]),
        names=tuple(data["names"]),
        roles=tuple(Role(role["text"], span_from_json(role["span"], text)) for role in data["roles"]),
        mentions=spans_from_json(data["mentions"], text),
        labels=tuple(
            Label(label["text"], span_from_json(label["span"], text), label["by"]) for label in data["labels"]
        ),
    )


def _statement_to_json(statement: Statement) -> JsonObject:
    speaker = statement.speaker
    return {
        "id": statement.id,
        "parent": statement.parent,
        "speaker": {
            "actor": speaker.actor,
            "kind": str(speaker.kind),
            "text": speaker.text,
            "candidates": list(speaker.candidates),
        },
        "source": spans_to_json(statement.source.spans),
        "cue": spans_to_json(statement.cue.spans),
        "content": spans_to_json(statement.content.spans),
        "form": str(statement.form),
        "stance": str(statement.stance),
        "certainty": certainty_to_json(statement.certainty),
        "about_future": statement.about_future,
        "chain": [_link_to_json(link) for link in statement.chain],
        "score": score_to_json(statement.score),
    }


def _statement_from_json(data: JsonObject, text: str) -> Statement:
    return Statement(
        id=StatementId(data["id"]),
        speaker=_speaker_from_json(data["speaker"]),
        content=passage(text, spans_from_json(data["content"], text)),
        source=passage(text, spans_from_json(data["source"], text)),
        cue=passage(text, spans_from_json(data["cue"], text)),
        parent=data["parent"],
        form=Form(data["form"]),
        stance=Stance(data["stance"]),
        certainty=certainty_from_json(data["certainty"], text),
        about_future=data["about_future"],
        chain=tuple(_link_from_json(link, text) for link in data["chain"]),
        score=number(data["score"]),
    )


def _speaker_from_json(data: JsonObject) -> Speaker:
    candidates = tuple(ActorId(candidate) for candidate in data.get("candidates", ()))
    return Speaker(SpeakerKind(data["kind"]), data["text"], data["actor"], candidates)


def _link_to_json(link: Link) -> JsonObject:
    return {
        "actor": link.actor,
        "text": link.text,
        "span": span_to_json(link.span),
        "by": link.by,
    }


def _link_from_json(data: JsonObject, text: str) -> Link:
    return Link(data["text"], data["actor"], maybe_span(data["span"], text), data["by"])
