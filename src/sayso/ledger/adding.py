"""Adding: inputs to captures, captures to drafts, drafts to the ledger, a batch in each transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sqlalchemy import Connection, select

from sayso.errors import GatherError, LedgerUnwritable, NotTaken, PassedOver
from sayso.ledger import rejects, schema, snapshots
from sayso.ledger.appending import Appended, append, forgotten, numbers_of
from sayso.ledger.database import reading, writing
from sayso.ledger.drafts import Draft, Key, draft_of_reading, key_of
from sayso.ledger.identity import reader_bytes, reader_data, seen_of
from sayso.ledger.inputs import Input, captured
from sayso.ledger.place import Place
from sayso.ledger.rejects import Reject, rejected
from sayso.ledger.working import Also, Readers, Worked, read_all, readers, unread
from sayso.read.plugins import Reader, Shipped, made_by
from sayso.vocabulary import Capture, Reading

_BATCH: Final = 64
_BATCH_BYTES: Final = 16_000_000
_BATCH_SECONDS: Final = 1.0
_FORGOTTEN: Final = "it was deleted on request, and is not taken again"


@dataclass(frozen=True, slots=True)
class Added:
    """What came of an addition: how many reports were new, how many were read, how many were there, and the rejects.

    `passed` are parts of inputs that hold no report of their own; nothing is wrong with them.
    """

    new: int = 0
    read: int = 0
    known: int = 0
    rejects: tuple[Reject, ...] = ()
    passed: tuple[Reject, ...] = ()

    def __add__(self, other: Added) -> Added:
        return Added(
            self.new + other.new, self.read + other.read, self.known + other.known, self.rejects + other.rejects,
            self.passed + other.passed,
        )  # fmt: skip


def add(
    place: Place,
    inputs: Iterable[Input],
    columns: Mapping[str, str],
    tell: Callable[[Added], None],
    *,
    read: bool,
    jobs: int,
    reader: Reader | None = None,
    also: Also | None = None,
) -> Added:
    """Gather, read and add; `tell` hears of the sum after each batch. Raises LedgerError."""
    total = Added()
    gathered = captured(inputs, columns)
    with readers(jobs, reader, also.make if also is not None else None) as by:
        while chunk := list(islice(gathered, _BATCH)):
            for part in _added(place, chunk, by if read else None, also):
                rejects.write(place, part.rejects)
                total += part
                tell(total)
    return total


def add_readings(place: Place, readings: Iterable[Reading], tell: Callable[[Added], None]) -> Added:
    """Add readings made elsewhere, with their reports; `tell` hears of the sum after each batch. Raises LedgerError."""
    total = Added()
    source = iter(readings)
    while chunk := list(islice(source, 4 * _BATCH)):
        drafts, refused = [], []
        for item in chunk:
            try:
                drafts.append(draft_of_reading(item))
            except NotTaken as error:
                refused.append(rejected(item.report.origin or item.report.id, error))
        part = _outcome(drafts, store(place, drafts)) + Added(rejects=tuple(refused))
        rejects.write(place, part.rejects)
        total += part
        tell(total)
    return total


def store(place: Place, drafts: Sequence[Draft]) -> list[Appended]:
    """Write the drafts: first the snapshots, then everything else in one transaction. Raises LedgerError.

    The snapshots are looked at again inside, where nobody deletes: one that went in between is written again.
    """
    files = [item.snapshot for item in drafts if item.snapshot]
    try:
        snapshots.write(place.files, files, place.disk)
        with writing(place.database) as connection:
            done = append(connection, drafts)
            kept = [d.snapshot for d, came in zip(drafts, done, strict=True) if d.snapshot and not came.forgotten]
            snapshots.write(place.files, kept, place.disk)
            _drop_forgotten(connection, place, drafts, done)
    except OSError as error:
        problem = f"a snapshot cannot be written ({error.strerror})"
        cure = "What was acknowledged is whole: make room or mend it, and do the same again"
        raise LedgerUnwritable(place.name, problem, cure) from error
    return done


def _drop_forgotten(connection: Connection, place: Place, drafts: Sequence[Draft], done: Sequence[Appended]) -> None:
    """Delete the files of what turned out to have been deleted on request, unless another report has them."""
    dead = [d.snapshot.digest for d, came in zip(drafts, done, strict=True) if d.snapshot and came.forgotten]
    kept = numbers_of(connection, schema.snapshots, schema.snapshots.c.digest, dead)
    for digest in dead:
        if digest not in kept:
            place.disk.remove(snapshots.path_of(place.files, digest))


def _added(
    place: Place, chunk: Sequence[Capture | GatherError], by: Readers | None, also: Also | None
) -> Iterator[Added]:
    """What came of a chunk of gathered items, part by part; they are read where there is somebody who reads."""
    keyed: list[tuple[Capture, Key]] = []
    refused: list[Reject] = []
    passed: list[Reject] = []
    for item in chunk:
        if isinstance(item, PassedOver):
            passed.append(rejected(item.origin, item))
            continue
        if isinstance(item, GatherError):
            refused.append(rejected(item.origin, item))
            continue
        try:
            keyed.append((item, key_of(item)))
        except NotTaken as error:
            refused.append(rejected(item.report.origin or item.report.id, error))
    with reading(place.database) as connection:
        dead = forgotten(connection, [(key.report, key.identity.text) for _, key in keyed])
        there = _there(connection, [key for _, key in keyed], by)
    refused += [Reject(c.report.origin, _FORGOTTEN) for (c, _), gone in zip(keyed, dead, strict=True) if gone]
    fresh: dict[bytes, tuple[Capture, Key]] = {}
    for (capture, key), gone in zip(keyed, dead, strict=True):
        if not gone and key.capture not in there:
            other = fresh.get(key.capture)
            if other is None or key.seen.rank() < other[1].seen.rank():
                fresh[key.capture] = capture, key
    yield Added(known=len(keyed) - sum(dead) - len(fresh), rejects=tuple(refused), passed=tuple(passed))
    worked = (unread(*item) for item in fresh.values()) if by is None else read_all(fresh.values(), by)
    for batch in _batches(worked):
        if also is not None:
            for made in (one.made for one in batch if one.made is not None):
                also.take(made)
        drafts = [item.draft for item in batch]
        origins = [item.draft.key.seen.origin for item in batch]
        bad = [Reject(origin, w.problem) for origin, w in zip(origins, batch, strict=True) if w.problem]
        yield _outcome(drafts, store(place, drafts)) + Added(rejects=tuple(bad))


def _there(connection: Connection, keys: Sequence[Key], by: Readers | None) -> set[bytes]:
    """The captures that the ledger has, made no later, and read by this reader if they are to be read by one."""
    table = schema.captures
    known = numbers_of(connection, table, table.c.id, [key.capture for key in keys])
    numbers = {known[key.capture]: key for key in keys if key.capture in known}
    query = select(table.c.number, table.c.report, table.c.seen).where(table.c.number.in_(numbers))
    kept = {row.number: row for row in connection.execute(query)}
    done = {number for number, key in numbers.items() if seen_of(kept[number].seen).rank() <= key.seen.rank()}
    if by is not None and done:
        readings, known_readers = schema.readings, schema.readers
        reader = _reader_id(by.reader or Shipped())
        today = select(known_readers.c.number).where(known_readers.c.id == reader).scalar_subquery()
        wanted = {kept[number].report for number in done}
        found = select(readings.c.report).where(readings.c.report.in_(wanted), readings.c.reader == today)
        have = set(connection.execute(found).scalars())
        done = {number for number in done if kept[number].report in have}
    return {numbers[number].capture for number in done}


def _reader_id(reader: Reader) -> bytes:
    return reader_bytes(reader_data(made_by(reader)))


def _outcome(drafts: Sequence[Draft], done: Sequence[Appended]) -> Added:
    gone = [d.key.seen.origin for d, came in zip(drafts, done, strict=True) if came.forgotten]
    new = sum(came.capture for came in done)
    return Added(
        new,
        sum(came.reading for came in done),
        len(drafts) - new - len(gone),
        tuple(Reject(origin, _FORGOTTEN) for origin in gone),
    )


def _batches(worked: Iterable[Worked]) -> Iterator[list[Worked]]:
    """A few at a time: what has come together after a second, and no more than there is room for."""
    batch: list[Worked] = []
    size, since = 0, time.monotonic()
    for item in worked:
        batch.append(item)
        size += len(item.draft.text) + (len(item.draft.snapshot.file) if item.draft.snapshot else 0)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES or time.monotonic() - since > _BATCH_SECONDS:
            yield batch
            batch, size, since = [], 0, time.monotonic()
    if batch:
        yield batch
