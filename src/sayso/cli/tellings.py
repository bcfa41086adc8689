"""Events laid out for a terminal: versions, tolls as ranges, who is blamed by whom, and the grade with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from sayso.cli.printing import hanging, print_lines, words
from sayso.share.answer_words import blame_words, brief_ids, cited, differing, event_title, toll_words
from sayso.trace.answers.happenings import EventAnswer
from sayso.vocabulary import Event

_BOLD: Final = Style(bold=True)
_DIM: Final = Style(dim=True)
_MOST_QUOTED: Final = 3


def show(told: EventAnswer, console: Console) -> None:
    """Print an event."""
    print_lines(console, *event_lines(told, console), Text())


def event_lines(told: EventAnswer, console: Console) -> Iterator[Text]:
    """An event with all its versions and how it is vouched for."""
    event, grading = told.event, told.vouching.grading
    yield from title_lines(event, console)
    yield from hanging(console, words(f"{grading.grade} · {told.summary}"), 4)
    for reason in grading.reasons:
        yield from hanging(console, words(brief_ids(reason), _DIM), 6)
    for name, found in differing(event):
        yield from hanging(console, words(f"{name}: {found}"), 4)
    for toll in event.tolls:
        yield from hanging(console, words(toll_words(toll)), 4)
    for line in blame_words(event):
        yield from hanging(console, words(line), 4)
    for quote in told.quotes[:_MOST_QUOTED]:
        yield from hanging(console, words(f"{cited(quote.report)}: “{quote.words.text}”", _DIM), 4)
    if (more := len(event.tellings) - _MOST_QUOTED) > 0:
        yield words(f"    and {more} more tell of it", _DIM)


def title_lines(event: Event, console: Console) -> Iterator[Text]:
    """An event in a line, with its id."""
    yield from hanging(console, words(event_title(event), _BOLD), 2)
    yield from hanging(console, words(event.id, _DIM), 4)
