"""A reading made by hand over an invented report: rival counts, an attempt, a tally, a forecast, a lost place."""

from __future__ import annotations

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
    Link,
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
    Span,
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
)
from tests.share.examples import OUTLET, READER, at, said_by, span

FERRY = (
    "Shells struck the fish market of Vell on Tuesday, reportedly killing at least 12 people, Captain Orla Brandt "
    "said. The harbour office put the dead at four civilians and a policeman.\n"
    "Brandt blamed the Reed Guard for the shelling. \u201cWe fired nothing,\u201d spokesman Ivo Lenz said.\n"
    "On Sunday gunmen with pistols tried to blow up a ferry near Tarn, 10 kilometers north of Vell; two police "
    "officers were injured and a pier was wrecked.\n"
    "The harbour office recorded 23 shellings by Reed Guard crews in Norland province in the past week, of which 11 "
    "in Vell and nine in Oldmoor.\n"
    "Brandt warned that Kesselish crews are preparing to seize hostages in Kessel on Friday.\n"
    "The king of Norway asked both sides to talk."
)
_NORWAY = ("Norland", "Norway")


def ferry() -> Reading:
    """Two incidents, the first with rival counts and a denial; a tally whose parts fall short; a forecast."""
    text = FERRY
    report = Report(
        ReportId("r-ferry"),
        text,
        title="Twelve said dead in the market of Vell",
        outlet="The Vell Lantern",
        published=Published("2021-03-09T18:30+02:00", "metadata", "+02:00"),
        url="https://lantern.example/ferry",
        language="en",
        origin="ferry.html",
    )
    lines = text.split("\n")
    ends = [sum(len(line) + 1 for line in lines[:place]) for place in range(len(lines))]
    sentences = tuple(Span(start, start + len(line)) for start, line in zip(ends, lines, strict=True))
    return Reading(
        report,
        READER,
        _actors(text),
        _statements(text),
        sentences,
        times=_times(text),
        places=_places(text),
        incidents=_incidents(text),
        tallies=(_tally(text),),
        forecasts=(_forecast(text),),
    )


def _actors(text: str) -> tuple[Actor, ...]:
    names = {
        "a1": ("Orla Brandt", ActorKind.PERSON),
        "a2": ("harbour office", ActorKind.ORGANISATION),
        "a3": ("Reed Guard", ActorKind.GROUP),
        "a4": ("Ivo Lenz", ActorKind.PERSON),
    }
    return tuple(
        Actor(ActorId(key), name, kind, (name,), mentions=(span(text, name),)) for key, (name, kind) in names.items()
    )


def _statements(text: str) -> tuple[Statement, ...]:
    return (
        Statement(
            StatementId("s1"),
            said_by("a1", "Orla Brandt"),
            at(text, "Shells struck the fish market of Vell on Tuesday, reportedly killing at least 12 people"),
            at(text, "Captain Orla Brandt"),
            at(text, "said"),
            chain=(Link("Orla Brandt", ActorId("a1"), span(text, "Captain Orla Brandt")),),
        ),
        Statement(
            StatementId("s2"),
            said_by("a2", "The harbour office"),
            at(text, "the dead at four civilians and a policeman"),
            at(text, "The harbour office"),
            at(text, "put"),
        ),
        Statement(
            StatementId("s3"),
            said_by("a1", "Brandt"),
            at(text, "the Reed Guard for the shelling"),
            at(text, "Brandt blamed"),
            at(text, "blamed"),
            stance=Stance.ACCUSES,
        ),
        Statement(
            StatementId("s4"),
            said_by("a4", "spokesman Ivo Lenz"),
            at(text, "We fired nothing,"),
            at(text, "spokesman Ivo Lenz"),
            form=Form.DIRECT,
            stance=Stance.DENIES,
        ),
        Statement(
            StatementId("s5"),
            OUTLET,
            at(text, text.split("\n")[2]),
            form=Form.VOICE,
            stance=Stance.ASSERTS,
        ),
        Statement(
            StatementId("s6"),
            said_by("a2", "The harbour office"),
            at(text, text.split("\n")[3].partition("recorded ")[2]),
            stance=Stance.SAYS,
        ),
        Statement(
            StatementId("s7"),
            Speaker(SpeakerKind.ACTOR, "Brandt", ActorId("a1")),
            at(text, "Kesselish crews are preparing to seize hostages in Kessel on Friday"),
            stance=Stance.WARNS,
            about_future=True,
        ),
    )


def _times(text: str) -> tuple[Time, ...]:
    def day(key: str, words: str, value: str) -> Time:
        return Time(
            TimeId(key), span(text, words), words, TimeKind.DATE, value, value, value,
            TimePrecision.DAY, Anchor.PUBLISHED, basis="metadata",
        )  # fmt: skip

    week = Time(
        TimeId("t3"), span(text, "the past week"), "the past week", TimeKind.DURATION, "P1W", "2021-03-02",
        "2021-03-09", TimePrecision.PERIOD, Anchor.PUBLISHED, mod="APPROX", basis="metadata",
        flags=("counted back from the publication",),
    )  # fmt: skip
    return (
        day("t1", "Tuesday", "2021-03-09"),
        day("t2", "Sunday", "2021-03-07"),
        week,
        day("t4", "Friday", "2021-03-12"),
    )


