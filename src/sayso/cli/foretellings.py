"""Forecasts laid out for a terminal: whose, of what, what became of it, and the run before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from sayso.cli.printing import hanging, print_lines, words
from sayso.share.answer_words import cited, clear, event_title, forecast_title, outcome_words, unclear_words, voice_name
from sayso.trace.answers.foreseeing import ForecastAnswer
from sayso.vocabulary import OutcomeState

_DIM: Final = Style(dim=True)
_STATES: Final = {
    OutcomeState.OPEN: Style(color="yellow", bold=True),
    OutcomeState.FOLLOWED: Style(color="cyan", bold=True),
    OutcomeState.LAPSED: Style(color="magenta", bold=True),
    OutcomeState.UNCLEAR: Style(dim=True),
}


def show(told: ForecastAnswer, console: Console) -> None:
    """Print a forecast."""
    print_lines(console, *forecast_lines(told, console), Text())


def forecasts_lines(forecasts: Sequence[ForecastAnswer], console: Console) -> Iterator[Text]:
    """Forecasts of which something could follow, and how many others there are."""
    for told in clear(forecasts):
        yield from forecast_lines(told, console)
    if more := unclear_words(forecasts):
        yield words(f"  {more}", _DIM)


def forecast_lines(told: ForecastAnswer, console: Console) -> Iterator[Text]:
    """A forecast, what became of it, and how often the same voice foretold the like before."""
    outcome = told.outcome
    head = Text.assemble(words(f"{outcome.state}", _STATES[outcome.state]), words(f"  {forecast_title(outcome)}"))
    yield from hanging(console, head, 2)
    for reason in outcome.reasons:
        yield from hanging(console, words(reason, _DIM), 4)
    for quote in told.quotes:
        yield from hanging(console, words(f"{cited(quote.report)}: “{quote.words.text}”", _DIM), 4)
    events = {event.id: event for event in told.followed}
    for it in outcome.followed:
        title = event_title(events[it.event]) if it.event in events else it.event
        yield from hanging(console, words(f"{it.days} days after: {title} ({'; '.join(it.reasons)})"), 4)
    if told.before:
        yield from hanging(console, words(f"before by {voice_name(outcome)}: {told.run}"), 4)
    for earlier in told.before:
        yield from hanging(console, words(outcome_words(earlier), _DIM), 6)
