"""Full text on both databases: FTS5 without its own copy of the text, and tsvector; both hold the words cut by us.

A query is words that all have to be there; "words in quotation marks" stand side by side, -word must not be there,
word* is any word that begins so. On PostgreSQL positions end at word 16,383: a phrase further down is not found there.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Integer,
    Text,
    TextClause,
    bindparam,
    cast,
    column,
    func,
    literal,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import select, table

from sayso.ledger.schema import Query
from sayso.ledger.words import words

TABLE: Final = "report_words"
_LAST_POSITION: Final = 16_383
_MOST_POSITIONS: Final = 255
_MOST_TERMS: Final = 50
_SEARCHES: Final = 30  # in one question
_TERM: Final = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Words side by side; `begins` if the last is only the beginning of one, `without` if they must not be there."""

    words: tuple[str, ...]
    begins: bool = False
    without: bool = False


def terms(query: str) -> tuple[Term, ...]:
    """What a query asks for, fifty terms at most."""
    found = []
    for sign, quoted, single in _TERM.findall(query):
        begins = single.endswith("*")
        if cut := tuple(words(quoted or single)):
            found.append(Term(cut, begins, bool(sign)))
    return tuple(found[:_MOST_TERMS])


def create(connection: Connection) -> None:
    """Make the tables of the index."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, content='', tokenize='ascii')")
    else:
        connection.exec_driver_sql(f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, words tsvector NOT NULL)")
        connection.exec_driver_sql(f"CREATE INDEX {TABLE}_gin ON {TABLE} USING gin (words)")


def insert(connection: Connection, rows: Sequence[tuple[int, list[str]]]) -> None:
    """Add the words of reports by their numbers."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        sql = f"INSERT INTO {TABLE}(rowid, words) VALUES (?, ?)"  # noqa: S608 - a name of ours
        connection.exec_driver_sql(sql, [(number, " ".join(cut)) for number, cut in rows])
    else:
        sql = f"INSERT INTO {TABLE}(id, words) VALUES (%s, %s::tsvector)"  # noqa: S608
        connection.exec_driver_sql(sql, [(number, vector(cut)) for number, cut in rows])


def delete(connection: Connection, number: int, cut: list[str]) -> None:
    """Take the words of a report out again; they have to be those that were added."""
    if connection.dialect.name == "sqlite":
        sql = f"INSERT INTO {TABLE}({TABLE}, rowid, words) VALUES ('delete', ?, ?)"  # noqa: S608
        connection.exec_driver_sql(sql, (number, " ".join(cut)))
    else:
        connection.exec_driver_sql(f"DELETE FROM {TABLE} WHERE id = %s", (number,))  # noqa: S608


def purge(connection: Connection) -> None:
    """Leave no trace of deleted words in the index of SQLite, which otherwise keeps them until it merges."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608


def vector(cut: Iterable[str]) -> str:
    """Words as a tsvector is written."""
    places: dict[str, list[str]] = defaultdict(list)
    for position, word in enumerate(cut, 1):
        at = places[word]
        if len(at) < _MOST_POSITIONS:
            at.append(str(min(position, _LAST_POSITION)))
    return " ".join(f"{_quoted(word)}:{','.join(dict.fromkeys(at))}" for word, at in places.items())


def matching(connection: Connection, asked: Sequence[Term]) -> Query:
    """A query for the numbers (`id`) of the reports that match, and how well (`score`, more is better)."""
    if connection.dialect.name == "sqlite":
        source = table(TABLE, column("rowid", Integer))
        found: Query = select(
            literal_column(f"{TABLE}.rowid", Integer).label("id"),
            literal_column(f"-bm25({TABLE})", Float).label("score"),
        ).select_from(source)
        return found.where(text(f"{TABLE} MATCH :asked").bindparams(bindparam("asked", _fts5(asked))))
    wanted = cast(literal(_tsquery(asked), Text), TSQUERY)
    held: ColumnElement[Any] = literal_column(f"{TABLE}.words")
    found = select(
        literal_column(f"{TABLE}.id", Integer).label("id"), func.ts_rank_cd(held, wanted, type_=Float).label("score")
    ).select_from(table(TABLE))
    return found.where(held.bool_op("@@")(wanted))


def holding(connection: Connection, asked: Sequence[Sequence[Term]], most: int) -> list[list[int]]:
    """For each of some searches the numbers of reports there are that match, `most` at most; all in a few questions."""
    out: list[list[int]] = [[] for _ in asked]
    is_sqlite = connection.dialect.name == "sqlite"
    write = _fts5 if is_sqlite else _tsquery
    for start in range(0, len(asked), _SEARCHES):
        part = asked[start : start + _SEARCHES]
        values = {f"q{n}": write(group) for n, group in enumerate(part)}
        for n, number in connection.execute(_first_holding(len(part), is_sqlite), {**values, "most": most}):
            out[start + n].append(number)
    return out


@cache
def _first_holding(count: int, is_sqlite: bool) -> TextClause:
    number, fits = ("rowid", "MATCH :q{n}") if is_sqlite else ("id", "@@ CAST(CAST(:q{n} AS text) AS tsquery)")
    column = TABLE if is_sqlite else "words"
    parts = (
        f"SELECT * FROM (SELECT {n} AS n, {number} AS number FROM {TABLE}"  # noqa: S608 - a name of ours
        f" WHERE {column} {fits.format(n=n)} AND EXISTS (SELECT 1 FROM reports WHERE reports.number = {TABLE}.{number})"
        f" LIMIT :most) s{n}"
        for n in range(count)
    )
    return text(" UNION ALL ".join(parts))


def scores(connection: Connection, asked: Sequence[Term], numbers: Iterable[int]) -> dict[int, float]:
    """How well each of these reports, which all match, does."""
    found = matching(connection, asked)
    if connection.dialect.name == "sqlite":
        some = text(f"+{TABLE}.rowid IN (SELECT value FROM json_each(:some))")  # noqa: S608
        rows = connection.execute(found.where(some), {"some": json.dumps([*numbers])})
    else:
        rows = connection.execute(found.where(text(f"{TABLE}.id = ANY(:some)")), {"some": [*numbers]})
    return {row.id: row.score for row in rows}


def singly(asked: Sequence[Term]) -> tuple[Term, ...]:
    """What a text has to hold of which a part holds all that was asked: each word, wherever it stands."""
    return tuple(
        Term((word,), term.begins and place == len(term.words))
        for term in asked if not term.without for place, word in enumerate(term.words, 1)
    )  # fmt: skip


def holds(cut: Sequence[str], asked: Sequence[Term]) -> bool:
    """Whether the words of a text are such as were asked for."""
    return all(_stands(cut, term) is not term.without for term in asked)


def _stands(cut: Sequence[str], term: Term) -> bool:
    *before, last = term.words
    size = len(before)
    return any(
        (word.startswith(last) if term.begins else word == last) and [*cut[place - size : place]] == before
        for place, word in enumerate(cut) if place >= size
    )  # fmt: skip


def _fts5(asked: Sequence[Term]) -> str:
    wanted = " AND ".join(_fts5_term(term) for term in asked if not term.without)
    unwanted = " OR ".join(_fts5_term(term) for term in asked if term.without)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _fts5_term(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + ("*" if term.begins else "")


def _tsquery(asked: Sequence[Term]) -> str:
    return " & ".join(("!" if term.without else "") + _tsquery_term(term) for term in asked)


def _tsquery_term(term: Term) -> str:
    *before, last = map(_quoted, term.words)
    return "(" + " <-> ".join([*before, last + (":*" if term.begins else "")]) + ")"


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
