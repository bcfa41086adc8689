"""Answers from a ledger: who says so, on whose word, since when, who copied and who denied it, and what came of it.

`trace` answers words, a report, a claim or an event, `compare` a report that need not be in the ledger; `who` tells of
somebody, `events` and `forecasts` list. Each brings what is derived up to date first, and answers from one state.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from sayso.ledger import Ledger
from sayso.record.store import index
from sayso.trace.answers.foreseeing import ForecastAnswer
from sayso.trace.answers.happenings import EventAnswer
from sayso.trace.answers.holdings import Holdings
from sayso.trace.answers.listing import event_answers, forecast_answers
from sayso.trace.answers.persons import ActorAnswer, actor_answers
from sayso.trace.answers.questions import Subject, Trace, answer, hold_against, worded
from sayso.trace.answers.stored import StoredHoldings
from sayso.trace.events.asking import Wanted as WantedEvents
from sayso.trace.following import follow
from sayso.trace.forecasts.asking import Wanted as WantedForecasts
from sayso.vocabulary import Reading

__all__ = [
    "ActorAnswer", "EventAnswer", "ForecastAnswer", "Subject", "Trace", "WantedEvents", "WantedForecasts", "compare",
    "events", "forecasts", "trace", "who",
]  # fmt: skip

_ALL_EVENTS: Final = WantedEvents()
_ALL_FORECASTS: Final = WantedForecasts()


def trace(ledger: Ledger, question: str, *, limit: int = 50, as_of: date | None = None) -> Trace:
    """The answer to words, or to the id of a report, claim or event. Raises SaysoError, LedgerError.

    At most `limit` carriers of a claim are told one by one, of several claims fewer of each; the more are told, the
    more are counted. `as_of` is the day for which it is told what became of forecasts, by default today.
    """
    with _held(ledger) as held:
        return answer(question, held, limit=limit, as_of=as_of or _today())


def compare(ledger: Ledger, reading: Reading) -> Trace:
    """What a ledger has of a report that need not be in it: copied passages, and the claims its statements may put."""
    with _held(ledger) as held:
        return hold_against(reading, held, as_of=_today())


def who(ledger: Ledger, name: str, *, limit: int = 20, as_of: date | None = None) -> tuple[ActorAnswer, ...]:
    """Those who bear a name, in any case and accents: names, labels, statements, forecasts and events of each."""
    with _held(ledger) as held:
        return actor_answers(worded(name), held, limit=limit, as_of=as_of or _today())


def events(ledger: Ledger, wanted: WantedEvents = _ALL_EVENTS, *, limit: int = 20) -> tuple[EventAnswer, ...]:
    """The events that fit, latest first, each with its versions by source and its grade."""
    with _held(ledger) as held:
        return event_answers(_worded(wanted), held, limit=limit)


def forecasts(
    ledger: Ledger, wanted: WantedForecasts = _ALL_FORECASTS, *, limit: int = 20, as_of: date | None = None
) -> tuple[ForecastAnswer, ...]:
    """The forecasts that fit, latest first, with what became of each and the run before it.

    Those that name no place or kind of thing are left out unless the state "unclear" is wanted.
    """
    with _held(ledger) as held:
        return forecast_answers(_worded_forecasts(wanted), held, limit=limit, as_of=as_of or _today())


@contextmanager
def _held(ledger: Ledger) -> Iterator[Holdings]:
    follow(ledger)
    index(ledger)
    with ledger.looking() as connection:
        yield StoredHoldings(connection)


def _worded(wanted: WantedEvents) -> WantedEvents:
    place, actor = (None if it is None else worded(it) for it in (wanted.place, wanted.actor))
    return replace(wanted, place=place, actor=actor)


def _worded_forecasts(wanted: WantedForecasts) -> WantedForecasts:
    place, voice = (None if it is None else worded(it) for it in (wanted.place, wanted.voice))
    return replace(wanted, place=place, voice=voice)


def _today() -> date:
    return datetime.now(UTC).date()
