"""What matching needs of the findings of the record: made of what they say, and so made again where it is missing."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, LargeBinary, Table, Text

from sayso.ledger.schema import tables

_Text: Final = Text().with_variant(Text(collation="C"), "postgresql")

finding_index: Final = Table(
    "finding_index",
    tables,
    Column("finding", _Text, primary_key=True),  # its id
    Column("version", _Text, nullable=False),  # of what made the row
    Column("vectors", LargeBinary, nullable=False),  # of the claim as checked, and of the title
    Column("words", LargeBinary, nullable=False),  # stems, packed
)

TABLES: Final = (finding_index,)
