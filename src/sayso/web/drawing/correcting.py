"""The forms that correct, merge and split an item, by fields that hold what was read, or what somebody corrected."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sayso.review import Item, Kind, ReviewedItem, Verdict
from sayso.review.items import PASSAGES
from sayso.review.values import WORDS
from sayso.share.markup import Attributes, Html, element, joined, verbatim
from sayso.web.choosing import SET, SHOWN
from sayso.web.drawing.answerable import Reviewing, answerable
from sayso.web.drawing.judged import settling, target, words_of

_LABELS: Final = {
    "content": "What is said", "cue": "The word that says it (cue)", "source": "The words that name the source",
    "speaker": "Who says it: outlet, unknown, or words that name them", "mentions": "The words that tell of it",
    "span": "Its words", "name": "The words of the name", "entry": "Entry of the gazetteer, as JSON (empty: none)",
    "start": "First day", "end": "Last day",
}  # fmt: skip
_MERGEABLE: Final = (Kind.STATEMENT, Kind.INCIDENT, Kind.ACTOR)
_SPLIT: Final = {
    Kind.ACTOR: "Mentions that are somebody else’s, each as 12:30",
    Kind.STATEMENT: "The parts, each on a line: words that stand in the report once, or offsets as 12:30",
    Kind.INCIDENT: "The parts, each on a line: words that stand in the report once, or offsets as 12:30",
}
_HOW: Final = (
    "Words are written as they stand in the report, where they stand in it once, or as offsets: 12:30,41:50. "
    "Select in the text, and take the selection into a field."
)
_MOST_OTHERS: Final = 300
_SEVERAL_LINES: Final = 80  # code points of a field that takes several lines


def correcting(it: ReviewedItem, text: str, others: Sequence[Item], found: Reviewing) -> Html:
    """All that can be done with an item beside accepting and rejecting it."""
    forms = [_correction(it, text, found)]
    if it.item.kind in _MERGEABLE:
        if others:
            forms.append(_merging(it, others, found))
        forms.append(_splitting(it, found))
    return joined(*forms)


def _correction(it: ReviewedItem, text: str, found: Reviewing) -> Html:
    own = [made for made in it.decisions if made.who == found.who and made.verdict is Verdict.CORRECTED]
    now = {**it.read, **(own[-1].after if own else {})}
    fields = [_field(it.item.kind, name, now[name], text) for name in it.read]
    return _panel("Correct", it, found, "correct", element("p", {"class": "detail"}, _HOW), *fields)


def _merging(it: ReviewedItem, others: Sequence[Item], found: Reviewing) -> Html:
    options = (element("option", {"value": other.id}, f"{words_of(other)[:120]}") for other in others[:_MOST_OTHERS])
    chooser = element("select", {"name": "others", "id": "f-others", "multiple": True, "size": min(8, len(others)),
                                 "autocomplete": "off"}, *options)  # fmt: skip
    label = element("label", {"for": "f-others"}, "What it is one with; several may be chosen")
    return _panel("Merge", it, found, "merge", element("p", {"class": "field"}, label, chooser))


def _splitting(it: ReviewedItem, found: Reviewing) -> Html:
    area = element("textarea", {"name": "parts", "id": "f-parts", "rows": 3, "dir": "auto", "data-lines": True})
    label = element("label", {"for": "f-parts"}, _SPLIT[it.item.kind])
    return _panel("Split", it, found, "split", element("p", {"class": "field"}, label, area, _taking("f-parts")))


def _panel(heading: str, it: ReviewedItem, found: Reviewing, verdict: str, *content: Html) -> Html:
    """A form of its own, with the reason and one button."""
    about = target(it.item)
    why = element(
        "p",
        {"class": "field"},
        element("label", {"for": f"why-{verdict}"}, "Why"),
        element("input", {"type": "text", "name": "why", "id": f"why-{verdict}", "maxlength": 2000, "dir": "auto",
                          "autocomplete": "off"}),
    )  # fmt: skip
    button = element("button", {"type": "submit", "name": verdict, "value": about}, heading)
    form = answerable(found, *content, why, settling(about, it.state), element("p", None, button))
    return element("details", {"open": verdict == "correct", "class": "panel"}, element("summary", None, heading), form)


def _field(kind: Kind, name: str, value: Any, text: str) -> Html:  # noqa: ANN401 - a plain value
    """A field with what it holds now, and beside it what it held when the page was made."""
    words = WORDS[kind].get(name)
    id_ = f"f-{name}"
    held = written(value, text)
    was = element("input", {"type": "hidden", "name": SHOWN + name, "value": held})
    label = element("label", {"for": id_}, _LABELS.get(name, name.capitalize()))
    if words is not None:
        options = (element("option", {"value": it.value, "selected": it.value == held}, it.value) for it in words)
        chooser = element("select", {"name": SET + name, "id": id_, "autocomplete": "off"}, *options)
        return element("p", {"class": "field"}, label, chooser, was)
    attributes: Attributes = {"name": SET + name, "id": id_, "dir": "auto", "autocomplete": "off", "maxlength": 20_000}
    taking = _taking(id_) if name in PASSAGES[kind] or name == "speaker" else Html()
    if len(held) > _SEVERAL_LINES:
        box = element("textarea", {**attributes, "rows": 3}, verbatim(held))
    else:
        box = element("input", {"type": "text", **attributes, "value": held})
    return element("p", {"class": "field"}, label, box, was, taking)


def _taking(id_: str) -> Html:
    """The button that puts the selection into a field; a script shows it."""
    return element(
        "button", {"type": "button", "class": "small", "data-take": id_, "hidden": True}, "Take the selection"
    )


def written(value: Any, text: str) -> str:  # noqa: ANN401 - a plain value
    """A value as it is typed: a span as words where they stand in the report once and are few, else as offsets."""
    match value:
        case None:
            return ""
        case str():
            return value
        case [[int(start), int(end)]] if _stands_once(text, text[start:end]):
            return text[start:end]
        case [[int(), int()], *_]:
            return ",".join(f"{start}:{end}" for start, end in value)
        case []:
            return ""
        case {"kind": "actor", "spans": spans}:
            return written(spans, text)
        case {"kind": kind} if isinstance(value, Mapping) and len(value) == 1:
            return str(kind)
    return json.dumps(value, ensure_ascii=False)


def _stands_once(text: str, words: str) -> bool:
    """Whether words can be typed for their span, and would be read as words."""
    is_plain = (
        words.isprintable() and words == words.strip() and ":" not in words and words not in ("outlet", "unknown")
    )
    return is_plain and len(words) < 500 and text.find(words, text.find(words) + 1) < 0
