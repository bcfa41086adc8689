"""Invented captures and readings to fill ledgers with."""

from __future__ import annotations

from sayso.ledger import Ledger
from sayso.ledger.entries import KINDS, Entry, add_entries, entry
from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Capture,
    Form,
    Link,
    Published,
    ReaderVersion,
    Reading,
    Report,
    ReportId,
    Span,
    Statement,
    StatementId,
)
from tests.share.examples import at, harbour, said_by, span
from tests.share.ferry import ferry

OLD = ReaderVersion("hand", "1", "none")
NEW = ReaderVersion("hand", "2", "none")
_TOWNS = ("Vell", "Odderby", "Tarnholm", "Kessel", "Brask", "Ulmen")


def capture(number: int, *, captured: str = "2021-04-01T08:00:00Z", media: str | None = "text/plain") -> Capture:
    """The capture of one of any number of short reports."""
    town = _TOWNS[number % len(_TOWNS)]
    text = f"“The weir of {town} will hold,” engineer Ida Holm said. It was report number {number} on the weir."
    report = Report(
        ReportId(f"n{number}"),
        text,
        title=f"Weir {number}",
        outlet=f"{town} Post",
        published=Published(f"2021-03-{number % 28 + 1:02}", "given"),
        url=f"https://post.example/{number}",
        language="en",
        origin=f"in.jsonl:{number}",
    )
    return Capture(report, f'{{"id": {number}, "text": "{text}"}}'.encode(), media, None, captured)


def reading(number: int, reader: ReaderVersion = OLD) -> Reading:
    """The reading of one of any number of short reports; with another reader the stance is another."""
    text = f"“The sluice is shut and dry,” Ada Quill said. It was report number {number}."
    report = Report(
        ReportId(f"s{number}"),
        text,
        title=f"Sluice {number}",
        outlet=f"{_TOWNS[number % 3]} Post",
        published=Published("2021-05-02", "given"),
        language="en",
    )
    quill = Actor(ActorId("a1"), "Ada Quill", ActorKind.PERSON, ("Ada Quill",), mentions=(span(text, "Ada Quill"),))
    statement = Statement(
        StatementId("s1"),
        said_by("a1", "Ada Quill"),
        at(text, "The sluice is shut and dry,"),
        source=at(text, "Ada Quill"),
        cue=at(text, "said"),
        form=Form.DIRECT,
        chain=(Link("Ada Quill", ActorId("a1"), span(text, "Ada Quill")),),
        score=0.9375 if reader == OLD else 0.5,
    )
    return Reading(report, reader, (quill,), (statement,), (Span(0, len(text)),))


def finding(number: int, origin: str = "checks.json") -> Entry:
    """One of any number of findings."""
    said = {
        "kind": "check",
        "claim": f"Weir {number} burst.",
        "verdict": "Not so",
        "url": f"https://c.example/{number}",
    }
    return entry("finding", said, origin)


def decision(number: int) -> Entry:
    """One of any number of decisions, of which the ledger knows no more than that they are entries."""
    return entry("decision", {"about": number, "who": "R. Meer", "why": "sie saßen nebeneinander"})


def put_in(ledger: Ledger, *wanted: Entry) -> int:
    """Add findings and decisions; how many were new."""
    with ledger.writing() as connection:
        kinds = {kind: [each for each in wanted if each.id[0] == kind[0]] for kind in KINDS}
        return sum(len(add_entries(connection, kind, each)) for kind, each in kinds.items())


def both() -> list[Reading]:
    """Two readings with everything a reading can hold."""
    return [ferry(), harbour()]
