"""Reports in a list: title, outlet, day, the words that were looked for, and what is worth knowing before opening."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.ledger.listing import Listed
from sayso.share.answer_words import count
from sayso.share.markup import Html, element
from sayso.share.masthead import title
from sayso.share.visible import one_line
from sayso.web.addresses import page_of


def report_list(reports: Iterable[Listed]) -> Html:
    """Reports, each with a link to its page."""
    return element("ol", {"class": "items"}, *map(_item, reports))


def _item(it: Listed) -> Html:
    report = it.report
    when = report.published.value[:16].replace("T", " ") if report.published else "no date"
    stamp = element("time", {"datetime": report.published.value}, when) if report.published else when
    said = [element("bdi", None, one_line(report.outlet or "unknown outlet")), stamp, *_notes(it)]
    heading = element("a", {"href": page_of(report.id), "class": "item", "dir": "auto"}, title(report))
    return element(
        "li",
        None,
        element("h2", None, heading),
        element("p", {"class": "byline"}, *(element("span", None, part) for part in said)),
        element("p", {"class": "snippet", "dir": "auto", "lang": report.language}, *_marked(it)),
    )


def _notes(it: Listed) -> list[str]:
    read = "not read" if it.statements is None else count(it.statements, "statement")
    known = it.report.language
    language = "" if known in (None, "en") else "not in English" if known == "und" else f"language: {known}"
    copies = f"one text with {count(it.copies, 'other')}" if it.copies else ""
    flags = count(len(it.report.flags), "warning") if it.report.flags else ""
    return [note for note in (read, language, copies, flags) if note]


def _marked(it: Listed) -> Iterable[Html]:
    """The snippet with the words that were looked for marked."""
    text, at, end = it.report.text, it.snippet.span.start, it.snippet.span.end
    if at > 0:
        yield element("span", {"aria-hidden": "true"}, "… ")
    for span in it.snippet.marked:
        yield element("span", None, _spaced(text[at : span.start]))
        yield element("mark", None, one_line(span.of(text)))
        at = span.end
    yield element("span", None, _spaced(text[at:end]))
    if end < len(text):
        yield element("span", {"aria-hidden": "true"}, " …")


def _spaced(words: str) -> str:
    """Words on one line, with a space at the ends where there was one."""
    inner = one_line(words)
    before = " " if words[:1].isspace() else ""
    return f"{before}{inner}{' ' if inner and words[-1:].isspace() else ''}"
