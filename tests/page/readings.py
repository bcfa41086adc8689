"""Readings that are hard to lay out: hostile, right-to-left, long."""

from __future__ import annotations

from itertools import pairwise

from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Form,
    Label,
    Link,
    Published,
    Reading,
    Report,
    Role,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    StatementId,
    passage,
    report_id,
)
from tests.share.examples import READER, at, said_by, span


def attacked(payloads: tuple[str, ...]) -> Reading:
    """A report whose lines are payloads, each said by an actor of that name, role and label."""
    text = "\n".join(payloads)
    edges = [0]
    for payload in payloads:
        edges.append(edges[-1] + len(payload) + 1)
    spans = [Span(start, end - 1) for start, end in pairwise(edges)]
    actors = tuple(
        Actor(
            ActorId(f"{words}{place}"),
            words,
            ActorKind.UNKNOWN,
            (words, words[::-1]),
            (Role(words, where),),
            (where,),
            (Label(words, where, words),),
        )
        for place, (words, where) in enumerate(zip(payloads, spans, strict=True))
    )
    statements = tuple(
        Statement(
            StatementId(f"{words}{place}"),
            Speaker(SpeakerKind.ACTOR, words, actor.id),
            passage(text, (where,)),
            chain=(Link(words, actor.id, where, words), Link(words, None, where, words)),
        )
        for place, (words, where, actor) in enumerate(zip(payloads, spans, actors, strict=True))
    )
    everything = "".join(payloads)
    report = Report(
        report_id(text),
        text,
        title=everything,
        outlet=everything,
        author=everything,
        published=Published(everything, everything, everything),
        url="https://evil.invalid/" + everything,
        language='en" onclick="window.hit=1',
        flags=payloads,
        origin=everything,
    )
    return Reading(report, READER, actors, statements, tuple(spans))


def right_to_left() -> Reading:
    """A report in Arabic, Hebrew and English with emoji; statements run over changes of direction."""
    text = (
        "قال المتحدث ريمون Tarik-9 إن السد في قرية \u201cوادي الريح\u201d سينهار قريبا، بحسب معلومات.\n"
        "The mayor of Sahel wrote \u201cהסכר יחזיק מעמד (12)\u201d, then left.\n"
        "👩🏽‍🚀 said cafe\u0301 prices will fall 👨‍👩‍👧‍👦."
    )
    names = ("ريمون", "The mayor of Sahel", "👩🏽‍🚀")
    actors = tuple(
        Actor(ActorId(f"a{n}"), name, ActorKind.PERSON, (name,), mentions=(span(text, name),))
        for n, name in enumerate(names)
    )
    dam = "السد في قرية \u201cوادي الريح\u201d سينهار قريبا"
    heard = Link("معلومات", None, span(text, "معلومات"))
    statements = (
        Statement(
            StatementId("s0"),
            said_by("a0", "ريمون"),
            at(text, dam),
            at(text, "المتحدث ريمون Tarik-9"),
            at(text, "قال", "إن"),
            stance=Stance.WARNS,
            chain=(Link("ريمون", ActorId("a0")), heard),
        ),
        Statement(
            StatementId("s1"),
            said_by("a1", "The mayor"),
            at(text, "הסכר יחזיק מעמד (12)"),
            at(text, "The mayor of Sahel"),
            at(text, "wrote"),
            form=Form.DIRECT,
        ),
        Statement(
            StatementId("s2"),
            said_by("a2", "👩🏽‍🚀"),
            at(text, "cafe\u0301 prices will fall 👨‍👩‍👧‍👦"),
            at(text, "👩🏽‍🚀"),
            at(text, "said"),
            stance=Stance.PROMISES,
        ),
    )
    report = Report(report_id(text), text, title="السد سينهار", outlet="صوت الوادي", language="ar")
    return Reading(report, READER, actors, statements)
