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
    ORGANISATION = "organisation"  # the one behind those who did it
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
    """An actor's part in an incident, as the words give it. `by` are the statements that say so; none is the outlet.

    `harm` is what became of a victim. `score` is the reader's own probability of the part; None where it follows from
    the grammar of a sentence.
    """

    role: PartRole
    text: str
    span: Span
    actor: ActorId | None = None
    people: People | None = None
    standing: Standing = Standing.FACT
    by: tuple[StatementId, ...] = ()
    harm: Harm | None = None
    score: float | None = None


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


KnownActorId = NewType("KnownActorId", str)
JoinId = NewType("JoinId", str)
VoiceId = NewType("VoiceId", str)
EventId = NewType("EventId", str)


class ActorRef(NamedTuple):
    """One actor of one report."""

    report: ReportId
    actor: ActorId


class JoinRule(StrEnum):
    """Why two names, or a report's actor and a name, are taken for one actor across reports."""

    SAME_NAME = "same name"
    ALSO_CALLED = "also called"
    FULLER_NAME = "fuller name"
    TRANSLITERATION = "transliteration"
    ACRONYM = "acronym"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Join:
    """One step by which names, or a report's actor and a name, become one actor; leaving it out takes them apart.

    `one` and `other` are keys of names ("person:ilse maran") or of a report's actor ("report r-1, actor a2"). A join
    that is not `made` is a suggestion: its score is too low, or it could as well be made with another name.
    """

    id: JoinId
    one: str
    other: str
    rule: JoinRule
    score: float
    reasons: tuple[str, ...]
    made: bool = True


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor across reports: its names, fullest first, who it is in reports, and the joins that say so.

    `count` is how many actors of reports it is; where they are many, `members` and `joins` name only the first of them.
    """

    id: KnownActorId
    name: str
    kind: ActorKind
    names: tuple[str, ...]
    members: tuple[ActorRef, ...]
    joins: tuple[JoinId, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Labelling:
    """One use of a label: who called whom what, and where. `by` is the speaker whose word it is; None is the outlet."""

    actor: KnownActorId
    text: str
    outlet: str | None
    report: ReportId
    span: Span
    by: str | None = None


class VoiceKind(StrEnum):
    """What stands at the end of a chain: somebody named, an outlet on its own word, or somebody nobody names."""

    ACTOR = "actor"
    OUTLET = "outlet"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A report that carries a claim or event, by a statement (None: in its own voice), and why it is whose voice."""

    report: ReportId
    outlet: str | None
    statement: StatementId | None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """An origin counted once, however many reports carry it. `through` names who rests on an unnamed origin."""

    id: VoiceId
    kind: VoiceKind
    name: str
    carriers: tuple[Carrier, ...]
    actor: KnownActorId | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True)
class Voices:
    """How many voices stand behind something. `unknown` are carriers whose speaker nobody could tell: never counted."""

    reports: int
    outlets: int
    voices: tuple[Voice, ...] = ()
    unknown: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """An incident of a report, as a member of an event."""

    report: ReportId
    incident: IncidentId
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a field of an event, and the incidents that give it."""

    value: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class TollVersion:
    """A number of people by one source: its range, the report that gives it, and the statement that vouches for it."""

    low: int
    high: int | None
    text: str
    telling: Telling
    voucher: StatementId | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people came to one harm, by source. `low` and `high` are the lowest and highest of all versions.

    `high` is None where a source sets no upper bound and none gives a higher number than its lower one.
    """

    harm: Harm
    who: People
    low: int
    high: int | None
    versions: tuple[TollVersion, ...]


class Grade(StrEnum):
    """How an event is vouched for. None of them says that it is true, and none is "confirmed"."""

    FAIR = "fair"
    SINGLE_SOURCE = "single source"
    WEAK = "weak"
    CONTESTED = "contested"
    UNVOUCHED = "unvouched"


