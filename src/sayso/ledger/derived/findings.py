"""Findings of the published record, as they were imported: they come from elsewhere and not from readings."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, LargeBinary, Table, Text

from sayso.ledger.schema import NUMBER, tables

_Text: Final = Text().with_variant(Text(collation="C"), "postgresql")

findings: Final = Table(
    "findings",
    tables,
    Column("number", NUMBER, primary_key=True, autoincrement=False),  # in the order in which they were added
    Column("id", _Text, nullable=False, unique=True),
    Column("url", _Text, index=True),  # of the check, so that a report that is one is known by it
    Column("data", LargeBinary, nullable=False),  # all it says, packed
)

finding_index: Final = Table(
    "finding_index",
    tables,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("version", _Text, nullable=False),  # of what made the row
    Column("vectors", LargeBinary, nullable=False),  # of the claim as checked, and of the title
    Column("words", LargeBinary, nullable=False),  # stems, packed
)

TABLES: Final = (findings, finding_index)
