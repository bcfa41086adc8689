"""What is kept of a report across reports, packed beside the report's own text, in which most of its words stand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, Select, Table, bindparam, select

from sayso.errors import LedgerDamaged
from sayso.ledger.identity import report_name
from sayso.ledger.packing import Unpackable, pack_reading, unpack_reading, unpack_text
from sayso.ledger.schema import reports, texts
from sayso.vocabulary import ReportId

_AT_ONCE: Final = 500
_encoder: Final = msgspec.msgpack.Encoder(order="deterministic")


class Beside(NamedTuple):
    """What one table has of a report: the report's id, and the packed value's bytes."""

    report: ReportId
    data: bytes


def pack(value: object, text: str) -> bytes:
    """A value as MessagePack, packed beside a text. Raises UnicodeEncodeError on a lone surrogate."""
    return pack_reading(_encoder.encode(value), text)


def unpacked(connection: Connection, table: Table, numbers: Iterable[int]) -> dict[int, Beside]:
    """What a table has of some reports, by their numbers. Raises LedgerDamaged."""
    wanted = sorted(set(numbers))
    out: dict[int, Beside] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        for row in connection.execute(_query(table), {"numbers": wanted[start : start + _AT_ONCE]}):
            out[row.report] = Beside(report_name(bytes(row.id)), _unpacked(table, row))
    return out


@cache
def _query(table: Table) -> Select[tuple[Any, ...]]:
    query = select(table.c.report, reports.c.id, table.c.data, texts.c.data.label("text")).select_from(
        table.join(reports, reports.c.number == table.c.report).join(texts, texts.c.number == reports.c.text)
    )
    return query.where(table.c.report.in_(bindparam("numbers", expanding=True)))


def _unpacked(table: Table, row: Row[*tuple[Any, ...]]) -> bytes:
    try:
        return unpack_reading(row.data, unpack_text(row.text))
    except Unpackable as error:
        name = f"{table.name} of report {row.report}"
        raise LedgerDamaged(name, f"it cannot be taken out ({error})", "See sayso verify") from error
