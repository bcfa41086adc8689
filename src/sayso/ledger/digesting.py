"""One digest for all that a ledger holds: the same for the same contents, in whatever order and when they came."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from sayso.ledger.database import reading
from sayso.ledger.entries import KINDS
from sayso.ledger.forgetting import tombstones_in
from sayso.ledger.identity import digest_of
from sayso.ledger.kept import a_few
from sayso.ledger.packing import record
from sayso.ledger.place import Place
from sayso.ledger.schema import captures, readers, readings, reports


def digest(place: Place) -> str:
    """SHA-256 over ids of reports, captures and entries, digests of readings, and tombstones, as 64 hex digits.

    An id holds the digests of texts and snapshots, or that of what an entry says. When something was captured, and from
    which path, is left out.
    """
    with reading(place.database) as connection:
        return digest_within(connection)


def digest_within(connection: Connection) -> str:
    """The digest of the state that a transaction sees."""
    return digest_of(_parts(connection))


def _parts(connection: Connection) -> Iterator[bytes]:
    yield b"reports"
    for row in a_few(connection, select(reports.c.id).order_by(reports.c.id)):
        yield bytes(row.id)
    yield b"captures"
    for row in a_few(connection, select(captures.c.id).order_by(captures.c.id)):
        yield bytes(row.id)
    yield b"readings"
    found = select(reports.c.id, readers.c.id.label("reader"), readings.c.digest)
    found = found.join(readings, readings.c.report == reports.c.number).join(
        readers, readers.c.number == readings.c.reader
    )
    for row in a_few(connection, found.order_by(reports.c.id, readers.c.id)):
        yield bytes(row.digest)
    yield b"tombstones"
    for stone in tombstones_in(connection):
        yield record(stone.report, stone.text, stone.banned, stone.reason, stone.who)
    for kind, table in KINDS.items():
        yield kind.encode()
        for row in a_few(connection, select(table.c.id).order_by(table.c.id)):
            yield row.id.encode()
