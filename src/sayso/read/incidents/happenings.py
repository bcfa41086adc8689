"""A read report -> its incidents, tallies and forecasts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sayso.read.counts.numbers import numbers
from sayso.read.incidents.accounts import Account, accounts, innermost, voucher
from sayso.read.incidents.forecasts import forecasts
from sayso.read.incidents.joining import Group, joined, tellings
from sayso.read.incidents.parts import Party, blamed, independent, parts
from sayso.read.incidents.tallies import tallies, with_parts
from sayso.read.incidents.triggers import triggers
from sayso.vocabulary import (
    Certainty,
    Count,
    Forecast,
    Incident,
    IncidentId,
    Part,
    PartRole,
    People,
    Place,
    PlaceId,
    PlaceLevel,
    PlaceUse,
    Span,
    Stance,
    Standing,
    Statement,
    Status,
    Tally,
    Time,
    TimeId,
)

_TO_COME: Final = frozenset({Status.PLANNED, Status.THREATENED})
# What happened longer before the report than this is recalled, not reported.
_RECALLED: Final = timedelta(days=45)
_POINTERS: Final = frozenset(
    "it its they their theirs he his she her hers him them this that these those who which we our us i my me you "
    "your itself themselves himself herself others one some many both all".split()
)
_WORDY: Final = re.compile(r"[^\W\d_]{2}")
_SURE: Final = {Status.HAPPENED: 3, Status.ATTEMPTED: 2, Status.ALLEGED: 1}


@dataclass(frozen=True, slots=True)
class Happenings:
    """What a report tells of."""

    incidents: tuple[Incident, ...] = ()
    tallies: tuple[Tally, ...] = ()
    forecasts: tuple[Forecast, ...] = ()


def happenings(
    text: str,
    sentences: Sequence[Span],
    statements: Sequence[Statement],
    parties: Sequence[Party],
    places: Sequence[Place],
    times: Sequence[Time],
    counts: Sequence[Count],
    published: str | None = None,
) -> Happenings:
    """The incidents, tallies and forecasts of a text whose statements, places, times and counts are read.

    `sentences` are those of the body; `published` is an ISO date. Ids are `i1`, `n1`, `f1`, … in reading order.
    """
    told = accounts(text, sentences, statements)
    parties = independent(_acting(text, parties, places))
    counted = tallies(text, sentences, told, numbers(text), places, times)
    in_tally = {id(account) for _, account in counted}
    real = [a for a in told if a.status not in _TO_COME and id(a) not in in_tally]
    place_of, time_of = {p.id: p for p in places}, {t.id: t for t in times}
    groups = joined(tellings(real, sentences, places, times), place_of, time_of)
    vouched = [replace(c, voucher=voucher(innermost(statements, c.span))) for c in counts]
    found = [
        _incident(number, group, text, sentences, parties, vouched, time_of, published)
        for number, group in enumerate(groups, 1)
    ]
    found = _with_blame(text, statements, parties, found, place_of)
    tallied = [
        with_parts(tally, [p for p in parts(text, account, sentences[account.sentence], parties) if _did(p)])
        for tally, account in counted
    ]
    foretold = forecasts(text, statements, told, places, times, parties)
    return Happenings(tuple(found), tuple(tallied), tuple(foretold))


def _acting(text: str, parties: Sequence[Party], places: Sequence[Place]) -> list[Party]:
    """The parties that may act: no mere place, no word that only points."""
    places_only = {p.span for p in places if p.use is PlaceUse.PLACE and p.level is not PlaceLevel.COUNTRY}
    return [
        p
        for p in parties
        if p.span not in places_only and p.span.of(text).lower() not in _POINTERS and _WORDY.search(p.span.of(text))
    ]


def _did(part: Part) -> bool:
    return part.role is PartRole.PERPETRATOR


def _incident(
    number: int,
    group: Group,
    text: str,
    sentences: Sequence[Span],
    parties: Sequence[Party],
    counts: Sequence[Count],
    times: Mapping[TimeId, Time],
    published: str | None,
) -> Incident:
    told = [t.account for t in group.tellings]
    own = {a.sentence for a in told}
    here = [c for c in counts if any(_within(c.span, sentences[i]) for i in own)]
    mine = tuple(c for c in here if _nearest(c, told, sentences))
    acted = _distinct([p for a in told for p in parts(text, a, sentences[a.sentence], parties)])
    victims = [_victim(text, c) for c in mine if c.who_span is not None]
    acted = [p for p in acted if p.role is PartRole.PERPETRATOR or not any(_cross(p.span, v.span) for v in victims)]
    acted += victims
    dated = [times[i] for i in group.times if times[i].start is not None]
    start, end = (dated[0].start, dated[0].end) if dated else (None, published[:10] if published else None)
    vouchers = tuple(dict.fromkeys(v for a in told if (v := voucher(a.statement)) and not _denied(a)))
    return Incident(
        IncidentId(f"i{number}"),
        group.type,
        max((a.status for a in told), key=lambda status: _SURE.get(status, 0)),
        tuple(a.trigger.span for a in told),
        mode=told[0].trigger.kind.mode or None,
        times=tuple(group.times),
        start=start,
        end=end,
        places=tuple(group.places),
        parts=tuple(acted),
        counts=mine,
        vouchers=vouchers,
        certainty=next((a.statement.certainty for a in told if a.statement is not None), Certainty()),
        background=_recalled(start, end, published),
    )


def _denied(account: Account) -> bool:
    return account.statement is not None and account.statement.stance is Stance.DENIES


def _cross(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _within(span: Span, around: Span) -> bool:
    return around.start <= span.start and span.end <= around.end


def _nearest(count: Count, told: Sequence[Account], sentences: Sequence[Span]) -> bool:
    """Whether a count stands in a sentence that tells of this incident."""
    return any(_within(count.span, sentences[a.sentence]) for a in told)


def _victim(text: str, count: Count) -> Part:
    span = count.who_span or count.span
    by = (count.voucher,) if count.voucher else ()
    people = None if count.who is People.PEOPLE else count.who
    return Part(PartRole.VICTIM, span.of(text), span, people=people, by=by)


def _distinct(found: Sequence[Part]) -> list[Part]:
    """One part for each actor and role, by all who say so; where some state and some accuse, it is stated."""
    out: dict[object, Part] = {}
    for part in found:
        key = (part.role, part.actor or part.text.lower())
        old = out.get(key)
        if old is None:
            out[key] = part
            continue
        first = part if old.standing is not Standing.FACT and part.standing is Standing.FACT else old
        out[key] = replace(first, by=tuple(dict.fromkeys((*old.by, *part.by))))
    return list(out.values())


def _recalled(start: str | None, end: str | None, published: str | None) -> bool:
    if start is None or end is None or published is None:
        return False
    return date.fromisoformat(end) < date.fromisoformat(published[:10]) - _RECALLED


def _with_blame(
    text: str,
    statements: Sequence[Statement],
    parties: Sequence[Party],
    found: Sequence[Incident],
    places: Mapping[PlaceId, Place],
) -> list[Incident]:
    """Add those who are blamed: "X blamed Y for Z" makes Y the accused of Z, by X's statement alone."""
    out = list(found)
    for statement, party in blamed(text, statements, parties):
        about = _about(text, statement, out)
        if about is None:
            continue
        accused = Part(
            PartRole.PERPETRATOR, party.span.of(text), party.span, party.actor,
            standing=Standing.ACCUSED, by=(statement.id,),
        )  # fmt: skip
        old = out[about]
        out[about] = replace(old, parts=tuple(_distinct([*old.parts, accused])))
    return out


def _about(text: str, statement: Statement, found: Sequence[Incident]) -> int | None:
    """The incident that an accusation is about: one whose trigger stands in its content."""
    spans = statement.content.spans
    hits = [t.span for s in spans for t in triggers(text, s)]
    for i, incident in enumerate(found):
        if any(m in hits for m in incident.mentions):
            return i
    return None
