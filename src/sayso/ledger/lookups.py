"""Looking up what is kept: reports, readings, and the statements, incidents, tallies, forecasts and actors in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, select

from sayso.errors import NotInLedger
from sayso.ledger import fulltext, schema, where
from sayso.ledger.database import reading as reading_transaction
from sayso.ledger.identity import reader_data, report_id_bytes, said_of, seen_of, snapshot_bytes
from sayso.ledger.kept import a_few, kept_reading, kept_report, reading_query, report_query
from sayso.ledger.place import Place
from sayso.ledger.schema import Query, readers, readings, reports
from sayso.ledger.where import Where
from sayso.ledger.words import indexed, key
from sayso.vocabulary import Actor, Forecast, Incident, ReaderVersion, Reading, Report, Statement, Tally

_Item = TypeVar("_Item", Statement, Incident, Tally, Forecast, Actor)


@dataclass(frozen=True, slots=True)
class Found(Generic[_Item]):
    """Something a reading found, with the reading and so the report it stands in."""

    item: _Item
    reading: Reading


@dataclass(frozen=True, slots=True)
class Captured:
    """One capture of a report: when, from where, with which headers, and the id of its snapshot if it has one.

    `name` is the id the input gave the report; an empty `captured` is not known.
    """

    captured: str
    origin: str
    address: str | None
    media: str | None
    name: str
    snapshot: str | None
    headers: tuple[tuple[str, str], ...]


def number_of(connection: Connection, place: Place, report: str) -> int:
    """The number of a report by its id. Raises NotInLedger, also where it was deleted on request."""
    id_ = report_id_bytes(report)
    found = connection.execute(select(reports.c.number).where(reports.c.id == id_)).scalar() if id_ else None
    if found is not None:
        return int(found)
    stones = schema.tombstones
    if id_ and connection.execute(select(stones.c.report).where(stones.c.report == id_)).scalar():
        raise NotInLedger(place.name, f"the report {report} was deleted on request")
    raise NotInLedger(place.name, f"there is no report {report}", "See sayso reports")


def report(place: Place, id_: str) -> Report:
    """A report by its id. Raises NotInLedger."""
    with reading_transaction(place.database) as connection:
        number = number_of(connection, place, id_)
        return kept_report(connection.execute(report_query().where(reports.c.number == number)).one()).report


def all_reports(place: Place, wanted: Where) -> Iterator[Report]:
    """The reports that fit, oldest first and those without a date at the end."""
    conditions = [*where.of_report(wanted), *where.published(wanted), *where.naming(wanted)]
    query = report_query().where(*conditions).order_by(reports.c.day.is_(None), reports.c.day, reports.c.id)
    with reading_transaction(place.database) as connection, closing(a_few(connection, query)) as rows:
        for row in rows:
            yield kept_report(row).report


def captures(place: Place, id_: str) -> tuple[Captured, ...]:
    """The captures of a report, earliest first. Raises NotInLedger."""
    table, files = schema.captures, schema.snapshots
    with reading_transaction(place.database) as connection:
        number = number_of(connection, place, id_)
        query = select(table.c.data, table.c.seen, files.c.digest).select_from(
            table.outerjoin(files, files.c.number == table.c.snapshot)
        )
        rows = connection.execute(query.where(table.c.report == number)).all()
    found = sorted(
        ((seen_of(row.seen), said_of(row.data), row.digest) for row in rows), key=lambda item: item[0].rank()
    )
    return tuple(
        Captured(seen.captured, seen.origin, seen.address, said.media, said.name, digest and digest.hex(), seen.headers)
        for seen, said, digest in found
    )


def snapshot(place: Place, digest: str) -> bytes:
    """The bytes of a snapshot as they came, by its SHA-256. Raises NotInLedger, or LedgerDamaged."""
    from sayso.errors import LedgerDamaged
    from sayso.ledger import snapshots
    from sayso.ledger.packing import Unpackable

    table = schema.snapshots
    with reading_transaction(place.database) as connection:
        query = select(table.c.size).where(table.c.digest == _bytes(digest))
        size = connection.execute(query).scalar()
    if size is None:
        raise NotInLedger(place.name, f"there is no snapshot {digest}")
    try:
        data = snapshots.read(place.files, _bytes(digest), size)
    except (OSError, Unpackable) as error:
        raise LedgerDamaged(place.name, f"the snapshot {digest} cannot be read ({error})", "Restore it") from error
    if snapshot_bytes(data) != _bytes(digest):
        raise LedgerDamaged(place.name, f"the snapshot {digest} is not what came", "Restore it")
    return data


def all_readings(place: Place, id_: str) -> tuple[Reading, ...]:
    """The readings of a report, in the order in which the ledger met their readers. Raises NotInLedger."""
    with reading_transaction(place.database) as connection:
        number = number_of(connection, place, id_)
        kept = kept_report(connection.execute(report_query().where(reports.c.number == number)).one())
        query = reading_query().where(readings.c.report == number).order_by(readings.c.reader)
        return tuple(kept_reading(row, kept.report) for row in connection.execute(query))


def one_reading(place: Place, id_: str, reader: ReaderVersion | None) -> Reading:
    """The reading of a report by a reader, or by the one the ledger met last. Raises NotInLedger."""
    with reading_transaction(place.database) as connection:
        number = number_of(connection, place, id_)
        kept = kept_report(connection.execute(report_query().where(reports.c.number == number)).one())
        query = reading_query().where(readings.c.report == number).order_by(readings.c.reader.desc()).limit(1)
        if reader is not None:
            query = query.where(readers.c.data == reader_data(reader))
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotInLedger(place.name, f"the report {id_} has not been read{' by this reader' if reader else ''}")
    return kept_reading(row, kept.report)


def current_readings(place: Place, wanted: Where) -> Iterator[Reading]:
    """The current reading of each report that fits, in the order of `all_reports`."""
    conditions = [*where.of_report(wanted), *where.published(wanted), *where.naming(wanted)]
    query = _with_reports(select(readings.c.number)).where(where.current(), *conditions)
    for _, reading in _decoded(place, query.order_by(*_BY_DAY)):
        yield reading


def statements(place: Place, wanted: Where, words: str) -> Iterator[Found[Statement]]:
    """The statements that fit, report by report."""
    table = schema.statements
    query = _items(table).where(
        *where.of_report(wanted), *where.published(wanted), *where.said(wanted), *where.about(wanted)
    )
    asked = fulltext.terms(words)
    for row, reading in _decoded(place, query, fulltext.singly(asked)):
        item = reading.statements[row.ordinal]
        if not asked or fulltext.holds(indexed(item.content.text), asked):
            yield Found(item, reading)


def incidents(place: Place, wanted: Where) -> Iterator[Found[Incident]]:
    """The incidents that fit, report by report."""
    for row, reading in _decoded(place, _happenings(schema.incidents, "incident", wanted)):
        yield Found(reading.incidents[row.ordinal], reading)


def tallies(place: Place, wanted: Where) -> Iterator[Found[Tally]]:
    """The tallies that fit, report by report."""
    for row, reading in _decoded(place, _happenings(schema.tallies, "tally", wanted)):
        yield Found(reading.tallies[row.ordinal], reading)


def forecasts(place: Place, wanted: Where) -> Iterator[Found[Forecast]]:
    """The forecasts that fit, report by report."""
    for row, reading in _decoded(place, _happenings(schema.forecasts, "forecast", wanted)):
        yield Found(reading.forecasts[row.ordinal], reading)


def actors(place: Place, name: str, wanted: Where) -> Iterator[Found[Actor]]:
    """The actors who bear a name, in any case and accents, report by report."""
    table = schema.names
    query = _with_reports(select(readings.c.number, table.c.actor.label("ordinal"))).join(
        table, table.c.reading == readings.c.number
    )
    query = query.where(table.c.key == key(name), where.current()).distinct()
    query = query.where(*where.of_report(wanted), *where.published(wanted))
    query = query.add_columns(reports.c.day, reports.c.id).order_by(*_BY_DAY, table.c.actor)
    for row, reading in _decoded(place, query):
        yield Found(reading.actors[row.ordinal], reading)


_BY_DAY = (reports.c.day, reports.c.id, readings.c.number)


def _happenings(table: Table, owner: str, wanted: Where) -> Query:
    return _items(table).where(*where.of_report(wanted), *where.happening(wanted, table, owner))


def _items(table: Table) -> Query:
    query = _with_reports(select(readings.c.number, table.c.ordinal)).join(table, table.c.reading == readings.c.number)
    return query.where(where.current()).order_by(*_BY_DAY, table.c.ordinal)


def _with_reports(query: Query) -> Query:
    return query.select_from(readings).join(reports, reports.c.number == readings.c.report)


def _decoded(place: Place, query: Query, words: Sequence[fulltext.Term] = ()) -> Iterator[tuple[Any, Reading]]:
    """The rows of a query that begins with the number of a reading, each with that reading; one is held at a time."""
    with reading_transaction(place.database) as connection:
        if words:
            hits = fulltext.matching(connection, words).subquery("hits")
            query = query.join(hits, hits.c.id == reports.c.number)
        number, reading = -1, None
        with closing(a_few(connection, query)) as rows:
            for row in rows:
                if reading is None or row.number != number:
                    number, reading = row.number, _decode(connection, row.number)
                yield row, reading


def _decode(connection: Connection, number: int) -> Reading:
    row = connection.execute(reading_query().where(readings.c.number == number)).one()
    return kept_reading(
        row, kept_report(connection.execute(report_query().where(reports.c.number == row.report)).one()).report
    )


def _bytes(digest: str) -> bytes:
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return b""
