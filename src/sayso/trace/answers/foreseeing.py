"""A forecast as an answer tells it: its words, what became of it, and the run of those before by the same voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.trace.answers.citing import Quote, cite
from sayso.trace.answers.holdings import Holdings
from sayso.trace.forecasts.asking import RUN
from sayso.vocabulary import Event, ForecastRef, Outcome

_MOST_QUOTED: Final = 6
_LEAST_BACK: Final = 2  # forecasts of a voice that are gone back through, of however many it is told


@dataclass(frozen=True, slots=True)
class ForecastAnswer:
    """A forecast by one voice with what became of it, and the events that followed.

    `before` are the forecasts of its kind that the same voice made earlier, with theirs; `run` tells them in words, and
    says "at least" where not all that this voice foretold was gone through.
    """

    outcome: Outcome
    quotes: tuple[Quote, ...]
    followed: tuple[Event, ...]
    run: str
    before: tuple[Outcome, ...]


def forecast_answers(outcomes: Sequence[Outcome], as_of: date, held: Holdings) -> tuple[ForecastAnswer, ...]:
    """Forecasts as an answer tells them; the more voices make them, the fewer earlier ones of each are gone through."""
    held.meet(ref.report for outcome in outcomes for ref in outcome.carriers[:_MOST_QUOTED])
    back = max(_LEAST_BACK, RUN // max(1, len({it.by for it in outcomes})))
    return tuple(_answer(it, as_of, back, held) for it in outcomes)


def _answer(outcome: Outcome, as_of: date, back: int, held: Holdings) -> ForecastAnswer:
    quotes = tuple(quote for ref in outcome.carriers[:_MOST_QUOTED] if (quote := _quote(ref, held)) is not None)
    followed = tuple(event for it in outcome.followed if (event := held.event(it.event)) is not None)
    before = held.run(outcome, as_of, back)
    return ForecastAnswer(outcome, quotes, followed, before.words, before.outcomes)


def _quote(ref: ForecastRef, held: Holdings) -> Quote | None:
    reading = held.reading(ref.report)
    found = next((it for it in reading.forecasts if it.id == ref.forecast), None) if reading else None
    return Quote(cite(ref.report, held), found.content) if found is not None else None
