"""Entries: what was put in beside reports and cannot be made again, as findings of the record and decisions of people.

To the ledger an entry is some JSON. Its id is made from that, so that the same entry has the same id wherever it was
put in; where it came from is no part of it. What an entry means is the matter of those who put it in, but for one
thing: words of reports that a decision holds stand in its `quotes`, so that they are checked, and go with the report.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, Table, or_, select

from sayso.errors import LedgerDamaged
from sayso.ledger.appending import forgotten
from sayso.ledger.identity import report_id_bytes
from sayso.ledger.kept import a_few
from sayso.ledger.packing import Unpackable, crc, pack_text, record, unpack_text
from sayso.ledger.rows import column_text
from sayso.ledger.schema import decisions, findings, quoted
from sayso.vocabulary import ReportId, Span

KINDS: Final[Mapping[str, Table]] = {"finding": findings, "decision": decisions}
_AT_ONCE: Final = 500  # ids in one question


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says, as canonical JSON, and where it came from, if that is known."""

    id: str
    said: str
    origin: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """What it says, as plain values."""
        found: dict[str, Any] = json.loads(self.said)
        return found


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report that a decision holds: `passages` are spans, the words of each joined by " … " in `words`.

    `text` is the SHA-256 of the report's text, as 64 hex digits.
    """

    report: ReportId
    text: str
    passages: tuple[tuple[Span, ...], ...]
    words: tuple[str, ...]


def quotes(said: Mapping[str, Any]) -> tuple[Quote, ...]:
    """What an entry quotes. Raises ValueError where that cannot be told."""
    found = msgspec.convert(said.get("quotes", ()), tuple[Quote, ...])
    for each in found:
        if report_id_bytes(each.report) is None or len(bytes.fromhex(each.text)) != hashlib.sha256().digest_size:
            raise ValueError("it quotes no report of a ledger")
        if len(each.passages) != len(each.words):
            raise ValueError("its quoted words are not those of its spans")
    return found


def entry(kind: str, said: Mapping[str, Any], origin: str = "") -> Entry:
    """The entry that says this. Raises UnicodeEncodeError on a lone surrogate, RecursionError on deep nesting."""
    json.dumps(said, ensure_ascii=False).encode()
    text = canonical(said)
    return Entry(entry_id(kind, text), text, origin)


def canonical(said: Mapping[str, Any]) -> str:
    """JSON in ASCII with sorted keys and no spaces: the same for the same values."""
    return json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def entry_id(kind: str, said: str) -> str:
    """The id of an entry: the first letter of its kind, and 16 hex digits of the SHA-256 of what it says."""
    return f"{kind[0]}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def add_entries(connection: Connection, kind: str, wanted: Iterable[Entry]) -> list[Entry]:
    """Keep those that are new, of two alike the first; which were, in the order of their ids.

    What quotes a report that was deleted on request is not kept. Raises ValueError on quotes that are none.
    """
    listed = {each.id: each for each in reversed([*wanted])}
    there = known(connection, kind, [*listed])
    quoting = {id_: quoted_rows(each) for id_, each in listed.items() if id_ not in there}
    rows = [(id_, report, text) for id_, found in quoting.items() for report, text in found]
    gone = forgotten(connection, [(report, text) for _, report, text in rows])
    dead = {id_ for (id_, *_), is_gone in zip(rows, gone, strict=True) if is_gone}
    new = [listed[id_] for id_ in sorted(quoting.keys() - dead)]
    if new:
        connection.execute(KINDS[kind].insert(), [_row(each) for each in new])
    if found := [{"decision": it, "report": report, "text": text} for it, report, text in rows if it not in dead]:
        connection.execute(quoted.insert(), found)
    return new


def quoted_rows(each: Entry) -> set[tuple[bytes, bytes]]:
    """The ids of the reports that an entry quotes, with the digests of their texts."""
    return {(report_id_bytes(it.report) or b"", bytes.fromhex(it.text)) for it in quotes(each.values)}


def quoting(connection: Connection, report: bytes) -> list[Entry]:
    """The decisions that quote a report, in the order of their ids. Raises LedgerDamaged."""
    query = select(decisions).join(quoted, quoted.c.decision == decisions.c.id).where(quoted.c.report == report)
    return [entry_of("decision", row) for row in connection.execute(query.order_by(decisions.c.id))]


def drop_quoting(connection: Connection, reports: Collection[bytes], texts: Collection[bytes]) -> set[str]:
    """Take out the decisions that quote one of these reports, or one of these texts under any address; their ids."""
    query = select(quoted.c.decision).where(or_(quoted.c.report.in_(reports), quoted.c.text.in_(texts)))
    found = sorted(set(connection.execute(query).scalars()))
    for start in range(0, len(found), _AT_ONCE):
        part = found[start : start + _AT_ONCE]
        connection.execute(quoted.delete().where(quoted.c.decision.in_(part)))
        connection.execute(decisions.delete().where(decisions.c.id.in_(part)))
    return set(found)


def quote_again(connection: Connection) -> None:
    """Note anew which reports the decisions quote, where that was not noted."""
    connection.execute(quoted.delete())
    for each in list(entries(connection, "decision")):
        if rows := quoted_rows(each):
            found = [{"decision": each.id, "report": report, "text": text} for report, text in sorted(rows)]
            connection.execute(quoted.insert(), found)


def known(connection: Connection, kind: str, ids: Sequence[str]) -> set[str]:
    """Those of some ids that there are."""
    table, found = KINDS[kind], set[str]()
    for start in range(0, len(ids), _AT_ONCE):
        query = select(table.c.id).where(table.c.id.in_(ids[start : start + _AT_ONCE]))
        found |= set(connection.execute(query).scalars())
    return found


def entries(connection: Connection, kind: str) -> Generator[Entry, None, None]:
    """All entries of a kind, in the order of their ids. Raises LedgerDamaged."""
    for row in a_few(connection, select(KINDS[kind]).order_by(KINDS[kind].c.id)):
        yield entry_of(kind, row)


def quoting_none(connection: Connection) -> Generator[Entry, None, None]:
    """The decisions that quote no report, in the order of their ids: those on joins. Raises LedgerDamaged."""
    query = select(decisions).where(~select(quoted.c.decision).where(quoted.c.decision == decisions.c.id).exists())
    for row in a_few(connection, query.order_by(decisions.c.id)):
        yield entry_of("decision", row)


def entry_of(kind: str, row: Row[Any]) -> Entry:
    """The entry of a row. Raises LedgerDamaged where it is not the one that was put in."""
    try:
        said = unpack_text(row.data)
        if entry_id(kind, said) != row.id:
            raise Unpackable("it does not say what its id is of")
    except Unpackable as error:
        raise LedgerDamaged(f"{kind} {row.id}", f"it cannot be taken out ({error})", "See sayso verify") from error
    return Entry(row.id, said, row.origin)


def wrong(kind: str, row: Row[Any]) -> str:
    """What is not as it was put in; "" if nothing is."""
    try:
        found = entry_of(kind, row)
    except LedgerDamaged as error:
        return error.problem
    if row.url != _url(found):
        return "its row for search is not what it should be"
    try:
        quotes(found.values)
    except ValueError as error:
        return str(error)
    return (
        "" if row.crc == _crc(found.id, found.origin, bytes(row.data)) else "its bytes are not those that were stored"
    )


def _row(each: Entry) -> dict[str, Any]:
    data, origin = pack_text(each.said), column_text(each.origin.encode(errors="replace").decode()) or ""
    return {"id": each.id, "data": data, "origin": origin, "url": _url(each), "crc": _crc(each.id, origin, data)}


def _url(each: Entry) -> str | None:
    """The address that an entry gives as its own."""
    found = each.values.get("url")
    return column_text(found) if isinstance(found, str) else None


def _crc(id_: str, origin: str, data: bytes) -> int:
    return crc(record(id_, origin, data))
