"""A reading made by hand over an invented text that has every kind of place, time and happening in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Anchor,
    Certainty,
    Confidence,
    Count,
    Entry,
    Forecast,
    ForecastId,
    Form,
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
    PlaceUse,
    Published,
    Reading,
    Region,
    Report,
    ReportId,
    Speaker,
    SpeakerKind,
    Stance,
    Standing,
    Statement,
    StatementId,
    Status,
    Tally,
    TallyId,
    TallyPart,
    Time,
    TimeId,
    TimeKind,
    TimePrecision,
    Whereabouts,
    passage,
)
from tests.share.examples import READER, at, said_by, span

VALLEY = (
    "Shells fell on Ostrel on 3 May, and the mayor of Ostrel, Ruta Hald, said three farmers had been killed. "
    "The clinic in Marn counted at least five dead.\n"
    "A Tovian patrol 12 kilometers north of Marn came under fire on Thursday night near Little Quay, in Upper Dale "
    "province, the Tovian ministry said. Calder accused the Reed Guard; the Guard denied any part in it.\n"
    "In all, nine attacks were counted between March and May in Upper Dale: six in Ostrel and three in Brakkis.\n"
    "The Reed Guard threatened to shell Fenwick within ten days. Hald warned that the bridge at Sollen would be mined "
    "on 20 May and that Marn would be blamed.\n"
    "Brakkis burned once before, in 1987, in the war of 1985 to 1989 between Tovia and Ardmark. Talks in Nordhaven, "
    "overseas, were once planned for the winter."
)


@dataclass(frozen=True, slots=True)
class ATown:
    """A town for context, as a gazetteer gives it."""

    name: str
    lat: float
    lon: float
    population: int = 10_000


TOWNS = (
    ATown("Hollin", 47.15, 14.12),
    ATown("Great Stope", 47.10, 14.50),
    ATown("Ostrel", 47.20, 14.31),
    ATown("Kirn", 47.27, 14.33),
    ATown("Far Away", 12.0, 50.0),
    ATown("Weyford", 47.08, 14.28),
)


def towns(lat: float, lon: float, km: float, limit: int) -> Iterable[ATown]:
    """The invented towns, whatever is asked for."""
    return TOWNS[:limit]


def valley() -> Reading:
    """The reading of the invented report from the valley."""
    text = VALLEY
    report = Report(
        ReportId("r-valley"),
        text,
        title="Shells on Ostrel, and a warning about the bridge",
        outlet="The Dale Courier",
        published=Published("2031-05-06", "metadata"),
        language="en",
    )
    actors = (
        Actor(ActorId("a1"), "Ruta Hald", ActorKind.PERSON, ("Ruta Hald", "Hald"), mentions=(span(text, "Ruta Hald"),)),
        Actor(ActorId("a2"), "Reed Guard", ActorKind.GROUP, ("Reed Guard", "the Guard")),
        Actor(ActorId("a3"), "Tovian ministry", ActorKind.ORGANISATION, ("the Tovian ministry",)),
    )
    return Reading(
        report,
        READER,
        actors,
        _statements(text),
        times=_times(text),
        places=_places(text),
        incidents=_incidents(text),
        tallies=_tallies(text),
        forecasts=_forecasts(text),
    )


def _statements(text: str) -> tuple[Statement, ...]:
    outlet = Speaker(SpeakerKind.OUTLET, "outlet")
    return (
        Statement(
            StatementId("s1"),
            outlet,
            at(text, "Shells fell on Ostrel on 3 May"),
            form=Form.VOICE,
            stance=Stance.ASSERTS,
        ),
        Statement(
            StatementId("s2"),
            said_by("a1", "Ruta Hald"),
            at(text, "three farmers had been killed"),
            at(text, "the mayor of Ostrel, Ruta Hald"),
            at(text, "said"),
        ),
        Statement(
            StatementId("s3"),
            Speaker(SpeakerKind.UNKNOWN, "The clinic in Marn"),
            at(text, "at least five dead"),
            at(text, "The clinic in Marn"),
            at(text, "counted"),
            stance=Stance.CLAIMS,
        ),
        Statement(
            StatementId("s4"),
            said_by("a3", "the Tovian ministry"),
            at(
                text,
                "A Tovian patrol 12 kilometers north of Marn came under fire on Thursday night near Little Quay, "
                "in Upper Dale province",
            ),
            at(text, "the Tovian ministry"),
            passage(text, (span(text, "said", 1),)),
        ),
        Statement(
            StatementId("s5"),
            said_by("a2", "the Guard"),
            at(text, "any part in it"),
            at(text, "the Guard"),
            at(text, "denied"),
            stance=Stance.DENIES,
            certainty=Certainty(Confidence.NEGATED, (span(text, "denied"),)),
        ),
        Statement(
            StatementId("s6"),
            outlet,
            at(text, text.split("\n")[2]),
            form=Form.VOICE,
            stance=Stance.ASSERTS,
        ),
        Statement(
            StatementId("s7"),
            said_by("a2", "The Reed Guard"),
            at(text, "to shell Fenwick within ten days"),
            at(text, "The Reed Guard"),
            at(text, "threatened"),
            stance=Stance.THREATENS,
            about_future=True,
        ),
        Statement(
            StatementId("s8"),
            said_by("a1", "Hald"),
            at(text, "the bridge at Sollen would be mined on 20 May and that Marn would be blamed"),
            passage(text, (span(text, "Hald", 1),)),
            at(text, "warned that"),
            stance=Stance.WARNS,
            about_future=True,
        ),
        Statement(StatementId("s9"), outlet, at(text, text.split("\n")[4]), form=Form.VOICE, stance=Stance.ASSERTS),
    )


def _entry(name: str, lat: float, lon: float, level: PlaceLevel = PlaceLevel.SETTLEMENT) -> Entry:
    return Entry(name, lat, lon, level, within=("Upper Dale", "Tovia"))


def _places(text: str) -> tuple[Place, ...]:
    ostrel = _entry("Ostrel", 47.20, 14.31)
    marn = _entry("Marn", 47.12, 14.22)
    brakkis = _entry("Brakkis", 47.24, 14.48)
    dale = _entry("Upper Dale", 47.17, 14.35, PlaceLevel.PROVINCE)
    exact = PlacePrecision.EXACT
    town = PlaceLevel.SETTLEMENT

    def point(name: str, words: str, nth: int, entry: Entry) -> Place:
        where = span(text, words, nth)
        return Place(PlaceId(name), where, words, level=town, precision=exact, entry=entry, score=0.9)

    quay = span(text, "Little Quay")
    north = span(text, "12 kilometers north of Marn")
    return (
        point("p1", "Ostrel", 0, ostrel),
        point("p2", "Ostrel", 1, ostrel),
        point("p3", "Marn", 0, marn),
        Place(
            PlaceId("p4"), span(text, "Tovian"), "Tovian", PlaceUse.DEMONYM, PlaceLevel.COUNTRY, PlacePrecision.COUNTRY
        ),
        Place(
            PlaceId("p5"),
            north,
            "12 kilometers north of Marn",
            level=PlaceLevel.UNKNOWN,
            precision=PlacePrecision.NEAR,
            entry=marn,
            whereabouts=Whereabouts(
                "distance", (PlaceId("p3"),), span(text, "12 kilometers north of"), bearing=0.0, distance=12.0
            ),
            region=Region(47.228, 14.22, 4.0),
            score=0.7,
            why=("a distance and a direction from Marn",),
        ),
        Place(
            PlaceId("p6"),
            quay,
            "Little Quay",
            level=PlaceLevel.SETTLEMENT,
            within=(PlaceId("p7"),),
            why=("not listed",),
        ),
        Place(
            PlaceId("p7"),
            span(text, "Upper Dale province"),
            "Upper Dale province",
            level=PlaceLevel.PROVINCE,
            precision=PlacePrecision.AREA,
            entry=dale,
            region=Region(47.17, 14.35, 24.0),
            score=0.8,
        ),
        Place(
            PlaceId("p8"),
            span(text, "Calder"),
            "Calder",
            PlaceUse.METONYM,
            PlaceLevel.SETTLEMENT,
            PlacePrecision.EXACT,
            _entry("Calder", 47.5, 15.0),
            score=0.6,
        ),
        point("p9", "Ostrel", 2, ostrel),
        point("p10", "Brakkis", 0, brakkis),
        point("p11", "Fenwick", 0, _entry("Fenwick", 47.06, 14.41)),
        point("p12", "Sollen", 0, _entry("Sollen", 47.205, 14.33)),
        point("p13", "Brakkis", 1, brakkis),
        Place(
            PlaceId("p14"),
            span(text, "Tovia and"),
            "Tovia",
            level=PlaceLevel.COUNTRY,
            precision=PlacePrecision.COUNTRY,
            entry=_entry("Tovia", 47.13, 14.5, PlaceLevel.COUNTRY),
            score=0.9,
        ),
        Place(
            PlaceId("p15"),
            span(text, "Ardmark"),
            "Ardmark",
            level=PlaceLevel.COUNTRY,
            precision=PlacePrecision.COUNTRY,
            entry=_entry("Ardmark", 49.0, 10.0, PlaceLevel.COUNTRY),
        ),
        point("p16", "Nordhaven", 0, _entry("Nordhaven", 41.0, -72.0)),
    )


def _times(text: str) -> tuple[Time, ...]:
    day, month = TimePrecision.DAY, TimePrecision.MONTH
    date = TimeKind.DATE
    published = Anchor.PUBLISHED
    return (
        _time(text, "t1", "3 May", date, "2031-05-03", "2031-05-03", day, published),
        Time(
            TimeId("t2"),
            span(text, "Thursday night"),
            "Thursday night",
            TimeKind.TIME,
            "2031-05-01TNI",
            "2031-05-01",
            "2031-05-01",
            TimePrecision.DAY_PART,
            published,
            basis="metadata",
            clock="TNI",
            zone="local",
            flags=("the week is not said",),
        ),
        _time(text, "t3", "between March and May", TimeKind.DURATION, "2031-03-01", "2031-05-31", month, published),
        _time(text, "t4", "within ten days", date, "2031-05-06", "2031-05-16", TimePrecision.PERIOD, published),
        _time(text, "t5", "20 May", date, "2031-05-20", "2031-05-20", day, published),
        _time(text, "t6", "1987", date, "1987-01-01", "1987-12-31", TimePrecision.YEAR, Anchor.ABSOLUTE),
        _time(
            text,
            "t7",
            "1985 to 1989",
            TimeKind.DURATION,
            "1985-01-01",
            "1989-12-31",
            TimePrecision.PERIOD,
            Anchor.ABSOLUTE,
        ),
        Time(TimeId("t8"), span(text, "once planned"), "once planned", date, "PAST_REF"),
    )


def _time(
    text: str, name: str, words: str, kind: TimeKind, start: str, end: str, precision: TimePrecision, anchor: Anchor
) -> Time:
    return Time(TimeId(name), span(text, words), words, kind, start, start, end, precision, anchor)


def _incidents(text: str) -> tuple[Incident, ...]:
    return (
        Incident(
            IncidentId("e1"),
            IncidentType.SHELLING,
            Status.HAPPENED,
            (span(text, "Shells fell"),),
            times=(TimeId("t1"),),
            start="2031-05-03",
            end="2031-05-03",
            places=(PlaceId("p1"),),
            counts=(
                Count(
                    span(text, "three"),
                    "three farmers",
                    3,
                    3,
                    Harm.KILLED,
                    People.CIVILIANS,
                    span(text, "farmers"),
                    span(text, "killed"),
                    StatementId("s2"),
                ),
                Count(
                    span(text, "at least five"),
                    "at least five dead",
                    5,
                    None,
                    Harm.KILLED,
                    People.CIVILIANS,
                    None,
                    span(text, "dead"),
                    StatementId("s3"),
                ),
            ),
            parts=(Part(PartRole.VICTIM, "three farmers", span(text, "three farmers"), by=(StatementId("s2"),)),),
            score=0.88,
        ),
        Incident(
            IncidentId("e2"),
            IncidentType.ATTACK,
            Status.ALLEGED,
            (span(text, "came under fire"), span(text, "in it")),
            times=(TimeId("t2"),),
            start="2031-05-01",
            end="2031-05-02",
            places=(PlaceId("p5"), PlaceId("p6")),
            parts=(
                Part(
                    PartRole.PERPETRATOR,
                    "the Reed Guard",
                    span(text, "the Reed Guard"),
                    ActorId("a2"),
                    standing=Standing.ACCUSED,
                ),
                Part(
                    PartRole.PERPETRATOR,
                    "the Guard",
                    span(text, "the Guard"),
                    ActorId("a2"),
                    standing=Standing.DENIED,
                    by=(StatementId("s5"),),
                ),
                Part(PartRole.TARGET, "A Tovian patrol", span(text, "A Tovian patrol"), people=People.SOLDIERS),
            ),
            vouchers=(StatementId("s4"),),
            certainty=Certainty(Confidence.HEDGED, (span(text, "accused"),)),
        ),
        Incident(
            IncidentId("e3"),
            IncidentType.SHELLING,
            Status.THREATENED,
            (span(text, "shell Fenwick"),),
            times=(TimeId("t4"),),
            start="2031-05-06",
            end="2031-05-16",
            places=(PlaceId("p11"),),
            parts=(Part(PartRole.PERPETRATOR, "The Reed Guard", span(text, "The Reed Guard"), ActorId("a2")),),
            vouchers=(StatementId("s7"),),
        ),
        Incident(
            IncidentId("e4"),
            IncidentType.LOOTING,
            Status.HAPPENED,
            (span(text, "burned"),),
            times=(TimeId("t6"),),
            start="1987-01-01",
            end="1987-12-31",
            places=(PlaceId("p13"),),
            background=True,
        ),
    )


def _tallies(text: str) -> tuple[Tally, ...]:
    return (
        Tally(
            TallyId("y1"),
            IncidentType.ATTACK,
            span(text, "nine attacks"),
            "nine attacks",
            9,
            9,
            (
                TallyPart(6, 6, "six in Ostrel", span(text, "six in Ostrel"), (PlaceId("p9"),)),
                TallyPart(3, 3, "three in Brakkis", span(text, "three in Brakkis"), (PlaceId("p10"),)),
            ),
            True,
            TimeId("t3"),
            (PlaceId("p7"),),
            vouchers=(StatementId("s6"),),
        ),
    )


def _forecasts(text: str) -> tuple[Forecast, ...]:
    return (
        Forecast(
            ForecastId("f1"),
            Stance.WARNS,
            at(text, "the bridge at Sollen would be mined on 20 May"),
            StatementId("s8"),
            IncidentType.REMOTE_EXPLOSIVE,
            (PlaceId("p12"),),
            (TimeId("t5"),),
            (Part(PartRole.PERPETRATOR, "Marn", span(text, "Marn", 2), standing=Standing.ACCUSED),),
        ),
    )