@dataclass(frozen=True, slots=True)
class Grading:
    """A grade with the rule that gave it and the counts it rests on, in words."""

    grade: Grade
    rule: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blame:
    """An actor's part in an event by one source: who is said to have done it, or been its target, and how surely."""

    role: PartRole
    name: str
    standing: Standing
    telling: Telling
    by: tuple[StatementId, ...] = ()
    actor: KnownActorId | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """The same happening across reports, every field with its versions by source, most told first.

    `start` and `end` span the days of all versions. `background` marks what all its reports only recall.
    """

    id: EventId
    tellings: tuple[Telling, ...]
    types: tuple[Version, ...]
    statuses: tuple[Version, ...]
    days: tuple[Version, ...] = ()
    places: tuple[Version, ...] = ()
    tolls: tuple[Toll, ...] = ()
    blames: tuple[Blame, ...] = ()
    start: str | None = None
    end: str | None = None
    reasons: tuple[str, ...] = ()
    background: bool = False


class OutcomeState(StrEnum):
    """What became of a forecast. `UNCLEAR` where it names no place or no kind of thing that could be looked for."""

    OPEN = "open"
    FOLLOWED = "followed"
    LAPSED = "lapsed"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Following:
    """An event that came after a forecast and fits it: how many days after it was made, and why it fits."""

    event: EventId
    days: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForecastRef:
    """One forecast of one report."""

    report: ReportId
    forecast: ForecastId
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One forecast by one voice, the reports that carry it, and what became of it by the day it is asked for.

    `by` is the same for all forecasts of a voice: the actor across reports, else its folded name. `made` is the day it
    is first known to have been made, `start` and `end` the window in which it should come about.
    """

    voice: str
    by: str
    type: IncidentType
    made: str
    start: str
    end: str
    places: tuple[str, ...]
    carriers: tuple[ForecastRef, ...]
    state: OutcomeState
    followed: tuple[Following, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """A report with the bytes it was read from, kept as evidence.

    `data` are the bytes as they came: of a file, of an answer over HTTP once unpacked, of one line of JSON Lines
    without its end, of one record's block in a web archive; a row of a table is kept as JSON, a feed's item as an
    element of its own. `address` is where they were fetched from in the end, `captured` when (UTC, ISO 8601, to the
    second); `headers` are those that came with them, in order. A file's own bytes were captured when it was read.
    """

    report: Report
    data: bytes
    media: str | None
    address: str | None
    captured: str
    headers: tuple[tuple[str, str], ...] = ()


ClaimId = NewType("ClaimId", str)
FindingId = NewType("FindingId", str)


class Tier(StrEnum):
    """How sure a link is: sure enough to count, or only offered to a person."""

    CONFIDENT = "confident"
    SUGGESTED = "suggested"


class Polarity(StrEnum):
    """What a statement does with a claim: vouch for it, deny it, pass it on, or doubt it."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    REPORTS = "reports"
    DOUBTS = "doubts"


@dataclass(frozen=True, slots=True)
class Member:
    """A statement of a claim. `text` is its content in its own words; `why` says what its polarity was read from."""

    report: ReportId
    statement: StatementId
    text: str
    polarity: Polarity
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """That a statement puts the proposition of a claim, or its `opposite`: found by its likeness to the anchor.

    `score` is the scorer's probability, `reasons` what agrees and what differs, in plain words. A suggested link
    makes no member.
    """

    report: ReportId
    statement: StatementId
    claim: ClaimId
    tier: Tier
    score: float
    opposite: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """The same proposition across statements. Its id is that of its anchor, the earliest member; `text` is one's words.

    `links` has one confident link for each member but the anchor.
    """

    id: ClaimId
    text: str
    members: tuple[Member, ...]
    links: tuple[ClaimLink, ...] = ()


