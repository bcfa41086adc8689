"""The tables of a ledger: what is kept stands in the first ten; the others are derived, and can be built again.

Numbers are local to one ledger: they join its tables and appear nowhere else. What names a thing to the world is an id
made from its content: 16 or 32 bytes of SHA-256.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

FIRST_VERSION: Final = 1  # of the tables, in the first release; each step of a migration is one more
tables: Final = MetaData()

# The same order everywhere: that of the code points.
_Text: Final = Text().with_variant(Text(collation="C"), "postgresql")
Query: TypeAlias = "Select[*tuple[Any, ...]]"
NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")  # SQLite's own row number has to be an INTEGER


def _number() -> Column[int]:
    return Column("number", NUMBER, primary_key=True, autoincrement=False)


def _ordinal(name: str = "ordinal") -> Column[int]:
    """The place of an item in its reading, counted from 0."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _reading() -> Column[int]:
    return Column("reading", NUMBER, primary_key=True, autoincrement=False)


def _derived(name: str, *columns: Column[int] | Column[str] | Index) -> Table:
    return Table(name, tables, *columns, sqlite_with_rowid=False)


meta: Final = Table("meta", tables, Column("key", _Text, primary_key=True), Column("value", _Text, nullable=False))

texts: Final = Table(
    "texts",
    tables,
    _number(),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("data", LargeBinary, nullable=False),  # packed
    Column("crc", BigInteger, nullable=False),  # of the packed bytes
)

snapshots: Final = Table(
    "snapshots",
    tables,
    _number(),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),  # of the bytes as they came
    Column("crc", BigInteger, nullable=False),  # of the packed file
)

reports: Final = Table(
    "reports",
    tables,
    _number(),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("text", NUMBER, nullable=False, index=True),
    Column("data", LargeBinary, nullable=False),  # what the id is made from, besides the text
    Column("first", NUMBER, nullable=False),  # the earliest capture
    Column("outlet", _Text, index=True),
    Column("day", _Text, index=True),  # of publication, as an ISO date, as far as it is known
)

captures: Final = Table(
    "captures",
    tables,
    _number(),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("report", NUMBER, nullable=False, index=True),
    Column("snapshot", NUMBER, index=True),
    Column("data", LargeBinary, nullable=False),  # what was said of the report there
    Column("seen", LargeBinary, nullable=False),  # when and how it was first captured
    Column("crc", BigInteger, nullable=False),  # of `seen`
    Column("language", _Text),
)

readers: Final = Table(
    "readers",
    tables,
    _number(),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("data", LargeBinary, nullable=False),  # name, version, weights
)

readings: Final = Table(
    "readings",
    tables,
    _number(),
    Column("report", NUMBER, nullable=False),
    Column("reader", NUMBER, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),  # packed
    Column("crc", BigInteger, nullable=False),  # of the packed bytes
    UniqueConstraint("report", "reader"),
)

tombstones: Final = Table(
    "tombstones",
    tables,
    Column("report", LargeBinary, primary_key=True),
    Column("text", LargeBinary, index=True),  # the digest that is taken no more; none where another report has the text
    Column("data", LargeBinary, nullable=False),  # who, when, why, and what went
    Column("crc", BigInteger, nullable=False),  # of `data`
    Column("swept", SmallInteger, nullable=False),  # 1: no byte of the content is left on the disk
)


def _entries(name: str) -> Table:
    """What was put in beside reports and is no part of one; no column has words of a report."""
    return Table(
        name,
        tables,
        Column("id", _Text, primary_key=True),
        Column("data", LargeBinary, nullable=False),  # what it says: JSON, packed
        Column("origin", _Text, nullable=False),  # where it came from
        Column("url", _Text, index=True),  # of what it is, so that a report that is the same is known by it
        Column("crc", BigInteger, nullable=False),  # of id, origin and data
    )


findings: Final = _entries("findings")  # of the record
decisions: Final = _entries("decisions")  # of people

quoted: Final = Table(
    "quoted",
    tables,
    Column("report", LargeBinary, primary_key=True),  # the id of a report that a decision quotes; it may not be here
    Column("decision", _Text, primary_key=True, index=True),
    Column("text", LargeBinary, nullable=False),  # the digest of its text
    sqlite_with_rowid=False,
)

statements: Final = _derived(
    "statements",
    _reading(),
    _ordinal(),
    Column("speaker", Integer),  # the ordinal of the actor
    Column("kind", _Text, nullable=False),  # of the speaker
    Column("stance", _Text, nullable=False),
    Column("form", _Text, nullable=False),
    Column("certainty", _Text, nullable=False),
    Column("future", SmallInteger, nullable=False),
    Column("starts", Integer, nullable=False),  # where the content begins and ends, in code points
    Column("ends", Integer, nullable=False),
)

names: Final = _derived(
    "names",
    Column("key", _Text, primary_key=True),  # a folded name
    _reading(),
    _ordinal("actor"),
)

places: Final = _derived(
    "places",
    _reading(),
    _ordinal(),
    Column("starts", Integer, nullable=False),  # in code points
)

place_names: Final = _derived(
    "place_names",
    Column("key", _Text, primary_key=True),  # a folded name of the place, or of what it lies in
    _reading(),
    _ordinal("place"),
)

incidents: Final = _derived(
    "incidents",
    _reading(),
    _ordinal(),
    Column("type", _Text, nullable=False),
    Column("status", _Text, nullable=False),
    Column("first", _Text),
    Column("last", _Text),
    Column("background", SmallInteger, nullable=False),
    Index("incidents_by_type", "type", "first"),
)

tallies: Final = _derived(
    "tallies",
    _reading(),
    _ordinal(),
    Column("type", _Text, nullable=False),
    Column("low", BigInteger, nullable=False),
    Column("high", BigInteger),
    Column("first", _Text),
    Column("last", _Text),
    Index("tallies_by_type", "type", "first"),
)

forecasts: Final = _derived(
    "forecasts",
    _reading(),
    _ordinal(),
    Column("stance", _Text, nullable=False),
    Column("type", _Text, nullable=False),
    Column("statement", Integer),  # its ordinal; none is the outlet
    Column("first", _Text),
    Column("last", _Text),
    Index("forecasts_by_type", "type", "first"),
)

parts: Final = _derived(
    "parts",
    _reading(),
    Column("owner", _Text, primary_key=True),  # incident, tally or forecast
    _ordinal(),
    _ordinal("actor"),
    Column("role", _Text, primary_key=True),
    Column("standing", _Text, primary_key=True),
)

whereabouts: Final = _derived(
    "whereabouts",
    _reading(),
    Column("owner", _Text, primary_key=True),
    _ordinal(),
    _ordinal("place"),
)

DERIVED: Final = (
    statements, names, places, place_names, incidents, tallies, forecasts, parts, whereabouts,
)  # fmt: skip