def _places(text: str) -> tuple[Place, ...]:
    vell = Entry("Vell", 65.25, 12.5, PlaceLevel.SETTLEMENT, 900001, "NO", _NORWAY)
    exact = PlacePrecision.EXACT
    return (
        Place(
            PlaceId("p1"), span(text, "Vell"), "Vell", level=PlaceLevel.SETTLEMENT, precision=exact, entry=vell,
            score=0.97, why=("the only Vell", "in the report's province"),
        ),
        Place(
            PlaceId("p2"), span(text, "Tarn"), "Tarn", level=PlaceLevel.SETTLEMENT, precision=PlacePrecision.NEAR,
            whereabouts=Whereabouts(
                "distance", (PlaceId("p1"),), span(text, "10 kilometers north of"), bearing=0.0, distance=10.0
            ),
            region=Region(65.34, 12.5, 3.0), score=0.5,
        ),
        Place(
            PlaceId("p3"), span(text, "Norland province"), "Norland province", level=PlaceLevel.PROVINCE,
            precision=PlacePrecision.AREA, region=Region(65.0, 13.0, 120.0), score=0.9,
            entry=Entry("Norland", 65.0, 13.0, PlaceLevel.PROVINCE, 900002, "NO", ("Norway",)),
        ),
        Place(
            PlaceId("p4"), span(text, "Vell", 2), "Vell", level=PlaceLevel.SETTLEMENT, precision=exact, entry=vell,
            score=0.97,
        ),
        Place(PlaceId("p5"), span(text, "Oldmoor"), "Oldmoor", within=(PlaceId("p3"),)),
        Place(PlaceId("p6"), span(text, "Kesselish"), "Kesselish", use=PlaceUse.DEMONYM),
        Place(PlaceId("p7"), span(text, "Kessel", 1), "Kessel"),
    )  # fmt: skip


def _incidents(text: str) -> tuple[Incident, ...]:
    s1, s2, s3, s4 = (StatementId(f"s{number}") for number in range(1, 5))
    shelling = Incident(
        IncidentId("i1"),
        IncidentType.SHELLING,
        Status.HAPPENED,
        (span(text, "Shells struck"), span(text, "the shelling")),
        mode="heavy-weapons",
        times=(TimeId("t1"),),
        start="2021-03-09",
        end="2021-03-09",
        places=(PlaceId("p1"),),
        parts=(
            Part(
                PartRole.PERPETRATOR, "the Reed Guard", span(text, "the Reed Guard"), ActorId("a3"),
                standing=Standing.ACCUSED, by=(s3,),
            ),
            Part(
                PartRole.PERPETRATOR, "We", span(text, "We"), ActorId("a3"), standing=Standing.DENIED, by=(s4,),
            ),
            Part(PartRole.TARGET, "the fish market", span(text, "the fish market")),
            Part(
                PartRole.VICTIM, "four civilians", span(text, "four civilians"), people=People.CIVILIANS, by=(s2,),
            ),
        ),
        counts=(
            Count(
                span(text, "at least 12"), "at least 12", 12, None, Harm.KILLED, who_span=span(text, "people"),
                harm_span=span(text, "killing"), voucher=s1,
            ),
            Count(
                span(text, "four"), "four", 4, 4, Harm.KILLED, People.CIVILIANS, span(text, "civilians"),
                span(text, "the dead"), s2,
            ),
            Count(
                span(text, "a policeman"), "a policeman", 1, 1, Harm.KILLED, People.POLICE, span(text, "policeman"),
                span(text, "the dead"), s2,
            ),
        ),
        weapons=(span(text, "Shells"),),
        vouchers=(s1, s3),
        certainty=Certainty(Confidence.HEDGED, (span(text, "reportedly"),)),
        score=0.93456,
    )  # fmt: skip
    bombing = Incident(
        IncidentId("i2"),
        IncidentType.REMOTE_EXPLOSIVE,
        Status.ATTEMPTED,
        (span(text, "tried to blow up"),),
        times=(TimeId("t2"),),
        start="2021-03-07",
        end="2021-03-07",
        places=(PlaceId("p2"),),
        parts=(
            Part(PartRole.PERPETRATOR, "gunmen", span(text, "gunmen"), people=People.FIGHTERS),
            Part(PartRole.TARGET, "a ferry", span(text, "a ferry")),
            Part(PartRole.VICTIM, "two police officers", span(text, "two police officers"), people=People.POLICE),
        ),
        weapons=(span(text, "pistols"),),
        counts=(
            Count(
                span(text, "two"), "two", 2, 2, Harm.INJURED, People.POLICE, span(text, "police officers"),
                span(text, "injured"),
            ),
        ),
        damage=(span(text, "a pier was wrecked"),),
    )  # fmt: skip
    return shelling, bombing


def _tally(text: str) -> Tally:
    return Tally(
        TallyId("y1"),
        IncidentType.SHELLING,
        span(text, "23 shellings"),
        "23 shellings",
        23,
        23,
        (
            TallyPart(11, 11, "11 in Vell", span(text, "11 in Vell"), (PlaceId("p4"),)),
            TallyPart(9, 9, "nine in Oldmoor", span(text, "nine in Oldmoor"), (PlaceId("p5"),)),
        ),
        sums=False,
        time=TimeId("t3"),
        places=(PlaceId("p3"),),
        by=(Part(PartRole.PERPETRATOR, "Reed Guard crews", span(text, "Reed Guard crews"), ActorId("a3")),),
        vouchers=(StatementId("s6"),),
    )


def _forecast(text: str) -> Forecast:
    return Forecast(
        ForecastId("f1"),
        Stance.WARNS,
        at(text, "Kesselish crews are preparing to seize hostages in Kessel on Friday"),
        StatementId("s7"),
        IncidentType.ABDUCTION,
        (PlaceId("p7"),),
        (TimeId("t4"),),
        (
            Part(
                PartRole.PERPETRATOR,
                "Kesselish crews",
                span(text, "Kesselish crews"),
                standing=Standing.ACCUSED,
                by=(StatementId("s7"),),
            ),
        ),
    )
