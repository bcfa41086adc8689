"""A ledger of invented reports on one ferry, to be taken into other people's tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sayso.ledger import Ledger
from sayso.share.exports.forms import Format
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.writing import written_to
from sayso.trace.following import follow
from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Capture,
    Link,
    Published,
    Reading,
    Report,
    ReportId,
    Span,
    Statement,
    StatementId,
)
from tests.share.examples import READER, at, said_by, span
from tests.share.ferry import ferry

TOLD = (
    ("Ada Quill", "that the ferry Aurora was sunk by a mine off Kessel on Sunday"),
    ("Ada Quill", "that the ferry Aurora was sunk by a mine off Kessel on Sunday"),
    ("Orla Brandt", "that the ferry Aurora was sunk by a mine off the coast of Kessel on Sunday"),
)
CLAIM = "sunk by a mine"
AFTERWARDS = (
    "The harbour master had the quay of Kessel closed until the evening of Monday.",
    "The harbour master had the quay of Kessel closed until the evening of Monday.",
    "Two pilots of the bay had seen nothing of the kind; fish was dear all week, and rain fell on the market square.",
)


def story(number: int, who: str, content: str, outlet: str | None = None) -> Reading:
    """One report in which somebody says something."""
    text = f"{who} said {content}. {AFTERWARDS[number % 3]}"
    when = Published(f"2021-05-{number + 2:02}", "given")
    url = f"https://www.post.example/Kessel/{number}?b=2&a=1"
    name = outlet or f"Outlet {number}"
    report = Report(ReportId(f"o{number}"), text, f"Story {number}", name, published=when, url=url, language="en")
    actor = Actor(ActorId("a1"), who, ActorKind.PERSON, (who,), mentions=(span(text, who),))
    chain = (Link(who, actor.id, span(text, who)),)
    said = Statement(
        StatementId("s1"), said_by("a1", who), at(text, content), at(text, who), at(text, "said"), chain=chain,
        score=0.875,
    )  # fmt: skip
    return Reading(report, READER, (actor,), (said,), (Span(0, len(text)),))


def filled(place: Path) -> Ledger:
    """A ledger with the ferry's report and three stories of one claim, two of which are one text."""
    ledger = Ledger(place)
    ledger.add_readings([ferry(), *(story(number, *told) for number, told in enumerate(TOLD))])
    follow(ledger)
    return ledger


def exported(ledger: Ledger, kind: ExportKind, form: Format, asked: Mapping[str, str] | None = None) -> bytes:
    """An export as a whole."""
    return b"".join(written_to(ledger, kind, form, asked or {}))


def report_titled(ledger: Ledger, title: str) -> ReportId:
    """The id of a report by its title."""
    return next(it.id for it in ledger.reports() if it.title == title)


PAGE = """<!doctype html><html lang="en"><head><title>Quay of Kessel closed</title>
<meta property="og:site_name" content="Kessel Post"><meta property="article:published_time" content="2021-05-03">
</head><body><article><h1>Quay of Kessel closed</h1>
<p>The harbour master of Kessel, Ivo Lenz, said that the quay would stay closed until the evening of Monday.</p>
<p>He denied that a mine had been found near the ferry, and asked all crews to keep to their berths until then.</p>
<p>Nobody was hurt on the ferry, said the harbour police, and the passengers were taken home by bus in the night.</p>
</article></body></html>"""


def archived_pages() -> Iterator[Capture]:
    """Captures of two pages as they come from the web, one whole and one as a record of a web archive."""
    from sayso.gather.documents import document
    from sayso.gather.kinds import Kind
    from sayso.gather.limits import DEFAULT
    from sayso.gather.received import Received

    address, when = "https://www.post.example/Quay?b=2&a=1", "2021-05-03T18:00:00Z"
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("Content-Length", "12"))
    came = Received(address, when, "text/html; charset=utf-8", address, headers)
    yield document(PAGE.encode(), came, Kind.HTML, DEFAULT)
    other = "https://kessel.example/b"
    text = b"The quay of Kessel is open again, the harbour master Ivo Lenz said on Tuesday in the morning."
    came = Received(other, "2021-05-04T07:00:00Z", "text/plain; charset=utf-8", other)
    yield document(text, came, Kind.TEXT, DEFAULT)
