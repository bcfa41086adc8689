"""Lists of events and of forecasts that fit what is wanted."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Final

from sayso.trace.answers.foreseeing import ForecastAnswer
from sayso.trace.answers.foreseeing import forecast_answers as forecasts_told
from sayso.trace.answers.happenings import EventAnswer
from sayso.trace.answers.happenings import event_answers as events_told
from sayso.trace.answers.holdings import Holdings
from sayso.trace.events.asking import Wanted as WantedEvents
from sayso.trace.forecasts.asking import Wanted as WantedForecasts
from sayso.vocabulary import OutcomeState

_MOST_MET: Final = 500  # forecasts gone through for one list


def event_answers(wanted: WantedEvents, held: Holdings, *, limit: int) -> tuple[EventAnswer, ...]:
    """The events that fit, latest first."""
    return events_told(held.events(wanted, limit), held)


def forecast_answers(wanted: WantedForecasts, held: Holdings, *, limit: int, as_of: date) -> tuple[ForecastAnswer, ...]:
    """The forecasts that fit, latest first, with what became of them by a day.

    Those of which nothing could ever be said to follow are left out unless that state is asked for; among many of
    these only the latest are gone through.
    """
    found = islice(held.outcomes(wanted, as_of), _MOST_MET)
    fitting = (it for it in found if wanted.state or it.state is not OutcomeState.UNCLEAR)
    return forecasts_told([*islice(fitting, limit)], as_of, held)
