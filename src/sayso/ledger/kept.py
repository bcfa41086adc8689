"""What is kept, taken out again: reports with their texts, and readings."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from sayso.errors import LedgerDamaged
from sayso.ledger.identity import identity_of, reader_of, report_from, said_of, seen_of
from sayso.ledger.packing import Unpackable, reading_of, unpack_reading, unpack_text
from sayso.ledger.schema import Query, captures, readers, readings, reports, texts
from sayso.vocabulary import Reading, Report

_A_FEW = 100  # rows held at once while a result is gone through


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report with its number and the digest of its text."""

    number: int
    id: bytes
    report: Report
    digest: bytes


def report_query() -> Query:
    """What `kept_report` needs, of every report."""
    return select(
        reports.c.number, reports.c.id, reports.c.data, texts.c.digest, texts.c.data.label("packed"),
        captures.c.data.label("said"), captures.c.seen,
    ).select_from(
        reports.join(texts, texts.c.number == reports.c.text).join(captures, captures.c.number == reports.c.first)
    )  # fmt: skip


def kept_report(row: Row[Any]) -> KeptReport:
    """The report of a row of `report_query`. Raises LedgerDamaged."""
    try:
        identity = identity_of(row.data, bytes(row.digest))
        report = report_from(identity, said_of(row.said), seen_of(row.seen), unpack_text(row.packed))
    except (Unpackable, ValueError, TypeError) as error:
        raise LedgerDamaged(f"report {row.number}", f"it cannot be taken out ({error})", "See sayso verify") from error
    return KeptReport(row.number, bytes(row.id), report, bytes(row.digest))


def a_few(connection: Connection, query: Query) -> Generator[Row[Any], None, None]:
    """The rows of a query, a few held at a time. To be closed by who may not go through them to the end."""
    with connection.execute(query, execution_options={"yield_per": _A_FEW}) as rows:
        yield from rows


def reading_query() -> Query:
    """What `kept_reading` needs, of every reading."""
    return select(
        readings.c.number, readings.c.report, readings.c.digest, readings.c.data, readings.c.crc,
        readers.c.data.label("reader"), readers.c.id.label("reader_id"),
    ).select_from(readings.join(readers, readers.c.number == readings.c.reader))  # fmt: skip


def kept_reading(row: Row[Any], report: Report) -> Reading:
    """The reading of a row of `reading_query`. Raises LedgerDamaged."""
    try:
        reading = reading_of(unpack_reading(row.data, report.text), report)
        if reading.reader != reader_of(row.reader):
            raise Unpackable("it is by another reader")
    except (Unpackable, ValueError, TypeError) as error:
        raise LedgerDamaged(f"reading {row.number}", f"it cannot be taken out ({error})", "See sayso verify") from error
    return reading
