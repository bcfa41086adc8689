"""A question in words: who says so, since when, on whose word, and who denies it."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from sayso.share.markup import Html, element
from sayso.share.tracing.page import answer_sections
from sayso.share.visible import one_line
from sayso.trace.answers import trace
from sayso.web import fields
from sayso.web.addresses import asked, page_of
from sayso.web.desk import At
from sayso.web.drawing.choices import empty, link, paragraph
from sayso.web.layout import Page, shown

router: Final = APIRouter()


@router.get("/ask", include_in_schema=False)
def ask_page(request: Request, desk: At) -> Response:
    """The answer to words; the id of a report, claim, event or actor leads to its page."""
    question = fields.words(request.query_params, "q")
    if own := page_of(question):
        return RedirectResponse(own, status_code=303)
    main = element(
        "main",
        {"class": "report", "id": "text"},
        element("header", {"class": "masthead"}, element("h1", None, "Who says so?")),
        _form(question),
        *(_answer(question, desk) if question else (_begin(),)),
    )
    sheet = element("div", {"class": "sheet"}, main)
    page = Page(question or "Ask", sheet, "trace", "ask", banner=desk.settings.banner)
    return shown(page)


def _form(question: str) -> Html:
    return element(
        "form",
        {"action": "/ask", "method": "get", "class": "question", "role": "search"},
        element("label", {"for": "f-question"}, "A claim in words, or the id of a report, claim or event"),
        element("input", {"type": "search", "name": "q", "id": "f-question", "value": one_line(question) or None,
                          "dir": "auto", "maxlength": 2000}),
        element("button", {"type": "submit"}, "Ask"),
    )  # fmt: skip


def _answer(question: str, desk: At) -> tuple[Html, ...]:
    answer = trace(desk.ledger, question)
    if answer.found:
        return tuple(answer_sections(answer, page_of))
    href = asked("/reports", {"q": question})
    return (
        empty(
            "Nothing in the ledger fits this surely enough.",
            paragraph("Put it as a whole sentence, or ", link(href, "look for the words in reports"), "."),
        ),
    )


def _begin() -> Html:
    told = "Put it as a sentence. The answer is who carried it when and on whose word, who copied and who denied it."
    return element("div", {"class": "empty"}, element("p", None, told))