class FindingKind(StrEnum):
    """Who found: a fact-checker, or a body such as a court, commission or agency."""

    CHECK = "check"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Finding:
    """A published fact-check or official finding, in its publisher's words; what is not said is None.

    `claim` is the claim as checked, `verdict` the verdict, `rating` the value, best and worst of a numeric scale,
    `grade` the standard of proof ("reasonable grounds to believe"), `status` how final it is ("interim"). `published`
    and `claimed` are ISO dates where they can be read without guessing, else as written. `passage` are the
    words of `document` that find it. `origin` is where it was imported from.
    """

    id: FindingId
    kind: FindingKind
    claim: str
    verdict: str | None = None
    rating: tuple[str | None, str | None, str | None] | None = None
    grade: str | None = None
    status: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    document: str | None = None
    passage: str | None = None
    claimant: str | None = None
    claimed: str | None = None
    appearances: tuple[str, ...] = ()
    language: str | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class FindingMatch:
    """A finding that may bear on a text, with the matcher's probability and its reasons in plain words.

    `opposed` says that one of the two is worded as the other's negation, so that the verdict faces the other way.
    """

    finding: FindingId
    tier: Tier
    score: float
    opposed: bool = False
    reasons: tuple[str, ...] = ()


class CopyKind(StrEnum):
    """What a shared passage is: the same words, words that were edited, or a block that travels between stories."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    BACKGROUND = "background"


class EditKind(StrEnum):
    """What a copy does to its source: the first that fits."""

    CUE = "cue"
    HEDGE = "hedge"
    FIGURE = "figure"
    LABEL = "label"
    NAME = "name"
    SPELLING = "spelling"
    WORDING = "wording"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of a source and what a copy has in their place; `before` or `after` is "" where there is nothing.

    `source` and `copy` are the spans in the source's and in the copy's text, empty where nothing stands. A sentence of
    the source that the copy lacks is dropped, one that the copy has alone is added.
    """

    kind: EditKind
    source: Span
    copy: Span
    before: str
    after: str


class Precedence(StrEnum):
    """How it is known that one report is older than another.

    By first capture, by the stated dates of reports captured near them, by both, only by a date that a report claims
    for itself, or not at all.
    """

    CAPTURE = "first capture"
    STATED = "stated date"
    BOTH = "first capture and stated date"
    CLAIMED = "claimed date"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage that a report shares with an earlier one: `span` in the report, `source_span` in the source."""

    report: ReportId
    source: ReportId
    kind: CopyKind
    span: Span
    source_span: Span
    edits: tuple[Edit, ...] = ()
    precedence: Precedence = Precedence.UNKNOWN


class Kinship(StrEnum):
    """What two reports that share words are to each other.

    One text as a whole comes from the other (whole), one holds a part of the other, they are two numbers of a series
    (the same wording about other figures or names), or they only carry the same background.
    """

    WHOLE = "whole"
    PART = "part"
    SERIES = "series"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class CopyLink:
    """Two reports that share words, the one with the lesser id first.

    `shares` are the shares of each one's letters that the other has; `score`, 0 to 1, is how surely they are one text,
    `closeness` the letters that are equal, of all that either has. `why` are the reasons in plain words.
    """

    a: ReportId
    b: ReportId
    kinship: Kinship
    shares: tuple[float, float]
    closeness: float
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Descent:
    """A report of a lineage, the one it was copied from (None: the earliest known), and all that was edited."""

    report: ReportId
    parent: ReportId | None = None
    precedence: Precedence = Precedence.UNKNOWN
    share: float = 0.0
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """Reports that are one text, as a tree: whose copy of whom, in the order they are known in.

    `first_captured` was captured before all others, `first_stated` states the earliest date; `claimed` are those that
    state a date long before anybody captured them, so that the date is their claim.
    """

    members: tuple[Descent, ...]
    links: tuple[CopyLink, ...]
    first_captured: ReportId | None = None
    first_stated: ReportId | None = None
    claimed: tuple[ReportId, ...] = ()
