"""The words Sayso thinks in, as frozen types. Read this file first; everything else makes or shows these.

Offsets are Unicode code points of the report's text, in logical order; every span is half open.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NewType

ReportId = NewType("ReportId", str)
ActorId = NewType("ActorId", str)
StatementId = NewType("StatementId", str)
TimeId = NewType("TimeId", str)
PlaceId = NewType("PlaceId", str)
IncidentId = NewType("IncidentId", str)
TallyId = NewType("TallyId", str)
ForecastId = NewType("ForecastId", str)


class Span(NamedTuple):
    """Code points `start` up to, not including, `end` of a report's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words this span points at."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report in one or more pieces: the spans in order, and their text joined by " … "."""

    spans: tuple[Span, ...] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.spans)


def passage(text: str, spans: tuple[Span, ...]) -> Passage:
    """The passage that these spans of `text` make."""
    return Passage(spans, " … ".join(span.of(text) for span in spans))


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published.

    `value` is an ISO 8601 date or date-time as precise as the basis allows, `basis` says where it was read
    ("given", "metadata", "json line", "front matter", …) and `zone` is the time zone as written, if one was.
    """

    value: str
    basis: str
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One text published by one outlet at one time at one address.

    `flags` are warnings about the input in words a person understands ("text repaired: …"). `origin` is where
    it was gathered: a path, "-" for standard input, `path:line` for JSON Lines.
    """

    id: ReportId
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: Published | None = None
    url: str | None = None
    language: str | None = None
    flags: tuple[str, ...] = ()
    origin: str = ""


def text_digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hex digits; a lone surrogate counts as its three-byte form."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report_id(text: str, url: str | None = None) -> ReportId:
    """The id of a report that brings none of its own: from its address and text, so that it is stable."""
    return ReportId("r-" + text_digest(f"{url or ''}\n{text}")[:16])


