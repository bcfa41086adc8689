"""What is told as having happened: a map and a list, narrowed by what is asked for, and each event on its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse

from sayso.share.answer_words import count, event_title
from sayso.share.markup import Html, element
from sayso.share.tracing.happenings import event_told
from sayso.share.visible import one_line
from sayso.trace.answers import EventAnswer, WantedEvents, events
from sayso.vocabulary import Grade, IncidentType
from sayso.web import fields, subjects
from sayso.web.addresses import asked, page_of, with_links
from sayso.web.desk import At
from sayso.web.drawing.choices import choice_field, chosen, empty, link, narrowing, paragraph, text_field, to_narrowing
from sayso.web.drawing.happened import event_items
from sayso.web.drawing.parts import titled_part
from sayso.web.drawing.pins import pinned
from sayso.web.layout import Page, shown
from sayso.web.spots import event_pins

_PAGE: Final = 20
_MOST: Final = 200  # events that one list goes through
_NAMES: Final = {
    "since": "Since", "until": "Until", "where": "Place", "type": "Type", "actor": "Actor", "grade": "Grade",
}  # fmt: skip
router: Final = APIRouter()


@router.get("/events", include_in_schema=False)
def events_page(request: Request, desk: At) -> HTMLResponse:
    """The map and the list of events."""
    query = request.query_params
    asked_for = {name: fields.term(query, name) for name in _NAMES}
    number = fields.number(query, "shown", _PAGE, _MOST)
    grade = fields.one_of(query, "grade", Grade)
    # A grade is worked out on the way, so among those that fit otherwise only so many are gone through.
    found = events(desk.ledger, wanted_events(query), limit=_MOST if grade else number + 1)
    fitting = [it for it in found if grade is None or it.vouching.grading.grade is grade]
    told = fitting[:number]
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element(
            "header",
            {"class": "masthead"},
            element("h1", None, "Told as having happened"),
            element("p", {"class": "byline"}, _counted(len(told), len(fitting))),
            to_narrowing(),
            chosen("/events", asked_for, _NAMES),
        ),
        event_items(told) if told else _nothing(asked_for),
        _further(asked_for, number, more=len(fitting) > number),
    )
    sheet = element("div", {"class": "sheet listed"}, main, _side(asked_for, told, desk))
    feed = asked("/events.atom", {name: value for name, value in asked_for.items() if name != "grade"})
    page = Page("Events", sheet, "trace", "events", has_map=bool(told), banner=desk.settings.banner, feed=feed)
    return shown(page)


@router.get("/events/{event}", include_in_schema=False)
def event_page(event: str, desk: At) -> HTMLResponse:
    """The page of an event: its versions by source, its grade with the reasons, and the words of each report."""
    told = subjects.told(desk.ledger, event, f"/events/{event}").events
    drawn = pinned(event_pins(told, desk.ledger), desk.towns, "Map of where it is said to have happened")
    heading = one_line(event_title(told[0].event))
    reasons = [one_line(it) for it in told[0].event.reasons]
    joins = (
        element("ul", {"class": "lines"}, *(element("li", None, with_links(it)) for it in reasons))
        if reasons
        else Html()
    )
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element(
            "header",
            {"class": "masthead"},
            element("p", {"class": "outlet"}, "An event, as it is told"),
            element("h1", {"dir": "auto"}, heading),
        ),
        drawn,
        element("div", {"class": "event"}, *(event_told(it, page_of) for it in told)),
        titled_part("Why these accounts are one", joins) if joins else joins,
    )
    sheet = element("div", {"class": "sheet"}, main)
    return shown(Page(heading, sheet, "trace", "events", has_map=bool(drawn), banner=desk.settings.banner))


def wanted_events(query: QueryParams) -> WantedEvents:
    """Which events the query string of the list asks for. Raises SaysoError."""
    type_ = fields.one_of(query, "type", IncidentType)
    return WantedEvents(fields.period(query), type_, fields.term(query, "where"), None, fields.term(query, "actor"))


def _counted(shown_: int, known: int) -> str:
    return (
        f"The latest {count(shown_, 'event')} of more" if known > shown_ else f"{count(shown_, 'event')}, latest first"
    )


def _further(asked_for: Mapping[str, str | None], number: int, *, more: bool) -> Html:
    if not more:
        return Html()
    if number >= _MOST:
        return element(
            "p", {"class": "further"}, f"Only the latest {_MOST} are listed: narrow them by days or a place."
        )
    href = asked("/events", {**asked_for, "shown": str(min(number + _PAGE, _MOST))})
    return element("p", {"class": "further"}, element("a", {"href": href}, "Further events"))


def _nothing(asked_for: Mapping[str, str | None]) -> Html:
    if any(asked_for.values()):
        return empty("No event in the ledger fits all of this.", paragraph(link("/events", "All events")))
    return empty(
        "The ledger tells of no event yet.",
        paragraph("Events come from reports that say that something happened. ", link("/reports", "See the reports")),
    )


def _side(asked_for: Mapping[str, str | None], told: list[EventAnswer], desk: At) -> Html:
    drawn = pinned(event_pins(told, desk.ledger), desk.towns, "Map of the events listed")
    form = narrowing(
        "/events",
        element(
            "div",
            {"class": "pair"},
            text_field("since", "Since", asked_for["since"], "2022-08-19"),
            text_field("until", "Until", asked_for["until"], "2022-08"),
        ),
        text_field("where", "Place, or what it lies in", asked_for["where"]),
        text_field("actor", "Who took part", asked_for["actor"]),
        choice_field("type", "Type", asked_for["type"], [(it.value, it.value) for it in IncidentType]),
        choice_field("grade", "Grade", asked_for["grade"], [(it.value, it.value) for it in Grade]),
    )
    return element(
        "aside",
        {"class": "side narrowed", "id": "narrow", "aria-label": "Map, and what to narrow the list by"},
        drawn,
        element("h2", None, "Narrow the list"),
        form,
    )
