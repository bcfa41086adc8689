"""Claims: the propositions of statements, under what they are looked up, the claims they stand in, and every move.

A statement is a report and its place among the reading's statements. One without a row among the members anchors its
own claim. Keys and ranks are hashes and times, and hold no words.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, SmallInteger, Table, Text

from sayso.ledger.derived.columns import of_report
from sayso.ledger.schema import NUMBER, tables


def _place(name: str = "place") -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)  # among the reading's statements, from 0


def _part(name: str, kind: type[BigInteger | Integer]) -> Column[int]:
    return Column(name, kind, primary_key=True, autoincrement=False)


claim_reports: Final = Table(
    "claim_reports",
    tables,
    of_report(),
    Column("tag", BigInteger, nullable=False, index=True),  # 32 bits of the report's id, as its claims' ids begin
    Column("rank", BigInteger, nullable=False),  # of the report in canonical order
    Column("day", Integer, nullable=False),  # of publication; 0: not known
    Column("under", LargeBinary, nullable=False),  # of each statement its id, a digest of its content, and its keys
    Column("data", LargeBinary, nullable=False),  # the propositions, packed beside the report's text
)

claim_vectors: Final = Table(
    "claim_vectors",
    tables,
    of_report(),
    _place(),
    Column("vector", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

claim_keys: Final = Table(
    "claim_keys",
    tables,
    _part("key", Integer),
    _part("rank", BigInteger),
    _place(),
    of_report(),  # has no index of its own, which would double the table: `claim_reports.under` leads here
    sqlite_with_rowid=False,
)

claim_members: Final = Table(
    "claim_members",
    tables,
    of_report(),
    _place(),
    of_report("anchor_report", primary=False),
    Column("anchor_place", Integer, nullable=False),
    Column("score", SmallInteger, nullable=False),  # of the tie, in 10,000ths
    Index("claim_members_by_anchor", "anchor_report", "anchor_place"),
    sqlite_with_rowid=False,
)

claim_moves: Final = Table(
    "claim_moves",
    tables,
    Column("number", NUMBER, primary_key=True, autoincrement=False),  # in the order in which they were made
    of_report(primary=False, index=True),
    Column("statement", Text, nullable=False),
    Column("before", BigInteger, nullable=False, index=True),  # ids of claims as numbers
    Column("after", BigInteger, nullable=False, index=True),
    Column("because_report", LargeBinary, nullable=False),  # its id: it may be gone one day
    Column("because_statement", Text, nullable=False),
    Column("version", Text, nullable=False),
)

TABLES: Final = (claim_reports, claim_vectors, claim_keys, claim_members, claim_moves)
