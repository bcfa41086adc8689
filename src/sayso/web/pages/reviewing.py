"""Review of one report: all that was read in it with what people decided, and each item with its words to correct."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse

from sayso.ledger import Ledger
from sayso.review import Decision, Kind, Reviewed, ReviewedItem, State, decided_pairs, history, review
from sayso.review.items import IN_READINGS
from sayso.review.plain import brief
from sayso.review.standing import held, live
from sayso.share.answer_words import count
from sayso.share.markup import Html, element, joined
from sayso.share.masthead import title
from sayso.share.tracing.quoting import facts
from sayso.share.visible import one_line
from sayso.vocabulary import ReportId
from sayso.web import fields
from sayso.web.addresses import asked, page_of
from sayso.web.desk import At
from sayso.web.drawing.answerable import Reviewing, answerable, reviewing, told_of
from sayso.web.drawing.choices import empty, link, paragraph
from sayso.web.drawing.correcting import correcting
from sayso.web.drawing.judged import (
    decisions_told,
    kind_words,
    settling,
    state_sign,
    target,
    tick,
    together,
    value_words,
    verdict_buttons,
    words_of,
)
from sayso.web.drawing.parts import titled_part
from sayso.web.drawing.wording import whole
from sayso.web.layout import Page, shown

_ON_THE_PAGE: Final = 40  # items that the page of a report has; all of them are a page of their own
_AT_ONCE: Final = 200
router: Final = APIRouter()


@router.get("/reports/{report}/review", include_in_schema=False)
def report_review_page(report: str, request: Request, desk: At) -> HTMLResponse:
    """All items of a report, kind by kind."""
    reviewed, found = review(desk.ledger, ReportId(report)), reviewing(request, desk.ledger)
    kind = fields.one_of(request.query_params, "kind", Kind)
    first = fields.number(request.query_params, "from", 0, 1_000_000)
    wanted = [it for it in reviewed.items if kind is None or it.item.kind is kind]
    some = wanted[first : first + _AT_ONCE]
    links = [link(asked(found.here.partition("?")[0], {"kind": it.value}), kind_words(it)) for it in IN_READINGS]
    further = asked(found.here.partition("?")[0], {"kind": kind.value if kind else None, "from": str(first + _AT_ONCE)})
    more = (
        element("p", {"class": "further"}, link(further, "Further items")) if len(wanted) > first + _AT_ONCE else Html()
    )
    main = element(
        "main",
        {"class": "report", "id": "text"},
        _head("Review of a report", reviewed),
        element("p", {"class": "byline"}, *(element("span", None, it) for it in links)),
        told_of(found),
        _list(some, found, "h2") if some else empty("Nothing of this kind was read in it.", paragraph(
            link(str(page_of(report)), "The report"))),
        more,
        _lost(reviewed.orphans, found, "h2"),
    )  # fmt: skip
    sheet = element("div", {"class": "sheet"}, main)
    page = Page(f"Review: {title(reviewed.reading.report)}", sheet, "trace", "review", scripts=("review.js",),
                banner=desk.settings.banner)  # fmt: skip
    return shown(page)


@router.get("/reports/{report}/review/{item}", include_in_schema=False)
def item_page(report: str, item: str, request: Request, desk: At) -> HTMLResponse:
    """One item beside the whole text, with all that can be decided on it and all that was."""
    reviewed, found = review(desk.ledger, ReportId(report)), reviewing(request, desk.ledger)
    it = next((it for it in reviewed.items if item in (it.item.id, it.thing.id)), None)
    if it is None:
        raise HTTPException(404)
    text = reviewed.reading.report.text
    made = [
        each for each in history(desk.ledger, reviewed.reading.report.id) if it.item in (*each.items, *each.results)
    ]
    others = [other.item for other in reviewed.items if other.item.kind is it.item.kind and other.item != it.item]
    about, words = target(it.item), words_of(it.item)
    quick = Html()
    if found.who:
        buttons = element("p", {"class": "verdicts", "data-item": True, "tabindex": "-1"},
                          verdict_buttons(about, words), settling(about, it.state))  # fmt: skip
        quick = answerable(found, _why(), buttons)
    main = element(
        "main",
        {"class": "report", "id": "text"},
        _head(f"Review of {_a(it.item.kind)}", reviewed),
        told_of(found),
        element("p", {"class": "thing"}, f"{one_line(brief(it.thing))} ", state_sign(it.state), _differs(it)),
        quick or answerable(found),
        whole(text, it.item),
    )
    read = [(name, value_words(value, text)) for name, value in it.read.items()]
    side = element(
        "aside",
        {"class": "side", "aria-label": "What can be decided"},
        titled_part("As it was read", facts(read)),
        correcting(it, text, others, found) if found.who else Html(),
        _history(made, it.decisions, found),
        element(
            "p",
            None,
            link(f"/reports/{report}/review", "All items of this report"),
            " · ",
            link("/review", "The queue"),
        ),
    )
    sheet = element("div", {"class": "sheet listed item-review"}, main, side)
    page = Page(f"Review: {words}", sheet, "trace", "review", scripts=("review.js",), banner=desk.settings.banner)
    return shown(page)


def review_section(reviewed: Reviewed, ledger: Ledger, found: Reviewing) -> Html:
    """The review of a report as a part of its page: what people decided, what they differ in, and what waits."""
    report = reviewed.reading.report.id
    own = f"/reports/{report}/review"
    first = sorted(reviewed.items, key=lambda it: (not it.decisions, IN_READINGS.index(it.item.kind)))[:_ON_THE_PAGE]
    rest = len(reviewed.items) - len(first)
    decided = sum(1 for it in reviewed.items if it.decisions)
    notes = f"{decided} of {count(len(reviewed.items), 'item')} decided on by people. All else is as a machine read it."
    more = element("p", {"class": "further"}, link(own, f"All items, {rest} more" if rest > 0 else "Review by itself"))
    heading = element("h2", {"id": "review-heading"}, "Review")
    pairs = [
        element("li", None, state_sign(it.state), f" {it.kind.value}: “{words_of(it.items[0])}” | "
                f"“{it.finding or words_of(it.items[-1])}”",
                decisions_told(it.decisions, undoing=bool(found.who)))
        for it in decided_pairs(ledger, report)
    ]  # fmt: skip
    return element(
        "section",
        {"id": "in-review", "class": "across", "aria-labelledby": "review-heading"},
        heading,
        element("p", {"class": "detail"}, notes),
        told_of(found),
        _list(first, found, "h3") if first else Html(),
        more,
        answerable(found, element("h3", None, "Pairs"), element("ul", {"class": "lines"}, *pairs)) if pairs else Html(),
        _lost(reviewed.orphans, found, "h3"),
    )


def _head(above: str, reviewed: Reviewed) -> Html:
    report = reviewed.reading.report
    return element(
        "header",
        {"class": "masthead"},
        element("p", {"class": "outlet"}, above),
        element("h1", {"dir": "auto"}, element("a", {"href": page_of(report.id)}, title(report))),
    )


def _list(items: Sequence[ReviewedItem], found: Reviewing, heading_of: str) -> Html:
    """Items under the headings of their kinds, in one form; `heading_of` is the element of these."""
    parts = []
    for kind in IN_READINGS:
        rows = [_row(it, found) for it in items if it.item.kind is kind]
        if rows:
            parts.append(
                joined(element(heading_of, None, kind_words(kind)), element("ol", {"class": "judgeable"}, *rows))
            )
    return answerable(found, together() if found.who else Html(), *parts)


def _row(it: ReviewedItem, found: Reviewing) -> Html:
    item, words = it.item, words_of(it.item)
    own = f"/reports/{item.report}/review/{item.id}"
    head = element("p", {"class": "thing", "dir": "auto"}, f"“{words}” ")
    state = element("p", {"class": "detail"}, f"{one_line(brief(it.thing))} · ", state_sign(it.state), _differs(it))
    told = decisions_told(it.decisions, undoing=bool(found.who))
    last = element("a", {"href": own, "data-correct": True}, "Correct, merge, split" if found.who else "More")
    buttons = element("p", {"class": "verdicts"}, last)
    if found.who:
        about = target(item)
        buttons = element("p", {"class": "verdicts"}, tick(about, words), verdict_buttons(about, words), last,
                          settling(about, it.state))  # fmt: skip
    attributes = {"class": "judged", "data-item": it.thing.id, "tabindex": "-1", "id": f"w-{item.id}"}
    return element("li", attributes, head, state, told, buttons)


def _differs(it: ReviewedItem) -> str:
    return f" · read otherwise now: {', '.join(it.differs)}" if it.differs else ""


def _history(made: Sequence[Decision], standing: Sequence[Decision], found: Reviewing) -> Html:
    """All decisions on an item, those taken back too; what stands can be taken back."""
    if not made:
        return titled_part("Decisions", element("p", {"class": "detail"}, "Nobody decided on it yet."))
    stands = {it.id for it in held(made)}
    can = [it for it in made if it.id in stands]
    gone = [it for it in made if it.id not in stands]
    past = Html()
    if gone:
        summary = element("summary", None, f"{count(len(gone), 'decision')} taken back")
        past = element("details", None, summary, decisions_told(gone, undoing=False))
    told = decisions_told(can, [*standing, *(it for it in can if it not in live(made))], undoing=bool(found.who))
    return titled_part("Decisions", answerable(found, told) if found.who else told, past)


def _lost(orphans: Sequence[Decision], found: Reviewing, heading_of: str) -> Html:
    """Decisions that fit nothing that is read now: shown, and never moved."""
    if not orphans:
        return Html()
    rows = [
        element(
            "li",
            None,
            element(
                "p",
                {"class": "thing", "dir": "auto"},
                f"{it.items[0].kind.value} “{words_of(it.items[0])}” ",
                state_sign(State.ORPHANED),
            ),
            decisions_told([it], undoing=bool(found.who)),
        )
        for it in orphans
    ]
    heading = element(heading_of, None, "Decisions that fit nothing now")
    return answerable(found, heading, element("ul", {"class": "judgeable"}, *rows))


def _why() -> Html:
    return element(
        "p",
        {"class": "field"},
        element("button", {"type": "submit", "disabled": True, "hidden": True}, "Nothing"),
        element("label", {"for": "why"}, "Why"),
        element("input", {"type": "text", "name": "why", "id": "why", "maxlength": 2000, "dir": "auto",
                          "autocomplete": "off"}),
    )  # fmt: skip


def _a(kind: Kind) -> str:
    return f"an {kind.value}" if kind.value[0] in "aeiou" else f"a {kind.value}"
