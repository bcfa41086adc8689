"""What was foretold, by whom, and what became of it: open, followed, lapsed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse

from sayso.share.answer_words import count
from sayso.share.markup import Html, element
from sayso.share.tracing.happenings import forecast_item
from sayso.trace.answers import ForecastAnswer, WantedForecasts, forecasts
from sayso.vocabulary import IncidentType, OutcomeState
from sayso.web import fields
from sayso.web.addresses import asked, page_of
from sayso.web.desk import At
from sayso.web.drawing.choices import (
    choice_field,
    chosen,
    empty,
    facet,
    kept_field,
    link,
    narrowing,
    paragraph,
    text_field,
    to_narrowing,
)
from sayso.web.layout import Page, shown

_PAGE: Final = 20
_MOST: Final = 200
_NAMES: Final = {
    "state": "State", "by": "By", "since": "Since", "until": "Until", "where": "Place", "type": "Type",
}  # fmt: skip
_STATES: Final = (
    (OutcomeState.OPEN, "open: may still come"), (OutcomeState.FOLLOWED, "followed by an event"),
    (OutcomeState.LAPSED, "lapsed: none is known"), (OutcomeState.UNCLEAR, "unclear: names no place or kind"),
)  # fmt: skip
router: Final = APIRouter()


@router.get("/forecasts", include_in_schema=False)
def forecasts_page(request: Request, desk: At) -> HTMLResponse:
    """The list of forecasts."""
    query = request.query_params
    asked_for = {name: fields.term(query, name) for name in _NAMES}
    number = fields.number(query, "shown", _PAGE, _MOST)
    found = forecasts(desk.ledger, wanted_forecasts(query), limit=number + 1)
    told = found[:number]
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element(
            "header",
            {"class": "masthead"},
            element("h1", None, "Said to be coming"),
            element("p", {"class": "byline"}, f"{count(len(told), 'forecast')}, latest first"),
            to_narrowing(),
            chosen("/forecasts", asked_for, _NAMES),
        ),
        _list(told) if told else _nothing(asked_for),
        _further(asked_for, number, more=len(found) > number),
    )
    sheet = element("div", {"class": "sheet listed"}, main, _side(asked_for))
    feed = asked("/forecasts.atom", asked_for)
    return shown(Page("Forecasts", sheet, "trace", "forecasts", banner=desk.settings.banner, feed=feed))


def wanted_forecasts(query: QueryParams) -> WantedForecasts:
    """Which forecasts the query string of the list asks for. Raises SaysoError."""
    return WantedForecasts(
        fields.period(query), fields.one_of(query, "state", OutcomeState), fields.one_of(query, "type", IncidentType),
        fields.term(query, "where"), None, fields.term(query, "by"),
    )  # fmt: skip


def _list(told: tuple[ForecastAnswer, ...]) -> Html:
    return element("ol", {"class": "foreseen"}, *(forecast_item(it, page_of, "h2") for it in told))


def _further(asked_for: Mapping[str, str | None], number: int, *, more: bool) -> Html:
    if not more:
        return Html()
    if number >= _MOST:
        return element(
            "p", {"class": "further"}, f"Only the latest {_MOST} are listed: narrow them by days or a place."
        )
    href = asked("/forecasts", {**asked_for, "shown": str(min(number + _PAGE, _MOST))})
    return element("p", {"class": "further"}, element("a", {"href": href}, "Further forecasts"))


def _nothing(asked_for: Mapping[str, str | None]) -> Html:
    if any(asked_for.values()):
        return empty("No forecast in the ledger fits all of this.", paragraph(link("/forecasts", "All forecasts")))
    return empty(
        "The ledger holds no forecast of which something could follow.",
        paragraph(link(asked("/forecasts", {"state": "unclear"}), "See those that name no place or kind of thing")),
    )


def _side(asked_for: Mapping[str, str | None]) -> Html:
    form = narrowing(
        "/forecasts",
        element(
            "div",
            {"class": "pair"},
            text_field("since", "Since", asked_for["since"], "2022-08-19"),
            text_field("until", "Until", asked_for["until"], "2022-08"),
        ),
        text_field("by", "Who foretold it", asked_for["by"]),
        text_field("where", "Place, or what it lies in", asked_for["where"]),
        choice_field("type", "Type", asked_for["type"], [(it.value, it.value) for it in IncidentType]),
        kept_field("state", asked_for["state"]),
    )
    states = facet(
        "/forecasts", asked_for, "state", "What became of it", [(it.value, said, "") for it, said in _STATES]
    )
    return element(
        "aside",
        {"class": "side narrowed", "id": "narrow", "aria-label": "Narrow the list"},
        states,
        element("h2", None, "Narrow the list"),
        form,
    )
