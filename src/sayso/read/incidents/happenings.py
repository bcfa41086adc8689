"""A read report -> its incidents, tallies and forecasts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sayso.read.counts.numbers import numbers
from sayso.read.incidents.accounts import Account, accounts, innermost, voucher
from sayso.read.incidents.attacks import account, beside, told_in, with_parts
from sayso.read.incidents.forecasts import forecasts
from sayso.read.incidents.joining import Group, alone, joined, tellings
from sayso.read.incidents.parts import Party, independent, is_doer, parts
from sayso.read.incidents.scene import Scene, inside, over, rows
from sayso.read.incidents.spots import is_brought, shown_places, with_settlement
from sayso.read.incidents.status import TO_COME
from sayso.read.incidents.tallies import tallies
from sayso.read.incidents.templates import Template
from sayso.read.incidents.things import damage, weapons
from sayso.read.incidents.triggers import side, triggers
from sayso.vocabulary import (
    Anchor,
    Certainty,
    Confidence,
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
    TimeKind,
    TimePrecision,
)

# What happened longer before the report than this is recalled, not reported.
_RECALLED: Final = timedelta(days=45)
_POINTERS: Final = frozenset(
    "it its they their theirs he his she her hers him them this that these those who which we our us i my me you "
    "your itself themselves himself herself others one some many both all nobody none".split()
)
_WORDY: Final = re.compile(r"(?!no\b|nobody\b|none\b).*?[^\W\d_]{2}", re.IGNORECASE | re.DOTALL)
_FOR = re.compile(r"\s(?:for|of|over)\s", re.IGNORECASE)
_SHORTLY: Final = 4  # sentences within which a claim is of what was told
_OPENS: Final = 30  # characters at the head of an accusation in which the accused is named
_PRINTED: Final = 4  # times at the head of a text that may be its own date
_HEAD: Final = 48  # characters at the head of a page in which its own date stands
_LEAD: Final = 3  # sentences that tell the news
_SAID_OF: Final = re.compile(r"\b(?:on|in|since|by|until|from|of|to)\s+$", re.IGNORECASE)
_DAYS: Final = frozenset({TimePrecision.DAY, TimePrecision.DAY_PART, TimePrecision.HOUR, TimePrecision.MINUTE})
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
    attacks: Sequence[Template] = (),
    names: Sequence[Span] = (),
) -> Happenings:
    """The incidents, tallies and forecasts of a text whose statements, places, times, counts and attacks are read.

    A day printed at the head of the text is nearer to what it tells than the date it was published under.

    `sentences` are those of the body; `published` is an ISO date; `names` are those of people and
    organisations, in order. Ids are `i1`, `n1`, `f1`, … in reading order.
    """
    printed = {t.id: t for t in times[:_PRINTED] if _is_printed(text, t)}
    issued = next((t.start for t in printed.values()), None) or published
    covering = over(statements, sentences)
    given = [
        _vouched(count, row) for row, held in zip(covering, rows(counts, sentences), strict=True) for count in held
    ]
    scene = Scene(
        text,
        sentences,
        covering,
        rows(places, sentences),
        shown_places(text, sentences, places),
        rows((t for t in times if t.id not in printed), sentences),
        rows(given, sentences),
        rows(numbers(text), sentences),
        rows(independent(_acting(text, parties, places)), sentences),
    )
    told = accounts(text, sentences, covering, names)
    counted = tallies(scene, told)
    in_tally = {id(account) for _, account in counted}
    real = [a for a in told if a.status not in TO_COME and id(a) not in in_tally]
    place_of, time_of = {p.id: p for p in places}, {t.id: t for t in times}
    otherwise = frozenset(a.sentence for a in told) - frozenset(a.sentence for a in real)
    groups, template_of = _with_attacks(joined(tellings(real, scene), place_of, time_of), attacks, scene, otherwise)
    owner = _owners(groups, scene)
    found = [_incident(n, group, scene, owner, place_of, time_of, issued) for n, group in enumerate(groups, 1)]
    found = [with_parts(each, template_of[i], scene) if i in template_of else each for i, each in enumerate(found)]
    return Happenings(
        tuple(_with_claims(scene, groups, _with_blame(scene, statements, found))),
        tuple(tally for tally, _ in counted),
        tuple(forecasts(scene, statements, told)),
    )


def _with_attacks(
    groups: Sequence[Group], attacks: Sequence[Template], scene: Scene, otherwise: Collection[int]
) -> tuple[list[Group], dict[int, Template]]:
    """The groups with one more for each template that stands beside none of them; and the template of each.

    The sentences `otherwise` tell of attacks to come, or count them: what only they hold did not happen by itself.
    """
    paired = beside(groups, attacks, scene)
    given = {id(template) for template in paired.values()}
    untold = [t for t in attacks if id(t) not in given and told_in(t, scene)[0] not in otherwise]
    made = [(alone(telling), each) for each in untold for telling in tellings([account(scene, each)], scene)]
    every = [(group, paired.get(i)) for i, group in enumerate(groups)] + made
    every.sort(key=lambda pair: pair[0].tellings[0].account.trigger.span)
    taken = frozenset(time for group, _ in every for time in group.times)
    for group, each in every:
        if each is not None:
            _look_around(group, told_in(each, scene), scene, taken)
    return [group for group, _ in every], {i: each for i, (_, each) in enumerate(every) if each is not None}


def _look_around(group: Group, sentences: Sequence[int], scene: Scene, taken: Collection[TimeId]) -> None:
    """Give an incident that has no place or day of its own those of the sentences in which its people stand."""
    if not group.places:
        group.places |= dict.fromkeys(p.id for n in sentences for p in scene.places[n])
    if not group.times:
        own = {telling.account.sentence for telling in group.tellings}
        near = [t for n in sentences if n not in own for t in scene.times[n] if t.start is not None]
        group.times |= dict.fromkeys(t.id for t in near if t.id not in taken)


def _owners(groups: Sequence[Group], scene: Scene) -> dict[Span, Group]:
    """The incident of each count: the one whose words are those of the harm, or stand nearest in the sentence."""
    told: dict[int, list[tuple[Span, Group]]] = {}
    for group in groups:
        for telling in group.tellings:
            told.setdefault(telling.account.sentence, []).append((telling.account.trigger.span, group))
    owners: dict[Span, Group] = {}
    for sentence, near in told.items():
        for count in scene.counts[sentence]:
            harm = count.harm_span or count.span
            owners[count.span] = min(near, key=lambda pair: (not _cross(pair[0], harm), _gap(pair[0], harm)))[1]
    return owners


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _vouched(count: Count, statements: Sequence[Statement]) -> Count:
    return replace(count, voucher=voucher(innermost(statements, count.span)))


def _acting(text: str, parties: Sequence[Party], places: Sequence[Place]) -> list[Party]:
    """The parties that may act: no mere place, no word that only points."""
    mere = {p.span for p in places if p.use is PlaceUse.PLACE and _is_mere(text, p)}
    return [
        p
        for p in parties
        if p.span not in mere and p.span.of(text).lower() not in _POINTERS and _WORDY.match(p.span.of(text))
    ]


def _is_mere(text: str, place: Place) -> bool:
    """Whether a name stands for a place alone: no country's, and none unknown that a preposition does not bring."""
    if place.level is PlaceLevel.COUNTRY:
        return False
    return place.level is not PlaceLevel.UNKNOWN or is_brought(text, place.span)


