"""Documents that hold one report each: plain text, Markdown, web pages and PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from sayso.errors import GatherError
from sayso.gather.html import html_report
from sayso.gather.kinds import DOCUMENTS, Kind, kind_of
from sayso.gather.limits import Limits
from sayso.gather.markdown import markdown_report
from sayso.gather.pdf import pdf_report
from sayso.gather.received import Received
from sayso.gather.text import text_report
from sayso.vocabulary import Capture, Report, report_id

_MEDIA: Final = {
    Kind.TEXT: "text/plain",
    Kind.MARKDOWN: "text/markdown",
    Kind.HTML: "text/html",
    Kind.PDF: "application/pdf",
}
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,30})", re.I)


def document(data: bytes, received: Received, kind: Kind | None, limits: Limits) -> Capture:
    """The capture of one document. `kind` is what it is said to be. Raises a GatherError."""
    found = kind_of(data, kind)
    if found not in DOCUMENTS:
        problem = f"it holds {_NAMES[found]}, which are many reports"
        raise GatherError(received.origin, problem, "Use gather() or captures()")
    report = _report(data, found, received, limits)
    return replace(received, media=received.media or _MEDIA[found]).capture(_placed(report, received), data)


_NAMES: Final = {
    Kind.JSON_LINES: "JSON Lines",
    Kind.CSV: "a table",
    Kind.PARQUET: "a table",
    Kind.WARC: "a web archive",
    Kind.WACZ: "a web archive or other ZIP file",
    Kind.FEED: "a feed",
    Kind.OPML: "a list of feeds",
    Kind.SITEMAP: "a sitemap",
}


def _report(data: bytes, kind: Kind, received: Received, limits: Limits) -> Report:
    origin = received.origin
    if kind is Kind.HTML:
        return html_report(data, origin, limits, _charset(received.media))
    if kind is Kind.PDF:
        return pdf_report(data, origin, limits)
    if kind is Kind.MARKDOWN:
        return markdown_report(data, origin, limits)
    return text_report(data, origin, limits, _charset(received.media))


def _placed(report: Report, received: Received) -> Report:
    """The report with the address it was fetched from, where it states none, and the warnings about its bytes."""
    if report.url is None and received.address:
        report = replace(report, url=received.address, id=report_id(report.text, received.address))
    return replace(report, flags=(*received.flags, *report.flags)) if received.flags else report


def _charset(media: str | None) -> str | None:
    match = _CHARSET.search(media or "")
    return match[1].lower() if match else None
