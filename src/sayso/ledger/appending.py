"""Drafts into the tables, in one transaction: what is there already is left, what is not is added.

The result is the same in whatever order, by however many, and however often the same drafts come: of captures
that differ only in when they were made the earliest stays, of readings by one reader that differ the one with the
least digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, func, select

from sayso.ledger import fulltext, schema
from sayso.ledger.derived.copies import beside
from sayso.ledger.derived.following import mark
from sayso.ledger.drafts import Draft, ReadingDraft
from sayso.ledger.identity import seen_of
from sayso.ledger.packing import crc
from sayso.ledger.removing import remove_reading
from sayso.ledger.rows import Row, column_text

_AT_ONCE: Final = 500  # ids in one question


@dataclass(frozen=True, slots=True)
class Appended:
    """What came of one draft: whether its capture and its reading were new, or the report was deleted on request."""

    capture: bool = False
    reading: bool = False
    forgotten: bool = False


def append(connection: Connection, drafts: Sequence[Draft]) -> list[Appended]:
    """Add the drafts; what came of each."""
    gone = forgotten(connection, [(item.key.report, item.key.identity.text) for item in drafts])
    taken = [item for item, dead in zip(drafts, gone, strict=True) if not dead]
    numbers, captured = _append_reports(connection, taken)
    read = _append_readings(connection, taken, numbers)
    return [
        Appended(forgotten=True)
        if dead
        else Appended(item.key.capture in captured, item.reading is not None and item.reading.digest in read)
        for item, dead in zip(drafts, gone, strict=True)
    ]


def forgotten(connection: Connection, items: Sequence[tuple[bytes, bytes]]) -> list[bool]:
    """For each report, by its id and the digest of its text, whether it was deleted on request."""
    stones = schema.tombstones
    reports = set(_found(connection, stones.c.report, [report for report, _ in items]))
    texts = set(_found(connection, stones.c.text, [text for _, text in items]))
    return [report in reports or text in texts for report, text in items]


def numbers_of(connection: Connection, table: Table, column: Column[Any], ids: Iterable[bytes]) -> dict[bytes, int]:
    """The number of each row there is with one of these ids."""
    wanted = list(dict.fromkeys(ids))
    out: dict[bytes, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(column, table.c.number).where(column.in_(wanted[start : start + _AT_ONCE]))
        out |= {bytes(id_): number for id_, number in connection.execute(query)}
    return out


def _found(connection: Connection, column: Column[Any], ids: Iterable[bytes]) -> list[bytes]:
    wanted = list(dict.fromkeys(ids))
    out: list[bytes] = []
    for start in range(0, len(wanted), _AT_ONCE):
        out += map(
            bytes, connection.execute(select(column).where(column.in_(wanted[start : start + _AT_ONCE]))).scalars()
        )
    return out


def _append_reports(connection: Connection, drafts: Sequence[Draft]) -> tuple[dict[bytes, int], set[bytes]]:
    """Add texts, snapshots, reports and captures; the numbers of the reports, and the ids of the new captures."""
    texts = _append_rows(
        connection,
        schema.texts,
        "digest",
        {d.key.identity.text: {"data": d.text, "crc": crc(d.text)} for d in drafts},
    )
    snapshots = _append_rows(
        connection,
        schema.snapshots,
        "digest",
        {d.snapshot.digest: {"size": d.snapshot.size, "crc": d.snapshot.crc()} for d in drafts if d.snapshot},
    )
    reports = schema.reports
    known = numbers_of(connection, reports, reports.c.id, [d.key.report for d in drafts])
    fresh = {d.key.report: d for d in drafts if d.key.report not in known}
    numbers = known | dict(zip(fresh, _next(connection, reports, len(fresh)), strict=True))
    before = _first_captures(connection, known.values())
    captures, changed = _append_captures(connection, drafts, numbers, snapshots)
    firsts = _firsts(connection, {numbers[d.key.report] for d in drafts if d.key.capture in changed})
    rows = [
        {"number": numbers[id_], "id": id_, "text": texts[d.key.identity.text], "data": d.key.identity.data(),
         "first": firsts[numbers[id_]], "outlet": column_text(d.key.identity.outlet),
         "day": day(d.key.identity.published)}
        for id_, d in fresh.items()
    ]  # fmt: skip
    _insert(connection, reports, rows)
    fulltext.insert(connection, [(numbers[id_], d.words) for id_, d in fresh.items()])
    for number in before.keys() & firsts.keys():
        connection.execute(reports.update().where(reports.c.number == number).values(first=firsts[number]))
    after = _first_captures(connection, before.keys() & firsts.keys())
    earlier = {number for number, seen in after.items() if seen != before[number]}
    mark(connection, {numbers[id_] for id_ in fresh} | earlier | beside(connection, earlier))
    return numbers, captures


def _append_captures(
    connection: Connection, drafts: Sequence[Draft], reports: dict[bytes, int], snapshots: dict[bytes, int]
) -> tuple[set[bytes], set[bytes]]:
    """Add captures, and make known ones earlier; the ids of the new ones, and of all that changed."""
    table = schema.captures
    earliest: dict[bytes, Draft] = {}
    for item in drafts:
        other = earliest.get(item.key.capture)
        if other is None or item.key.seen.rank() < other.key.seen.rank():
            earliest[item.key.capture] = item
    known = numbers_of(connection, table, table.c.id, earliest)
    fresh = [item for id_, item in earliest.items() if id_ not in known]
    rows = [
        {"number": number, "id": d.key.capture, "report": reports[d.key.report],
         "snapshot": snapshots[d.key.snapshot] if d.key.snapshot else None, "data": d.key.said.data(),
         "seen": d.key.seen.data(), "crc": crc(d.key.seen.data()), "language": column_text(d.key.said.language)}
        for number, d in zip(_next(connection, table, len(fresh)), fresh, strict=True)
    ]  # fmt: skip
    _insert(connection, table, rows)
    moved = {id_ for id_ in known if _make_earlier(connection, known[id_], earliest[id_])}
    new = {d.key.capture for d in fresh}
    return new, new | moved


def _make_earlier(connection: Connection, number: int, item: Draft) -> bool:
    table, seen = schema.captures, item.key.seen
    kept = connection.execute(select(table.c.seen).where(table.c.number == number)).scalar_one()
    if seen_of(kept).rank() <= seen.rank():
        return False
    row = {"seen": seen.data(), "crc": crc(seen.data())}
    connection.execute(table.update().where(table.c.number == number).values(row))
    return True


def _firsts(connection: Connection, reports: set[int]) -> dict[int, int]:
    """The number of each report's earliest capture."""
    table = schema.captures
    best: dict[int, tuple[Any, int]] = {}
    wanted = sorted(reports)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        query = select(table.c.report, table.c.number, table.c.seen, table.c.id).where(table.c.report.in_(part))
        for report, number, seen, id_ in connection.execute(query):
            rank = (seen_of(seen).rank(), bytes(id_)), number
            best[report] = min(best.get(report, rank), rank)
    return {report: number for report, (_, number) in best.items()}


