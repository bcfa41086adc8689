"""Something that was read with some of its values changed: what a person gave is marked as decided, not as read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import msgspec

from sayso.review.items import PASSAGES, Kind, Thing
from sayso.review.values import WORDS
from sayso.vocabulary import (
    Actor,
    ActorId,
    Certainty,
    Confidence,
    Entry,
    Incident,
    Link,
    Place,
    PlaceLevel,
    PlacePrecision,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    Time,
    passage,
)

DECIDED: Final = "decided"  # by what a link or an entry is known that a person gave
_AREAS: Final = {
    PlaceLevel.COUNTRY: PlacePrecision.COUNTRY,
    PlaceLevel.PROVINCE: PlacePrecision.AREA,
    PlaceLevel.DISTRICT: PlacePrecision.AREA,
    PlaceLevel.REGION: PlacePrecision.AREA,
}


def changed(thing: Thing, after: Mapping[str, Any], text: str, actor_at: Callable[[Span], ActorId]) -> Thing:
    """Something with some values changed, as `values.checked` gives them. `actor_at` gives whom a span names."""
    if isinstance(thing, Statement):
        return _statement(thing, after, text, actor_at)
    if isinstance(thing, Incident):
        mentions: dict[str, Any] = {"mentions": _spans(after["mentions"])} if "mentions" in after else {}
        return replace(thing, **mentions, **_words(Kind.INCIDENT, after), **_plain(after, "start", "end"))
    if isinstance(thing, Place):
        return _place(thing, after, text)
    if isinstance(thing, Time):
        plain = _plain(after, "value", "start", "end")
        return replace(thing, **_spanned(after, text), **_words(Kind.TIME, after), **plain)
    return _actor(thing, after, text)


def _statement(thing: Statement, after: Mapping[str, Any], text: str, actor_at: Callable[[Span], ActorId]) -> Statement:
    given = [name for name in PASSAGES[Kind.STATEMENT] if name in after]
    spanned: dict[str, Any] = {name: passage(text, _spans(after[name])) for name in given}
    words = _words(Kind.STATEMENT, after)
    if "certainty" in words:
        words["certainty"] = Certainty(Confidence(words["certainty"]))
    made: Statement = replace(thing, **spanned, **words)
    if "speaker" not in after:
        return made
    said = after["speaker"]
    if said["kind"] == SpeakerKind.ACTOR:
        (span,) = _spans(said["spans"])
        actor, name = actor_at(span), span.of(text)
        chain = (Link(name, actor, span, DECIDED), *made.chain[1:])
        return replace(made, speaker=Speaker(SpeakerKind.ACTOR, name, actor), chain=chain)
    kind = SpeakerKind(said["kind"])
    chain = () if kind is SpeakerKind.OUTLET else made.chain[1:]
    return replace(made, speaker=Speaker(kind, kind.value), chain=chain)


def _place(thing: Place, after: Mapping[str, Any], text: str) -> Place:
    made: Place = replace(thing, **_spanned(after, text), **_words(Kind.PLACE, after))
    if "entry" not in after:
        return made
    if after["entry"] is None:
        return replace(made, entry=None, precision=PlacePrecision.UNRESOLVED, region=None, score=0.0, why=(DECIDED,))
    entry = msgspec.convert(after["entry"], Entry)
    precision = _AREAS.get(entry.level, PlacePrecision.EXACT)
    return replace(made, entry=entry, precision=precision, region=None, score=1.0, why=(DECIDED,))


def _actor(thing: Actor, after: Mapping[str, Any], text: str) -> Actor:
    made: Actor = replace(thing, **_words(Kind.ACTOR, after))
    if "name" not in after:
        return made
    (span,) = _spans(after["name"])
    name = span.of(text)
    mentions = made.mentions if span in made.mentions else tuple(sorted((*made.mentions, span)))
    names = made.names if name in made.names else (*made.names, name)
    return replace(made, name=name, names=names, mentions=mentions)


def _words(kind: Kind, after: Mapping[str, Any]) -> dict[str, Any]:
    return {name: words(after[name]) for name, words in WORDS[kind].items() if name in after}


def _plain(after: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: after[name] for name in names if name in after}


def _spanned(after: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The span and the words of something that is one mention."""
    if "span" not in after:
        return {}
    (span,) = _spans(after["span"])
    return {"span": span, "text": span.of(text)}


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
