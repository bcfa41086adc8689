"""Actors across reports: the names that reports give them, and under what these are looked up.

A name is looked up by a hash of its key.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, LargeBinary, SmallInteger, Table, Text

from sayso.ledger.derived.columns import of_report
from sayso.ledger.schema import tables

_Text: Final = Text().with_variant(Text(collation="C"), "postgresql")


def _hash(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False, nullable=False)


appearances: Final = Table(
    "appearances",
    tables,
    of_report(),
    Column("data", LargeBinary, nullable=False),  # the named actors of the report, packed beside its text
)

known_names: Final = Table(
    "known_names",
    tables,
    _hash("name"),
    Column("written", _Text, primary_key=True),
    of_report(index=True),
    Column("actor", _Text, primary_key=True),  # its id in the report's reading
    Column("key", _Text, nullable=False),
    Column("kind", SmallInteger),  # of the actor; none: the actor has a fuller name
    sqlite_with_rowid=False,
)

name_buckets: Final = Table(
    "name_buckets", tables, _hash("bucket"), _hash("name"), of_report(index=True), sqlite_with_rowid=False
)

name_roles: Final = Table(
    "name_roles",
    tables,
    _hash("name"),
    Column("word", _Text, primary_key=True),  # of a role of somebody whose fullest name this is
    of_report(index=True),
    sqlite_with_rowid=False,
)

names_together: Final = Table(
    "names_together",
    tables,
    _hash("name"),
    Column("other", _Text, primary_key=True),  # the key of another name that a report gives the same actor
    _hash("outlet"),
    Column("id", LargeBinary, primary_key=True),  # of the report
    of_report(index=True),
    sqlite_with_rowid=False,
)

TABLES: Final = (appearances, known_names, name_buckets, name_roles, names_together)
