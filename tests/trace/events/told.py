"""Readings made by hand of reports that each tell of one or more incidents at invented places."""

from __future__ import annotations

from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Certainty,
    Confidence,
    Count,
    Entry,
    Harm,
    Incident,
    IncidentId,
    IncidentType,
    Part,
    PartRole,
    People,
    Place,
    PlaceId,
    PlaceLevel,
    PlacePrecision,
    Published,
    Reading,
    Report,
    ReportId,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Standing,
    Statement,
    StatementId,
    Status,
    passage,
)
from tests.share.examples import READER

TEXT = "It was told at length what happened there and then."
SPOT = Span(0, 2)
WORDS = passage(TEXT, (Span(0, len(TEXT)),))

_TOWNS = {
    "Ostrel": (47.20, 14.31, ("Upper Dale", "Tovia")),
    "Marn": (47.12, 14.22, ("Upper Dale", "Tovia")),
    "Fenwick": (49.06, 16.41, ("Lower Dale", "Tovia")),
}


def town(name: str) -> Place:
    """A settlement that the gazetteer knows."""
    lat, lon, within = _TOWNS[name]
    entry = Entry(name, lat, lon, PlaceLevel.SETTLEMENT, abs(hash(name)) % 10_000, "TV", within)
    return Place(
        PlaceId(f"p-{name}"), SPOT, name, level=PlaceLevel.SETTLEMENT, precision=PlacePrecision.EXACT, entry=entry
    )


def province(name: str) -> Place:
    """A province that the gazetteer knows."""
    entry = Entry(name, 47.1, 14.3, PlaceLevel.PROVINCE, None, "TV", ("Tovia",))
    return Place(
        PlaceId(f"p-{name}"), SPOT, name, level=PlaceLevel.PROVINCE, precision=PlacePrecision.AREA, entry=entry
    )


def unlisted(name: str) -> Place:
    """A village that no gazetteer knows."""
    return Place(PlaceId(f"p-{name}"), SPOT, name)


def count(low: int, high: int | None = None, voucher: str | None = None, harm: Harm = Harm.KILLED) -> Count:
    """A number of people, exact unless told otherwise."""
    return Count(
        SPOT, str(low), low, low if high is None else high, harm, People.PEOPLE,
        voucher=StatementId(voucher) if voucher else None,
    )  # fmt: skip


def report(
    name: str,
    *incidents: Incident,
    day: str | None = "2031-05-04",
    outlet: str | None = None,
    places: tuple[Place, ...] = (),
    speaker: str | None = None,
    denier: str | None = None,
) -> Reading:
    """A reading by an outlet of its own; `speaker` says s1, which may vouch for incidents, and `denier` denies s2."""
    actors, statements = [], []
    for i, (who, stance) in enumerate(((speaker, Stance.SAYS), (denier, Stance.DENIES)), 1):
        if who is not None:
            actors.append(Actor(ActorId(f"a{i}"), who, ActorKind.PERSON, (who,)))
            said = Speaker(SpeakerKind.ACTOR, who, ActorId(f"a{i}"))
            statements.append(Statement(StatementId(f"s{i}"), said, WORDS, stance=stance))
    named = Report(
        ReportId(name), TEXT, outlet=outlet or f"The {name} Courier",
        published=Published(day, "given") if day else None,
    )  # fmt: skip
    known = tuple(
        {p.id: p for p in (*places, *map(town, _TOWNS), province("Upper Dale"), province("Lower Dale"))}.values()
    )
    return Reading(
        named, READER, tuple(actors), tuple(statements), (Span(0, len(TEXT)),), places=known, incidents=incidents
    )


def incident(
    kind: IncidentType = IncidentType.SHELLING,
    where: str | None = "Ostrel",
    day: str | None = "2031-05-03",
    *,
    name: str = "i1",
    end: str | None = None,
    counts: tuple[Count, ...] = (),
    by: str | None = None,
    vouched: bool = False,
    status: Status = Status.HAPPENED,
    certainty: Confidence = Confidence.STATED,
    mode: str | None = None,
) -> Incident:
    """An incident at a town on a day; `by` is a named perpetrator, `vouched` whether it rests on the speaker's s1."""
    vouchers = (StatementId("s1"),) if vouched else ()
    parts = (Part(PartRole.PERPETRATOR, by, SPOT, None, None, Standing.ACCUSED, vouchers),) if by else ()
    return Incident(
        IncidentId(name), kind, status, (SPOT,), mode, start=day, end=end or day,
        places=(PlaceId(f"p-{where}"),) if where else (), parts=parts, counts=counts, vouchers=vouchers,
        certainty=Certainty(certainty),
    )  # fmt: skip
