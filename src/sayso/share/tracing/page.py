"""A trace as one self-contained HTML page: who carried it when, drawn and told, and everything behind it.

There is no script in it and nothing is asked for; everything from a report is escaped.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from sayso.share.markup import Html, element, policy_hash
from sayso.share.tracing.addresses import Address, alone
from sayso.share.tracing.claims import bearing_list, brief_list, claim_section
from sayso.share.tracing.happenings import event_list
from sayso.share.tracing.reports import report_section
from sayso.share.visible import one_line
from sayso.trace.answers.questions import Subject, Trace

_ASKED = {
    Subject.WORDS: "Asked of a ledger",
    Subject.REPORT: "A report, in a ledger",
    Subject.CLAIM: "A claim, in a ledger",
    Subject.EVENT: "An event, in a ledger",
}


def trace_page(answer: Trace) -> str:
    """The HTML page of an answer: complete, self-contained, the same for equal answers."""
    main = element("main", {"class": "report", "id": "text"}, _masthead(answer), *answer_sections(answer))
    body = element(
        "body",
        {"class": "trace"},
        element("nav", {"class": "skips", "aria-label": "Skip"}, element("a", {"href": "#text"}, "Skip to the answer")),
        element("div", {"class": "sheet"}, main, _colophon()),
    )
    return f"<!doctype html>\n{element('html', {'lang': 'en'}, _head(answer), body)}\n"


def answer_sections(answer: Trace, address: Address = alone) -> list[Html]:
    """The sections of an answer, with links where what they name has pages of its own."""
    sections = [claim_section(claim, f"c{n}", address) for n, claim in enumerate(answer.claims, 1)]
    if answer.suggested:
        head = "May be meant as well" if answer.claims else "May be meant"
        sections.append(_section("suggested", head, brief_list(answer.suggested, address)))
    if answer.report is not None:
        sections.append(report_section(answer.report, address))
    if answer.events:
        sections.append(_section("events", "Told as having happened", event_list(answer.events, address)))
    if answer.findings and not answer.claims:
        sections.append(_section("record", "The record, on the words of the question", bearing_list(answer.findings)))
    if not answer.found:
        sections.append(element("p", None, "Nothing in the ledger fits this surely enough."))
    return sections


def _title(answer: Trace) -> str:
    """What the page is about: the words asked, else the wording or title of what was asked by its id."""
    if answer.subject is Subject.CLAIM and answer.claims:
        return one_line(answer.claims[0].text)
    if answer.report is not None:
        return one_line(answer.report.report.title or "") or "A report without a title"
    return one_line(answer.question)


def _masthead(answer: Trace) -> Html:
    """What was asked; the words of a claim that was asked for by its id are the heading of its section."""
    asked = element("p", {"class": "outlet"}, _ASKED[answer.subject])
    words = "Who says so, since when, on whose word" if answer.subject is Subject.CLAIM else _title(answer)
    return element("header", {"class": "masthead"}, asked, element("h1", {"dir": "auto"}, words))


def _section(id_: str, title: str, content: Html) -> Html:
    heading = element("h2", {"id": f"{id_}-heading"}, title)
    return element("section", {"id": id_, "aria-labelledby": f"{id_}-heading"}, heading, content)


def _colophon() -> Html:
    promise = "Sayso shows who vouches for what. It does not say what is true."
    counted = (
        "A voice is an origin counted once: whoever a chain of attribution ends in, however many reports carry it. "
        "Copies, and reports that rest on the same one, add none."
    )
    return element("footer", {"class": "colophon"}, element("p", None, promise), element("p", None, counted))


@cache
def _style() -> str:
    """The style sheet of the page of a reading, and what this page has of its own."""
    folder = resources.files("sayso.share")
    own = (folder / "tracing" / "trace.css").read_text(encoding="utf-8")
    return (folder / "page.css").read_text(encoding="utf-8") + own


def _head(answer: Trace) -> Html:
    policy = (
        f"default-src 'none'; style-src {policy_hash(_style())}; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("meta", {"name": "referrer", "content": "no-referrer"}),
        element("link", {"rel": "icon", "href": "data:,"}),  # or a browser would ask the server for one
        element("title", None, f"{_title(answer)} – who says so"),
        element("style", None, Html(_style())),
    )
