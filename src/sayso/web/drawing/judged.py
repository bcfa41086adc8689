"""Items of review: what was read, how far it has come, who decided what and when, and the buttons to decide.

What a machine read is called so until somebody decided. Buttons and boxes are of one form that stands around the list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sayso.review import DECIDED, Decision, Item, Kind, State, Verdict
from sayso.share.markup import Html, element, joined
from sayso.share.visible import one_line
from sayso.web.choosing import TICKED

_SHOWN: Final = 300  # code points of words
_NAMED: Final = 60
_VERDICTS: Final = {"accept": "Accept", "reject": "Reject", "unsure": "Unsure"}
_STATES: Final = {
    State.UNDECIDED: "undecided: as a machine read it",
    State.CONTESTED: "contested: people differ",
    State.ORPHANED: "orphaned: fits nothing that is read now",
}


def words_of(item: Item) -> str:
    """The words of an item in a line."""
    words = one_line(" / ".join(filter(None, item.words)))
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def target(item: Item) -> str:
    """What buttons call an item."""
    return f"{item.report}/{item.id}"


def state_sign(state: State) -> Html:
    """How far an item has come, in words."""
    return element("span", {"class": f"state {state.value}"}, _STATES.get(state, state.value))


def verdict_buttons(about: str, words: str, verdicts: Mapping[str, str] = _VERDICTS) -> Html:
    """A button for each verdict on something."""
    short = words if len(words) <= _NAMED else f"{words[:_NAMED]}…"
    return joined(
        *(
            element(
                "button",
                {"type": "submit", "name": name, "value": about, "aria-label": f"{said}: {short}", "class": "small"},
                said,
            )
            for name, said in verdicts.items()
        )
    )


def tick(about: str, words: str) -> Html:
    """The box that puts something among those that are decided together."""
    short = words if len(words) <= _NAMED else f"{words[:_NAMED]}…"
    return element("input", {"type": "checkbox", "name": TICKED, "value": about, "aria-label": f"Tick: {short}",
                             "autocomplete": "off"})  # fmt: skip


def settling(about: str, state: State) -> Html:
    """The box that ends a conflict; nothing where there is none."""
    if state is not State.CONTESTED:
        return Html()
    box = element("input", {"type": "checkbox", "name": "settle", "value": about, "autocomplete": "off"})
    return element("label", {"class": "settle"}, box, " in view of what others decided, to end the conflict")


def together(verdicts: Mapping[str, str] = _VERDICTS) -> Html:
    """The reason for what is decided next, and the buttons for all that is ticked."""
    buttons = (
        element("button", {"type": "submit", "name": "together", "value": name}, said)
        for name, said in verdicts.items()
    )
    return element(
        "div",
        {"class": "together"},
        # Enter in the reason would press the first button of the form: this one does nothing.
        element("button", {"type": "submit", "disabled": True, "hidden": True}, "Nothing"),
        element("label", {"for": "why"}, "Why, for what you decide next"),
        element("input", {"type": "text", "name": "why", "id": "why", "maxlength": 2000, "dir": "auto",
                          "autocomplete": "off"}),
        element("span", {"class": "all-ticked"}, "All that is ticked: ", *buttons),
    )  # fmt: skip


def decisions_told(found: Iterable[Decision], standing: Iterable[Decision] = (), *, undoing: bool) -> Html:
    """Decisions with who, when, before, after and why; each can be taken back where the form around it may."""
    stands = {it.id for it in standing}
    rows = [_decision(it, undoing=undoing, overtaken=bool(stands) and it.id not in stands) for it in found]
    return element("ul", {"class": "decisions"}, *rows) if rows else Html()


def value_words(value: Any, text: str = "") -> str:  # noqa: ANN401 - any plain value
    """A value that can be corrected, in words: spans as the words they have where the text is known."""
    match value:
        case None:
            return "not known"
        case str():
            return value
        case {"kind": "actor", "spans": spans}:
            return value_words(spans, text) or "somebody"
        case {"kind": kind, **rest} if not rest:
            return str(kind)
        case {"name": name, "lat": lat, "lon": lon}:
            return f"{name} ({lat:g}, {lon:g})"
        case [[int(), int()], *_]:
            if text:
                return " … ".join(f"“{text[start:end]}”" for start, end in value)
            return ",".join(f"{start}:{end}" for start, end in value)
        case []:
            return "nothing"
    return json.dumps(value, ensure_ascii=False)


def _decision(made: Decision, *, undoing: bool, overtaken: bool) -> Html:
    after = "; ".join(
        f"{name}: {value_words(made.before.get(name))} → {value_words(value)}" for name, value in made.after.items()
    )
    when = made.when[:16].replace("T", " ")
    what = f"took back {made.undoes}" if made.verdict is Verdict.UNDONE else made.verdict.value
    notes = [
        "made with others" if made.bulk else "",
        "in view of what others decided" if made.settles else "",
        "overtaken since" if overtaken else "",
    ]
    undo = Html()
    if undoing:
        name = f"Undo: {made.verdict.value} by {one_line(made.who)}"
        undo = element("button", {"type": "submit", "class": "small undo", "name": "decision", "value": made.id,
                                  "formaction": "/review/undo", "aria-label": name}, "Undo")  # fmt: skip
    return element(
        "li",
        {"id": made.id},
        element("b", None, what),
        " by ",
        element("bdi", None, one_line(made.who)),
        ", ",
        element("time", {"datetime": made.when}, f"{when} UTC"),
        *(joined(" · ", it) for it in notes if it),
        element("span", {"class": "detail"}, f" {one_line(after)}") if after else Html(),
        element("q", {"dir": "auto"}, one_line(made.why)) if made.why else Html(),
        " ",
        undo,
    )


def is_open(state: State) -> bool:
    """Whether nobody settled it."""
    return state not in DECIDED


def kind_words(kind: Kind) -> str:
    """What items of a kind are called in a heading."""
    return {Kind.STATEMENT: "Statements", Kind.INCIDENT: "Incidents", Kind.PLACE: "Places", Kind.TIME: "Times",
            Kind.ACTOR: "Actors"}[kind]  # fmt: skip
