"""Events: the accounts that reports give of incidents, under what others are looked for beside them.

An event is put together when it is asked for, so that it is always one of the present joins and copies.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table

from sayso.ledger.derived.columns import of_report
from sayso.ledger.schema import tables


def _ordinal() -> Column[int]:
    return Column("incident", Integer, primary_key=True, autoincrement=False)  # its place among the report's accounts


def _hash(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False, nullable=False)


accounts: Final = Table(
    "accounts",
    tables,
    of_report(),
    Column("data", LargeBinary, nullable=False),  # all accounts of the report, packed beside its text
)

account_keys: Final = Table(
    "account_keys", tables, _hash("key"), of_report(index=True), _ordinal(), sqlite_with_rowid=False
)

account_facets: Final = Table(
    "account_facets",
    tables,
    _hash("facet"),  # of everything; of a type, a place, an actor
    Column("day", Integer, primary_key=True, autoincrement=False),  # the last it may have been on; 0: not known
    of_report(index=True),
    _ordinal(),
    sqlite_with_rowid=False,
)

account_ids: Final = Table(
    "account_ids",
    tables,
    _hash("event"),  # the id of the event whose first account this is or was
    of_report(index=True),
    _ordinal(),
    sqlite_with_rowid=False,
)

TABLES: Final = (accounts, account_keys, account_facets, account_ids)
