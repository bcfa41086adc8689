"""Events in a list: what, where and when, how it is vouched for, how many came to harm, and the first words of it."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.share.answer_words import brief_ids, event_title, toll_words
from sayso.share.markup import Html, element
from sayso.share.tracing.happenings import quotes
from sayso.share.visible import one_line
from sayso.trace.answers import EventAnswer
from sayso.web.addresses import page_of


def event_items(found: Iterable[EventAnswer]) -> Html:
    """Events, each with a link to its page, where all of its versions stand."""
    return element("ol", {"class": "items"}, *map(_item, found))


def _item(told: EventAnswer) -> Html:
    event, grading = told.event, told.vouching.grading
    heading = element("a", {"href": page_of(event.id), "class": "item", "dir": "auto"}, one_line(event_title(event)))
    tolls = (element("p", {"class": "detail", "dir": "auto"}, one_line(toll_words(it))) for it in event.tolls)
    return element(
        "li",
        None,
        element("h2", None, heading),
        element(
            "p",
            {"class": "byline"},
            element("span", {"class": f"grade {str(grading.grade).replace(' ', '-')}"}, str(grading.grade)),
            element("span", None, told.summary),
        ),
        element("p", {"class": "detail"}, one_line(brief_ids("; ".join(grading.reasons)))),
        *tolls,
        quotes(told.quotes[:1], page_of),
    )