def _first_captures(connection: Connection, reports: Iterable[int]) -> dict[int, bytes]:
    """When and how each report was first captured."""
    table, wanted = schema.captures, sorted(reports)
    out: dict[int, bytes] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(schema.reports.c.number, table.c.seen).join(table, table.c.number == schema.reports.c.first)
        found = connection.execute(query.where(schema.reports.c.number.in_(wanted[start : start + _AT_ONCE])))
        out |= {number: bytes(seen) for number, seen in found}
    return out


def _append_readings(connection: Connection, drafts: Sequence[Draft], reports: dict[bytes, int]) -> set[bytes]:
    """Add readings; the digests of the new ones."""
    drafted = [(item.key.report, item.reading) for item in drafts if item.reading]
    by_id = {reading.reader_id: {"data": reading.reader} for _, reading in drafted}
    readers = _append_rows(connection, schema.readers, "id", by_id)
    best: dict[tuple[int, int], ReadingDraft] = {}
    for report, reading in drafted:
        place = reports[report], readers[reading.reader_id]
        if place not in best or reading.digest < best[place].digest:
            best[place] = reading
    kept = _kept_readings(connection, {report for report, _ in best})
    fresh = {place: reading for place, reading in best.items() if place not in kept or reading.digest < kept[place][1]}
    for place in fresh.keys() & kept.keys():
        remove_reading(connection, kept[place][0])
    _insert_readings(connection, list(fresh.items()))
    mark(connection, {report for report, _ in fresh})
    return {reading.digest for reading in fresh.values()}


def _kept_readings(connection: Connection, reports: set[int]) -> dict[tuple[int, int], tuple[int, bytes]]:
    """The number and digest of each reading of these reports, by the numbers of report and reader."""
    table = schema.readings
    out: dict[tuple[int, int], tuple[int, bytes]] = {}
    wanted = sorted(reports)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        query = select(table.c.report, table.c.reader, table.c.number, table.c.digest).where(table.c.report.in_(part))
        for report, reader, number, digest in connection.execute(query):
            out[report, reader] = number, bytes(digest)
    return out


def _insert_readings(connection: Connection, drafts: Sequence[tuple[tuple[int, int], ReadingDraft]]) -> None:
    numbered = list(zip(_next(connection, schema.readings, len(drafts)), drafts, strict=True))
    _insert(
        connection,
        schema.readings,
        [
            {"number": number, "report": place[0], "reader": place[1], "digest": d.digest, "data": d.data,
             "crc": crc(d.data)}
            for number, (place, d) in numbered
        ],
    )  # fmt: skip
    for table in schema.DERIVED:
        insert_derived(connection, table, [(number, d.rows[table.name]) for number, (_, d) in numbered])


def insert_derived(connection: Connection, table: Table, found: Sequence[tuple[int, Sequence[Row]]]) -> None:
    """Add the rows of readings, by their numbers, to a derived table."""
    others = [column.name for column in table.columns if column.name != "reading"]
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = ", ".join([mark] * (1 + len(others)))
    rows = [(number, *row) for number, part in found for row in part]
    if rows:
        sql = f"INSERT INTO {table.name} (reading, {', '.join(others)}) VALUES ({marks})"  # noqa: S608 - names of ours
        connection.exec_driver_sql(sql, rows)


def day(published: str | None) -> str | None:
    """The day of a publication value, as far as it tells one."""
    return column_text(published[:10]) if published else None


def _append_rows(
    connection: Connection, table: Table, id_column: str, rows: dict[bytes, dict[str, Any]]
) -> dict[bytes, int]:
    """Add the rows whose ids are not there yet; the numbers of all."""
    known = numbers_of(connection, table, table.c[id_column], rows)
    fresh = [id_ for id_ in rows if id_ not in known]
    numbers = dict(zip(fresh, _next(connection, table, len(fresh)), strict=True))
    _insert(connection, table, [{"number": numbers[id_], id_column: id_, **rows[id_]} for id_ in fresh])
    return known | numbers


def _next(connection: Connection, table: Table, count: int) -> range:
    """The next free numbers; writers come one after another, so that nobody else takes them."""
    if not count:
        return range(0)
    last = connection.execute(select(func.coalesce(func.max(table.c.number), 0))).scalar_one()
    return range(last + 1, last + 1 + count)


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)
