"""The list of statements, one note each. The page's card shows them; on paper they are its footnotes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from sayso.share.markup import Html, element, joined
from sayso.share.outline import Entry, Outline
from sayso.share.visible import one_line
from sayso.share.wording import (
    FORMS,
    Step,
    candidate_names,
    certainty,
    label_owner,
    outlet_name,
    rests_on_unnamed,
    speaker_name,
    steps,
    tone,
)
from sayso.vocabulary import Actor, Label, Statement

Labels = list[tuple[Label, Actor]]  # in order of the text


def notes(outline: Outline) -> Html:
    """Every statement in reading order, with all that the reading holds on it."""
    labels = [(label, actor) for actor in outline.reading.actors for label in actor.labels]
    labels.sort(key=lambda pair: pair[0].span)
    items = (_item(outline, entry, labels) for entry in outline.entries)
    heading = element("h2", {"id": "statements-heading"}, "The statements, one by one")
    status = element("p", {"class": "filter", "id": "filter", "role": "status"})
    attributes = {
        "class": "notes",
        "id": "statements",
        "aria-labelledby": "statements-heading",
        "tabindex": "-1",
    }
    return element("section", attributes, heading, status, element("ol", None, *items))


def _item(outline: Outline, entry: Entry, labels: Labels) -> Html:
    attributes = {"id": f"n{entry.number}", "class": f"note {tone(entry.statement)} in{min(entry.depth, 3)}"}
    return element(
        "li",
        attributes,
        _heading(outline, entry),
        element("blockquote", {"dir": "auto"}, one_line(entry.statement.content.text)),
        _chain(outline, entry.statement),
        element("dl", {"class": "facts"}, *_facts(outline, entry, labels)),
    )


def _heading(outline: Outline, entry: Entry) -> Html:
    statement = entry.statement
    number = element("a", {"class": "number", "href": f"#r{entry.number}", "data-go": entry.number}, str(entry.number))
    name = element("bdi", {"class": "name"}, one_line(speaker_name(outline, statement)))
    return element("h3", None, number, " ", name, " ", element("span", {"class": "stance"}, str(statement.stance)))


def _chain(outline: Outline, statement: Statement) -> Html:
    """The chain, drawn from the outlet to the origin."""
    arrow = element("span", {"class": "arrow", "role": "img", "aria-label": " on the word of "}, " ← ")
    links = [joined(arrow, _step(step)) for step in steps(outline, statement)]
    outlet = element("bdi", {"class": "step"}, one_line(outlet_name(outline.reading.report)))
    classes = "chain open" if rests_on_unnamed(outline, statement) else "chain"
    alone = Html() if links else element("span", {"class": "rule"}, ", on its own word")
    return element("p", {"class": classes}, outlet, *links, alone)


def _step(step: Step) -> Html:
    classes = "step" if step.name else "step unnamed"
    name = element("bdi", {"class": classes}, one_line(step.name) if step.name else _unnamed(step))
    rule = element("span", {"class": "rule"}, f" (by rule: {step.rule})") if step.rule else Html()
    return joined(name, rule)


def _unnamed(step: Step) -> Html:
    """An unnamed step; the words known of it keep their own direction."""
    words = one_line(step.words)
    return joined("unnamed: “", element("bdi", None, words), "”") if words else joined("unnamed")


def _facts(outline: Outline, entry: Entry, labels: Labels) -> Iterator[Html]:
    statement = entry.statement
    yield _fact("Form", FORMS[statement.form])
    yield _fact("Certainty", certainty(outline, statement))
    if statement.about_future:
        yield _fact("Time", "about the future")
    if candidates := candidate_names(outline, statement):
        yield _fact("Perhaps", ", ".join(candidates))
    if entry.parent:
        yield _fact("Inside", _link(outline, entry.parent))
    if entry.children:
        yield _fact("Holds", joined(*_separated([_link(outline, child) for child in entry.children])))
    for label, actor in _labels(statement, labels):
        yield _fact("Label", f"“{label.text}” on {actor.name} – {label_owner(outline, label)}")
    yield _fact("Reader’s score", f"{statement.score:.2f}")


def _labels(statement: Statement, every: Labels) -> Iterator[tuple[Label, Actor]]:
    """The labels that begin in what a statement says, in order of the text."""
    for span in statement.content.spans:
        first, last = (bisect_left(every, edge, key=lambda pair: pair[0].span.start) for edge in span)
        yield from every[first:last]


def _fact(name: str, value: str) -> Html:
    shown = value if isinstance(value, Html) else one_line(value)
    return element("div", None, element("dt", None, name), element("dd", {"dir": "auto"}, shown))


def _link(outline: Outline, number: int) -> Html:
    name = one_line(speaker_name(outline, outline.entries[number - 1].statement))
    return element("a", {"href": f"#n{number}", "data-go": number}, f"{number} ", element("bdi", None, name))


def _separated(parts: list[Html]) -> Iterator[Html]:
    for place, part in enumerate(parts):
        yield joined(", ", part) if place else part
