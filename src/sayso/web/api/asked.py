"""What may be asked for in the query string: every parameter by name, with its bounds; unknown ones are refused."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Annotated, Any, Final, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from sayso.ledger import Where
from sayso.ledger.listing import Novelty
from sayso.share.exports.forms import Format
from sayso.share.units import Offsets
from sayso.trace.answers.questions import worded
from sayso.trace.listing import Period
from sayso.vocabulary import Confidence, IncidentType, OutcomeState, Stance, Status
from sayso.web.api.limits import LONGEST_CURSOR, LONGEST_NAME, LONGEST_QUESTION, MOST_ITEMS, MOST_TOLD, PAGE

_YEAR: Final = "[12][0-9]{3}"
_LEAP_DAY: Final = "([12][0-9](0[48]|[2468][048]|[13579][26])|(12|16|20|24|28)00)-02-29"
_DAYS: Final = {
    "0[13578]|1[02]": "0[1-9]|[12][0-9]|3[01]",
    "0[469]|11": "0[1-9]|[12][0-9]|30",
    "02": "0[1-9]|1[0-9]|2[0-8]",
}
_DAY: Final = f"^({_YEAR}(-({'|'.join(f'({m})(-({d}))?' for m, d in _DAYS.items())}))?|{_LEAP_DAY})$"
_WHOLE_DAY: Final = f"^({_YEAR}-({'|'.join(f'({m})-({d})' for m, d in _DAYS.items())})|{_LEAP_DAY})$"
_PAGING: Final = frozenset({"cursor", "limit", "offsets"})

_Name = Annotated[str, Field(max_length=LONGEST_NAME)]
_Outlet = Annotated[_Name | None, Field(description="Published by it, as the reports write it.")]
_Since = Annotated[str | None, Field(pattern=_DAY, description="On this day or later: 2022-08-19, 2022-08 or 2022.")]
_Until = Annotated[str | None, Field(pattern=_DAY, description="On this day or before: 2022-08-19, 2022-08 or 2022.")]
_Language = Annotated[str | None, Field(max_length=35, description="In this language (BCP 47): en, de, …")]
_Place = Annotated[_Name | None, Field(description="A place by name, in any case and accents, or what it lies in.")]
_Actor = Annotated[_Name | None, Field(description="Somebody by name, in any case and accents.")]
_Words = Annotated[_Name, Field(description='All of these words; "side by side"; -without; begin*.')]
_Type = Annotated[IncidentType | None, Field(description="The sub-event type of ACLED.")]
_Cursor = Annotated[str | None, Field(max_length=LONGEST_CURSOR, description="From `next` of the page before.")]
_Limit = Annotated[int, Field(ge=1, le=MOST_ITEMS, description="How many on a page.")]
_Told = Annotated[int, Field(ge=1, le=MOST_TOLD, description="How many on a page.")]
_AsOf = Annotated[
    str | None, Field(pattern=_WHOLE_DAY, description="The day for which it is told what became of forecasts: today.")
]


class Nothing(BaseModel):
    """No parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Counted(Nothing):
    """What offsets count."""

    offsets: Annotated[
        Offsets, Field(description="What offsets count: Unicode code points, or UTF-16 code units as in JavaScript.")
    ] = Offsets.CODE_POINTS


class Paged(Counted):
    """Which part of a list."""

    limit: _Limit = PAGE
    cursor: _Cursor = None


class OfReports(Counted):
    """Which reports."""

    outlet: _Outlet = None
    since: _Since = None
    until: _Until = None
    language: _Language = None
    place: _Place = None
    actor: _Actor = None
    stance: Annotated[Stance | None, Field(description="With a statement of this stance; with `actor`: theirs.")] = None
    certainty: Annotated[Confidence | None, Field(description="With a statement that is put so.")] = None


class ReportList(OfReports):
    """A list of reports, latest first."""

    words: _Words = ""
    origin: Annotated[
        Literal["unnamed"] | None, Field(description="`unnamed`: in which somebody speaks whom nobody names.")
    ] = None
    novelty: Annotated[
        Novelty | None, Field(description="Whether it is one text with a report that states an earlier day.")
    ] = None
    limit: _Limit = PAGE
    cursor: _Cursor = None


