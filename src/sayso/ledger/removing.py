"""Readings and reports out of the tables and the index."""

from __future__ import annotations

from sqlalchemy import Connection

from sayso.ledger import derived, fulltext
from sayso.ledger.kept import kept_report, report_query
from sayso.ledger.rows import report_words
from sayso.ledger.schema import DERIVED, captures, readings, reports


def remove_reading(connection: Connection, number: int) -> None:
    """Take a reading out, with its rows."""
    for table in DERIVED:
        connection.execute(table.delete().where(table.c.reading == number))
    connection.execute(readings.delete().where(readings.c.number == number))


def remove_report(connection: Connection, number: int) -> None:
    """Take a report out, with its captures, readings, rows, words and what was derived, but not its text.

    Raises LedgerDamaged.
    """
    found = connection.execute(
        readings.select().with_only_columns(readings.c.number).where(readings.c.report == number)
    )
    for reading in found.scalars().all():
        remove_reading(connection, reading)
    kept = kept_report(connection.execute(report_query().where(reports.c.number == number)).one())
    words = report_words(kept.report.title, kept.report.text)
    fulltext.delete(connection, number, words)
    derived.remove(connection, number)
    connection.execute(captures.delete().where(captures.c.report == number))
    connection.execute(reports.delete().where(reports.c.number == number))
