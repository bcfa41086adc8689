"""Somebody across reports laid out for a terminal: names and why they are one, roles, labels, words, forecasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from sayso.cli.printing import hanging, print_lines, words
from sayso.cli.tellings import title_lines
from sayso.share.answer_words import bare, brief_ids, cited, count, label_words, outcome_words
from sayso.trace.answers.claiming import LabelUse
from sayso.trace.answers.persons import ActorAnswer
from sayso.vocabulary import Join

_BOLD: Final = Style(bold=True)
_DIM: Final = Style(dim=True)


def show(answer: ActorAnswer, console: Console) -> None:
    """Print who somebody is across reports."""
    print_lines(console, *_lines(answer, console), Text())


def _lines(answer: ActorAnswer, console: Console) -> Iterator[Text]:
    actor = answer.actor
    yield from hanging(console, words(actor.name, _BOLD), 0)
    yield from hanging(console, words(f"{actor.id} · {actor.kind} · {count(answer.reports, 'report')}", _DIM), 0)
    if len(actor.names) > 1:
        yield from hanging(console, words(f"called: {', '.join(actor.names)}"), 2)
    if answer.roles:
        yield from hanging(console, words("as: " + ", ".join(f"{it.text} ({it.reports})" for it in answer.roles)), 2)
    yield from _joins("Why these names are one", [it for it in answer.joins if it.made], console)
    yield from _joins("May be the same, not joined", [it for it in answer.joins if not it.made], console)
    yield from _labels(answer.labels, console)
    if answer.said:
        stances = ", ".join(f"{stance} {number}" for stance, number in answer.stances)
        yield from _section(f"Says ({stances})")
    for it in answer.said:
        yield from hanging(console, words(f"{it.stance}: “{bare(it.content.text)}”"), 2)
        yield from hanging(console, words(f"{cited(it.report)} · {it.report.report}", _DIM), 4)
    if answer.forecasts:
        yield from _section("Foretold")
    for told in answer.forecasts:
        yield from hanging(console, words(outcome_words(told.outcome)), 2)
        yield from hanging(console, words(f"before: {told.run}", _DIM), 4)
    if answer.events:
        yield from _section("Events with a part in them")
    for event in answer.events:
        yield from title_lines(event, console)


def _joins(title: str, joins: Sequence[Join], console: Console) -> Iterator[Text]:
    if joins:
        yield from _section(title)
    for join in joins:
        names = f"{_bare(join.one)} = {_bare(join.other)}" if join.made else f"{_bare(join.one)}, {_bare(join.other)}"
        yield from hanging(console, words(f"{names}: {join.rule}, {join.score:.2f}"), 2)
        yield from hanging(console, words(brief_ids(f"{join.id} · {'; '.join(join.reasons)}"), _DIM), 4)


def _bare(key: str) -> str:
    """A name without the sort that its key begins with."""
    return brief_ids(key.partition(":")[2] or key)


def _labels(labels: Sequence[LabelUse], console: Console) -> Iterator[Text]:
    if labels:
        yield from _section("Called by others")
    for label in labels:
        yield from hanging(console, words(label_words(label)), 2)


def _section(title: str) -> Iterator[Text]:
    yield Text()
    yield words(title, _BOLD)