class Search(OfReports):
    """A search, best first."""

    q: _Words
    limit: _Limit = PAGE
    cursor: _Cursor = None


class OfStatements(Counted):
    """Which statements."""

    outlet: _Outlet = None
    since: _Since = None
    until: _Until = None
    language: _Language = None
    place: Annotated[_Name | None, Field(description="A place that the statement's content names.")] = None
    actor: Annotated[_Name | None, Field(description="Who makes the statement, in any case and accents.")] = None
    stance: Annotated[Stance | None, Field(description="What the speaker does with the content.")] = None
    certainty: Annotated[Confidence | None, Field(description="How firmly the content is put.")] = None
    words: _Words = ""


class StatementList(OfStatements):
    """A list of statements, those of the latest reports first."""

    limit: _Limit = PAGE
    cursor: _Cursor = None


class OfTallies(Counted):
    """Which tallies. Days are those that they are about."""

    outlet: _Outlet = None
    since: _Since = None
    until: _Until = None
    language: _Language = None
    place: _Place = None
    actor: Annotated[_Name | None, Field(description="Who has a part in it.")] = None
    type: _Type = None


class TallyList(OfTallies):
    """A list of tallies, those of the latest reports first."""

    limit: _Limit = PAGE
    cursor: _Cursor = None


class OfIncidents(OfTallies):
    """Which incidents."""

    status: Annotated[Status | None, Field(description="How far it got, as told.")] = None


class IncidentList(OfIncidents):
    """A list of incidents, those of the latest reports first."""

    limit: _Limit = PAGE
    cursor: _Cursor = None


class ReaderChoice(Counted):
    """Which reading of a report; nothing is the current one."""

    reader: Annotated[_Name | None, Field(description="The name of the reader that made it.")] = None
    version: Annotated[_Name | None, Field(description="The reader's version.")] = None
    weights: Annotated[_Name | None, Field(description="The fingerprint of the reader's weights.")] = None


class Told(Counted):
    """How an answer across reports is told."""

    as_of: _AsOf = None


class Question(Told):
    """A question in words, or the id of a report, claim or event."""

    q: Annotated[
        str,
        Field(
            min_length=1, max_length=LONGEST_QUESTION,
            description="A claim in words, or the id of a report (r-…), claim (c-…) or event (e-…).",
        ),
    ]  # fmt: skip
    limit: Annotated[int, Field(ge=1, le=MOST_ITEMS, description="Carriers of a claim told one by one.")] = 50


class ClaimTold(Told):
    """How a claim is told."""

    limit: Annotated[int, Field(ge=1, le=MOST_ITEMS, description="Carriers of the claim told one by one.")] = 50


class ActorName(Told):
    """Who is asked for."""

    name: Annotated[
        str,
        Field(min_length=1, max_length=LONGEST_NAME, description="A name in any case and accents, or an id (k-…)."),
    ]
    limit: _Told = PAGE


class EventList(Counted):
    """A list of events, latest first. Days are the last that it may have been on."""

    since: _Since = None
    until: _Until = None
    place: _Place = None
    actor: Annotated[_Name | None, Field(description="Who has a part in it: a name, or an id (k-…).")] = None
    type: _Type = None
    limit: _Told = PAGE
    cursor: _Cursor = None


class ForecastList(Told):
    """A list of forecasts, latest first."""

    since: _Since = None
    until: _Until = None
    place: _Place = None
    by: Annotated[_Name | None, Field(description="Who foretold it: a name, or an id (k-…).")] = None
    type: _Type = None
    state: Annotated[
        OutcomeState | None,
        Field(description="What became of it. The unclear are shown only if asked for."),
    ] = None
    limit: _Told = PAGE
    cursor: _Cursor = None


