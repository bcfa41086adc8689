"""All claims: newest first or those that most reports make, narrowed by what is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse

from sayso.ledger import Where
from sayso.share.answer_words import bare, count
from sayso.share.markup import Html, element
from sayso.share.visible import one_line
from sayso.trace.following import follow
from sayso.vocabulary import Stance
from sayso.web import fields
from sayso.web.addresses import asked, page_of
from sayso.web.claim_lists import ListedClaim, Page, Wanted, claims_page
from sayso.web.desk import At
from sayso.web.drawing.choices import choice_field, chosen, empty, link, narrowing, paragraph, text_field, to_narrowing
from sayso.web.layout import Page as Shown
from sayso.web.layout import shown

_PAGE: Final = 20
_SECONDS: Final = 1.0  # for what does not fit
_MOST: Final = 1_000
_NAMES: Final = {
    "q": "Words", "since": "Since", "until": "Until", "outlet": "Outlet", "place": "Place", "reports": "Reports",
    "voices": "Voices", "denied": "Denied", "finding": "Finding", "sort": "Order",
}  # fmt: skip
router: Final = APIRouter()


@router.get("/claims", include_in_schema=False)
def claims_list_page(request: Request, desk: At) -> HTMLResponse:
    """The list of claims."""
    query = request.query_params
    asked_for = {name: fields.term(query, name) for name in _NAMES}
    wanted = _wanted(query)
    follow(desk.ledger)
    with desk.ledger.looking() as connection:
        found = claims_page(connection, wanted, _PAGE, fields.term(query, "after"), _SECONDS)
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element(
            "header",
            {"class": "masthead"},
            element("h1", None, "Claims"),
            element("p", {"class": "byline"}, "those that most reports make first" if wanted.sort == "reports"
                    else "newest first, by the day they were first stated"),
            to_narrowing(),
            chosen("/claims", asked_for, _NAMES),
        ),
        element("ol", {"class": "items"}, *map(_item, found.claims)) if found.claims else _nothing(asked_for, found),
        _further(asked_for, found),
    )  # fmt: skip
    sheet = element("div", {"class": "sheet listed"}, main, _side(asked_for))
    return shown(Shown("Claims", sheet, "trace", "claims", banner=desk.settings.banner))


def _wanted(query: QueryParams) -> Wanted:
    stance = Stance.DENIES.value if fields.term(query, "denied") else None
    return Wanted(
        Where(outlet=fields.term(query, "outlet"), place=fields.term(query, "place"), stance=stance),
        fields.words(query, "q"),
        fields.day(query, "since"),
        fields.day(query, "until"),
        fields.number(query, "reports", 1, _MOST),
        fields.number(query, "voices", 1, _MOST),
        fields.term(query, "finding") is not None,
        "reports" if fields.term(query, "sort") == "reports" else "newest",
    )


def _item(it: ListedClaim) -> Html:
    least = "at least " if it.statements > it.counted else ""
    days = " to ".join(dict.fromkeys(day for day in (it.first, it.last) if day)) or "no date"
    notes = [
        days, count(it.reports, "report"), f"{least}{count(it.voices, 'voice')}",
        ", ".join(f"{polarity} {number}" for polarity, number in it.polarities),
        count(it.findings, "finding") if it.findings else "",
    ]  # fmt: skip
    heading = element("a", {"href": page_of(it.claim), "class": "item", "dir": "auto"}, one_line(bare(it.text)))
    said = (element("span", None, note) for note in notes if note)
    return element("li", None, element("h2", None, heading), element("p", {"class": "byline"}, *said))


def _nothing(asked_for: Mapping[str, str | None], found: Page) -> Html:
    if found.next is not None:
        return empty("Nothing that fits was met so far.", paragraph("Go on below, or ask for less."))
    if any(asked_for.values()):
        return empty("No claim in the ledger fits all of this.", paragraph(link("/claims", "All claims")))
    return empty(
        "There is no claim in this ledger yet.",
        paragraph("Claims come from reports in which somebody says something. ", link("/add", "Add reports"), "."),
    )


def _further(asked_for: Mapping[str, str | None], found: Page) -> Html:
    if found.next is None:
        return Html()
    href = asked("/claims", {**asked_for, "after": found.next})
    return element("p", {"class": "further"}, element("a", {"href": href, "rel": "next"}, "Further claims"))


def _side(asked_for: Mapping[str, str | None]) -> Html:
    form = narrowing(
        "/claims",
        text_field("q", "Words", asked_for["q"], "all of them, or “side by side”"),
        element(
            "div",
            {"class": "pair"},
            text_field("since", "First stated since", asked_for["since"], "2022-08-19"),
            text_field("until", "First stated until", asked_for["until"], "2022-08"),
        ),
        element(
            "div",
            {"class": "pair"},
            text_field("outlet", "In a report of", asked_for["outlet"], "outlet"),
            text_field("place", "Place named", asked_for["place"]),
        ),
        element(
            "div",
            {"class": "pair"},
            text_field("reports", "Reports at least", asked_for["reports"], "2"),
            text_field("voices", "Voices at least", asked_for["voices"], "2"),
        ),
        element(
            "div",
            {"class": "pair"},
            choice_field("denied", "Denied", asked_for["denied"], [("yes", "by somebody")]),
            choice_field("finding", "A finding", asked_for["finding"], [("yes", "bears on it")]),
        ),
        choice_field("sort", "Order", asked_for["sort"], [("reports", "by how many reports make it")]),
    )
    return element(
        "aside",
        {"class": "side narrowed", "id": "narrow", "aria-label": "Narrow the list"},
        element("h2", None, "Narrow the list"),
        form,
        element("p", {"class": "detail"}, "What is asked of outlet, place, words and denial one statement has to fit."),
    )
