"""Deletion on request: the content goes from everywhere, and a tombstone with hash and reason stays.

The rows go in one transaction, together with the entry of the tombstone. Then the snapshots' files go, and what
SQLite or PostgreSQL still hold of the rows on the disk; a tombstone that is not yet `swept` tells that this has to be
done, and it is done when the ledger is next opened or something is next forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from sayso.errors import LedgerBusy, NotTaken
from sayso.ledger import derived, entries, fulltext, schema, snapshots
from sayso.ledger.appending import numbers_of
from sayso.ledger.database import outside, reading, writing
from sayso.ledger.identity import report_id_bytes, report_name
from sayso.ledger.lookups import number_of
from sayso.ledger.packing import crc, record, recorded
from sayso.ledger.place import Place
from sayso.ledger.removing import remove_report
from sayso.ledger.schema import tombstones


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stays of a deleted report. `banned` says that its text is taken no more, under whatever address."""

    report: str
    text: str  # its SHA-256
    snapshots: tuple[str, ...]
    reason: str
    who: str
    when: str  # UTC, ISO 8601
    banned: bool
    decisions: tuple[str, ...] = ()  # the ids of those that quoted the report, and went with it

    def data(self) -> bytes:
        """What is kept of it."""
        return record(self.text, self.snapshots, self.reason, self.who, self.when, self.decisions)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What came of a deletion: the tombstone, the other reports that have the same text and keep it, and whether every
    byte is gone from the disk; where it is not, others were using the ledger, and the next deletion or opening does it.
    """

    tombstone: Tombstone
    same_text: tuple[str, ...]
    swept: bool


def forget(place: Place, report: str, reason: str, who: str) -> Forgotten:
    """Delete a report. Raises NotInLedger, or NotTaken without a reason and a name."""
    if not reason.strip() or not who.strip():
        raise NotTaken(place.name, "a deletion needs a reason and the name of who decided it", "Give both")
    with writing(place.database) as connection:
        number = number_of(connection, place, report)
        others = _same_text(connection, number)
        stone = bury(connection, _stone(connection, number, report, reason, who, banned=not others))
    return Forgotten(stone, others, swept=sweep(place))


def all_tombstones(place: Place) -> tuple[Tombstone, ...]:
    """What was deleted, in the order of the reports' ids."""
    with reading(place.database) as connection:
        return tuple(tombstones_in(connection))


def tombstones_in(connection: Connection) -> Iterator[Tombstone]:
    """What was deleted, in the order of the reports' ids. Raises Unpackable or ValueError on damage."""
    for row in connection.execute(select(tombstones).order_by(tombstones.c.report)):
        text, files, reason, who, when, *more = recorded(row.data)
        decisions = tuple(more[0]) if more else ()  # the first ones had none
        banned = row.text is not None
        yield Tombstone(report_name(bytes(row.report)), text, tuple(files), reason, who, when, banned, decisions)


def bury(connection: Connection, stone: Tombstone) -> Tombstone:
    """Take out what a tombstone stands for, and set it; of two for one report the earlier stays. Gives what was set."""
    id_ = report_id_bytes(stone.report)
    if id_ is None:
        raise ValueError(f"{stone.report!r} is no id of a report")
    reports, texts = schema.reports, schema.texts
    doomed = set(connection.execute(select(reports.c.number).where(reports.c.id == id_)).scalars())
    if stone.banned:
        same = select(reports.c.number).join(texts, texts.c.number == reports.c.text)
        doomed |= set(connection.execute(same.where(texts.c.digest == bytes.fromhex(stone.text))).scalars())
    files = {digest for number in doomed for digest in _snapshots(connection, number)}
    gone = entries.drop_quoting(connection, [id_], [bytes.fromhex(stone.text)] if stone.banned else [])
    for number in sorted(doomed):
        remove_report(connection, number)
    _drop_unused(connection)
    if doomed:
        fulltext.purge(connection)
        derived.purge(connection)
    return _set(connection, id_, stone, {*stone.snapshots, *files}, {*stone.decisions, *gone}, len(doomed) + len(gone))


