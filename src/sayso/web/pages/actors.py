"""Who somebody is across reports: what they said over time and on whose word, who calls them what, and why one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse

from sayso.share.answer_words import bare, brief_ids, count, event_title, label_words
from sayso.share.markup import Html, element, joined
from sayso.share.tracing.happenings import forecast_item
from sayso.share.tracing.quoting import listed, quoted, report_name
from sayso.share.visible import one_line
from sayso.trace.answers import ActorAnswer, ForecastAnswer, who
from sayso.trace.answers.persons import Said
from sayso.trace.answers.sayings import chain_names
from sayso.trace.answers.stored import StoredHoldings
from sayso.vocabulary import Event, Join
from sayso.web import fields
from sayso.web.addresses import asked, page_of
from sayso.web.desk import At, Desk
from sayso.web.drawing.choices import empty, link, paragraph
from sayso.web.drawing.parts import titled_part
from sayso.web.layout import Page, shown

_LISTED: Final = 20
_SAID: Final = 40
_LABELS: Final = 40
router: Final = APIRouter()


@router.get("/actors", include_in_schema=False)
def actors_page(request: Request, desk: At) -> HTMLResponse:
    """Who bears a name."""
    name = fields.words(request.query_params, "q")
    found = who(desk.ledger, name, limit=_LISTED) if name else ()
    form = element(
        "form",
        {"action": "/actors", "method": "get", "class": "question", "role": "search"},
        element("label", {"for": "f-name"}, "A name, in any case and accents"),
        element("input", {"type": "search", "name": "q", "id": "f-name", "value": one_line(name) or None, "dir": "auto",
                          "maxlength": 500}),
        element("button", {"type": "submit"}, "Find"),
    )  # fmt: skip
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element("header", {"class": "masthead"}, element("h1", None, "Actors")),
        form,
        _found(name, found) if name else _often(desk),
    )
    sheet = element("div", {"class": "sheet"}, main)
    return shown(Page("Actors", sheet, "trace", "actors", banner=desk.settings.banner))


@router.get("/actors/{actor}", include_in_schema=False)
def actor_page(actor: str, desk: At) -> HTMLResponse:
    """The page of somebody."""
    found = who(desk.ledger, actor, limit=_SAID) if page_of(actor) else ()
    if not found:
        raise HTTPException(404)
    told = found[0]
    others = [it for it in told.actor.names if it != told.actor.name]
    notes = f"{told.actor.kind} · {count(told.reports, 'report')}"
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element(
            "header",
            {"class": "masthead"},
            element("p", {"class": "outlet"}, "Somebody, across reports"),
            element("h1", {"dir": "auto"}, one_line(told.actor.name)),
            element("p", {"class": "byline"}, notes),
            element("p", {"class": "byline"}, "also ", _names(others)) if others else Html(),
        ),
        *_parts(told, desk),
    )
    sheet = element("div", {"class": "sheet"}, main)
    return shown(Page(told.actor.name, sheet, "trace", "actors", banner=desk.settings.banner))


def _found(name: str, found: Sequence[ActorAnswer]) -> Html:
    if not found:
        href = asked("/reports", {"q": f'"{name}"'})
        return empty(
            "Nobody in the ledger bears this name.",
            paragraph("Give a whole name, or a surname. ", link(href, "Look for the words in reports")),
        )
    rows = (
        element(
            "li",
            None,
            element("h2", None, element("a", {"href": page_of(it.actor.id), "class": "item", "dir": "auto"},
                                        one_line(it.actor.name))),
            element("p", {"class": "byline"}, f"{it.actor.kind} · {count(it.reports, 'report')}"),
            element("p", {"class": "snippet"}, "; ".join(one_line(role.text) for role in it.roles[:3])),
        )
        for it in found
    )  # fmt: skip
    return element("ol", {"class": "items"}, *rows)


def _often(desk: Desk) -> Html:
    """Whom the latest reports name most often, to begin with."""
    named = desk.ledger.search("", limit=0).facets["actor"]
    if not named:
        return empty("Nobody is named in this ledger yet.", paragraph(link("/reports", "See the reports")))
    rows = (
        element(
            "li",
            None,
            element("a", {"href": asked("/actors", {"q": name}), "class": "item", "dir": "auto"}, one_line(name)),
            f" {count(number, 'report')}",
        )
        for name, number in named
    )
    return titled_part("Named most often in the latest reports", element("ul", {"class": "lines"}, *rows))


def _parts(told: ActorAnswer, desk: Desk) -> Iterator[Html]:
    if told.said:
        stances = ", ".join(f"{stance} {number}" for stance, number in told.stances)
        yield titled_part(
            "What they said, latest first", element("p", {"class": "detail"}, stances), _said(told.said, desk)
        )
    if told.labels:
        yield titled_part("Who calls them what", listed(map(label_words, told.labels[:_LABELS])))
    if told.roles:
        yield titled_part("As", listed(f"{it.text} ({count(it.reports, 'report')})" for it in told.roles))
    if told.forecasts:
        yield titled_part("What they foretold, and what became of it", _forecasts(told.forecasts))
    if told.events:
        yield titled_part("Events they are said to have a part in", _events(told.events))
    if made := [it for it in told.joins if it.made]:
        yield titled_part("Why these names are one", *map(_join, made))
    if suggested := [it for it in told.joins if not it.made]:
        yield titled_part("May be the same, not joined", *map(_join, suggested))


def _said(found: Sequence[Said], desk: Desk) -> Html:
    """Statements with the chain from the outlet down to whom each rests on."""
    with desk.ledger.looking() as connection:
        held = StoredHoldings(connection)
        held.meet(it.report.report for it in found)
        rows = []
        for it in found:
            reading = held.reading(it.report.report)
            statement = reading.statement(it.statement) if reading is not None else None
            chain = chain_names(reading, statement) if reading is not None and statement is not None else ()
            rows.append(_saying(it, chain))
    return element("ol", {"class": "timeline"}, *rows)


def _saying(it: Said, chain: Sequence[str]) -> Html:
    steps = " ← ".join(one_line(step) for step in chain)
    return element(
        "li",
        {"class": "carrier"},
        element(
            "p",
            {"class": "head"},
            f"{it.report.moment[:10] or 'no date'} ",
            element("b", None, str(it.stance)),
            " ",
            report_name(it.report, page_of),
        ),
        quoted(bare(it.content.text)),
        element("p", {"class": "chain", "dir": "auto"}, steps) if len(chain) > 1 else Html(),
    )


def _forecasts(found: Sequence[ForecastAnswer]) -> Html:
    return element("ol", {"class": "foreseen"}, *(forecast_item(it, page_of, "h3") for it in found))


def _events(found: Sequence[Event]) -> Html:
    rows = (
        element("li", None, element("a", {"href": page_of(it.id), "dir": "auto"}, one_line(event_title(it))))
        for it in found
    )
    return element("ul", {"class": "lines"}, *rows)


def _join(it: Join) -> Html:
    one, other = (element("bdi", None, one_line(brief_ids(key.partition(":")[2] or key))) for key in (it.one, it.other))
    head = element("p", None, one, " = " if it.made else ", ", other, f": {it.rule}, {it.score:.2f}")
    why = element("p", {"class": "detail"}, one_line(brief_ids(f"{it.id} · {'; '.join(it.reasons)}")))
    return joined(head, why)


def _names(names: Sequence[str]) -> Html:
    return joined(*(joined(", " if at else "", element("bdi", None, one_line(it))) for at, it in enumerate(names)))
