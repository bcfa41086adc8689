"""One claim: its wordings, who carried it when, who denies it, whose voices stand behind it, and where it is about."""

from __future__ import annotations

from collections import Counter
from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from sayso.share.answer_words import bare, count
from sayso.share.markup import Html, element, joined
from sayso.share.tracing.claims import claim_section
from sayso.share.tracing.quoting import part
from sayso.share.visible import one_line
from sayso.trace.answers.claiming import ClaimAnswer
from sayso.web import subjects
from sayso.web.addresses import page_of
from sayso.web.desk import At
from sayso.web.drawing.pins import pinned
from sayso.web.layout import Page, shown
from sayso.web.spots import claim_pins

_MOST_WORDINGS: Final = 30
router: Final = APIRouter()


@router.get("/claims/{claim}", include_in_schema=False)
def claim_page(claim: str, desk: At) -> HTMLResponse:
    """The page of a claim."""
    told = subjects.told(desk.ledger, claim, f"/claims/{claim}").claims[0]
    words = one_line(bare(told.text))
    drawn = pinned(claim_pins(told.timeline, desk.ledger), desk.towns, "Map of the places named in the claim")
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element(
            "header",
            {"class": "masthead"},
            element("p", {"class": "outlet"}, "A claim"),
            element("h1", None, "Who says so, since when, on whose word"),
        ),
        claim_section(told, "c1", page_of),
        _wordings(told),
        part("Places named", drawn) if drawn else Html(),
    )
    sheet = element("div", {"class": "sheet"}, main)
    return shown(Page(words, sheet, "trace", "claims", has_map=bool(drawn), banner=desk.settings.banner))


def _wordings(told: ClaimAnswer) -> Html:
    """How the claim is worded, each wording once with how many carriers use it."""
    found = Counter(one_line(bare(it.content.text)) for it in told.timeline)
    if len(found) < 2:
        return Html()
    rows = (
        element(
            "li",
            None,
            element("q", {"dir": "auto"}, words),
            " ",
            element("span", {"class": "detail"}, count(n, "time")),
        )
        for words, n in found.most_common(_MOST_WORDINGS)
    )
    more = len(found) - _MOST_WORDINGS
    rest = element("p", {"class": "detail"}, f"and {count(more, 'wording')} more") if more > 0 else Html()
    return part("All its wordings", joined(element("ul", {"class": "lines"}, *rows), rest))
