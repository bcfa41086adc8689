"""Words and names of reports on the page: quoted, linked where the web allows it, copies with their edits."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.share.answer_words import cited, copied_words, edit_words
from sayso.share.markup import Html, element, joined
from sayso.share.tracing.addresses import Address, alone, linked
from sayso.share.visible import one_line
from sayso.trace.answers.citing import Citation
from sayso.trace.answers.copying import CopiedFrom
from sayso.vocabulary import Edit


def quoted(words: str) -> Html:
    """Words of a report."""
    return element("blockquote", {"dir": "auto"}, one_line(words))


def report_name(report: Citation, address: Address = alone) -> Html:
    """Outlet and title of a report; a link to its own page or, without one, to where it stands on the web."""
    outlet = one_line(report.outlet or "unknown outlet")
    name = element("bdi", None, f"{outlet}, “{one_line(report.title)}”" if report.title else outlet)
    if address(report.report):
        return linked(report.report, name, address)
    if report.url and report.url.lower().startswith(("https://", "http://")):
        return element("a", {"href": report.url, "rel": "noopener noreferrer nofollow"}, name)
    return name


def citation(report: Citation, address: Address = alone) -> Html:
    """A report in a line, as a link to its page where it has one."""
    line = one_line(cited(report))
    return linked(report.report, element("bdi", None, line), address) if address(report.report) else joined(line)


def copied(it: CopiedFrom) -> Html:
    """Whose copy words are, with the edits."""
    said = element("p", {"class": "copied"}, element("bdi", None, one_line(copied_words(it))))
    return element("div", None, said, edits(it.edits))


def edits(found: Iterable[Edit]) -> Html:
    """What a copy changed."""
    return listed((edit_words(it) for it in found), "edits")


def listed(lines: Iterable[str], kind: str = "lines") -> Html:
    """Lines as a list; nothing where there are none."""
    items = [element("li", None, element("bdi", None, one_line(line))) for line in lines]
    return element("ul", {"class": kind}, *items) if items else Html()


def part(title: str, *content: Html) -> Html:
    """A part of an answer under its heading."""
    return element("div", {"class": "part"}, element("h3", None, title), *content)


def facts(rows: Iterable[tuple[str, str | None]]) -> Html:
    """Named values, those that are not known left out."""
    shown = [
        element("div", None, element("dt", None, name), element("dd", {"dir": "auto"}, one_line(value)))
        for name, value in rows
        if value
    ]
    return element("dl", {"class": "facts"}, *shown)
