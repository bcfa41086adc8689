"""Corrected readings as training data: documents with every attribution, in the form of the reader's own corpus.

A document is given only where all its statements are settled, the outlet's own voice included, since what is not
marked in it teaches that there is nothing. What is left out is told, with what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sayso.ledger import Ledger
from sayso.ledger.identity import report_id_bytes
from sayso.ledger.schema import reports
from sayso.review.decisions import decisions_on
from sayso.review.items import Kind
from sayso.review.looking import reports_decided
from sayso.review.queueing import EVERYTHING, Wanted, chosen, reading_at
from sayso.review.reviewed import Reviewed, reviewed
from sayso.review.standing import DECIDED
from sayso.vocabulary import Form, ReportId, Span, Statement

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A document of training data, with each attribution's spans of source, cue and content."""

    report: ReportId
    row: Row


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A report that was begun and is no training data yet: how many statements are in which open state."""

    report: ReportId
    statements: int
    lacking: tuple[tuple[str, int], ...]


def training_data(ledger: Ledger, wanted: Wanted = EVERYTHING) -> Iterator[Example | LeftOut]:
    """The documents that decisions were made on, in the order of their ids."""
    with ledger.looking() as connection:
        for report in reports_decided(connection):
            query = chosen(wanted).where(reports.c.id == report_id_bytes(report))
            for row in connection.execute(query).all():
                yield example(reviewed(reading_at(connection, row.number), decisions_on(connection, report)))


def example(found: Reviewed) -> Example | LeftOut:
    """The document that a reviewed reading makes."""
    report = found.reading.report
    states = [it.state for it in found.items if it.item.kind is Kind.STATEMENT]
    lacking = {state.value: states.count(state) for state in states if state not in DECIDED}
    lost = sum(it.kind is Kind.STATEMENT for it in found.orphans)
    if lacking or lost or not states:
        orphaned = {"orphaned": lost} if lost else {}
        return LeftOut(report.id, len(states), tuple(sorted({**lacking, **orphaned}.items())))
    return Example(report.id, _row(found))


def _row(found: Reviewed) -> Row:
    reading, report = found.corrected, found.reading.report
    said = [it for it in reading.statements if it.form is not Form.VOICE]
    ids = {it.id for it in said}
    reviewers = sorted({made.who for it in found.items for made in it.decisions})
    return {
        "id": report.id,
        "publisher": report.outlet,
        "date": report.published.value[:10] if report.published else None,
        "title": report.title,
        "text": report.text,
        "attributions": [_attribution(it, it.parent if it.parent in ids else None) for it in said],
        "reviewers": reviewers,
        "reader": [found.reading.reader.name, found.reading.reader.version, found.reading.reader.weights],
        "uncued": sum(not it.cue for it in said),
    }


def _attribution(it: Statement, parent: str | None) -> Row:
    roles: Final = {"source": it.source, "cue": it.cue, "content": it.content}
    spans: dict[str, list[Span]] = {role: sorted(passage.spans) for role, passage in roles.items()}
    return {"id": it.id, **{role: [[*span] for span in found] for role, found in spans.items()}, "nested_in": parent}
