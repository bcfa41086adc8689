"""Verification: everything is read and worked out again from the archived bytes, and compared with what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select
from sqlalchemy import text as sql

from sayso.errors import LedgerDamaged, LedgerError
from sayso.ledger import derived, entries, fulltext, schema, snapshots
from sayso.ledger.appending import day
from sayso.ledger.database import reading
from sayso.ledger.identity import (
    identity_of,
    reader_bytes,
    reader_of,
    reading_digest,
    report_name,
    said_of,
    seen_of,
    text_bytes,
)
from sayso.ledger.kept import KeptReport, a_few, kept_reading, kept_report, reading_query, report_query
from sayso.ledger.packing import Unpackable, crc, recorded, unpack_reading, unpack_text
from sayso.ledger.place import Place
from sayso.ledger.rows import column_text, report_words, rows
from sayso.read.placing import misplaced, spans
from sayso.vocabulary import passage

_ENTRIES_AT_ONCE: Final = 500
_WRONG: Final = (Unpackable, ValueError, TypeError, LedgerDamaged)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was put in: what it is ("snapshot", "reading", …), which, and what is wrong."""

    kind: str
    which: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much was checked, what is wrong, and the files that interrupted additions left, which do no harm."""

    checked: dict[str, int]
    problems: tuple[Problem, ...]
    leftovers: tuple[Path, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def verify(place: Place) -> Verdict:
    """Check everything. A database that cannot even be read is a problem, too, and not an error."""
    checked: Counter[str] = Counter()
    problems: list[Problem] = []
    try:
        with reading(place.database) as connection:
            for problem in _database(place, connection, checked):
                problems.append(problem)
            known = {bytes(row.digest) for row in a_few(connection, select(schema.snapshots.c.digest))}
            dead = _deleted_files(connection)
    except (LedgerError, *_WRONG) as error:
        return Verdict(dict(checked), (*problems, Problem("database", place.name, str(error))), ())
    leftovers = []
    for path, digest in snapshots.files(place.files):
        if digest in dead and digest not in known:
            problems.append(Problem("snapshot", str(path), "it was deleted on request, and is still there"))
        elif digest not in known:
            leftovers.append(path)
    return Verdict(dict(checked), tuple(problems), tuple(leftovers))


def _database(place: Place, connection: Connection, checked: Counter[str]) -> Iterator[Problem]:
    if place.database.embedded:
        said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        yield from (Problem("database", place.name, line) for line in said if line != "ok")
    yield from _snapshots(place, connection, checked)
    yield from _texts(connection, checked)
    yield from _readers(connection)
    index = _Index(connection)
    searched: Counter[str] = Counter()
    for row in a_few(connection, report_query().add_columns(schema.reports.c.outlet, schema.reports.c.day)):
        checked["reports"] += 1
        try:
            kept = kept_report(row)
            yield from _report(row, kept)
        except _WRONG as error:
            yield Problem("report", report_name(bytes(row.id)), str(error))
            continue
        yield from _captures(connection, kept, checked)
        yield from _quoted(connection, kept)
        index.expect(kept.number, report_words(kept.report.title, kept.report.text))
        yield from _readings(connection, kept, checked, searched)
    yield from _counts(connection, checked, searched)
    yield from _derived(connection)
    yield from index.problems()
    yield from _tombstones(connection, checked)
    yield from _entries(connection, checked)


def _snapshots(place: Place, connection: Connection, checked: Counter[str]) -> Iterator[Problem]:
    table = schema.snapshots
    for row in a_few(connection, select(table)):
        checked["snapshots"] += 1
        if wrong := snapshots.broken(place.files, bytes(row.digest), row.size, row.crc):
            yield Problem("snapshot", bytes(row.digest).hex(), wrong)
    used = select(schema.captures.c.snapshot).where(schema.captures.c.snapshot == table.c.number)
    for row in a_few(connection, select(table.c.digest).where(~used.exists())):
        yield Problem("snapshot", bytes(row.digest).hex(), "no capture has it")


def _texts(connection: Connection, checked: Counter[str]) -> Iterator[Problem]:
    table, reports = schema.texts, schema.reports
    for row in a_few(connection, select(table)):
        checked["texts"] += 1
        try:
            if crc(row.data) != row.crc:
                raise Unpackable("its bytes are not those that were stored")
            if text_bytes(unpack_text(row.data)) != bytes(row.digest):
                raise Unpackable("it is not the text its digest is of")
        except _WRONG as error:
            yield Problem("text", bytes(row.digest).hex(), str(error))
    used = select(reports.c.number).where(reports.c.text == table.c.number)
    for row in a_few(connection, select(table.c.digest).where(~used.exists())):
        yield Problem("text", bytes(row.digest).hex(), "no report has it")


def _readers(connection: Connection) -> Iterator[Problem]:
    for row in connection.execute(select(schema.readers)):
        if reader_bytes(row.data) != bytes(row.id):
            yield Problem("reader", str(row.number), "it is not the one its id is of")


def _report(row: Any, kept: KeptReport) -> Iterator[Problem]:  # noqa: ANN401 - a row of a query
    name, identity = report_name(kept.id), identity_of(row.data, kept.digest)
    if identity.id() != kept.id:
        yield Problem("report", name, "its content is not what its id is of")
    if (row.outlet, row.day) != (column_text(identity.outlet), day(identity.published)):
        yield Problem("report", name, "its row for search is not what it should be")


def _captures(connection: Connection, kept: KeptReport, checked: Counter[str]) -> Iterator[Problem]:
    table, files, name = schema.captures, schema.snapshots, report_name(kept.id)
    query = select(table, files.c.digest).select_from(table.outerjoin(files, files.c.number == table.c.snapshot))
    ranks = {}
    for row in connection.execute(query.where(table.c.report == kept.number)):
        checked["captures"] += 1
        try:
            said, digest = said_of(row.data), None if row.digest is None else bytes(row.digest)
            if said.id(kept.id, digest) != bytes(row.id) or (row.snapshot is None) != (digest is None):
                raise Unpackable("its content is not what its id is of")
            if crc(row.seen) != row.crc:
                raise Unpackable("when it was seen is not what was stored")
            if row.language != column_text(said.language):
                raise Unpackable("its row for search is not what it should be")
            ranks[seen_of(row.seen).rank(), bytes(row.id)] = row.number
        except _WRONG as error:
            yield Problem("capture", f"{bytes(row.id).hex()} of {name}", str(error))
    first = connection.execute(
        select(schema.reports.c.first).where(schema.reports.c.number == kept.number)
    ).scalar_one()
    if ranks and ranks[min(ranks)] != first:
        yield Problem("report", name, "its first capture is not the earliest")


def _readings(
    connection: Connection, kept: KeptReport, checked: Counter[str], searched: Counter[str]
) -> Iterator[Problem]:
    query = reading_query().where(schema.readings.c.report == kept.number)
    for row in connection.execute(query).all():
        checked["readings"] += 1
        which = f"{row.number} of {report_name(kept.id)}"
        try:
            if crc(row.data) != row.crc:
                raise Unpackable("its bytes are not those that were stored")
            data = unpack_reading(row.data, kept.report.text)
            if reading_digest(kept.id, bytes(row.reader_id), data) != bytes(row.digest):
                raise Unpackable("it is not the reading its digest is of")
            found = kept_reading(row, kept.report)
            reader_of(row.reader)
        except _WRONG as error:
            yield Problem("reading", which, str(error))
            continue
        checked["spans"] += spans(found)
        yield from (Problem("reading", which, wrong) for wrong in misplaced(found, kept.report.text))
        expected = rows(found)
        for table in schema.DERIVED:
            searched[table.name] += len(expected[table.name])
            checked["rows"] += len(expected[table.name])
            if _stored(connection, table, row.number) != sorted(map(repr, expected[table.name])):
                yield Problem("rows", which, f"its {table.name} for search are not what they should be")


def _stored(connection: Connection, table: Table, number: int) -> list[str]:
    columns = [column for column in table.columns if column.name != "reading"]
    found = connection.execute(select(*columns).where(table.c.reading == number))
    return sorted(repr(tuple(row)) for row in found)


def _counts(connection: Connection, checked: Counter[str], searched: Counter[str]) -> Iterator[Problem]:
    """Rows that belong to nothing are found by there being too many."""
    totals = {table: searched[table.name] for table in schema.DERIVED}
    totals |= {
        schema.captures: checked["captures"],
        schema.readings: checked["readings"],
        schema.reports: checked["reports"],
    }
    for table, expected in totals.items():
        there = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if there != expected:
            yield Problem("rows", table.name, f"there are {there} and there should be {expected}")


def _derived(connection: Connection) -> Iterator[Problem]:
    for name, count in derived.orphans(connection):
        yield Problem("rows", name, f"{count} are of reports that are not there")


def _tombstones(connection: Connection, checked: Counter[str]) -> Iterator[Problem]:
    table, texts, reports = schema.tombstones, schema.texts, schema.reports
    for row in connection.execute(select(table)).all():
        checked["tombstones"] += 1
        name = report_name(bytes(row.report))
        try:
            text, *_ = recorded(row.data)
            if crc(row.data) != row.crc or (row.text is not None and bytes(row.text).hex() != text):
                raise Unpackable("it is not what was stored")
        except _WRONG as error:
            yield Problem("tombstone", name, str(error))
        there = select(func.count()).select_from(reports).where(reports.c.id == row.report)
        text_there = select(func.count()).select_from(texts).where(texts.c.digest == row.text)
        if connection.execute(there).scalar_one() or (row.text and connection.execute(text_there).scalar_one()):
            yield Problem("tombstone", name, "what was deleted on request is there")


def _quoted(connection: Connection, kept: KeptReport) -> Iterator[Problem]:
    """Decisions whose words are not those of the report they quote."""
    table, name = schema.quoted, report_name(kept.id)
    query = select(schema.decisions).join(table, table.c.decision == schema.decisions.c.id)
    for row in connection.execute(query.where(table.c.report == kept.id)).all():
        try:
            said = entries.quotes(entries.entry_of("decision", row).values)
        except _WRONG:
            continue  # told with the other entries
        if any(it.report == name and not _stands(it, kept) for it in said):
            yield Problem("decision", row.id, f"the words it quotes are not those of {name}")


def _stands(quote: entries.Quote, kept: KeptReport) -> bool:
    text, size = kept.report.text, len(kept.report.text)
    inside = all(0 <= span.start <= span.end <= size for spans in quote.passages for span in spans)
    words = tuple(passage(text, spans).text for spans in quote.passages)
    return inside and quote.text == kept.digest.hex() and quote.words == words


def _entries(connection: Connection, checked: Counter[str]) -> Iterator[Problem]:
    rows = 0
    for kind, table in entries.KINDS.items():
        found = a_few(connection, select(table).order_by(table.c.id))
        while part := list(islice(found, _ENTRIES_AT_ONCE)):
            checked[table.name] += len(part)
            noted = _noted(connection, [row.id for row in part])
            for row in part:
                if said := entries.wrong(kind, row):
                    yield Problem(kind, row.id, said)
                    continue
                expected = entries.quoted_rows(entries.entry_of(kind, row))
                rows += len(expected)
                if expected != noted[row.id]:
                    yield Problem("rows", row.id, "the reports it quotes are not those that are noted")
    there = connection.execute(select(func.count()).select_from(schema.quoted)).scalar_one()
    if there != rows:
        yield Problem("rows", schema.quoted.name, f"there are {there} and there should be {rows}")


def _noted(connection: Connection, decisions: list[str]) -> dict[str, set[tuple[bytes, bytes]]]:
    """The reports, with the digests of their texts, that some decisions are noted to quote."""
    table, noted = schema.quoted, {id_: set[tuple[bytes, bytes]]() for id_ in decisions}
    for row in connection.execute(select(table).where(table.c.decision.in_(decisions))):
        noted[row.decision].add((bytes(row.report), bytes(row.text)))
    return noted


def _deleted_files(connection: Connection) -> set[bytes]:
    found = connection.execute(select(schema.tombstones.c.data).where(schema.tombstones.c.swept == 1)).scalars()
    return {bytes.fromhex(digest) for data in found for digest in recorded(data)[1]}


class _Index:
    """What the full-text index should hold, held against what it does: on SQLite as a sum over all its entries."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._embedded = connection.dialect.name == "sqlite"
        self._sum = self._count = 0
        self._wrong: list[Problem] = []

    def expect(self, number: int, cut: list[str]) -> None:
        """Say what words a report should have, and on PostgreSQL look at once."""
        self._count += 1
        if self._embedded:
            self._sum += sum(hash((number, at, word)) for at, word in enumerate(cut))
        elif not self._connection.execute(_SAME, {"number": number, "words": fulltext.vector(cut)}).scalar_one():
            self._wrong.append(Problem("index", fulltext.TABLE, f"the words of {number} are not right"))

    def problems(self) -> Iterator[Problem]:
        """What is not as it should be."""
        yield from self._wrong
        if self._embedded:
            wrong = _sum(self._connection) != self._sum
        else:
            wrong = self._connection.execute(_HELD).scalar_one() != self._count
        if wrong:
            yield Problem("index", fulltext.TABLE, "the words are not those of the texts")


_HELD: Final = sql(f"SELECT count(*) FROM {fulltext.TABLE}")  # noqa: S608 - a name of ours
_SAME: Final = sql(
    f"SELECT count(*) FROM {fulltext.TABLE} WHERE id = :number AND words = CAST(:words AS tsvector)"  # noqa: S608
)


def _sum(connection: Connection) -> int:
    seen = f"{fulltext.TABLE}_seen"
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{seen} USING fts5vocab(main, {fulltext.TABLE}, 'instance')"
    )
    found = connection.exec_driver_sql(f'SELECT doc, "offset", term FROM temp.{seen}')  # noqa: S608
    return sum(hash((number, at, word)) for number, at, word in found)
