"""Readings that are hard to lay out: hostile, right-to-left, long."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Anchor,
    Count,
    Entry,
    Forecast,
    ForecastId,
    Form,
    Harm,
    Incident,
    IncidentId,
    IncidentType,
    Label,
    Link,
    Part,
    PartRole,
    Place,
    PlaceId,
    PlaceLevel,
    PlacePrecision,
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
    Status,
    Tally,
    TallyId,
    TallyPart,
    Time,
    TimeId,
    TimeKind,
    Whereabouts,
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


def besieged(payloads: tuple[str, ...]) -> Reading:
    """A report whose places, times, incidents, tallies and forecasts all go by the payloads."""
    told = attacked(payloads)
    spans = told.sentences
    everything = "".join(payloads)
    places = tuple(
        Place(
            PlaceId(words),
            where,
            words,
            level=PlaceLevel.SETTLEMENT,
            precision=PlacePrecision.UNRESOLVED if number % 3 == 2 else PlacePrecision.NEAR,
            entry=Entry(words, 40 + number % 7 / 10, 20 + number % 5 / 10, PlaceLevel.SETTLEMENT, within=(words,)),
            within=(PlaceId(payloads[0]),),
            whereabouts=Whereabouts(words, (PlaceId(words),), where),
            why=(words,),
        )
        for number, (words, where) in enumerate(zip(payloads, spans, strict=True))
    )
    times = tuple(
        Time(
            TimeId(words),
            where,
            words,
            TimeKind.DATE,
            words,
            "2031-05-03" if number % 2 else words,
            "2031-05-03" if number % 2 else words,
            basis=words,
            anchor=Anchor.PUBLISHED,
            clock=words,
            zone=words,
            flags=(words,),
        )
        for number, (words, where) in enumerate(zip(payloads, spans, strict=True))
    )
    part = Part(PartRole.PERPETRATOR, everything, spans[0], told.actors[0].id, by=(told.statements[0].id,))
    count = Count(spans[0], everything, 1, None, Harm.KILLED, voucher=told.statements[0].id)
    where, when = tuple(place.id for place in places), tuple(time.id for time in times)
    kind = IncidentType.ATTACK
    incident = Incident(
        IncidentId(everything), kind, Status.HAPPENED, spans, everything, when, everything, everything, where, (part,),
        spans, (count,), spans, (told.statements[0].id,)
    )  # fmt: skip
    tally = Tally(
        TallyId(everything), kind, spans[0], everything, 1, None, (TallyPart(1, 1, everything, spans[0], where),),
        places=where, by=(part,)
    )  # fmt: skip
    content = passage(told.report.text, spans)
    forecast = Forecast(ForecastId(everything), Stance.WARNS, content, None, kind, where, when, (part,))
    return replace(told, places=places, times=times, incidents=(incident,), tallies=(tally,), forecasts=(forecast,))
