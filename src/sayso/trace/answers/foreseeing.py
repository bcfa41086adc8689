"""A forecast as an answer tells it: its words, what became of it, and the run of those before by the same voice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.trace.answers.citing import Quote, cite
from sayso.trace.answers.holdings import Holdings
from sayso.vocabulary import Event, ForecastRef, Outcome

_MOST_QUOTED: Final = 6


@dataclass(frozen=True, slots=True)
class ForecastAnswer:
    """A forecast by one voice with what became of it, and the events that followed.

    `before` are the forecasts of its kind that the same voice made earlier, with theirs; `run` tells them in words.
    """

    outcome: Outcome
    quotes: tuple[Quote, ...]
    followed: tuple[Event, ...]
    run: str
    before: tuple[Outcome, ...]


def forecast_answer(outcome: Outcome, as_of: date, held: Holdings) -> ForecastAnswer:
    """A forecast as an answer tells it."""
    quotes = tuple(quote for ref in outcome.carriers[:_MOST_QUOTED] if (quote := _quote(ref, held)) is not None)
    followed = tuple(event for it in outcome.followed if (event := held.event(it.event)) is not None)
    before = held.run(outcome, as_of)
    return ForecastAnswer(outcome, quotes, followed, before.words, before.outcomes)


def _quote(ref: ForecastRef, held: Holdings) -> Quote | None:
    reading = held.reading(ref.report)
    found = next((it for it in reading.forecasts if it.id == ref.forecast), None) if reading else None
    return Quote(cite(ref.report, held), found.content) if found is not None else None
