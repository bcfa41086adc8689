"""The tables of the accounts: no part of what a ledger holds, nor of its digest or export. Times are seconds (UTC)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

VERSION: Final = "1"
tables: Final = MetaData()
_NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")


def _of_user() -> Column[str]:
    return Column("user", Text, ForeignKey("desk_users.name"), nullable=False, index=True)


def _time(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


meta: Final = Table("desk_meta", tables, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

users: Final = Table(
    "desk_users",
    tables,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # hashed, with how it was
    _time("made"),
)

sessions: Final = Table(
    "desk_sessions",
    tables,
    Column("id", LargeBinary, primary_key=True),  # SHA-256 of what the cookie holds
    _of_user(),
    _time("made"),
    _time("seen"),
    _time("until"),
)

tokens: Final = Table(
    "desk_tokens",
    tables,
    Column("id", Text, primary_key=True),
    Column("secret", LargeBinary, nullable=False, unique=True),  # SHA-256 of the token
    _of_user(),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    _time("made"),
    _time("until"),
    Column("used", BigInteger),  # the beginning of the last day it was used on
)

tries: Final = Table(
    "desk_tries",
    tables,
    Column("key", Text, primary_key=True),  # of a user or an address
    Column("count", Integer, nullable=False),
    _time("since"),
)

cases: Final = Table(
    "desk_cases",
    tables,
    Column("name", Text, primary_key=True),
    Column("by", Text, nullable=False),
    _time("made"),
)

members: Final = Table(
    "desk_members",
    tables,
    Column("case", Text, ForeignKey("desk_cases.name"), primary_key=True),
    Column("user", Text, ForeignKey("desk_users.name"), primary_key=True, index=True),
)

closed: Final = Table(
    "desk_closed",
    tables,
    Column("case", Text, ForeignKey("desk_cases.name"), primary_key=True),
    Column("report", LargeBinary, primary_key=True),  # its id, whether or not the ledger has it now
)

entries: Final = Table(
    "desk_audit",
    tables,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    _time("at"),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("address", Text, nullable=False),
)
