"""The reports of the ledger: the latest first, or those that fit some words best, narrowed by what is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import capwords
from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse

from sayso.ledger import Results, Where
from sayso.ledger.fulltext import terms
from sayso.ledger.listing import Listed, Novelty, Wanted, described, listing, numbered
from sayso.share.answer_words import count, place_words
from sayso.share.markup import Html, element, joined
from sayso.trace.following import follow
from sayso.vocabulary import Stance
from sayso.web import fields
from sayso.web.addresses import asked
from sayso.web.desk import At, Desk
from sayso.web.drawing.choices import (
    choice_field,
    chosen,
    code,
    empty,
    facet,
    kept_field,
    link,
    narrowing,
    paragraph,
    text_field,
    to_narrowing,
)
from sayso.web.drawing.listed import report_list
from sayso.web.layout import Page, shown

_PAGE: Final = 20
_DEEPEST: Final = 2000  # of the hits of words only so many are put in order
_NAMES: Final = {
    "q": "Words", "outlet": "Outlet", "since": "Since", "until": "Until", "language": "Language", "place": "Place",
    "actor": "Actor", "stance": "Stance", "unnamed": "Speaker unnamed", "text": "Text",
}  # fmt: skip
_FACETS: Final = (
    ("outlet", "outlet", "Outlets"), ("month", "since", "Months"), ("stance", "stance", "Stances"),
    ("place", "place", "Places"), ("actor", "actor", "Actors"), ("language", "language", "Languages"),
)  # fmt: skip
router: Final = APIRouter()


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands on the page of a list, where it goes on, and the facets of all that fits."""

    reports: tuple[Listed, ...]
    following: Mapping[str, str | None] | None
    results: Results


@router.get("/", include_in_schema=False)
@router.get("/reports", include_in_schema=False)
def inbox(request: Request, desk: At) -> HTMLResponse:
    """The list of reports."""
    query = request.query_params
    asked_for = _fields(query)
    wanted = wanted_reports(query)
    follow(desk.ledger)
    found = _found(desk, wanted, query)
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element(
            "header",
            {"class": "masthead"},
            element("h1", None, "Reports"),
            element("p", {"class": "byline"}, _told(found, wanted)),
            to_narrowing(),
            chosen("/reports", asked_for, _NAMES),
        ),
        report_list(found.reports) if found.reports else _nothing(asked_for),
        _further(asked_for, found),
    )
    sheet = element("div", {"class": "sheet"}, main, _side(asked_for, found, wanted))
    feed = asked("/reports.atom", asked_for)
    page = Page("Reports", sheet, section="reports", words=wanted.words, banner=desk.settings.banner, feed=feed)
    return shown(page)


def _fields(query: QueryParams) -> dict[str, str | None]:
    """What the list is narrowed by, as the address says it."""
    return {name: fields.term(query, name) for name in _NAMES}


def wanted_reports(query: QueryParams) -> Wanted:
    """Which reports the query string of the list asks for. Raises SaysoError."""
    stance = fields.one_of(query, "stance", Stance)
    where = Where(
        outlet=fields.term(query, "outlet"), since=fields.day(query, "since"), until=fields.day(query, "until"),
        language=fields.term(query, "language"), actor=fields.term(query, "actor"), place=fields.term(query, "place"),
        stance=stance.value if stance else None,
    )  # fmt: skip
    novelty = fields.one_of(query, "text", Novelty)
    return Wanted(where, fields.words(query, "q"), fields.term(query, "unnamed") is not None, novelty)


def _is_ranked(wanted: Wanted) -> bool:
    """Whether the list goes by how well reports fit the words, which only search tells."""
    return bool(wanted.words) and not wanted.unnamed and wanted.novelty is None


