"""Events and forecasts on the page: versions by source, tolls as ranges, grades with reasons, and what followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.share.answer_words import (
    blame_words,
    brief_ids,
    cited,
    clear,
    differing,
    event_title,
    forecast_title,
    outcome_words,
    toll_words,
    unclear_words,
    voice_name,
)
from sayso.share.markup import Html, element, joined
from sayso.share.tracing.quoting import facts, listed, quoted
from sayso.share.visible import one_line
from sayso.trace.answers.citing import Quote
from sayso.trace.answers.foreseeing import ForecastAnswer
from sayso.trace.answers.happenings import EventAnswer


def event_list(events: Iterable[EventAnswer]) -> Html:
    """Events, each with all its versions and how it is vouched for."""
    return element("ol", {"class": "happened"}, *map(_event, events))


def forecast_list(forecasts: Sequence[ForecastAnswer]) -> Html:
    """Forecasts, each with what became of it, and how often the same voice foretold the like before."""
    shown = element("ol", {"class": "foreseen"}, *map(_forecast, clear(forecasts)))
    more = unclear_words(forecasts)
    return joined(shown, element("p", {"class": "detail"}, more) if more else Html())


def _event(told: EventAnswer) -> Html:
    event, grading = told.event, told.vouching.grading
    rows = [
        ("Grade", f"{grading.grade}: {brief_ids('; '.join(grading.reasons))} (rule {grading.rule})"),
        ("Voices", told.summary),
        *((name.capitalize(), found) for name, found in differing(event)),
        *(("Toll", toll_words(toll)) for toll in event.tolls),
        *(("Who", line) for line in blame_words(event)),
        ("Id", event.id),
    ]
    heading = element("h4", {"dir": "auto"}, one_line(event_title(event)))
    return element("li", {"class": "event"}, heading, facts(rows), _quotes(told.quotes))


def _forecast(told: ForecastAnswer) -> Html:
    outcome = told.outcome
    titles = {event.id: event_title(event) for event in told.followed}
    rows: list[tuple[str, str | None]] = [
        ("Why", "; ".join(outcome.reasons)),
        *(("Followed", f"{it.days} days after: {titles.get(it.event, it.event)}") for it in outcome.followed),
        ("Before", f"{voice_name(outcome)}: {told.run}" if told.before else None),
    ]
    state = element("span", {"class": "status"}, str(outcome.state))
    heading = element("h4", {"dir": "auto"}, one_line(forecast_title(outcome)), " ", state)
    before = listed(map(outcome_words, told.before), "detail")
    return element("li", {"class": "event"}, heading, facts(rows), before, _quotes(told.quotes))


def _quotes(quotes: Sequence[Quote]) -> Html:
    return joined(
        *(joined(element("p", {"class": "detail"}, cited(it.report)), quoted(it.words.text)) for it in quotes)
    )
