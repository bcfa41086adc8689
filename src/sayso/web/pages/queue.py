"""The queue of review: what is least certain and nobody settled, side by side with the words it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse

from sayso.ledger import Ledger, Where
from sayso.review import Kind, Offer, Queued, Wanted, next_items, next_offers
from sayso.review.items import IN_READINGS, Item
from sayso.review.offers import AT_ONCE
from sayso.review.plain import brief
from sayso.share.answer_words import count
from sayso.share.markup import Attributes, Html, element, joined
from sayso.share.masthead import title
from sayso.share.tracing.quoting import facts
from sayso.share.visible import one_line
from sayso.trace.following import follow
from sayso.vocabulary import Report, ReportId
from sayso.web import fields
from sayso.web.addresses import asked, page_of
from sayso.web.desk import At
from sayso.web.drawing.answerable import Reviewing, answerable, renaming, reviewing, told_of
from sayso.web.drawing.choices import choice_field, chosen, empty, link, narrowing, paragraph, text_field, to_narrowing
from sayso.web.drawing.judged import (
    decisions_told,
    settling,
    state_sign,
    target,
    tick,
    together,
    value_words,
    verdict_buttons,
    words_of,
)
from sayso.web.drawing.wording import in_context
from sayso.web.layout import Page, shown

_PAGE: Final = 20
_PAIRS: Final = 10
_NAMES: Final = {
    "kind": "Kind", "pairs": "Pairs", "mine": "Decided", "outlet": "Outlet", "since": "Since", "until": "Until",
}  # fmt: skip
_KINDS: Final = [(it.value, it.value) for it in IN_READINGS]
_OFFERED: Final = [(Kind.CLAIM.value, "claims that may be one"), (Kind.MATCH.value, "findings that may bear on it")]
_JOINED: Final = {"merge": "One claim", "split": "Two claims", "unsure": "Unsure"}
_BORNE: Final = {"accept": "Bears on it", "reject": "Does not", "unsure": "Unsure"}
router: Final = APIRouter()


@router.get("/review", include_in_schema=False)
def queue_page(request: Request, desk: At) -> HTMLResponse:
    """What to review next."""
    query = request.query_params
    asked_for = {name: fields.term(query, name) for name in _NAMES}
    pairs = fields.one_of(query, "pairs", Kind)
    found = reviewing(request, desk.ledger)
    wanted = _wanted(query, found.who)
    after = fields.words(query, "after")
    if pairs in (Kind.CLAIM, Kind.MATCH):
        follow(desk.ledger)
        offers = next_offers(desk.ledger, pairs, wanted, limit=_PAIRS, at_once=AT_ONCE, after=after)
        rows = [_offered(it, desk.ledger, found) for it in offers.offers]
        told, following = (offers.waiting, offers.reports), offers.after
        buttons = together(_BORNE if pairs is Kind.MATCH else _JOINED)
    else:
        page = next_items(desk.ledger, wanted, limit=_PAGE, after=after)
        rows = [*_waiting(page.items, desk.ledger, found)]
        told, following = (page.waiting, page.reports), page.after
        buttons = together()
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element(
            "header",
            {"class": "masthead"},
            element("h1", None, "Review"),
            element("p", {"class": "byline"}, f"{told[0]} wait in the {count(told[1], 'report')} looked at, "
                    "contested first, then the least certain"),
            to_narrowing(),
            chosen("/review", asked_for, _NAMES),
        ),
        told_of(found),
        answerable(found, buttons if found.who else Html(), element("ol", {"class": "judgeable"}, *rows))
        if rows else _nothing(asked_for, following, found),
        _further(asked_for, following),
    )  # fmt: skip
    sheet = element("div", {"class": "sheet listed queue"}, main, _side(asked_for, found))
    return shown(Page("Review", sheet, "trace", "review", scripts=("review.js",), banner=desk.settings.banner))


def _wanted(query: QueryParams, who: str) -> Wanted:
    where = Where(
        outlet=fields.term(query, "outlet"), since=fields.day(query, "since"), until=fields.day(query, "until")
    )
    kind = fields.one_of(query, "kind", Kind)
    kinds = (kind,) if kind in IN_READINGS else IN_READINGS
    return Wanted(kinds, where, None, who if who and fields.term(query, "mine") else None)


def _waiting(items: tuple[Queued, ...], ledger: Ledger, found: Reviewing) -> Iterator[Html]:
    reports: dict[ReportId, Report] = {}
    for it in items:
        report = reports.setdefault(it.report, ledger.report(it.report))
        yield _queued(it, report, found)


def _queued(it: Queued, report: Report, found: Reviewing) -> Html:
    """An item beside its words: what was read of it, and how it can be decided."""
    item, words = it.item, words_of(it.item)
    own = f"/reports/{item.report}/review/{item.id}"
    read = [
        (name, value_words(value, report.text))
        for name, value in it.reviewed.read.items()
        if name not in ("content", "mentions", "span")
    ]
    in_brief = f" · {one_line(brief(it.reviewed.thing))} "
    sign = state_sign(it.reviewed.state)
    head = element("p", {"class": "thing"}, element("b", None, item.kind.value), in_brief, sign)
    why = element("p", {"class": "detail"}, f"{it.uncertainty:.0%} uncertain: {one_line(it.why)}")
    told = decisions_told(it.reviewed.decisions, undoing=bool(found.who))
    buttons = Html()
    if found.who:
        more = element("a", {"href": own, "data-correct": True}, "Correct, merge, split")
        buttons = element("p", {"class": "verdicts"}, tick(target(item), words), verdict_buttons(target(item), words),
                          more, settling(target(item), it.reviewed.state))  # fmt: skip
    return _row(item, joined(head, why, told, buttons), _beside(report, item), facts(read))


def _row(item: Item, left: Html, *right: Html) -> Html:
    id_ = f"w-{item.report}-{item.id}"
    attributes: Attributes = {"class": "judged", "data-item": True, "tabindex": "-1", "id": id_}
    return element("li", attributes, element("div", None, left), element("div", {"class": "beside-it"}, *right))


def _beside(report: Report, item: Item) -> Html:
    name = f"{one_line(report.outlet or 'unknown outlet')}, "
    head = element("p", {"class": "detail"}, element("bdi", None, name), element("a", {"href": page_of(report.id),
                   "dir": "auto"}, title(report)))  # fmt: skip
    return joined(head, in_context(report.text, item))


def _offered(it: Offer, ledger: Ledger, found: Reviewing) -> Html:
    """A pair side by side: a statement, and the other or the finding that may go with it."""
    first = it.items[0]
    if it.finding is not None:
        about, verdicts = f"{target(first)} finding {it.finding.id}", _BORNE
        publisher = one_line(it.finding.publisher or "unknown publisher")
        other = element(
            "div",
            None,
            element("p", {"class": "detail"}, f"{publisher}, the finding {it.finding.id}"),
            element("blockquote", {"dir": "auto"}, one_line(it.finding.claim)),
            facts([("Verdict", it.finding.verdict)]),
        )
    else:
        second = it.items[1]
        about, verdicts = f"{target(first)} claim {target(second)}", _JOINED
        other = _beside(ledger.report(second.report), second)
    words = words_of(first)
    head = element("p", {"class": "thing"}, f"{it.tier.value}, {it.score:.2f} ", state_sign(it.state))
    why = element("p", {"class": "detail"}, one_line("; ".join(it.reasons)))
    told = decisions_told(it.decisions, undoing=bool(found.who))
    buttons = Html()
    if found.who:
        buttons = element("p", {"class": "verdicts"}, tick(about, words), verdict_buttons(about, words, verdicts),
                          settling(about, it.state))  # fmt: skip
    left = joined(head, _beside(ledger.report(first.report), first), why, told, buttons)
    return _row(first, left, other)


def _further(asked_for: Mapping[str, str | None], after: str) -> Html:
    if not after:
        return Html()
    href = asked("/review", {**asked_for, "after": after})
    return element("p", {"class": "further"}, element("a", {"href": href, "rel": "next"}, "Look at further reports"))


def _nothing(asked_for: Mapping[str, str | None], after: str, found: Reviewing) -> Html:
    parts = [] if found.who else [answerable(found)]
    if after:
        return joined(*parts, empty("Nothing waits in these reports.", paragraph("Go on to the next ones below.")))
    if any(asked_for.values()):
        cure = paragraph("Leave something out, or ", link("/review", "see all that waits"), ".")
        return joined(*parts, empty("Nothing of this kind waits.", cure))
    cure = paragraph("What comes into the ledger is put here. ", link("/add", "Add reports"), ".")
    return joined(*parts, empty("Nothing waits for review: everything is settled, or nothing was read yet.", cure))


def _side(asked_for: Mapping[str, str | None], found: Reviewing) -> Html:
    form = narrowing(
        "/review",
        choice_field("kind", "Kind", asked_for["kind"], _KINDS),
        choice_field("pairs", "Pairs instead", asked_for["pairs"], _OFFERED),
        choice_field("mine", "Leave out", asked_for["mine"], [("yes", "only what I decided")]) if found.who else Html(),
        text_field("outlet", "Outlet", asked_for["outlet"]),
        element(
            "div",
            {"class": "pair"},
            text_field("since", "Since", asked_for["since"], "2022-08-19"),
            text_field("until", "Until", asked_for["until"], "2022-08"),
        ),
    )
    keys = (
        ("j  k", "next, previous"), ("a", "accept (of pairs: yes)"), ("r", "reject (of pairs: no)"), ("u", "unsure"),
        ("c", "correct, merge, split"), ("x", "tick"), ("z", "undo what you did last"),
    )  # fmt: skip
    rows = (joined(element("dt", None, element("kbd", None, key)), element("dd", None, does)) for key, does in keys)
    return element(
        "aside",
        {"class": "side narrowed", "id": "narrow", "aria-label": "Narrow the queue, and keys"},
        element("h2", None, "Narrow the queue"),
        form,
        element("h2", {"class": "hint"}, "Keys"),
        element("dl", {"class": "keys hint"}, *rows),
        renaming(found),
    )