def _incident(
    number: int,
    group: Group,
    scene: Scene,
    owner: Mapping[Span, Group],
    place_of: Mapping[PlaceId, Place],
    times: Mapping[TimeId, Time],
    published: str | None,
) -> Incident:
    told, text = [t.account for t in group.tellings], scene.text
    own = sorted({a.sentence for a in told})
    mine = tuple(count for i in own for count in scene.counts[i] if owner[count.span] is group)
    acted = _distinct([p for a in told for p in parts(text, a, scene.sentences[a.sentence], scene.parties[a.sentence])])
    victims = [_victim(text, c) for c in mine if c.who_span is not None]
    acted = [p for p in acted if not any(_cross(p.span, v.span) for v in victims)]
    acted += victims
    places = [i for i in group.places if not any(_cross(place_of[i].span, p.span) for p in acted if is_doer(p))]
    places = places or [
        p.id
        for i in own
        for p in scene.toponyms[i]
        if any(_cross(p.span, a.span) for a in acted if a.role is PartRole.TARGET)
    ]
    places = _each_once(with_settlement(places, own, scene.places, place_of), place_of)
    dated = sorted((times[i] for i in group.times if times[i].start is not None), key=_coarseness)
    bounds = [times[t.before].end for t in group.tellings if t.before is not None]
    if dated:
        start, end = dated[0].start, dated[0].end
    elif any(_is_unplaced(t) for i in own for t in scene.times[i]):
        start, end = None, None
    else:
        start, end = (None, bounds[0]) if bounds else _reported(told, published)
    vouchers = tuple(dict.fromkeys(v for a in told if (v := voucher(a.statement)) and not _denied(a)))
    return Incident(
        IncidentId(f"i{number}"),
        group.type,
        max((a.status for a in told), key=lambda status: _SURE.get(status, 0)),
        tuple(a.trigger.span for a in told),
        mode=told[0].trigger.kind.mode.rstrip(":") or None,
        times=tuple(t.id for t in dated),
        start=start,
        end=end,
        places=tuple(places),
        parts=tuple(acted),
        weapons=tuple(w for i in own for w in weapons(text, scene.sentences[i])),
        damage=tuple(d for i in own for d in damage(text, scene.sentences[i])),
        counts=mine,
        vouchers=vouchers,
        certainty=_certainty(told),
        background=_recalled(end, published),
        score=_score(told, [place_of[i] for i in places]),
    )


