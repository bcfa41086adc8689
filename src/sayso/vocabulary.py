"""The words Sayso thinks in, as frozen types. Read this file first; everything else makes or shows these.

Offsets are Unicode code points of the report's text, in logical order; every span is half open.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, NewType

ReportId = NewType("ReportId", str)
ActorId = NewType("ActorId", str)
StatementId = NewType("StatementId", str)


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
    boilerplate: tuple[Span, ...] = field(default=())

    def actor(self, actor: ActorId | None) -> Actor | None:
        """The actor with this id."""
        return next((item for item in self.actors if item.id == actor), None)

    def statement(self, statement: StatementId | None) -> Statement | None:
        """The statement with this id."""
        return next((item for item in self.statements if item.id == statement), None)
