"""A reading laid out for a terminal: the summary, the statements in order, the labels, then what happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from sayso.cli import happenings
from sayso.cli.printing import print_lines, words
from sayso.share.outline import Entry, Outline, outline
from sayso.share.summary import summary
from sayso.share.visible import one_line
from sayso.share.wording import (
    Tone,
    candidate_names,
    certainty,
    is_marked,
    label_owner,
    outlet_name,
    speaker_name,
    steps,
    tone,
)
from sayso.vocabulary import Form, Published, Reading, Report, Statement

_COLOURS: Final = {
    Tone.TELLS: Style(color="cyan"),
    Tone.SUPPOSES: Style(color="magenta"),
    Tone.DISPUTES: Style(color="red"),
    Tone.INTENDS: Style(color="yellow"),
    Tone.VOICE: Style(dim=True),
}
_BOLD: Final = Style(bold=True)
_DIM: Final = Style(dim=True)
_FORMS: Final = {Form.DIRECT: "quoted", Form.MIXED: "partly quoted"}
_GUTTER: Final = 4  # holds a number of three digits and a space
_DEEPEST: Final = 4  # levels still indented, so that the innermost keep room at 40 columns
_CONTENT_LINES: Final = 2  # enough to know a statement by; the page and the JSON have all of it


def show(reading: Reading, console: Console) -> None:
    """Print a reading for a person, in the console's width, colours and encoding."""
    outlined = outline(reading)
    print_lines(console, *_title(reading.report))
    print_lines(console, Text(), *_summary(outlined))
    for entry in outlined.entries:
        print_lines(console, Text(), *_statement(outlined, entry, console))
    print_lines(console, *_labels(outlined))
    print_lines(console, *happenings.lines(reading, console))


def _title(report: Report) -> Iterator[Text]:
    yield words(report.title or "A report without a title", _BOLD)
    byline = (report.outlet, report.author, _published(report.published), report.url)
    if any(byline):
        yield words(" · ".join(part for part in byline if part), _DIM)
    yield from (words(f"! {flag}", _COLOURS[Tone.INTENDS]) for flag in report.flags)


def _published(published: Published | None) -> str:
    if published is None:
        return ""
    zone = f" {published.zone}" if published.zone else ""
    return f"{published.value}{zone} ({published.basis})"


def _summary(outline: Outline) -> Iterator[Text]:
    counted = summary(outline)
    figures = [
        _count(counted.statements, "statement"),
        _count(counted.speakers, "speaker"),
        f"{len(counted.own_voice)} in the outlet's own voice",
        f"{len(counted.inner)} inside another",
    ]
    yield words(" · ".join(figures))
    if counted.unnamed:
        numbers = ", ".join(map(str, counted.unnamed))
        verb = "rests" if len(counted.unnamed) == 1 else "rest"
        yield words(f"{len(counted.unnamed)} {verb} on an unnamed origin: {numbers}")
    if found := happenings.counts(outline.reading):
        yield words(found)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _statement(outline: Outline, entry: Entry, console: Console) -> Iterator[Text]:
    margin = _GUTTER * min(entry.depth, _DEEPEST)
    room = max(console.width - margin - _GUTTER, 1)
    lines = [
        *_heading(outline, entry).wrap(console, room, overflow="fold"),
        *_content(entry.statement, console, room),
        *(line for chain in _chain(outline, entry.statement) for line in chain.wrap(console, room, overflow="fold")),
    ]
    for place, line in enumerate(lines):
        gutter = f"{entry.number:>{_GUTTER - 1}} " if place == 0 else " " * _GUTTER
        yield Text.assemble(" " * margin, (gutter, _DIM), line)


def _heading(outline: Outline, entry: Entry) -> Text:
    """Speaker, stance, and what else is worth knowing before the words."""
    statement = entry.statement
    colour = _COLOURS[tone(statement)]
    own = tone(statement) is Tone.VOICE
    heading = Text().append_text(words(speaker_name(outline, statement), _DIM if own else _BOLD))
    heading.append_text(words(f" {statement.stance}", colour))
    for remark in _remarks(outline, statement):
        heading.append_text(words(f" · {remark}", _DIM))
    return heading


def _remarks(outline: Outline, statement: Statement) -> Iterator[str]:
    if statement.form in _FORMS:
        yield _FORMS[statement.form]
    if is_marked(statement):
        yield certainty(outline, statement)
    if statement.about_future:
        yield "about the future"
    if candidates := candidate_names(outline, statement):
        yield f"perhaps {' or '.join(candidates)}"


def _content(statement: Statement, console: Console, room: int) -> list[Text]:
    content = words(statement.content.text, _DIM if tone(statement) is Tone.VOICE else Style())
    lines = list(content.wrap(console, room, overflow="fold"))
    if len(lines) > _CONTENT_LINES:
        last = lines[_CONTENT_LINES - 1]
        last.rstrip()
        last.truncate(max(room - 2, 1))
        last.rstrip()
        last.append(" …")
    return lines[:_CONTENT_LINES]


def _chain(outline: Outline, statement: Statement) -> Iterator[Text]:
    """The chain on a line, or nothing where the outlet rests on its own word."""
    if links := steps(outline, statement):
        yield words(" ← ".join([outlet_name(outline.reading.report), *map(str, links)]), _DIM)


def _labels(outline: Outline) -> Iterator[Text]:
    found = dict.fromkeys(
        (one_line(label.text), actor.name, label_owner(outline, label))
        for actor in outline.reading.actors
        for label in actor.labels
    )
    if found:
        yield Text()
        yield words("Labels", _BOLD)
    for text, name, owner in found:
        yield words(f"  “{text}” on {name} · {owner}")
