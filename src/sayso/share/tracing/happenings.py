"""Events and forecasts on the page: versions by source, tolls as ranges, grades with reasons, and what followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.share.answer_words import (
    blame_words,
    brief_ids,
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
from sayso.share.tracing.addresses import Address, alone, linked
from sayso.share.tracing.quoting import citation, facts, listed, quoted
from sayso.share.visible import one_line
from sayso.trace.answers.citing import Quote
from sayso.trace.answers.foreseeing import ForecastAnswer
from sayso.trace.answers.happenings import EventAnswer


def event_list(events: Iterable[EventAnswer], address: Address = alone) -> Html:
    """Events, each with all its versions and how it is vouched for."""
    return element("ol", {"class": "happened"}, *(_event(it, address) for it in events))


def forecast_list(forecasts: Sequence[ForecastAnswer], address: Address = alone) -> Html:
    """Forecasts, each with what became of it, and how often the same voice foretold the like before."""
    shown = element("ol", {"class": "foreseen"}, *(forecast_item(it, address) for it in clear(forecasts)))
    more = unclear_words(forecasts)
    return joined(shown, element("p", {"class": "detail"}, more) if more else Html())


def _event(told: EventAnswer, address: Address) -> Html:
    title = linked(told.event.id, joined(one_line(event_title(told.event))), address)
    return element("li", {"class": "event"}, element("h4", {"dir": "auto"}, title), event_told(told, address))


def event_told(told: EventAnswer, address: Address = alone) -> Html:
    """All that is told of an event, below its heading."""
    event, grading = told.event, told.vouching.grading
    rows = [
        ("Grade", f"{grading.grade}: {brief_ids('; '.join(grading.reasons))} (rule {grading.rule})"),
        ("Voices", told.summary),
        *((name.capitalize(), found) for name, found in differing(event)),
        *(("Toll", toll_words(toll)) for toll in event.tolls),
        *(("Who", line) for line in blame_words(event)),
        ("Id", event.id),
    ]
    return joined(facts(rows), quotes(told.quotes, address))


def forecast_item(told: ForecastAnswer, address: Address = alone, heading_of: str = "h4") -> Html:
    """A forecast with what became of it, as an item of a list; `heading_of` is the element of its heading."""
    outcome = told.outcome
    titles = {event.id: event_title(event) for event in told.followed}
    rows: list[tuple[str, str | None]] = [
        ("Why", "; ".join(outcome.reasons)),
        *(("Followed", f"{it.days} days after: {titles.get(it.event, it.event)}") for it in outcome.followed),
        ("Before", f"{voice_name(outcome)}: {told.run}" if told.before else None),
    ]
    state = element("span", {"class": "status"}, str(outcome.state))
    heading = element(heading_of, {"dir": "auto"}, one_line(forecast_title(outcome)), " ", state)
    before = listed(map(outcome_words, told.before), "detail")
    return element("li", {"class": "event"}, heading, facts(rows), before, quotes(told.quotes, address))


def quotes(found: Sequence[Quote], address: Address = alone) -> Html:
    """Words of reports, each under its report."""
    return joined(
        *(
            joined(element("p", {"class": "detail"}, citation(it.report, address)), quoted(it.words.text))
            for it in found
        )
    )
