"""The numbers of reports in one ledger, their ids in the world, and what is kept under them; for `trace`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, bindparam, select

from sayso.ledger.identity import report_id_bytes, report_name
from sayso.ledger.kept import kept_report, report_query
from sayso.ledger.schema import reports
from sayso.vocabulary import Report, ReportId

_AT_ONCE: Final = 500  # in one question
_BY_ID: Final = select(reports.c.id, reports.c.number).where(reports.c.id.in_(bindparam("ids", expanding=True)))
_BY_NUMBER: Final = select(reports.c.id, reports.c.number).where(
    reports.c.number.in_(bindparam("numbers", expanding=True))
)


def numbers(connection: Connection, ids: Iterable[ReportId]) -> dict[ReportId, int]:
    """The number of each of these reports that there is."""
    wanted = [id_ for id_ in dict.fromkeys(map(report_id_bytes, ids)) if id_ is not None]
    found: dict[ReportId, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = connection.execute(_BY_ID, {"ids": wanted[start : start + _AT_ONCE]})
        found |= {report_name(bytes(id_)): number for id_, number in rows}
    return found


def ids(connection: Connection, numbers: Iterable[int]) -> dict[int, ReportId]:
    """The id of each report with one of these numbers."""
    wanted = [*dict.fromkeys(numbers)]
    found: dict[int, ReportId] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = connection.execute(_BY_NUMBER, {"numbers": wanted[start : start + _AT_ONCE]})
        found |= {number: report_name(bytes(id_)) for id_, number in rows}
    return found


def report(connection: Connection, number: int) -> Report | None:
    """The report with a number. Raises LedgerDamaged."""
    row = connection.execute(report_query().where(reports.c.number == number)).one_or_none()
    return None if row is None else kept_report(row).report
