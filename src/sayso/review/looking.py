"""The reviewed readings of a ledger, and what stands in it all."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from sayso.errors import NotInLedger
from sayso.ledger import Ledger
from sayso.ledger.identity import reader_of, report_name
from sayso.ledger.schema import quoted, readers
from sayso.review.deciding import current_reading
from sayso.review.decisions import Decision, all_decisions, decisions_on
from sayso.review.items import IN_READINGS
from sayso.review.pairs import Pair, pairs
from sayso.review.reviewed import Reviewed, reviewed
from sayso.review.standing import latest, live
from sayso.review.techniques import Assigned, techniques
from sayso.vocabulary import ReaderVersion, ReportId


def review(ledger: Ledger, report: ReportId, reader: ReaderVersion | None = None) -> Reviewed:
    """A report's reading, by a reader or by the one the ledger met last, with its decisions. Raises NotInLedger."""
    reading = ledger.reading(report, reader)
    with ledger.looking() as connection:
        return reviewed(reading, decisions_on(connection, report))


def history(ledger: Ledger, report: ReportId) -> tuple[Decision, ...]:
    """All decisions on a report, those taken back and those that take back too, as they were made."""
    with ledger.looking() as connection:
        return decisions_on(connection, report)


def decided_pairs(ledger: Ledger, report: ReportId) -> tuple[Pair, ...]:
    """The pairs with a statement of a report that were decided on."""
    with ledger.looking() as connection:
        return pairs(decisions_on(connection, report))


def decided_techniques(ledger: Ledger, report: ReportId) -> tuple[Assigned, ...]:
    """The techniques that were decided on in a report."""
    with ledger.looking() as connection:
        return techniques(decisions_on(connection, report))


def reports_decided(connection: Connection) -> list[ReportId]:
    """The reports that any decision quotes, in the order of their ids."""
    query = select(quoted.c.report).distinct().order_by(quoted.c.report)
    return [report_name(bytes(id_)) for id_ in connection.execute(query).scalars()]


def orphans(ledger: Ledger) -> Iterator[tuple[ReportId, tuple[Decision, ...]]]:
    """Decisions that stand and fit no longer, report by report; all of a report that is not here or was not read."""
    with ledger.looking() as connection:
        for report in reports_decided(connection):
            made = decisions_on(connection, report)
            try:
                lost = reviewed(current_reading(connection, report), made).orphans
            except (ValueError, NotInLedger):
                lost = tuple(latest([it for it in live(made) if it.kind in IN_READINGS], lambda it: it.items))
            if lost:
                yield report, lost


def in_bulk(ledger: Ledger, name: str) -> tuple[Decision, ...]:
    """The decisions that were made together under a name, those that were taken back left out."""
    with ledger.looking() as connection:
        there = live(all_decisions(connection))
    return tuple(it for it in there if it.bulk == name)


def readers_met(ledger: Ledger) -> tuple[ReaderVersion, ...]:
    """The readers that the ledger met, in that order."""
    with ledger.looking() as connection:
        query = select(readers.c.data).order_by(readers.c.number)
        return tuple(reader_of(data) for data in connection.execute(query).scalars())
