"""Attributions -> a reading: actors, statements, and the outlet's own voice for every sentence that is nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sayso.read.sentences import sentences
from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Form,
    Link,
    Passage,
    ReaderVersion,
    Reading,
    Report,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    StatementId,
    passage,
)
from sayso_chat_reader.finding import Attribution

_PRONOUNS: Final = frozenset("he she they it we i you who him her them us this that".split())
_OPENING: Final = "“\"«„‘'"


def reading_of(report: Report, attributions: Sequence[Attribution], made_by: ReaderVersion) -> Reading:
    """The reading that the attributions make. A pronoun is nobody's name: its speaker is not known."""
    text = report.text
    actors = _actors(attributions, text)
    known = {actor.name: actor for actor in actors}
    lines = sentences(text)
    said = [(it.content, _statement(it, known, text)) for it in attributions]
    taken = bytearray(len(text))
    for start, end in (span for spans, _ in said for span in spans):
        taken[start:end] = b"1" * (end - start)
    own = [(line,) for line in lines if not any(taken[line.start : line.end])]
    both = [*said, *((spans, _own(spans, text)) for spans in own)]
    ordered = [statement for _, statement in sorted(both, key=lambda pair: pair[0])]
    numbered = tuple(replace(it, id=StatementId(f"s{number}")) for number, it in enumerate(ordered, 1))
    return Reading(report, made_by, actors, numbered, tuple(lines))


def _actors(attributions: Sequence[Attribution], text: str) -> tuple[Actor, ...]:
    """One for each name, mentioned where it stands and where it is the source's."""
    places: dict[str, set[Span]] = {}
    kinds: dict[str, ActorKind] = {}
    for it in attributions:
        if it.speaker is not None and it.speaker.of(text).lower() not in _PRONOUNS:
            name = it.speaker.of(text)
            kinds.setdefault(name, it.kind)
            places.setdefault(name, set()).update({it.speaker} | ({it.source} if it.source else set()))
    first = sorted(places, key=lambda name: min(places[name]))
    return tuple(
        Actor(ActorId(f"a{number}"), name, kinds[name], (name,), mentions=tuple(sorted(places[name])))
        for number, name in enumerate(first, 1)
    )


def _statement(it: Attribution, known: dict[str, Actor], text: str) -> Statement:
    source = passage(text, (it.source,)) if it.source else Passage()
    actor = known.get(it.speaker.of(text)) if it.speaker else None
    content = passage(text, it.content)
    if actor is None:
        speaker = Speaker(SpeakerKind.UNKNOWN, source.text)
        chain = (Link(source.text, None, it.source),) if it.source else (Link("unnamed", by="no source given"),)
    else:
        speaker = Speaker(SpeakerKind.ACTOR, actor.name, actor.id)
        chain = (Link(actor.name, actor.id, it.source or it.speaker),)
    cue = passage(text, (it.cue,)) if it.cue else Passage()
    return Statement(
        StatementId(""), speaker, content, source, cue, form=_form(it, text), stance=it.stance, chain=chain
    )


def _form(it: Attribution, text: str) -> Form:
    """Direct where every piece stands in quotation marks, indirect where none has any."""
    quoted = [text[max(span.start - 1, 0) : span.start + 1].strip()[:1] in _OPENING for span in it.content]
    if all(quoted):
        return Form.DIRECT
    marks = any(mark in span.of(text) for span in it.content for mark in '“”"«»„')
    return Form.MIXED if marks or any(quoted) else Form.INDIRECT


def _own(spans: tuple[Span, ...], text: str) -> Statement:
    speaker = Speaker(SpeakerKind.OUTLET, "")
    return Statement(StatementId(""), speaker, passage(text, spans), form=Form.VOICE, stance=Stance.ASSERTS)
