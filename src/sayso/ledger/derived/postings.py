"""The fingerprints of reports as postings: which reports have which of these 42-bit hashes.

On SQLite they are a full-text index that keeps nothing but which report has which word, and each hash is a word of
seven signs: some eight bytes for each posting, where a row of a table needs 25. On PostgreSQL they are an array for
each report under an index of the kind GIN: some 48 bytes, where rows need 86.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, text

Numbers = npt.NDArray[np.int64]

TABLE: Final = "copy_prints"
BITS: Final = 42  # of a hash: seven signs of six bits
_SIGNS: Final = "0123456789abcdefghijklmnopqrstuvwxyz!#$%&()*+,-./:;<=>?@[]^_{|}~"[: 1 << 6]
_PAIRS: Final = [one + two for one in _SIGNS for two in _SIGNS]
_VALUES: Final = {sign: value for value, sign in enumerate(_SIGNS)}
SEEN: Final = "copy_prints_seen"


def create(connection: Connection) -> None:
    """Make the tables of the index."""
    if connection.dialect.name == "sqlite":
        tokenizer = f"ascii tokenchars '{_SIGNS[36:]}'"
        options = f"content='', columnsize=0, detail=none, tokenize=\"{tokenizer}\""
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(hashes, {options})")
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {SEEN} USING fts5vocab({TABLE}, 'instance')")
    else:
        connection.exec_driver_sql(f"CREATE TABLE {TABLE} (report bigint PRIMARY KEY, hashes bigint[] NOT NULL)")
        index = f"CREATE INDEX {TABLE}_gin ON {TABLE} USING gin (hashes) WITH (fastupdate = off)"
        connection.exec_driver_sql(index)


def drop(connection: Connection) -> None:
    """Take the tables of the index away."""
    for name in (SEEN, TABLE):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")


def post(connection: Connection, reports: Sequence[tuple[int, Sequence[int]]]) -> None:
    """Add the hashes of reports, by their numbers, that have none yet; each once."""
    if connection.dialect.name == "sqlite":
        sql = f"INSERT INTO {TABLE}(rowid, hashes) VALUES (?, ?)"  # noqa: S608 - a name of ours
        connection.exec_driver_sql(sql, [(number, " ".join(map(_word, hashes))) for number, hashes in reports])
    else:
        sql = f"INSERT INTO {TABLE}(report, hashes) VALUES (%s, CAST(%s AS bigint[]))"  # noqa: S608
        connection.exec_driver_sql(sql, [(number, list(hashes)) for number, hashes in reports])


def take_back(connection: Connection, number: int, hashes: Sequence[int]) -> None:
    """Take out the hashes of a report; they have to be those that were added."""
    if connection.dialect.name == "sqlite":
        sql = f"INSERT INTO {TABLE}({TABLE}, rowid, hashes) VALUES ('delete', ?, ?)"  # noqa: S608
        connection.exec_driver_sql(sql, (number, " ".join(map(_word, hashes))))
    else:
        forget(connection, number)


def forget(connection: Connection, number: int) -> None:
    """Take out the hashes of a report whose text may be gone: on SQLite the whole index is gone through for them."""
    if connection.dialect.name == "sqlite":
        query = f"SELECT term FROM {SEEN} WHERE doc = ?"  # noqa: S608
        found = connection.exec_driver_sql(query, (number,)).scalars().all()
        if found:
            take_back(connection, number, sorted(map(_value, found)))
    else:
        connection.exec_driver_sql(f"DELETE FROM {TABLE} WHERE report = %s", (number,))  # noqa: S608


def frequencies(connection: Connection, hashes: Sequence[int], most: int) -> dict[int, int]:
    """How many reports have each hash, counted up to `most`."""
    if connection.dialect.name == "sqlite":
        count = f"SELECT count(*) FROM (SELECT 1 FROM {SEEN} seen WHERE seen.term = asked.value LIMIT :most)"  # noqa: S608
        sql = f"SELECT ({count}) FROM json_each(:hashes) asked ORDER BY asked.key"  # noqa: S608
        asked = {"hashes": json.dumps([*map(_word, hashes)]), "most": most}
        return dict(zip(hashes, connection.execute(text(sql), asked).scalars(), strict=True))
    count = f"SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE hashes @> ARRAY[asked] LIMIT :most) found"  # noqa: S608
    sql = f"SELECT asked, ({count}) AS held FROM unnest(CAST(:hashes AS bigint[])) asked"  # noqa: S608
    with _by_index(connection):
        found = connection.execute(text(sql), {"hashes": list(hashes), "most": most}).all()
    return {row.asked: row.held for row in found}


def holders(connection: Connection, hashes: Sequence[int]) -> dict[int, Numbers]:
    """The reports that have each of these hashes, by their numbers, in no particular order; of those that any has."""
    if connection.dialect.name == "sqlite":
        source = f"json_each(:hashes) asked JOIN {SEEN} seen ON seen.term = asked.value"
        sql = f"SELECT asked.key, group_concat(seen.doc) FROM {source} GROUP BY asked.key"  # noqa: S608
        found = connection.execute(text(sql), {"hashes": json.dumps([*map(_word, hashes)])})
        return {hashes[place]: np.fromstring(numbers, dtype=np.int64, sep=",") for place, numbers in found}
    source = f"unnest(CAST(:hashes AS bigint[])) asked JOIN {TABLE} held ON held.hashes @> ARRAY[asked]"
    sql = f"SELECT asked, array_agg(held.report) FROM {source} GROUP BY asked"  # noqa: S608
    with _by_index(connection):
        rows = connection.execute(text(sql), {"hashes": list(hashes)}).all()
    return {value: np.array(numbers, dtype=np.int64) for value, numbers in rows}


@contextmanager
def _by_index(connection: Connection) -> Iterator[None]:
    """Let PostgreSQL use the index whatever it believes of the size of the table, which it has not counted yet."""
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    yield
    connection.exec_driver_sql("SET LOCAL enable_seqscan TO DEFAULT")


def purge(connection: Connection) -> None:
    """Leave no trace of hashes taken out in the index of SQLite, which otherwise keeps them until it merges."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608


def orphans(connection: Connection) -> int:
    """How many postings are of reports that are not there."""
    source, column = (SEEN, "doc") if connection.dialect.name == "sqlite" else (TABLE, "report")
    sql = f"SELECT count(*) FROM {source} WHERE {column} NOT IN (SELECT number FROM reports)"  # noqa: S608
    return int(connection.execute(text(sql)).scalar_one())


def _word(value: int) -> str:
    """A hash as a word of the index: the higher bits first, so that neighbours begin alike."""
    return (
        _PAIRS[value >> 30] + _PAIRS[value >> 18 & 0xFFF] + _PAIRS[value >> 6 & 0xFFF] + _SIGNS[value & 0x3F]
    )  # fmt: skip


def _value(word: str) -> int:
    value = 0
    for sign in word:
        value = value << 6 | _VALUES[sign]
    return value
