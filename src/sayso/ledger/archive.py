"""A whole ledger as one file: JSON Lines under Zstandard, documented in docs/ledger.md.

The first line says what it is, then come tombstones, reports, each with its captures, their bytes and its readings,
findings and decisions, each in the order of their ids; the last line says how many there were. The same ledger gives
the same lines. Format 1 had no findings and no decisions, and is still read.
"""

from __future__ import annotations

import base64
import io
import os
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

import msgspec
import zstandard
from sqlalchemy import Connection, select

from sayso.errors import ArchiveBroken, LedgerDamaged, LedgerUnwritable, NotTaken
from sayso.ledger import schema, snapshots
from sayso.ledger.adding import store
from sayso.ledger.database import reading, writing
from sayso.ledger.drafts import Draft, Key, ReadingDraft, reading_draft_of
from sayso.ledger.entries import KINDS, Entry, add_entries, entries, entry, quotes
from sayso.ledger.forgetting import Tombstone, bury, sweep, tombstones_in
from sayso.ledger.identity import (
    Identity,
    Said,
    Seen,
    identity_of,
    reader_data,
    reader_of,
    report_from,
    report_id_bytes,
    report_name,
    said_of,
    seen_of,
    snapshot_bytes,
    text_bytes,
)
from sayso.ledger.kept import KeptReport, a_few, kept_report, reading_query, report_query
from sayso.ledger.packing import Unpackable, pack_text, plain, plain_bytes, reading_of, unpack_reading
from sayso.ledger.place import Place
from sayso.ledger.rows import report_words
from sayso.ledger.snapshots import packed
from sayso.read.placing import misplaced
from sayso.vocabulary import Finding, ReaderVersion, Report, ReportId

