"""A ledger with some reports closed: to whoever looks through it they are not there, nor anything derived from them.

Every connection of it has views of its own in the place of the tables, which leave out the rows of these reports. So
whatever is asked, by whatever query, is answered without them: lists, counts, joins, copies, voices. A claim whose
first statement is closed is led by the next of its statements. Only the full-text index of SQLite cannot stand behind a
view: what it finds is looked up among the reports, and how well a report fits is told by that report alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Table, event

from sayso.ledger import derived, fulltext, schema
from sayso.ledger.database import Database, opened
from sayso.ledger.derived.claims import claim_members, claim_moves
from sayso.ledger.derived.columns import columns_of_reports
from sayso.ledger.schema import DERIVED

_KEY: Final = "sayso closed"  # under which a connection knows what its views leave out
_CLOSED: Final = "(SELECT number FROM closed_numbers)"
_IDS: Final = "(SELECT id FROM closed_ids)"
_TAGS: Final = "(SELECT tag FROM closed_tags)"
_OWN: Final = """
CREATE TEMP TABLE closed_ids (id {bytes} PRIMARY KEY);
CREATE TEMP TABLE closed_numbers (number {number} PRIMARY KEY);
CREATE TEMP TABLE closed_tags (tag bigint PRIMARY KEY);
CREATE TEMP TABLE moved_members (
    report bigint, place integer, anchor_report bigint, anchor_place integer, score smallint,
    PRIMARY KEY (report, place)
);
CREATE INDEX {temporary}moved_by_anchor ON moved_members (anchor_report, anchor_place)
"""
# Of those whose anchor is closed the first, in canonical order, anchors the others.
_MOVE: Final = """
INSERT INTO moved_members SELECT report, place, first_report, first_place, score FROM (
    SELECT m.report, m.place, m.score,
        first_value(m.report) OVER led AS first_report, first_value(m.place) OVER led AS first_place
    FROM {real}.claim_members m JOIN {real}.claim_reports c ON c.report = m.report
    WHERE m.anchor_report IN (SELECT number FROM closed_numbers)
        AND m.report NOT IN (SELECT number FROM closed_numbers)
    WINDOW led AS (PARTITION BY m.anchor_report, m.anchor_place ORDER BY c.rank, m.place, m.report)
) ordered WHERE report <> first_report OR place <> first_place
"""


@dataclass(frozen=True, slots=True)
class Closed:
    """The ids of the reports that are closed."""

    ids: frozenset[bytes]

    def prepare(self, connection: Connection) -> None:
        """Let the views of a connection leave out these reports, before a transaction begins on it."""
        known = connection.info.get(_KEY)
        if known is not None and known[0] == self.ids and known[1] is not None and known[1] == _version(connection):
            connection.rollback()
            return
        connection.info.pop(_KEY, None)
        version = _version(connection)
        _fill(connection, self.ids)
        connection.commit()
        connection.info[_KEY] = self.ids, version

    def stands(self, connection: Connection) -> bool:
        """Whether the views still leave out these reports, as the transaction that has begun sees the ledger."""
        return bool(connection.info[_KEY][1] == _version(connection)) and not _further(connection)


def behind_views(database: Database) -> Database:
    """The same database with views in the place of its tables; `seen_through` says what they leave out."""
    place = database.path or database.engine.url.render_as_string(hide_password=False)
    found = opened(place)
    event.listen(found.engine, "connect", _own_sqlite if database.embedded else _own_server)
    return replace(found, name=database.name)


def seen_through(database: Database, ids: frozenset[bytes]) -> Database:
    """A database behind views, as it is without some reports."""
    return replace(database, view=Closed(ids))


def is_closed(connection: Connection) -> bool:
    """Whether something is closed to whoever looks through a connection."""
    return _KEY in connection.info


def _version(connection: Connection) -> int | None:
    """What changes whenever others change the ledger; None where only looking tells."""
    if connection.dialect.name != "sqlite":
        return None
    return int(connection.exec_driver_sql("PRAGMA main.data_version").scalar_one())


def _further(connection: Connection) -> bool:
    """Whether a closed report has come into the ledger since the views were told of them."""
    if connection.dialect.name == "sqlite":
        return False  # then the version has changed
    real = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    sql = f'SELECT 1 FROM "{real}".reports WHERE id IN {_IDS} AND number NOT IN {_CLOSED} LIMIT 1'  # noqa: S608
    return connection.exec_driver_sql(sql).first() is not None


def _fill(connection: Connection, ids: frozenset[bytes]) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    real = "main" if is_sqlite else f'"{connection.exec_driver_sql("SELECT current_schema()").scalar_one()}"'
    for name in ("closed_ids", "closed_numbers", "closed_tags", "moved_members"):
        connection.exec_driver_sql(f"DELETE FROM {name}")  # noqa: S608 - names of ours, here and below
    mark = "?" if is_sqlite else "%s"
    connection.exec_driver_sql(f"INSERT INTO closed_ids VALUES ({mark})", [(it,) for it in sorted(ids)])  # noqa: S608
    found = f"SELECT number FROM {real}.reports WHERE id IN {_IDS}"  # noqa: S608
    connection.exec_driver_sql(f"INSERT INTO closed_numbers {found}")
    tags = f"SELECT DISTINCT tag FROM {real}.claim_reports WHERE report IN {_CLOSED}"  # noqa: S608
    connection.exec_driver_sql(f"INSERT INTO closed_tags {tags}")
    connection.exec_driver_sql(_MOVE.format(real=real))


def _own_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 - a connection of the driver
    for statement in _statements("main", "blob", "INTEGER", "temp."):
        connection.execute(statement)


def _own_server(connection: Any, _: object) -> None:  # noqa: ANN401 - a connection of the driver
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (real,) = cursor.fetchone()
        for statement in _statements(f'"{real}"', "bytea", "bigint", ""):
            cursor.execute(statement)
    connection.commit()


def _statements(real: str, bytes_: str, number: str, temporary: str) -> Iterator[str]:
    """What makes the tables that say what is closed, and the views."""
    yield from _OWN.format(bytes=bytes_, number=number, temporary=temporary).split(";")
    for name, fits in _views(real):
        yield f"CREATE TEMP VIEW {name} AS SELECT * FROM {real}.{name} WHERE {fits}"  # noqa: S608
    columns = ", ".join(it.name for it in claim_members.columns)
    yield (
        f"CREATE TEMP VIEW claim_members AS SELECT {columns} FROM {real}.claim_members"  # noqa: S608
        f" WHERE report NOT IN {_CLOSED} AND anchor_report NOT IN {_CLOSED}"
        f" UNION ALL SELECT {columns} FROM moved_members"
    )


def _views(real: str) -> Iterator[tuple[str, str]]:
    """The tables of which not all rows are shown, and what those fit that are."""
    read = f"SELECT 1 FROM {real}.readings r WHERE r.number = reading AND r.report IN {_CLOSED}"  # noqa: S608
    yield schema.reports.name, f"number NOT IN {_CLOSED}"
    yield schema.captures.name, f"report NOT IN {_CLOSED}"
    yield schema.readings.name, f"report NOT IN {_CLOSED}"
    yield schema.snapshots.name, "EXISTS (SELECT 1 FROM captures c WHERE c.snapshot = snapshots.number)"
    yield schema.tombstones.name, f"report NOT IN {_IDS}"
    yield schema.quoted.name, f"report NOT IN {_IDS}"
    quoting = f"SELECT decision FROM {real}.quoted WHERE report IN {_IDS}"  # noqa: S608
    yield schema.decisions.name, f"id NOT IN ({quoting})"
    for table in DERIVED:
        yield table.name, f"NOT EXISTS ({read})"
    for table in derived.TABLES:
        if table is not claim_members and (fits := _of_open(table)):
            yield table.name, fits
    if real == "main":
        yield derived.postings.SEEN, f"doc NOT IN {_CLOSED}"
    else:
        yield derived.postings.TABLE, f"report NOT IN {_CLOSED}"
        yield fulltext.TABLE, f"id NOT IN {_CLOSED}"


def _of_open(table: Table) -> str:
    """That a row hangs on no closed report; "" where rows of the table hang on none."""
    fits = [f"{column.name} NOT IN {_CLOSED}" for column in columns_of_reports(table)]
    if table is claim_moves:
        fits += [f"because_report NOT IN {_IDS}"]
        fits += [f'(("{it}" >> 32) & 4294967295) NOT IN {_TAGS}' for it in ("before", "after")]
    return " AND ".join(fits)
