"""Events, forecasts and findings of a ledger, some at a time and from any place on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection, select

from sayso.ledger.schema import findings
from sayso.record.store import finding
from sayso.trace.answers import EventAnswer, ForecastAnswer
from sayso.trace.answers.foreseeing import forecast_answers
from sayso.trace.answers.happenings import event_answers
from sayso.trace.answers.stored import StoredHoldings
from sayso.trace.copies.stored import StoredIndex
from sayso.trace.events.asking import Wanted as WantedEvents
from sayso.trace.events.asking import events_page
from sayso.trace.events.stored import StoredScenes
from sayso.trace.forecasts.asking import Foresight, outcomes_page
from sayso.trace.forecasts.asking import Wanted as WantedForecasts
from sayso.trace.forecasts.stored import StoredForecasts
from sayso.trace.people.stored import StoredNames
from sayso.trace.voices.copied import Copied
from sayso.vocabulary import Finding, FindingId, OutcomeState

_Item = TypeVar("_Item")
_MOST_MET: Final = 500  # forecasts gone through for one page


@dataclass(frozen=True, slots=True)
class Some(Generic[_Item]):
    """Some items, and what to ask for the next ones with; None where these are the last."""

    items: Sequence[_Item]
    next: str | None


def events_from(connection: Connection, wanted: WantedEvents, limit: int, after: str | None) -> Some[EventAnswer]:
    """The events that fit, latest first, from a mark on."""
    held = StoredHoldings(connection)
    found = events_page(wanted, _scenes(connection), limit, after)
    return Some([*event_answers(found.events, held)], found.next)


def forecasts_from(
    connection: Connection, wanted: WantedForecasts, as_of: date, limit: int, after: str | None
) -> Some[ForecastAnswer]:
    """The forecasts that fit, latest first, from a mark on; those that are unclear only where these are wanted.

    Among many that do not fit only so many are gone through; then there are fewer than asked for, and a mark.
    """
    held = StoredHoldings(connection)
    asked = Foresight(StoredForecasts(connection, StoredNames(connection)), _scenes(connection), as_of)
    fitting: list[ForecastAnswer] = []
    for _ in range(0, _MOST_MET, limit):
        found = outcomes_page(wanted, asked, limit - len(fitting), after)
        shown = (it for it in found.outcomes if wanted.state or it.state is not OutcomeState.UNCLEAR)
        fitting += forecast_answers([*shown], as_of, held)
        after = found.next
        if after is None or len(fitting) >= limit:
            break
    return Some(fitting, after)


def findings_from(connection: Connection, limit: int, after: str) -> Some[Finding]:
    """The findings whose ids come after one, in order."""
    query = select(findings.c.id).where(findings.c.id > after).order_by(findings.c.id).limit(limit + 1)
    ids = connection.execute(query).scalars().all()
    found = [it for id_ in ids[:limit] if (it := finding(connection, FindingId(id_))) is not None]
    return Some(found, ids[limit - 1] if len(ids) > limit else None)


def _scenes(connection: Connection) -> StoredScenes:
    index = StoredIndex(connection)
    return StoredScenes(connection, StoredNames(connection), Copied(connection, index))