def sweep(place: Place) -> bool:
    """Take the last bytes of what was deleted from the disk; whether nothing is left to be done."""
    with reading(place.database) as connection:
        unswept = connection.execute(select(tombstones.c.report).where(tombstones.c.swept == 0)).scalars().all()
    if not unswept:
        return True
    with writing(place.database) as connection:
        for data in connection.execute(select(tombstones.c.data).where(tombstones.c.swept == 0)).scalars():
            _, files, *_ = recorded(data)
            digests = [bytes.fromhex(digest) for digest in files]
            kept = numbers_of(connection, schema.snapshots, schema.snapshots.c.digest, digests)
            for digest in digests:
                if digest not in kept:
                    place.disk.remove(snapshots.path_of(place.files, digest))
    try:
        with outside(place.database) as connection:
            clean = _vacuum(connection)
    except LedgerBusy:
        return False
    if clean:
        with writing(place.database) as connection:
            connection.execute(tombstones.update().where(tombstones.c.report.in_(unswept)).values(swept=1))
    return clean


def _vacuum(connection: Connection) -> bool:
    """Write the database anew without what was deleted; whether the log of SQLite is empty too."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("VACUUM")
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()
        return busy is not None and not busy[0]
    for table in (*schema.tables.sorted_tables, fulltext.TABLE, derived.postings.TABLE):
        connection.exec_driver_sql(f"VACUUM (FULL) {table}")
    return True


def _same_text(connection: Connection, number: int) -> tuple[str, ...]:
    reports = schema.reports
    text = select(reports.c.text).where(reports.c.number == number).scalar_subquery()
    found = connection.execute(select(reports.c.id).where(reports.c.text == text, reports.c.number != number))
    return tuple(sorted(report_name(bytes(id_)) for id_ in found.scalars()))


def _stone(connection: Connection, number: int, report: str, reason: str, who: str, *, banned: bool) -> Tombstone:
    reports, texts = schema.reports, schema.texts
    query = select(texts.c.digest).join(reports, reports.c.text == texts.c.number).where(reports.c.number == number)
    text = bytes(connection.execute(query).scalar_one()).hex()
    files = tuple(sorted(_snapshots(connection, number)))
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Tombstone(report, text, files, reason, who, now, banned)


def _snapshots(connection: Connection, number: int) -> Iterator[str]:
    captures, files = schema.captures, schema.snapshots
    query = select(files.c.digest).join(captures, captures.c.snapshot == files.c.number)
    for digest in connection.execute(query.where(captures.c.report == number).distinct()).scalars():
        yield bytes(digest).hex()


def _drop_unused(connection: Connection) -> None:
    """Take out the texts and the entries of snapshots that no report has."""
    reports, texts, captures, files = schema.reports, schema.texts, schema.captures, schema.snapshots
    connection.execute(texts.delete().where(~select(reports.c.number).where(reports.c.text == texts.c.number).exists()))
    connection.execute(
        files.delete().where(~select(captures.c.number).where(captures.c.snapshot == files.c.number).exists())
    )


def _set(
    connection: Connection, id_: bytes, stone: Tombstone, files: set[str], decisions: set[str], removed: int
) -> Tombstone:
    kept = {other.report: other for other in tombstones_in(connection)}.get(stone.report)
    first = min(filter(None, (kept, stone)), key=lambda item: (item.when, item.reason, item.who))
    files |= set(kept.snapshots) if kept else set()
    decisions |= set(kept.decisions) if kept else set()
    banned = stone.banned or (kept is not None and kept.banned)
    both = replace(
        first, snapshots=tuple(sorted(files)), decisions=tuple(sorted(decisions)), banned=banned, report=stone.report
    )
    if kept and not removed and kept == both:
        return kept
    data = both.data()
    row = {"text": bytes.fromhex(first.text) if banned else None, "data": data, "crc": crc(data), "swept": 0}
    connection.execute(tombstones.delete().where(tombstones.c.report == id_))
    connection.execute(tombstones.insert().values(report=id_, **row))
    return both
