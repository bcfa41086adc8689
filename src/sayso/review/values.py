"""What can be corrected of each kind of item, as plain values: spans as lists of [start, end], all else as words.

A speaker is {"kind": "actor", "spans": […]} with words that name them, or {"kind": "outlet"} or {"kind": "unknown"}.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

import msgspec

from sayso.review.items import PASSAGES, Kind, Passages, Thing, name_spans
from sayso.vocabulary import (
    Actor,
    ActorKind,
    Confidence,
    Entry,
    Form,
    Incident,
    IncidentType,
    Place,
    PlaceLevel,
    PlaceUse,
    Reading,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    Status,
    Time,
    TimeKind,
    TimePrecision,
)

Values = dict[str, Any]
_MOST_SPANS: Final = 100
_LONGEST: Final = 200  # code points of a value that is no span
# Which words a value can be.
WORDS: Final[Mapping[Kind, Mapping[str, type[StrEnum]]]] = {
    Kind.STATEMENT: {"stance": Stance, "form": Form, "certainty": Confidence},
    Kind.INCIDENT: {"type": IncidentType, "status": Status},
    Kind.PLACE: {"level": PlaceLevel, "use": PlaceUse},
    Kind.TIME: {"kind": TimeKind, "precision": TimePrecision},
    Kind.ACTOR: {"kind": ActorKind},
}
_EMPTY_ALLOWED: Final = frozenset({"cue", "source"})
_ONE_SPAN: Final = frozenset({"span", "name"})


def values(thing: Thing, reading: Reading) -> Values:
    """What a person can decide on in something that was read."""
    if isinstance(thing, Statement):
        return {
            "content": _lists(thing.content.spans),
            "cue": _lists(thing.cue.spans),
            "source": _lists(thing.source.spans),
            "speaker": _speaker_values(thing.speaker, reading),
            "stance": thing.stance.value,
            "form": thing.form.value,
            "certainty": thing.certainty.value.value,
        }
    if isinstance(thing, Incident):
        return {"mentions": _lists(thing.mentions), "type": thing.type.value, "status": thing.status.value,
                "start": thing.start, "end": thing.end}  # fmt: skip
    if isinstance(thing, Place):
        entry = None if thing.entry is None else msgspec.to_builtins(thing.entry)
        return {"span": _lists((thing.span,)), "level": thing.level.value, "use": thing.use.value, "entry": entry}
    if isinstance(thing, Time):
        return {"span": _lists((thing.span,)), "kind": thing.kind.value, "value": thing.value, "start": thing.start,
                "end": thing.end, "precision": thing.precision.value}  # fmt: skip
    return {"name": _lists(name_spans(thing, reading.report.text)), "kind": thing.kind.value}


def checked(kind: Kind, given: Mapping[str, Any], before: Mapping[str, Any], reading: Reading) -> Values:
    """Corrections in one form, only what they change. Raises ValueError on what is none.

    Words of the outlet's own voice that get a source become its statement: indirect, and made by whom the source names.
    """
    if unknown := sorted(given.keys() - before.keys()):
        raise ValueError(f"a {kind} has no {', '.join(unknown)[:_LONGEST]}: it has {', '.join(before)}")
    found = {name: _checked(kind, name, value, reading) for name, value in given.items()}
    if kind is Kind.STATEMENT and before["form"] == Form.VOICE and found.get("source"):
        found = {"form": Form.INDIRECT.value, "speaker": {"kind": "actor", "spans": found["source"][:1]}, **found}
    return {name: value for name, value in found.items() if value != before[name]}


def spans_from(given: object, text: str, most: int = _MOST_SPANS) -> tuple[Span, ...]:
    """Spans of a text in order, none empty, none over another. Raises ValueError on anything else."""
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > most:
        raise ValueError(f"spans are written as a list of [start, end], {most} at most")
    found: list[Span] = []
    for pair in given:
        if not (isinstance(pair, Sequence) and len(pair) == 2 and all(type(it) is int for it in pair)):
            raise ValueError("a span is written as [start, end], in code points")
        start, end = pair
        if not (found[-1].end if found else 0) <= start < end <= len(text):
            raise ValueError(f"the span {start}:{end} is empty, over another, out of order, or not inside the text")
        found.append(Span(start, end))
    return tuple(found)


def actor_parts(actor: Actor, given: object, text: str) -> tuple[tuple[Span, ...], ...]:
    """Mentions of an actor that are others', in one group for each. Raises ValueError on anything else."""
    parts = tuple(spans_from(part, text) for part in given) if isinstance(given, Sequence) else ()
    every = [span for part in parts for span in part]
    if not all(parts) or len({*every}) < len(every):
        raise ValueError("each part needs a mention of its own")
    if not parts or {*every} - {*actor.mentions} or (len(parts) == 1 and {*every} == {*actor.mentions}):
        raise ValueError("an actor is split into some of their mentions, and the others")
    return parts


def passages_by(kind: Kind, found: Mapping[str, Any]) -> Passages:
    """The passages that an item has by its values."""
    return tuple(tuple(Span(*pair) for pair in found[name]) for name in PASSAGES[kind])


def _checked(kind: Kind, name: str, value: Any, reading: Reading) -> Any:  # noqa: ANN401 - a plain value
    text = reading.report.text
    if name in PASSAGES[kind]:
        found = spans_from(value, text, 1 if name in _ONE_SPAN else _MOST_SPANS)
        if not found and name not in _EMPTY_ALLOWED:
            raise ValueError(f"{name} cannot be nowhere; what is not there is rejected")
        return _lists(found)
    if name in WORDS[kind]:
        words = WORDS[kind][name]
        if value not in [it.value for it in words]:
            raise ValueError(f"{name} is one of {', '.join(it.value for it in words)}")
        return value
    if name == "speaker":
        return _speaker_checked(value, reading)
    if name == "entry":
        return _entry_checked(value)
    return _day_or_value(name, value)


def _speaker_checked(value: object, reading: Reading) -> Values:
    if isinstance(value, str):
        value = {"kind": value}
    if isinstance(value, Mapping):
        if value.get("kind") in ("outlet", "unknown") and len(value) == 1:
            return dict(value)
        named = value.get("kind") == "actor" and value.keys() == {"kind", "spans"}
        if named and (found := spans_from(value["spans"], reading.report.text, 1)):
            return {"kind": "actor", "spans": _lists(found)}
    raise ValueError('a speaker is "outlet", "unknown", or {"kind": "actor", "spans": [[start, end]]} that names them')


def _entry_checked(value: object) -> Values | None:
    if value is None:
        return None
    try:
        found = msgspec.convert(value, Entry)
    except msgspec.ValidationError as error:
        raise ValueError(
            f"an entry has name, lat, lon and level, and may have geonames, country, within: {error}"
        ) from error
    if not (-90 <= found.lat <= 90 and -180 <= found.lon <= 180 and 0 < len(found.name) <= _LONGEST):
        raise ValueError("an entry's point is not on the earth, or its name is empty or too long")
    plain: Values = msgspec.to_builtins(found)
    return plain


def _day_or_value(name: str, value: object) -> str | None:
    if value is None and name != "value":
        return None
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise ValueError(f"{name} is written in words of {_LONGEST} code points at most")
    if name != "value":
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"{name} is a day, as 2022-08-19") from error
    return value


def _speaker_values(speaker: Speaker, reading: Reading) -> Values:
    if speaker.kind is not SpeakerKind.ACTOR:
        return {"kind": speaker.kind.value}
    actor = reading.actor(speaker.actor)
    return {"kind": "actor", "spans": _lists(name_spans(actor, reading.report.text)) if actor else []}


def _lists(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
