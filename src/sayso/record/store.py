"""Findings in a ledger: added once, whatever they come from, never changed, with what matching needs of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection, bindparam, select

from sayso.errors import LedgerDamaged
from sayso.ledger import Ledger
from sayso.ledger.derived.findings import finding_index
from sayso.ledger.entries import Entry, add_entries, entries, entry, entry_of, known
from sayso.ledger.packing import Unpackable, pack_text, unpack_text
from sayso.ledger.schema import findings
from sayso.record.features import Context
from sayso.record.findings import said
from sayso.record.matching import Laid, Shelf, lay, match, shelf_of
from sayso.trace import embedding
from sayso.trace.embedding import embedder
from sayso.vocabulary import Finding, FindingId, FindingMatch

_KIND: Final = "finding"
_AT_ONCE: Final = 500  # findings between two writes
_INDEX: Final = "1"  # of what is kept for matching, beside the embedder's weights
_shelves: Final[dict[tuple[str, ...], Shelf]] = {}  # the findings laid out last, by all their ids
_shelved: Final[WeakKeyDictionary[Connection, Shelf]] = WeakKeyDictionary()  # by the transaction that asks


def add(ledger: Ledger, found: Iterable[Finding]) -> int:
    """Keep those that are new; how many were. Raises LedgerError."""
    listed = {each.id: each for each in found}
    with ledger.looking() as connection:
        there = known(connection, _KIND, [*listed])
    new = {id_: lay(each) for id_, each in listed.items() if id_ not in there}
    if not new:
        return 0
    with ledger.writing() as connection:
        wanted = [entry(_KIND, said(each.finding), each.finding.origin) for each in new.values()]
        fresh = [new[FindingId(each.id)] for each in add_entries(connection, _KIND, wanted)]
        _index(connection, fresh)
    return len(fresh)


def index(ledger: Ledger) -> int:
    """Make what matching needs of the findings that have it not, as after an import; of how many. Raises LedgerError.

    Without it matching makes that each time anew, and finds the same.
    """
    with ledger.looking() as connection:
        bare = select(findings.c.id).where(~_indexed.exists())
        wanted = connection.execute(bare.order_by(findings.c.id), {"version": _version()}).scalars().all()
    for start in range(0, len(wanted), _AT_ONCE):
        with ledger.looking() as connection:
            query = select(findings).where(findings.c.id.in_(wanted[start : start + _AT_ONCE]))
            found = [_finding(entry_of(_KIND, row)) for row in connection.execute(query)]
        laid = [lay(each) for each in found]
        with ledger.writing() as connection:
            _index(connection, laid)
    return len(wanted)


def all_findings(connection: Connection) -> Iterator[Finding]:
    """All findings, in the order of their ids. Raises LedgerDamaged."""
    for each in entries(connection, _KIND):
        yield _finding(each)


def finding(connection: Connection, id_: FindingId) -> Finding | None:
    """The finding with this id. Raises LedgerDamaged."""
    row = connection.execute(select(findings).where(findings.c.id == id_)).one_or_none()
    return None if row is None else _finding(entry_of(_KIND, row))


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
    if connection not in _shelved:
        _shelved[connection] = _shelf(connection)
    return _shelved[connection]


def _shelf(connection: Connection) -> Shelf:
    ids = tuple(connection.execute(select(findings.c.id).order_by(findings.c.id)).scalars())
    if (there := _shelves.get(ids)) is not None:
        return there
    made = shelf_of(_laid(connection))
    _shelves.clear()
    _shelves[ids] = made
    return made


def _index(connection: Connection, laid: Sequence[Laid]) -> None:
    """Keep what matching needs of some findings."""
    version = _version()
    rows = [
        {
            "finding": one.finding.id, "version": version, "vectors": embedding.packed(one.vectors),
            "words": pack_text(" ".join(one.stems)),
        }
        for one in laid
    ]  # fmt: skip
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        connection.execute(finding_index.delete().where(finding_index.c.finding.in_([row["finding"] for row in part])))
        connection.execute(finding_index.insert(), part)


def _laid(connection: Connection) -> Iterator[Laid]:
    """All findings as they are laid out; what is missing for matching, or another version made, is made anew."""
    query = select(findings, finding_index.c.version, finding_index.c.vectors, finding_index.c.words).outerjoin(
        finding_index, finding_index.c.finding == findings.c.id
    )
    version = _version()
    for row in connection.execute(query.order_by(findings.c.id)):
        found = _finding(entry_of(_KIND, row))
        if row.version != version:
            yield lay(found)
            continue
        try:
            yield Laid(found, tuple(unpack_text(row.words).split()), embedding.unpacked(bytes(row.vectors)))
        except Unpackable as error:
            raise LedgerDamaged(f"finding {row.id}", f"its words cannot be taken out ({error})") from error


def _version() -> str:
    return f"{_INDEX} {embedder().fingerprint}"


def _finding(kept: Entry) -> Finding:
    try:
        return msgspec.convert(kept.values | {"id": kept.id, "origin": kept.origin}, Finding)
    except msgspec.ValidationError as error:
        raise LedgerDamaged(f"finding {kept.id}", f"it is none ({error})", "Import it anew") from error


_indexed: Final = select(finding_index.c.finding).where(
    finding_index.c.finding == findings.c.id, finding_index.c.version == bindparam("version")
)