def _found(desk: Desk, wanted: Wanted, query: QueryParams) -> _Found:
    if _is_ranked(wanted):
        offset = fields.number(query, "from", 0, _DEEPEST)
        results = desk.ledger.search(wanted.words, wanted.where, limit=_PAGE, offset=offset)
        with desk.ledger.looking() as connection:
            numbers = numbered(connection, [hit.report for hit in results.hits])
            reports = described(connection, numbers, terms(wanted.words))
        goes_on = offset + _PAGE < min(results.total, _DEEPEST)
        return _Found(reports, {"from": str(offset + _PAGE)} if goes_on else None, results)
    results = desk.ledger.search(wanted.words, wanted.where, limit=0)
    with desk.ledger.looking() as connection:
        page = listing(connection, wanted, _PAGE, fields.term(query, "after"))
    return _Found(page.reports, {"after": page.next} if page.next else None, results)


def _told(found: _Found, wanted: Wanted) -> str:
    order = "best first" if _is_ranked(wanted) else "latest first"
    if wanted.unnamed or wanted.novelty is not None:
        return order
    more = " or more" if found.results.more else ""
    return f"{count(found.results.total, 'report')}{more}, {order}"


def _further(asked_for: Mapping[str, str | None], found: _Found) -> Html:
    if found.following is None:
        return Html()
    href = asked("/reports", {**asked_for, **found.following})
    return element("p", {"class": "further"}, element("a", {"href": href, "rel": "next"}, "Further reports"))


def _nothing(asked_for: Mapping[str, str | None]) -> Html:
    """What to do where no report fits, or where there is none at all."""
    if any(asked_for.values()):
        return empty(
            "No report in the ledger fits all of this.",
            paragraph("Leave something out above, or look for fewer words. Words may be begun: ", code("flood*"), "."),
            paragraph(link("/reports", "All reports")),
        )
    return empty(
        "There is nothing in this ledger yet.",
        paragraph("Here, ", link("/add", "add files or addresses"), "."),
        paragraph("Folders and feeds are added by command: ", code("sayso add articles/")),
        paragraph("Or ", link("/read", "paste a text"), ", look at its reading, and keep it."),
    )


def _side(asked_for: Mapping[str, str | None], found: _Found, wanted: Wanted) -> Html:
    stances = [(it.value, it.value) for it in Stance]
    texts = [(Novelty.NEW.value, "new"), (Novelty.COPY.value, "a copy of an earlier one")]
    form = narrowing(
        "/reports",
        text_field("q", "Words", asked_for["q"], "all of them, or “side by side”"),
        element(
            "div",
            {"class": "pair"},
            text_field("outlet", "Outlet", asked_for["outlet"]),
            text_field("place", "Place", asked_for["place"]),
        ),
        element(
            "div",
            {"class": "pair"},
            text_field("since", "Since", asked_for["since"], "2022-08-19"),
            text_field("until", "Until", asked_for["until"], "2022-08"),
        ),
        text_field("actor", "Who speaks or is named", asked_for["actor"]),
        element(
            "div",
            {"class": "pair"},
            choice_field("stance", "Somebody", asked_for["stance"], stances),
            choice_field("unnamed", "Speaker", asked_for["unnamed"], [("yes", "nobody names")]),
        ),
        choice_field("text", "Text", asked_for["text"], texts),
        kept_field("language", asked_for["language"]),
    )
    drawn = [
        facet("/reports", asked_for, name, title, _values(found.results, key))
        for key, name, title in _FACETS
        if not (name == "since" and asked_for["until"])
    ]
    return element(
        "aside",
        {"class": "side narrowed", "id": "narrow", "aria-label": "Narrow the list"},
        element("h2", None, "Narrow the list"),
        form,
        _counted(found, wanted),
        *drawn,
    )


def _values(results: Results, key: str) -> list[tuple[str, str, str]]:
    found = results.facets.get(key, ())
    if key == "place":  # places and actors are kept without case
        return [(value, place_words(value), str(number)) for value, number in found]
    return [(value, capwords(value) if key == "actor" else value, str(number)) for value, number in found]


def _counted(found: _Found, wanted: Wanted) -> Html:
    """Over how many reports the facets were counted, where that is not all that are listed."""
    notes = []
    if found.results.faceted < found.results.total:
        notes.append(f"Counted over the first {found.results.faceted}.")
    if wanted.unnamed or wanted.novelty is not None:
        notes.append("Counted without regard to text and speaker.")
    return joined(*(element("p", {"class": "detail"}, note) for note in notes))
