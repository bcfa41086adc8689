"""The columns by which derived rows hang on reports."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Table

from sayso.ledger.schema import NUMBER

_MARK: Final = "of a report"


def of_report(name: str = "report", *, primary: bool = True, index: bool = False) -> Column[int]:
    """A column with the number of a report: when the report is deleted the row goes, and the other reports that the
    row names are followed anew.

    A column that is not the first of a primary key has to be an index, or the first of one.
    """
    return Column(
        name, NUMBER, primary_key=primary, autoincrement=False, nullable=False, index=index, info={_MARK: True}
    )


def columns_of_reports(table: Table) -> tuple[Column[int], ...]:
    """The columns of a table that hold numbers of reports."""
    return tuple(column for column in table.columns if column.info.get(_MARK))
