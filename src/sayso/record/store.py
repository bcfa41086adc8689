"""Findings in a ledger: added once, whatever they come from, never changed, with what matching needs of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from sayso.errors import LedgerDamaged, RecordError
from sayso.ledger import Ledger
from sayso.ledger.derived.findings import finding_index, findings
from sayso.ledger.packing import Unpackable, pack_text, plain, plain_bytes, unpack_text
from sayso.record.features import Context
from sayso.record.findings import as_row, from_row
from sayso.record.matching import Laid, Shelf, lay, match, shelf_of
from sayso.trace import embedding
from sayso.trace.embedding import embedder
from sayso.vocabulary import Finding, FindingId, FindingMatch

_AT_ONCE: Final = 500  # ids in one question
_INDEX: Final = "1"  # of what is kept for matching, beside the embedder's weights
_shelves: Final[dict[tuple[str, ...], Shelf]] = {}  # the findings laid out last, by all their ids


def add(ledger: Ledger, found: Iterable[Finding]) -> int:
    """Keep those that are new; how many were. Raises LedgerError."""
    listed = {each.id: each for each in found}
    with ledger.looking() as connection:
        there = _there(connection, [*listed])
    new = [lay(each) for id_, each in listed.items() if id_ not in there]
    with ledger.writing() as connection:
        there = _there(connection, [each.finding.id for each in new])
        fresh = [each for each in new if each.finding.id not in there]
        if fresh:
            _insert(connection, fresh)
    return len(fresh)


def all_findings(connection: Connection) -> Iterator[Finding]:
    """All findings, in the order they were added. Raises LedgerDamaged."""
    for row in connection.execute(select(findings).order_by(findings.c.number)):
        yield _finding(row)


def finding(connection: Connection, id_: FindingId) -> Finding | None:
    """The finding with this id. Raises LedgerDamaged."""
    row = connection.execute(select(findings).where(findings.c.id == id_)).one_or_none()
    return None if row is None else _finding(row)


def bearing(
    connection: Connection, texts: Sequence[str], context: Context | None = None
) -> list[tuple[tuple[FindingMatch, Finding], ...]]:
    """For each text of one report the findings that bear on it, likeliest first. Raises LedgerDamaged."""
    on = shelved(connection)
    if not on.findings:
        return [() for _ in texts]
    matched = match(texts, on, context)
    wanted = {each.finding for matches in matched for each in matches}
    found = {id_: kept for id_ in wanted if (kept := finding(connection, id_)) is not None}
    return [tuple((each, found[each.finding]) for each in matches) for matches in matched]


def shelved(connection: Connection) -> Shelf:
    """The findings laid out for matching; the same as before where none was added since. Raises LedgerDamaged."""
    ids = tuple(connection.execute(select(findings.c.id).order_by(findings.c.number)).scalars())
    if (known := _shelves.get(ids)) is not None:
        return known
    made = shelf_of(_laid(connection))
    _shelves.clear()
    _shelves[ids] = made
    return made


def _there(connection: Connection, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        query = select(findings.c.id).where(findings.c.id.in_(ids[start : start + _AT_ONCE]))
        found |= set(connection.execute(query).scalars())
    return found


def _insert(connection: Connection, fresh: Sequence[Laid]) -> None:
    last = connection.execute(select(func.max(findings.c.number))).scalar() or 0
    numbered = [*enumerate(fresh, start=last + 1)]
    rows = [
        {"number": n, "id": one.finding.id, "url": one.finding.url, "data": plain_bytes(as_row(one.finding))}
        for n, one in numbered
    ]
    connection.execute(findings.insert(), rows)
    version = _version()
    index = [
        {
            "number": n, "version": version, "vectors": embedding.packed(one.vectors),
            "words": pack_text(" ".join(one.stems)),
        }
        for n, one in numbered
    ]  # fmt: skip
    connection.execute(finding_index.insert(), index)


def _laid(connection: Connection) -> Iterator[Laid]:
    """All findings as they are laid out; what another version made for matching is made anew."""
    query = select(findings, finding_index.c.version, finding_index.c.vectors, finding_index.c.words).outerjoin(
        finding_index, finding_index.c.number == findings.c.number
    )
    version = _version()
    for row in connection.execute(query.order_by(findings.c.number)):
        found = _finding(row)
        if row.version != version:
            yield lay(found)
            continue
        try:
            yield Laid(found, tuple(unpack_text(row.words).split()), embedding.unpacked(bytes(row.vectors)))
        except Unpackable as error:
            raise LedgerDamaged(f"finding {row.id}", f"its words cannot be taken out ({error})") from error


def _version() -> str:
    return f"{_INDEX} {embedder().fingerprint}"


def _finding(row: Row[Any]) -> Finding:
    try:
        return from_row(plain(row.data), row.id)
    except (Unpackable, RecordError) as error:
        raise LedgerDamaged(f"finding {row.id}", f"it is not what was imported ({error})", "Import it anew") from error