def _each_once(ids: Sequence[PlaceId], place_of: Mapping[PlaceId, Place]) -> list[PlaceId]:
    """The first mention of each place."""
    first: dict[object, PlaceId] = {}
    for i in ids:
        place = place_of[i]
        first.setdefault((place.entry.name, place.entry.lat, place.entry.lon) if place.entry else place.text.lower(), i)
    return list(first.values())


def _is_printed(text: str, time: Time) -> bool:
    """Whether a day is the one a page is printed with: at the head of the text, said of nothing."""
    before = text[: time.span.start]
    head = time.span.start <= _HEAD and "." not in before.strip().rstrip(".")
    day = time.precision is TimePrecision.DAY and time.anchor is Anchor.ABSOLUTE
    return head and day and not _SAID_OF.search(before)


def _is_unplaced(time: Time) -> bool:
    """Whether a date is one that no calendar places: "in 44 BC"."""
    return time.kind is TimeKind.DATE and time.start is None and not time.value.endswith("_REF")


def _coarseness(time: Time) -> bool:
    return time.precision not in _DAYS


def _reported(told: Sequence[Account], published: str | None) -> tuple[str | None, str | None]:
    """The days for what is told without one: a report's first news is of its own day or the day before."""
    if published is None:
        return None, None
    day = date.fromisoformat(published)
    news = told[0].sentence < _LEAD and day > date.min
    return (day - timedelta(days=1)).isoformat() if news else None, published


def _certainty(told: Sequence[Account]) -> Certainty:
    """Hedged by the words of doubt around its tellings; negated where nobody but its deniers tells of it."""
    if all(_denied(a) for a in told):
        return Certainty(Confidence.NEGATED, tuple(s for a in told if a.statement for s in a.statement.cue.spans))
    doubts = tuple(dict.fromkeys(span for a in told for span in a.doubts))
    return Certainty(Confidence.HEDGED, doubts) if doubts else Certainty()


def _denied(account: Account) -> bool:
    return account.statement is not None and account.statement.stance is Stance.DENIES


