"""Copies: which reports have been fingerprinted, and the links between reports that share words.

The fingerprints themselves are in `sayso.ledger.derived.postings`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Column, Connection, Index, LargeBinary, SmallInteger, Table, select

from sayso.ledger.derived.columns import of_report
from sayso.ledger.schema import tables

_AT_ONCE: Final = 400  # reports in one question

copy_reports: Final = Table("copy_reports", tables, of_report())

copy_links: Final = Table(
    "copy_links",
    tables,
    of_report(),  # the one with the lesser id
    of_report("other"),
    Column("kinship", SmallInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),  # shares, closeness, score, reasons
    Index("copy_links_by_other", "other"),
    sqlite_with_rowid=False,
)

TABLES: Final = (copy_reports, copy_links)


def beside(connection: Connection, reports: Iterable[int]) -> set[int]:
    """The reports, by their numbers, that share words with these."""
    wanted, found = [*reports], set[int]()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        for one, other in ((copy_links.c.report, copy_links.c.other), (copy_links.c.other, copy_links.c.report)):
            found |= set(connection.execute(select(other).where(one.in_(part))).scalars())
    return found
