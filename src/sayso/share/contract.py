"""A reading as JSON, and back: the contract "sayso/reading/1", documented in docs/reading.md.

The report's text always travels along (`report.text`), so that a reading can be checked, shown and
read back from its JSON alone, whatever kind of input it came from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib import resources
from typing import Any, Final

from sayso.errors import NotAReading
from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Certainty,
    Confidence,
    Form,
    Label,
    Link,
    Published,
    ReaderVersion,
    Reading,
    Report,
    ReportId,
    Role,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    StatementId,
    passage,
    text_digest,
)

SCHEMA: Final = "sayso/reading/1"
JsonObject = dict[str, Any]

_SCORE_DIGITS: Final = 4
# JSON allows these raw, but they break lines, steer terminals or reorder what a person sees; a lone
# surrogate cannot be written as UTF-8 at all. Escaped they mean the same to every JSON parser.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def schema() -> JsonObject:
    """The JSON Schema (2020-12) of the contract, as shipped."""
    path = resources.files("sayso.share") / "schema" / "reading-1.json"
    loaded: JsonObject = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def dumps(reading: Reading) -> str:
    """The reading as one line of JSON; equal readings give equal characters."""
    line = json.dumps(reading_to_json(reading), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", line)


def reading_to_json(reading: Reading) -> JsonObject:
    """The reading as the contract's object, keys in its order; scores have four digits."""
    reader = reading.reader
    return {
        "schema": SCHEMA,
        "reader": {"name": reader.name, "version": reader.version, "weights": reader.weights},
        "report": _report_to_json(reading.report),
        "actors": [_actor_to_json(actor) for actor in reading.actors],
        "statements": [_statement_to_json(statement) for statement in reading.statements],
        "sentences": _spans_to_json(reading.sentences),
        "boilerplate": _spans_to_json(reading.boilerplate),
    }


def reading_from_json(data: JsonObject, text: str | None = None) -> Reading:
    """The reading that an object of the contract holds.

    `text` is the report's text, needed only where the object lacks `report.text`. Raises `NotAReading` when
    the object is of another schema, a field is missing or wrong, or the text is not the one that was read.
    """
    try:
        if data["schema"] != SCHEMA:
            raise NotAReading(f"this is {data['schema']!r}", f"Give an object of the schema {SCHEMA!r}")
        return _reading_from_json(data, text)
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
        sentences=_spans_from_json(data["sentences"], report.text),
        boilerplate=_spans_from_json(data.get("boilerplate", ()), report.text),
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
        "mentions": _spans_to_json(actor.mentions),
        "labels": [{"text": label.text, "span": list(label.span), "by": label.by} for label in actor.labels],
    }


def _actor_from_json(data: JsonObject, text: str) -> Actor:
    return Actor(
        id=ActorId(data["id"]),
        name=data["name"],
        kind=ActorKind(data["kind"]),
        names=tuple(data["names"]),
        roles=tuple(Role(role["text"], _span_from_json(role["span"], text)) for role in data["roles"]),
        mentions=_spans_from_json(data["mentions"], text),
        labels=tuple(
            Label(label["text"], _span_from_json(label["span"], text), label["by"]) for label in data["labels"]
        ),
    )


def _statement_to_json(statement: Statement) -> JsonObject:
    speaker, certainty = statement.speaker, statement.certainty
    return {
        "id": statement.id,
        "parent": statement.parent,
        "speaker": {
            "actor": speaker.actor,
            "kind": str(speaker.kind),
            "text": speaker.text,
            "candidates": list(speaker.candidates),
        },
        "source": _spans_to_json(statement.source.spans),
        "cue": _spans_to_json(statement.cue.spans),
        "content": _spans_to_json(statement.content.spans),
        "form": str(statement.form),
        "stance": str(statement.stance),
        "certainty": {"value": str(certainty.value), "spans": _spans_to_json(certainty.spans)},
        "about_future": statement.about_future,
        "chain": [_link_to_json(link) for link in statement.chain],
        "score": round(float(statement.score), _SCORE_DIGITS),
    }


def _statement_from_json(data: JsonObject, text: str) -> Statement:
    certainty = data["certainty"]
    return Statement(
        id=StatementId(data["id"]),
        speaker=_speaker_from_json(data["speaker"]),
        content=passage(text, _spans_from_json(data["content"], text)),
        source=passage(text, _spans_from_json(data["source"], text)),
        cue=passage(text, _spans_from_json(data["cue"], text)),
        parent=data["parent"],
        form=Form(data["form"]),
        stance=Stance(data["stance"]),
        certainty=Certainty(Confidence(certainty["value"]), _spans_from_json(certainty["spans"], text)),
        about_future=data["about_future"],
        chain=tuple(_link_from_json(link, text) for link in data["chain"]),
        score=data["score"],
    )


def _speaker_from_json(data: JsonObject) -> Speaker:
    candidates = tuple(ActorId(candidate) for candidate in data.get("candidates", ()))
    return Speaker(SpeakerKind(data["kind"]), data["text"], data["actor"], candidates)


def _link_to_json(link: Link) -> JsonObject:
    return {
        "actor": link.actor,
        "text": link.text,
        "span": None if link.span is None else list(link.span),
        "by": link.by,
    }


def _link_from_json(data: JsonObject, text: str) -> Link:
    span = None if data["span"] is None else _span_from_json(data["span"], text)
    return Link(data["text"], data["actor"], span, data["by"])


def _spans_to_json(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def _spans_from_json(data: Iterable[list[int]], text: str) -> tuple[Span, ...]:
    return tuple(_span_from_json(item, text) for item in data)


def _span_from_json(data: list[int], text: str) -> Span:
    start, end = data
    if not 0 <= start <= end <= len(text):
        raise NotAReading(f"the span {data} is not inside the text", "Give the text that was read")
    return Span(start, end)