def _cross(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _victim(text: str, count: Count) -> Part:
    span = count.who_span or count.span
    by = (count.voucher,) if count.voucher else ()
    people = None if count.who is People.PEOPLE else count.who
    return Part(PartRole.VICTIM, span.of(text), span, people=people, by=by)


def _distinct(found: Sequence[Part]) -> list[Part]:
    """One part for each actor, role and standing, by all who say so."""
    out: dict[object, Part] = {}
    for part in found:
        key = (part.role, part.actor or part.text.lower(), part.standing)
        old = out.get(key)
        out[key] = part if old is None else replace(old, by=tuple(dict.fromkeys((*old.by, *part.by))))
    return list(out.values())


def _score(told: Sequence[Account], places: Sequence[Place]) -> float:
    """The probability of its surest telling times that of its surest place."""
    said = max(a.statement.score if a.statement is not None else 1.0 for a in told)
    return round(said * max((p.score for p in places if p.entry is not None), default=1.0), 3)


def _recalled(end: str | None, published: str | None) -> bool:
    if end is None or published is None:
        return False
    return date.fromisoformat(published) - date.fromisoformat(end) > _RECALLED


def _with_blame(scene: Scene, statements: Sequence[Statement], found: Sequence[Incident]) -> list[Incident]:
    """Add those who are blamed: "X blamed Y for Z" makes Y the accused of Z, by X's statement alone."""
    out = list(found)
    about = {span: i for i, incident in reversed(list(enumerate(found))) for span in incident.mentions}
    text = scene.text
    for statement, party in _blamed(scene, statements):
        told = [t.span for s in statement.content.spans for t in triggers(text, s)]
        at = min((about[span] for span in told if span in about), default=None)
        if at is None:
            continue
        accused = Part(
            PartRole.PERPETRATOR, party.span.of(text), party.span, party.actor,
            standing=_accused(statement, text), by=(statement.id,),
        )  # fmt: skip
        out[at] = replace(out[at], parts=tuple(_distinct([*out[at].parts, accused])))
    return out


def _with_claims(scene: Scene, groups: Sequence[Group], found: Sequence[Incident]) -> list[Incident]:
    """Add those who claim an incident, or deny that it was theirs: of their own sentence, or told shortly before."""
    out = list(found)
    last: dict[int, int] = {}  # the incident last told of in each sentence
    for i, group in enumerate(groups):
        last |= {t.account.sentence: i for t in group.tellings}
    for number, sentence in enumerate(scene.sentences):
        for claim in (t for t in triggers(scene.text, sentence) if t.kind.name == "claim"):
            before = [p for p in scene.parties[number] if p.acts and p.span.end <= claim.span.start]
            at = next((last[n] for n in range(number, number - _SHORTLY, -1) if n in last), None)
            if at is None or not before or "accus" in claim.span.of(scene.text).lower():
                continue
            who = before[-1]
            denied = "den" in claim.span.of(scene.text).lower()
            by = tuple(s.id for s in scene.statements[number][:1] if s.stance is not Stance.ASSERTS)
            standing = Standing.DENIED if denied else Standing.CLAIMED
            part = Part(
                PartRole.PERPETRATOR, who.span.of(scene.text), who.span, who.actor, standing=standing, by=by
            )  # fmt: skip
            out[at] = replace(out[at], parts=tuple(_distinct([*out[at].parts, part])))
    return out


def _accused(statement: Statement, text: str) -> Standing:
    if statement.stance is Stance.DENIES:
        return Standing.DENIED
    official = any(side(text, span, "authorities") for span in statement.source.spans)
    return Standing.ACCUSED_BY_AUTHORITIES if official else Standing.ACCUSED


def _blamed(scene: Scene, statements: Sequence[Statement]) -> list[tuple[Statement, Party]]:
    """Who is blamed in each accusation, and in each denial of one: the first party of its content, before "for"."""
    out = []
    for statement in statements:
        if statement.stance not in (Stance.ACCUSES, Stance.DENIES) or not statement.content:
            continue
        first = statement.content.spans[0]
        end = _FOR.search(scene.text, *first)
        head = Span(first.start, end.start() if end else first.end)
        named = [Party(p.span, None) for p in inside(scene.toponyms, [head], scene.sentences)]
        parties = [*inside(scene.parties, [head], scene.sentences), *named]
        party = min(parties, key=lambda p: (p.span.start, -p.span.end), default=None)
        if party is not None and party.span.start - first.start <= _OPENS:
            out.append((statement, party))
    return out
