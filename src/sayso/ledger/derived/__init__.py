"""What is derived across reports, as tables: one small module for each part. How it is made is not the ledger's matter.

Everything here can be deleted and made again, from the readings or from the findings of the record. So nothing of it is
part of what a ledger holds: not of its digest, not of an archive. What is deleted of a report is deleted here by its
number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Table, func, select

from sayso.ledger.derived import claims, copies, events, findings, following, forecasts, people, postings
from sayso.ledger.derived.columns import columns_of_reports
from sayso.ledger.schema import reports, tables

TABLES: Final[tuple[Table, ...]] = (
    *copies.TABLES, *people.TABLES, *claims.TABLES, *events.TABLES, *forecasts.TABLES, *findings.TABLES,
    *following.TABLES,
)  # fmt: skip


def create(connection: Connection) -> None:
    """Make the tables that are not made like all others."""
    postings.create(connection)


def renew(connection: Connection) -> None:
    """Make the tables of what is traced as they are now, empty, and note that every report is to be traced."""
    traced = [table for table in TABLES if table not in findings.TABLES]
    tables.drop_all(connection, traced)
    postings.drop(connection)
    tables.create_all(connection, traced)
    create(connection)
    following.mark_all(connection)


def remove(connection: Connection, number: int) -> None:
    """Take out all that was derived of a report; other reports named in the rows are to be followed anew."""
    hanging: set[int] = set()
    for table in TABLES:
        columns = columns_of_reports(table)
        for column in columns:
            for other in columns:
                if other is not column:
                    hanging |= set(connection.execute(select(other).where(column == number)).scalars())
            connection.execute(table.delete().where(column == number))
    postings.forget(connection, number)
    following.mark(connection, hanging - {number})


def purge(connection: Connection) -> None:
    """Leave no trace of what was taken out in the indexes."""
    postings.purge(connection)


def orphans(connection: Connection) -> Iterator[tuple[str, int]]:
    """The tables with rows of reports that are not there, and how many."""
    there = select(reports.c.number)
    for table in TABLES:
        for column in columns_of_reports(table):
            query = select(func.count()).select_from(table).where(column.not_in(there))
            if found := connection.execute(query).scalar_one():
                yield table.name, found
    if found := postings.orphans(connection):
        yield postings.TABLE, found