FORMAT: Final = "sayso/ledger/2"
_READ: Final = ("sayso/ledger/1", FORMAT)
_KINDS: Final = ("ledger", "tombstone", "report", *KINDS, "end")
PART: Final = "sayso/ledger.jsonl"  # in a case file
_ZIP: Final = b"PK\x03\x04"
_BROKEN: Final = (zstandard.ZstdError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_LONGEST_LINE: Final = 1_000_000_000
_BATCH: Final = 64
_CURE: Final = "Get an undamaged copy; the whole reports before are in"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """How many of each were written to an archive, or were new from one; of tombstones all are counted."""

    reports: int = 0
    readings: int = 0
    tombstones: int = 0
    findings: int = 0
    decisions: int = 0


def export(place: Place, path: Path) -> Moved:
    """Write everything to a new file. Raises LedgerUnwritable where it cannot be, or LedgerDamaged."""
    draft = path.with_name(path.name + ".new")
    counts: Counter[str] = Counter()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file, zstandard.ZstdCompressor(level=6).stream_writer(file, closefd=False) as out:
            for line in lines(place):
                counts[line["kind"]] += 1
                counts["reading"] += len(line.get("readings", ()))
                out.write(msgspec.json.encode(line) + b"\n")
            out.flush(zstandard.FLUSH_FRAME)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise LedgerUnwritable(str(path), f"it cannot be written ({error.strerror})", "Choose another place") from error
    return Moved(counts["report"], counts["reading"], counts["tombstone"], counts["finding"], counts["decision"])


def lines(place: Place) -> Iterator[Json]:
    """The lines of an archive, of one state of the ledger."""
    yield {"kind": "ledger", "format": FORMAT}
    count = 0
    with reading(place.database) as connection:
        for stone in tombstones_in(connection):
            yield {"kind": "tombstone", **asdict(stone)}
            count += 1
        with closing(a_few(connection, report_query().order_by(schema.reports.c.id))) as rows:
            for row in rows:
                yield _report_line(place, connection, kept_report(row), bytes(row.data))
                count += 1
        for kind in KINDS:
            with closing(entries(connection, kind)) as found:
                for each in found:
                    yield _entry_line(kind, each)
                    count += 1
    yield {"kind": "end", "lines": count}


def part(place: Place, connection: Connection, wanted: Iterable[ReportId]) -> Iterator[bytes]:
    """The lines of an archive of some reports alone, with all findings and the decisions that quote no others.

    It has no tombstones, since to import it should delete nothing. Raises LedgerDamaged.
    """
    taken: set[ReportId] = set()
    yield _encoded({"kind": "ledger", "format": FORMAT})
    count = 0
    for id_ in wanted:
        row = connection.execute(report_query().where(schema.reports.c.id == report_id_bytes(id_))).one_or_none()
        if row is not None:
            taken.add(id_)
            count += 1
            yield _encoded(_report_line(place, connection, kept_report(row), bytes(row.data)))
    for kind in KINDS:
        with closing(entries(connection, kind)) as found:
            for each in found:
                about = {it.report for it in quotes(each.values)}
                if kind == "finding" or (about and about <= taken):
                    count += 1
                    yield _encoded(_entry_line(kind, each))
    yield _encoded({"kind": "end", "lines": count})


def _encoded(line: Json) -> bytes:
    return msgspec.json.encode(line) + b"\n"


def _report_line(place: Place, connection: Connection, kept: KeptReport, data: bytes) -> Json:
    identity = identity_of(data, kept.digest)
    captures, files = schema.captures, schema.snapshots
    query = select(captures.c.data, captures.c.seen, files.c.digest, files.c.size).select_from(
        captures.outerjoin(files, files.c.number == captures.c.snapshot)
    )
    query = query.where(captures.c.report == kept.number).order_by(captures.c.id)
    read = reading_query().where(schema.readings.c.report == kept.number).order_by(schema.readers.c.id)
    return {
        "kind": "report",
        "id": report_name(kept.id),
        "address": identity.address,
        "outlet": identity.outlet,
        "published": identity.published,
        "title": identity.title,
        "text": kept.report.text,
        "captures": [_capture_line(place, row) for row in connection.execute(query)],
        "readings": [_reading_line(row, kept.report.text) for row in connection.execute(read)],
    }


def _capture_line(place: Place, row: Any) -> Json:  # noqa: ANN401 - a row of a query
    line = {"said": asdict(said_of(row.data)), "seen": asdict(seen_of(row.seen)), "snapshot": None}
    if row.digest is not None:
        digest = bytes(row.digest)
        try:
            data = snapshots.read(place.files, digest, row.size)
        except (OSError, Unpackable) as error:
            raise LedgerDamaged(place.name, f"the snapshot {digest.hex()} cannot be read ({error})") from error
        line["snapshot"] = {"sha256": digest.hex(), **_bytes_line(data)}
    return line


def _bytes_line(data: bytes) -> Json:
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def _reading_line(row: Any, text: str) -> Json:  # noqa: ANN401 - a row of a query
    try:
        found = plain(unpack_reading(row.data, text))
    except Unpackable as error:
        raise LedgerDamaged(f"reading {row.number}", f"it cannot be taken out ({error})", "See sayso verify") from error
    return {"reader": asdict(reader_of(row.reader)), "sha256": bytes(row.digest).hex(), "reading": found}


def _entry_line(kind: str, each: Entry) -> Json:
    origin = {"origin": each.origin} if each.origin else {}
    return {"kind": kind, "id": each.id, **origin, kind: msgspec.Raw(each.said.encode())}


def import_(place: Place, path: Path) -> Moved:
    """Add everything an archive holds; what is deleted there is deleted here too.

    Raises ArchiveBroken where the archive is damaged or cut off; the whole reports before that are in.
    """
    numbered = enumerate(_lines_of(path), 1)
    source = ((n, line) for n, line in numbered if line["kind"] != "ledger")
    total = Moved()
    while batch := list(islice(source, _BATCH)):
        stones = [_tombstone(path, n, line) for n, line in batch if line["kind"] == "tombstone"]
        drafts = [draft for n, line in batch if line["kind"] == "report" for draft in _drafts(path, n, line)]
        found = {kind: [_entry(path, n, line) for n, line in batch if line["kind"] == kind] for kind in KINDS}
        added = dict.fromkeys(KINDS, 0)
        if stones or any(found.values()):
            with writing(place.database) as connection:
                for stone in stones:
                    bury(connection, stone)
                added = {kind: len(add_entries(connection, kind, each)) for kind, each in found.items()}
        done = store(place, drafts)
        new = {d.key.report for d, came in zip(drafts, done, strict=True) if came.capture}
        total = Moved(
            total.reports + len(new), total.readings + sum(came.reading for came in done),
            total.tombstones + len(stones), total.findings + added["finding"], total.decisions + added["decision"],
        )  # fmt: skip
    sweep(place)
    return total


def _lines_of(path: Path) -> Iterator[Json]:
    """The lines of an archive, between its head and its end, which have to be there."""
    count, ended = -1, False
    try:
        with _opened(path) as reader:
            while line := reader.readline(_LONGEST_LINE):
                found = _line(path, count + 2, line)
                if ended or (count == -1) != (found["kind"] == "ledger"):
                    raise ArchiveBroken(str(path), f"line {count + 2} is out of place", _CURE)
                if found["kind"] == "end":
                    ended = found.get("lines") == count
                else:
                    yield found
                    count += 1
    except OSError as error:
        raise ArchiveBroken(str(path), f"it cannot be read ({error.strerror or error})", "Check the path") from error
    except _BROKEN as error:
        raise ArchiveBroken(str(path), f"it is no archive, or breaks off ({error})", _CURE) from error
    if not ended:
        raise ArchiveBroken(str(path), "it breaks off before its end", _CURE)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The lines of an archive, or those in a case file (a WACZ, which is a ZIP file)."""
    with path.open("rb") as file:
        zipped = file.read(len(_ZIP)) == _ZIP
        file.seek(0)
        if not zipped:
            with zstandard.ZstdDecompressor().stream_reader(file) as lines:
                yield io.BufferedReader(lines)
            return
        with zipfile.ZipFile(file) as package:
            if PART not in package.namelist():
                raise ArchiveBroken(str(path), f"it is a ZIP file without {PART}", "Give a case file of Sayso")
            with package.open(PART) as lines:
                yield lines


def _line(path: Path, number: int, line: bytes) -> Json:
    try:
        found = msgspec.json.decode(line)
        if not isinstance(found, dict) or found.get("kind") not in _KINDS:
            raise ValueError("it is of no known kind")
        if found["kind"] == "ledger" and found.get("format") not in _READ:
            raise ValueError(f"it is of the format {found.get('format')!r}, and this version reads up to {FORMAT!r}")
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ArchiveBroken(str(path), f"line {number} is damaged ({error})", _CURE) from error
    return found


def _tombstone(path: Path, number: int, line: Json) -> Tombstone:
    try:
        stone = msgspec.convert({k: v for k, v in line.items() if k != "kind"}, Tombstone)
        if len(bytes.fromhex(stone.text)) != 32 or len(stone.report) != 34:
            raise ValueError("its hashes are none")
    except (msgspec.ValidationError, ValueError) as error:
        raise ArchiveBroken(str(path), f"line {number} is no tombstone ({error})", _CURE) from error
    return stone


def _entry(path: Path, number: int, line: Json) -> Entry:
    kind = line["kind"]
    try:
        found = entry(kind, msgspec.convert(line[kind], dict[str, Any]), msgspec.convert(line.get("origin", ""), str))
        if found.id != line["id"]:
            raise ValueError("its id is not that of its content")
        quotes(found.values)
        if kind == "finding":
            msgspec.convert(found.values | {"id": found.id}, Finding)
    except (KeyError, ValueError, RecursionError, msgspec.ValidationError) as error:
        raise ArchiveBroken(str(path), f"line {number} is no {kind} ({error})", _CURE) from error
    return found


def _drafts(path: Path, number: int, line: Json) -> list[Draft]:
    """What a line of a report holds, each capture and each reading once."""
    try:
        identity = Identity(
            line["address"], line["outlet"], line["published"], line["title"], text_bytes(line["text"])
        )  # fmt: skip
        if report_name(identity.id()) != line["id"]:
            raise ValueError("its id is not that of its content")
        found = [_capture(identity, line, item) for item in line["captures"]]
        report = report_from(identity, found[0].key.said, found[0].key.seen, line["text"])
        readings = [_reading(identity.id(), item, report) for item in line["readings"]]
    except (KeyError, IndexError, TypeError, ValueError, msgspec.ValidationError, NotTaken) as error:
        raise ArchiveBroken(str(path), f"line {number} is no report of a ledger ({error})", _CURE) from error
    return found + [Draft(found[0].key, found[0].text, found[0].words, found[0].snapshot, item) for item in readings]


def _capture(identity: Identity, line: Json, item: Json) -> Draft:
    said, seen = msgspec.convert(item["said"], Said), msgspec.convert(item["seen"], Seen)
    text, told = line["text"], item["snapshot"]
    data = None if told is None else told["text"].encode() if "text" in told else base64.b64decode(told["base64"])
    digest = None if data is None else snapshot_bytes(data)
    if digest and digest.hex() != told["sha256"]:
        raise ValueError("a snapshot is not what its hash says")
    id_ = identity.id()
    key = Key(identity, said, seen, digest, id_, said.id(id_, digest))
    file = None if data is None or digest is None else packed(digest, data)
    return Draft(key, pack_text(text), report_words(identity.title, text), file)


def _reading(id_: bytes, item: Json, about: Report) -> ReadingDraft:
    data = plain_bytes(item["reading"])
    found = reading_of(data, about)
    if problem := next(misplaced(found, about.text), ""):
        raise ValueError(f"a reading is not one of its text: {problem}")
    draft = reading_draft_of(found, reader_data(msgspec.convert(item["reader"], ReaderVersion)), data, id_)
    if draft.digest.hex() != item["sha256"]:
        raise ValueError("a reading is not what its hash says")
    return draft