class Form(StrEnum):
    """How a statement is put: in quotation marks, in the report's words, in both, or as the outlet's own voice."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    VOICE = "voice"


class Stance(StrEnum):
    """What the speaker does with the content."""

    SAYS = "says"
    ASSERTS = "asserts"
    CLAIMS = "claims"
    ACCUSES = "accuses"
    DENIES = "denies"
    CONFIRMS = "confirms"
    WARNS = "warns"
    PLANS = "plans"
    THREATENS = "threatens"
    PROMISES = "promises"
    DEMANDS = "demands"
    BELIEVES = "believes"
    ASKS = "asks"


class Confidence(StrEnum):
    """How firmly a content is put."""

    STATED = "stated"
    HEDGED = "hedged"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class Certainty:
    """How firmly a content is put, with the words that show it."""

    value: Confidence = Confidence.STATED
    spans: tuple[Span, ...] = ()


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    STATE = "state"
    PLACE = "place"
    OFFICE = "office"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Role:
    """A title or office as written ("Deputy head of the ministry"), also when garbled."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Label:
    """Words that brand an actor. `by` is the id of the statement whose words they are, or "outlet"."""

    text: str
    span: Span
    by: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, group, state or office, with everything the report calls it.

    `name` is the fullest name; `names` are all of them, in order of appearance. `mentions` are every span
    that names or points to the actor, pronouns and nominals included.
    """

    id: ActorId
    name: str
    kind: ActorKind
    names: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    mentions: tuple[Span, ...] = ()
    labels: tuple[Label, ...] = ()


class SpeakerKind(StrEnum):
    """Who a speaker is: an actor of the report, the outlet itself, or not known."""

    ACTOR = "actor"
    OUTLET = "outlet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who makes a statement. `candidates` are the actors it may be where it could not be resolved."""

    kind: SpeakerKind
    text: str
    actor: ActorId | None = None
    candidates: tuple[ActorId, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: on whose word the step before rests.

    `span` holds the words that say so; `by` is "text" when they name the voucher, or the rule that concluded it.
    An unnamed voucher has no actor, and `text` says what is known of it ("received information").
    """

    text: str
    actor: ActorId | None = None
    span: Span | None = None
    by: str = "text"


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said, with who says it and on whose word.

    `chain` runs from the nearest voucher to the origin; the outlet itself is implied. `score` is the
    reader's own probability that this is a statement with these spans, between 0 and 1.
    """

    id: StatementId
    speaker: Speaker
    content: Passage
    source: Passage = Passage()
    cue: Passage = Passage()
    parent: StatementId | None = None
    form: Form = Form.INDIRECT
    stance: Stance = Stance.SAYS
    certainty: Certainty = Certainty()
    about_future: bool = False
    chain: tuple[Link, ...] = ()
    score: float = 1.0


class TimeKind(StrEnum):
    """What kind of time an expression names: the four types of TIMEX3 (TimeML 1.2.1)."""

    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    SET = "set"


class TimePrecision(StrEnum):
    """How finely an expression tells the time; `UNKNOWN` where it cannot be placed in the calendar."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY_PART = "day part"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    PERIOD = "period"
    UNKNOWN = "unknown"


class Anchor(StrEnum):
    """What an expression was counted from; absolute ones from nothing, narrative ones from a date named in the text."""

    ABSOLUTE = "absolute"
    DATELINE = "dateline"
    PUBLISHED = "published"
    NARRATIVE = "narrative"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and the calendar interval it names.

    `start` and `end` are the first and the last day as ISO dates (both included; an unknown or open side is None);
    `clock` is the time of day as written in ISO form ("T14:30", "TMO"), with its `zone` as written. `value` and
    `mod` are those of TIMEX3. `anchor_span` is the date in the text it was counted from, where there is one, and
    `basis` the basis of the publication date, where that is the anchor. `flags` are warnings in plain words
    ("conflicts with the publication date").
    """

    id: TimeId
    span: Span
    text: str
    kind: TimeKind
    value: str
    start: str | None = None
    end: str | None = None
    precision: TimePrecision = TimePrecision.UNKNOWN
    anchor: Anchor = Anchor.UNRESOLVED
    anchor_span: Span | None = None
    basis: str | None = None
    mod: str | None = None
    clock: str | None = None
    zone: str | None = None
    flags: tuple[str, ...] = ()


class PlaceLevel(StrEnum):
    """What a place is, from the gazetteer's feature or from the words around it."""

    SETTLEMENT = "settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    REGION = "region"
    FEATURE = "feature"
    FACILITY = "facility"
    UNKNOWN = "unknown"


class PlaceUse(StrEnum):
    """How the text uses the name: for the place, for its people or state as an adjective, or for its government."""

    PLACE = "place"
    DEMONYM = "demonym"
    METONYM = "metonym"


class PlacePrecision(StrEnum):
    """How closely a place is known: the spot itself, near one, an area, a country, or only what it is within."""

    EXACT = "exact"
    NEAR = "near"
    AREA = "area"
    COUNTRY = "country"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Entry:
    """The gazetteer entry a place was resolved to. `within` runs from the nearest division to the country."""

    name: str
    lat: float
    lon: float
    level: PlaceLevel
    geonames: int | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How a place lies to others: "10 kilometers northeast of", "near", "between", "the southern part of".

    `kind` is distance, direction, near, between or part; `bearing` is in degrees clockwise from north as seen from
    the first anchor, `distance` in kilometres, `span` the words that say so.
    """

    kind: str
    anchors: tuple[PlaceId, ...]
    span: Span
    bearing: float | None = None
    distance: float | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """Where a place may lie: a circle around a point. `radius` is in kilometres."""

    lat: float
    lon: float
    radius: float


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a place, and what a gazetteer and the words around it say of where it is.

    A place that no gazetteer knows has no `entry`; `within` then names what the text puts it in ("Idlib province").
    `score` is the resolver's own probability of the entry; `why` its reasons in plain words.
    """

    id: PlaceId
    span: Span
    text: str
    use: PlaceUse = PlaceUse.PLACE
    level: PlaceLevel = PlaceLevel.UNKNOWN
    precision: PlacePrecision = PlacePrecision.UNRESOLVED
    entry: Entry | None = None
    within: tuple[PlaceId, ...] = ()
    whereabouts: Whereabouts | None = None
    region: Region | None = None
    score: float = 0.0
    why: tuple[str, ...] = ()


class Harm(StrEnum):
    """What happened to counted people."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    ABDUCTED = "abducted"
    ARRESTED = "arrested"
    DISPLACED = "displaced"
    FREED = "freed"
    UNHARMED = "unharmed"


class People(StrEnum):
    """The class of counted people, as the text words it."""

    PEOPLE = "people"
    CIVILIANS = "civilians"
    CHILDREN = "children"
    WOMEN = "women"
    MEN = "men"
    SOLDIERS = "soldiers"
    POLICE = "police"
    FIGHTERS = "fighters"
    OFFICIALS = "officials"
    JOURNALISTS = "journalists"
    MEDICS = "medics"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people and what happened to them, as a range with the words that give it.

    `low` and `high` are the least and the most the words allow (`high` None: no upper bound); `span` holds the
    number words, `who_span` the people, `harm_span` the words for what happened. `voucher` is the statement whose
    content gives the count; None is the outlet's own voice.
    """

    span: Span
    text: str
    low: int
    high: int | None
    harm: Harm
    who: People = People.PEOPLE
    who_span: Span | None = None
    harm_span: Span | None = None
    voucher: StatementId | None = None


class IncidentType(StrEnum):
    """The 25 sub-event types of ACLED, and OTHER for what is no conflict event."""

    ARMED_CLASH = "Armed clash"
    GOVERNMENT_REGAINS = "Government regains territory"
    NON_STATE_OVERTAKES = "Non-state actor overtakes territory"
    CHEMICAL_WEAPON = "Chemical weapon"
    AIR_STRIKE = "Air/drone strike"
    SUICIDE_BOMB = "Suicide bomb"
    SHELLING = "Shelling/artillery/missile attack"
    REMOTE_EXPLOSIVE = "Remote explosive/landmine/IED"
    GRENADE = "Grenade"
    SEXUAL_VIOLENCE = "Sexual violence"
    ATTACK = "Attack"
    ABDUCTION = "Abduction/forced disappearance"
    PEACEFUL_PROTEST = "Peaceful protest"
    PROTEST_INTERVENTION = "Protest with intervention"
    EXCESSIVE_FORCE = "Excessive force against protesters"
    VIOLENT_DEMONSTRATION = "Violent demonstration"
    MOB_VIOLENCE = "Mob violence"
    AGREEMENT = "Agreement"
    ARRESTS = "Arrests"
    CHANGE_TO_GROUP = "Change to group/activity"
    DISRUPTED_WEAPONS = "Disrupted weapons use"
    HEADQUARTERS = "Headquarters or base established"
    LOOTING = "Looting/property destruction"
    TRANSFER = "Non-violent transfer of territory"
    OTHER_STRATEGIC = "Other strategic"
    OTHER = "Other"


class Status(StrEnum):
    """How far an incident got, as told."""

    HAPPENED = "happened"
    ATTEMPTED = "attempted"
    THREATENED = "threatened"
    PLANNED = "planned"
    ALLEGED = "alleged"


class PartRole(StrEnum):
    """What an actor is in an incident."""

    PERPETRATOR = "perpetrator"
    TARGET = "target"
    VICTIM = "victim"


class Standing(StrEnum):
    """How surely an actor is tied to an incident, and by whom: the confidence slot of MUC-4, with denials."""

    FACT = "fact"
    ACCUSED = "accused"
    ACCUSED_BY_AUTHORITIES = "accused by authorities"
    CLAIMED = "claimed"
    POSSIBLE = "possible"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Part:
    """An actor's part in an incident, as the words give it. `by` are the statements that say so; none is the outlet."""

    role: PartRole
    text: str
    span: Span
    actor: ActorId | None = None
    people: People | None = None
    standing: Standing = Standing.FACT
    by: tuple[StatementId, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """One report's account of something that happened, was tried, threatened, planned or alleged.

    `mentions` are the words that name it, first mention first; `mode` is its PLOVER mode. `start` and `end` are the
    days it may have happened on (ISO, both included). `vouchers` are the statements that tell of it; none is the
    outlet's own voice. `background` marks what the report only recalls. `score` is the reader's own
    probability of the statement that tells of it, times that of its place.
    """

    id: IncidentId
    type: IncidentType
    status: Status
    mentions: tuple[Span, ...]
    mode: str | None = None
    times: tuple[TimeId, ...] = ()
    start: str | None = None
    end: str | None = None
    places: tuple[PlaceId, ...] = ()
    parts: tuple[Part, ...] = ()
    weapons: tuple[Span, ...] = ()
    counts: tuple[Count, ...] = ()
    damage: tuple[Span, ...] = ()
    vouchers: tuple[StatementId, ...] = ()
    certainty: Certainty = Certainty()
    background: bool = False
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class TallyPart:
    """An "of which" of a tally: its number, its words, and the places it is about."""

    low: int
    high: int | None
    text: str
    span: Span
    places: tuple[PlaceId, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """A counted set of incidents over a period and a zone: neither one incident nor so many.

    `sums` says whether the parts add up to the whole; None where there are none, or they do not claim to.
    """

    id: TallyId
    type: IncidentType
    span: Span
    text: str
    low: int
    high: int | None
    parts: tuple[TallyPart, ...] = ()
    sums: bool | None = None
    time: TimeId | None = None
    places: tuple[PlaceId, ...] = ()
    by: tuple[Part, ...] = ()
    vouchers: tuple[StatementId, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """A statement about what is to come: a warning, plan, threat, promise or prediction; never a thing that happened.

    `statement` makes it (None: the outlet); `what` is the incident foretold where it is of a known type; `blamed` are
    those said to be about to do it, or to be blamed for it.
    """

    id: ForecastId
    stance: Stance
    content: Passage
    statement: StatementId | None = None
    type: IncidentType = IncidentType.OTHER
    places: tuple[PlaceId, ...] = ()
    times: tuple[TimeId, ...] = ()
    blamed: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class ReaderVersion:
    """What made a reading: the reader's name, its version, and the fingerprint of its weights."""

    name: str
    version: str
    weights: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader version found in one report.

    Every sentence of the body belongs to a statement; `boilerplate` sentences (bylines, share lines) to nobody.
    """

    report: Report
    reader: ReaderVersion
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    sentences: tuple[Span, ...] = ()
    boilerplate: tuple[Span, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    incidents: tuple[Incident, ...] = ()
    tallies: tuple[Tally, ...] = ()
    forecasts: tuple[Forecast, ...] = ()

    def actor(self, actor: ActorId | None) -> Actor | None:
        """The actor with this id."""
        return next((item for item in self.actors if item.id == actor), None)

    def statement(self, statement: StatementId | None) -> Statement | None:
        """The statement with this id."""
        return next((item for item in self.statements if item.id == statement), None)