class ExportChoice(Told):
    """What of a kind is exported, and how; each kind is narrowed by some of these and refuses the others."""

    outlet: _Outlet = None
    since: _Since = None
    until: _Until = None
    language: _Language = None
    place: _Place = None
    actor: Annotated[_Name | None, Field(description="Who speaks, has a part in it, foretold it, or is named.")] = None
    stance: Annotated[Stance | None, Field(description="What a speaker does with the content.")] = None
    certainty: Annotated[Confidence | None, Field(description="How firmly the content is put.")] = None
    type: _Type = None
    status: Annotated[Status | None, Field(description="How far an incident got, as told.")] = None
    state: Annotated[OutcomeState | None, Field(description="What became of a forecast.")] = None
    words: _Words = ""
    report: Annotated[_Name | None, Field(description="Of this report alone, by its id (r-…).")] = None
    claim: Annotated[_Name | None, Field(description="Of this claim alone, by its id (c-…).")] = None
    format: Annotated[Format, Field(description="JSON Lines lose nothing; not every kind has the others.")] = (
        Format.JSON_LINES
    )


class ReviewList(Counted):
    """What waits for review."""

    kind: Annotated[
        Literal["statement", "incident", "place", "time", "actor"] | None, Field(description="Of this kind alone.")
    ] = None
    pairs: Annotated[
        Literal["claim", "match"] | None,
        Field(description="Pairs instead: claims that may be one, or findings that may bear on a statement."),
    ] = None
    outlet: _Outlet = None
    since: _Since = None
    until: _Until = None
    who: Annotated[_Name, Field(description="What this person decided is left out, whatever others did.")] = ""
    limit: _Limit = PAGE
    cursor: _Cursor = None


class ReviewSample(Nothing):
    """How agreement is worked out."""

    seed: Annotated[int, Field(ge=0, le=1_000_000, description="Of the draws that its bounds come from.")] = 0


class JobList(Nothing):
    """A list of jobs, latest first."""

    limit: _Limit = PAGE
    cursor: _Cursor = None


class ClaimList(Counted):
    """A list of claims, newest first or with most reports first."""

    words: _Words = ""
    outlet: Annotated[_Name | None, Field(description="Made in a report of this outlet.")] = None
    since: Annotated[str | None, Field(pattern=_DAY, description="First stated on this day or later.")] = None
    until: Annotated[str | None, Field(pattern=_DAY, description="First stated on this day or before.")] = None
    place: Annotated[_Name | None, Field(description="A place that a statement of it names.")] = None
    reports: Annotated[int, Field(ge=1, le=1_000, description="Made in so many reports at least.")] = 1
    voices: Annotated[int, Field(ge=1, le=1_000, description="With so many voices at least, on all sides.")] = 1
    denied: Annotated[Literal["yes"] | None, Field(description="`yes`: somebody denies it.")] = None
    finding: Annotated[Literal["yes"] | None, Field(description="`yes`: a finding bears on it.")] = None
    sort: Annotated[
        Literal["newest", "reports"],
        Field(description="By the day it was first stated, or by how many reports make it."),
    ] = "newest"
    limit: _Told = PAGE
    cursor: _Cursor = None


Unasked = Annotated[Nothing, Query()]
Count = Annotated[Counted, Query()]


def where(asked: Nothing) -> Where:
    """The conditions of the ledger that were asked for."""
    found = {name: value for name, value in asked if name in Where.__dataclass_fields__ and value is not None}
    return Where(**{name: worded(str(value)) for name, value in found.items()})


def conditions(asked: Nothing) -> dict[str, Any]:
    """All that tells a list from another: what was asked for, but not which part of it."""
    return {name: value for name, value in asked if name not in _PAGING}


def period(since: str | None, until: str | None) -> Period:
    """The days from the first of `since` to the last of `until`."""
    first, last = since and _parts(since), until and _parts(until)
    return Period(
        date(first[0], first[1] or 1, first[2] or 1) if first else None,
        date(last[0], last[1] or 12, last[2] or monthrange(last[0], last[1] or 12)[1]) if last else None,
    )


def day(said: str | None) -> date | None:
    """A day as written."""
    return None if said is None else date.fromisoformat(said)


def _parts(said: str) -> tuple[int, int, int]:
    """Year, month and day of what fits the pattern of days; 0 where it is not said."""
    year, month, number = [*map(int, said.split("-")), 0, 0][:3]
    return year, month, number
