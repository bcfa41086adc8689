"""What is to be added, worked out before the ledger is asked for: ids, packed bytes and rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.errors import NotTaken
from sayso.ledger import rows
from sayso.ledger.identity import (
    Identity,
    Said,
    Seen,
    identity,
    reader_bytes,
    reader_data,
    reading_digest,
    report_name,
    said,
    seen,
    snapshot_bytes,
)
from sayso.ledger.packing import pack_reading, pack_text, reading_bytes
from sayso.ledger.snapshots import Packed, packed
from sayso.read.placing import misplaced
from sayso.vocabulary import Capture, Reading, Report


@dataclass(frozen=True, slots=True)
class Key:
    """By what a capture is known again: the ids of its report, its text, its snapshot and itself."""

    identity: Identity
    said: Said
    seen: Seen
    snapshot: bytes | None
    report: bytes
    capture: bytes

    def named(self, report: Report) -> Report:
        """The report with its id in the ledger."""
        return replace(report, id=report_name(self.report))


@dataclass(frozen=True, slots=True)
class ReadingDraft:
    """A reading to be added: its reader, digest, packed bytes and rows."""

    reader: bytes
    reader_id: bytes
    digest: bytes
    data: bytes
    rows: dict[str, list[rows.Row]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A report to be added, with its packed text, its snapshot and its reading where it has them."""

    key: Key
    text: bytes
    words: list[str]
    snapshot: Packed | None = None
    reading: ReadingDraft | None = None


def key_of(capture: Capture) -> Key:
    """By what a capture is known again. Raises NotTaken on words that are no Unicode text."""
    return _key(capture.report, capture.address, snapshot_bytes(capture.data), seen(capture), capture.media)


def draft(capture: Capture, key: Key, reading: ReadingDraft | None) -> Draft:
    """What is to be added of a capture."""
    assert key.snapshot is not None
    text = capture.report.text
    words = rows.report_words(capture.report.title, text)
    return Draft(key, pack_text(text), words, packed(key.snapshot, capture.data), reading)


def draft_of_reading(reading: Reading) -> Draft:
    """What is to be added of a reading whose report nobody captured. Raises NotTaken."""
    report = reading.report
    key = _key(report, None, None, Seen("", report.origin, None, ()), None)
    words = rows.report_words(report.title, report.text)
    return Draft(key, pack_text(report.text), words, None, reading_draft(reading, key.report))


def reading_draft(reading: Reading, report: bytes) -> ReadingDraft:
    """What is to be added of a reading of a report. Raises NotTaken where it does not stand in its text."""
    text = reading.report.text
    if problem := next(misplaced(reading, text), ""):
        raise NotTaken(reading.report.origin or reading.report.id, f"the reading is not one of this text: {problem}")
    try:
        reader, data = reader_data(reading.reader), reading_bytes(reading)
    except UnicodeEncodeError as error:
        raise _no_text(reading.report) from error
    return reading_draft_of(reading, reader, data, report)


def reading_draft_of(reading: Reading, reader: bytes, data: bytes, report: bytes) -> ReadingDraft:
    """What is to be added of a reading whose bytes are known."""
    reader_id = reader_bytes(reader)
    digest = reading_digest(report, reader_id, data)
    packed_data = pack_reading(data, reading.report.text)
    return ReadingDraft(reader, reader_id, digest, packed_data, rows.rows(reading))


def _key(report: Report, address: str | None, snapshot: bytes | None, seen: Seen, media: str | None) -> Key:
    try:
        what, told = identity(report, address), said(report, media)
        id_ = what.id()
        seen.data()
        return Key(what, told, seen, snapshot, id_, told.id(id_, snapshot))
    except UnicodeEncodeError as error:
        raise _no_text(report) from error


def _no_text(report: Report) -> NotTaken:
    return NotTaken(report.origin or "a report", "it holds half a character (a lone surrogate)", "Mend the text")
