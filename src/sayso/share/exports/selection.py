"""A selection: what of a ledger is wanted, in the same words on the command line, in the API and in Python."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final, TypeVar

from sqlalchemy import Connection

from sayso.errors import NotInLedger, SaysoError
from sayso.ledger import Ledger, Where
from sayso.record.store import index
from sayso.share.exports.kinds import ExportKind, misfit
from sayso.share.units import Offsets
from sayso.trace.answers.questions import worded
from sayso.trace.claims import asking
from sayso.trace.events.asking import Wanted as WantedEvents
from sayso.trace.following import follow
from sayso.trace.forecasts.asking import Wanted as WantedForecasts
from sayso.trace.listing import Period
from sayso.vocabulary import ClaimId, Confidence, IncidentType, OutcomeState, Stance, Status

_Word = TypeVar("_Word", bound=StrEnum)
_DAY: Final = re.compile(r"[12][0-9]{3}(-[0-9]{2}){0,2}")
# What is worked out across reports, and is brought up to date first.
_ACROSS: Final = frozenset(
    {ExportKind.CLAIMS, ExportKind.COPIES, ExportKind.VOICES, ExportKind.EVENTS, ExportKind.FORECASTS}
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a ledger is wanted, as one transaction sees it, and how offsets count.

    `asked` are the conditions as they were asked for, in the order of their names.
    """

    kind: ExportKind
    ledger: Ledger
    connection: Connection
    where: Where
    words: str
    events: WantedEvents
    forecasts: WantedForecasts
    as_of: date
    offsets: Offsets
    report: str | None
    claim: str | None
    asked: Mapping[str, str]

    def text(self, report: str) -> str:
        """The text of a report."""
        return self.ledger.report(report).text


@contextmanager
def selected(
    ledger: Ledger, kind: ExportKind, asked: Mapping[str, str], offsets: Offsets = Offsets.CODE_POINTS
) -> Iterator[Selection]:
    """What fits all conditions (see `kinds.CONDITIONS`), in one state of the ledger until the block ends.

    Raises SaysoError on a condition that cannot be met, NotInLedger on an id of nothing, LedgerError.
    """
    if unfit := misfit(kind, asked):
        raise SaysoError(*unfit[1:])
    said = {name: worded(value) for name, value in sorted(asked.items())}
    days = Period(_first(said.get("since"), "since"), _last(said.get("until"), "until"))
    stance, certainty = _word(Stance, said, "stance"), _word(Confidence, said, "certainty")
    status, state = _word(Status, said, "status"), _word(OutcomeState, said, "state")
    type_ = _type(said.get("type"))
    place, actor = said.get("place"), said.get("actor")
    where = Where(
        said.get("outlet"), said.get("since"), said.get("until"), said.get("language"), actor, place, stance, certainty,
        type_, status,
    )  # fmt: skip
    events = WantedEvents(days, type_, place, None, actor)
    forecasts = WantedForecasts(days, state, type_, place, None, actor)
    as_of = _as_of(said.get("as_of"))
    if kind in _ACROSS:
        follow(ledger)
        index(ledger)
    report, claim = said.get("report"), said.get("claim")
    if report is not None:
        ledger.report(report)
    with ledger.looking() as connection:
        if claim is not None and asking.claim(connection, ClaimId(claim), 1) is None:
            cure = "Claims are found by their words: sayso trace TEXT"
            raise NotInLedger(ledger.name, f"there is no claim {claim}", cure)
        yield Selection(
            kind, ledger, connection, where, said.get("words", ""), events, forecasts, as_of, offsets, report, claim,
            said,
        )  # fmt: skip


def _first(said: str | None, name: str) -> date | None:
    """The first of the days that a day, month or year as written may mean."""
    if said is None:
        return None
    year, month, day = _parts(said, name)
    return _date(said, name, year, month or 1, day or 1)


def _last(said: str | None, name: str) -> date | None:
    """The last of the days that a day, month or year as written may mean."""
    if said is None:
        return None
    year, month, day = _parts(said, name)
    first = _date(said, name, year, month or 12, day or 1)
    return first if day else first.replace(day=monthrange(first.year, first.month)[1])


def _parts(said: str, name: str) -> tuple[int, int, int]:
    """Year, month and day; 0 where it is not said."""
    if not _DAY.fullmatch(said):
        raise _no_day(said, name)
    year, month, day = [*map(int, said.split("-")), 0, 0][:3]
    return year, month, day


def _date(said: str, name: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _no_day(said, name) from error


def _no_day(said: str, name: str) -> SaysoError:
    return SaysoError(f"{name} {said!r} is no day", "Write it as 2022-08-19, 2022-08 or 2022")


def _as_of(said: str | None) -> date:
    if said is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise SaysoError(f"as_of {said!r} is not a day", "Write it as 2022-08-19") from error


def _word(words: type[_Word], said: Mapping[str, str], name: str) -> _Word | None:
    wanted = said.get(name)
    found = next((it for it in words if wanted is not None and it.value == wanted.casefold()), None)
    if wanted is not None and found is None:
        raise SaysoError(f"{name} {wanted!r} is none", f"One of: {', '.join(words)}")
    return found


def _type(said: str | None) -> IncidentType | None:
    """The sub-event type that some words name: as it is called, or by a part that only one has."""
    if said is None:
        return None
    wanted = said.casefold().strip()
    exact = [it for it in IncidentType if it.value.casefold() == wanted]
    found = exact or [it for it in IncidentType if wanted in it.value.casefold()]
    if len(found) != 1:
        known = ", ".join(found or IncidentType)
        raise SaysoError(f"type {said!r} {'names several types' if found else 'is no type'}", f"One of: {known}")
    return found[0]
