"""The form around what is reviewed: who decides, what was just decided with a way back, and where to go after."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from sayso.ledger import Ledger
from sayso.review import Decision, Verdict, decision, decisions_on
from sayso.review.deciding import LONGEST_NAME
from sayso.review.standing import held
from sayso.share.markup import Attributes, Html, element, joined
from sayso.share.visible import one_line
from sayso.web.drawing.judged import words_of
from sayso.web.reviewers import is_asked, reviewer

DONE = "done"  # of a query string: the decision that was just made


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Who looks at a page of review ("": nobody has said), whether they may say who they are, and where it is.

    `done` is the decision they just made, where it still stands.
    """

    who: str
    asked: bool
    here: str
    done: Decision | None


def reviewing(request: Request, ledger: Ledger) -> Reviewing:
    """What a page of review is made for."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != DONE]
    address = request.url.replace(query=None).path
    said = "&".join(part for part in request.url.query.split("&") if not part.startswith(f"{DONE}="))
    here = f"{address}?{said}" if query and said else address
    return Reviewing(reviewer(request), is_asked(request), here, _done(ledger, request.query_params.get(DONE, "")))


def answerable(found: Reviewing, *content: Html) -> Html:
    """The form around items of review; without a name only what there is to see."""
    if not found.who:
        return joined(_naming(found), *content)
    attributes: Attributes = {"action": "/review/decide", "method": "post", "class": "answerable", "data-review": True}
    return element("form", attributes, return_to(found.here), *content)


def return_to(here: str) -> Html:
    """Where to go after a form was taken."""
    return element("input", {"type": "hidden", "name": "to", "value": here})


def told_of(found: Reviewing) -> Html:
    """Who decides here, and what they just did, to be taken back."""
    parts = []
    if found.who:
        other = element("a", {"href": "/review#name"}, "not you?") if found.asked else Html()
        name = element("bdi", None, one_line(found.who))
        parts.append(element("p", {"class": "detail"}, "You decide as ", name, ". ", other))
    if found.done is not None:
        parts.append(_just(found.done, found))
    return joined(*parts)


def _just(made: Decision, found: Reviewing) -> Html:
    """What was just decided, and the button that takes it back."""
    what = "Taken back" if made.verdict is Verdict.UNDONE else made.verdict.value.capitalize()
    many = " and what was decided with it" if made.bulk else ""
    undo = element(
        "form",
        {"action": "/review/undo", "method": "post"},
        return_to(found.here),
        element("button", {"type": "submit", "name": "decision", "value": made.bulk or made.id, "class": "small",
                           "data-undo": True}, "Undo"),
    )  # fmt: skip
    line = element("span", None, f"{what}{many}: ", element("bdi", None, f"“{words_of(made.items[0])}”"))
    return element("div", {"class": "just", "role": "status"}, line, " ", undo if found.who else Html())


def _naming(found: Reviewing) -> Html:
    """Who decides, to be said once."""
    if not found.asked:
        return Html()
    return element(
        "form",
        {"action": "/review/name", "method": "post", "class": "keep", "id": "name"},
        return_to(found.here),
        element("label", {"for": "f-who"}, "To decide, say who you are: it stands beside each of your decisions. "),
        element("input", {"type": "text", "name": "who", "id": "f-who", "required": True, "maxlength": LONGEST_NAME,
                          "autocomplete": "name", "dir": "auto"}),
        " ",
        element("button", {"type": "submit"}, "That is me"),
    )  # fmt: skip


def renaming(found: Reviewing) -> Html:
    """The form to decide under another name."""
    if not found.asked or not found.who:
        return Html()
    return element(
        "form",
        {"action": "/review/name", "method": "post", "class": "keep", "id": "name"},
        return_to("/review"),
        element("label", {"for": "f-who"}, "Decide under another name "),
        element("input", {"type": "text", "name": "who", "id": "f-who", "required": True, "maxlength": LONGEST_NAME,
                          "autocomplete": "name", "dir": "auto"}),
        " ",
        element("button", {"type": "submit"}, "Change"),
    )  # fmt: skip


def _done(ledger: Ledger, id_: str) -> Decision | None:
    """A decision that stands, by its id."""
    if not id_.startswith("d-") or len(id_) > LONGEST_NAME:
        return None
    with ledger.looking() as connection:
        made = decision(connection, id_)
        if made is None or all(it.id != made.id for it in held(decisions_on(connection, made.reports[0]))):
            return None
    return made
