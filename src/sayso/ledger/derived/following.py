"""Which reports have been traced, with which reading and by which version, and which are still to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Column, Connection, Table, Text, func, select, text

from sayso.ledger.database import Database, reading
from sayso.ledger.derived.columns import of_report
from sayso.ledger.schema import NUMBER, tables

traced: Final = Table(
    "traced",
    tables,
    of_report(),
    Column("reading", NUMBER),  # none: the report was not read
    Column("version", Text, nullable=False),  # of what traced it
)

untraced: Final = Table("untraced", tables, of_report())

TABLES: Final = (traced, untraced)


def waiting(database: Database) -> tuple[int, int]:
    """How many reports are still to be traced, and which is the next by its number."""
    with reading(database) as connection:
        count, first = connection.execute(select(func.count(), func.min(untraced.c.report))).one()
    return count, first or 0


def mark(connection: Connection, reports: Iterable[int]) -> None:
    """Note that reports, by their numbers, are to be traced, whether or not they have been."""
    rows = [{"report": number} for number in sorted(set(reports))]
    if rows:
        connection.execute(text("INSERT INTO untraced (report) VALUES (:report) ON CONFLICT DO NOTHING"), rows)


def mark_all(connection: Connection) -> None:
    """Note that every report is to be traced."""
    connection.execute(
        text("INSERT INTO untraced (report) SELECT number FROM reports WHERE true ON CONFLICT DO NOTHING")
    )
