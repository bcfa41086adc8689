"""Ids made from content, so that the same thing has the same id wherever and whenever it is added.

A report is its address, outlet, publication value, title and text. Everything else that is said of it (author,
language, the name it was given) belongs to a capture, and when and from where that was first seen to neither: it may
come again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sayso.ledger.packing import record, recorded
from sayso.vocabulary import Capture, Published, ReaderVersion, Report, ReportId

REPORT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a report the report it is."""

    address: str | None
    outlet: str | None
    published: str | None
    title: str | None
    text: bytes  # its digest

    def data(self) -> bytes:
        """What is kept of it beside the text."""
        return record(self.address, self.outlet, self.published, self.title)

    def id(self) -> bytes:
        """The report's id in bytes."""
        return hashlib.sha256(self.data() + self.text).digest()[:REPORT_BYTES]


@dataclass(frozen=True, slots=True)
class Said:
    """What a capture says of its report beside what makes it that report."""

    name: str
    author: str | None
    basis: str | None
    zone: str | None
    url: str | None
    language: str | None
    flags: tuple[str, ...]
    media: str | None

    def data(self) -> bytes:
        """What is kept of it."""
        return record(
            self.name, self.author, self.basis, self.zone, self.url, self.language, self.flags, self.media
        )  # fmt: skip

    def id(self, report: bytes, snapshot: bytes | None) -> bytes:
        """The capture's id in bytes."""
        return hashlib.sha256(report + (snapshot or b"") + self.data()).digest()[:REPORT_BYTES]


@dataclass(frozen=True, slots=True)
class Seen:
    """When and how a capture was first made. An empty `captured` is not known, and counts as later than any."""

    captured: str
    origin: str
    address: str | None
    headers: tuple[tuple[str, str], ...]

    def data(self) -> bytes:
        """What is kept of it."""
        return record(self.captured, self.origin, self.address, self.headers)

    def rank(self) -> tuple[bool, str, str, bytes]:
        """What orders captures by time, and those of one time always alike."""
        return not self.captured, self.captured, self.origin, self.data()


def text_bytes(text: str) -> bytes:
    """The digest of a text in bytes. Raises UnicodeEncodeError on a lone surrogate."""
    return hashlib.sha256(text.encode()).digest()


def snapshot_bytes(data: bytes) -> bytes:
    """The digest of a snapshot in bytes."""
    return hashlib.sha256(data).digest()


def identity(report: Report, address: str | None) -> Identity:
    """What makes this the report it is. `address` is where it was fetched from, where that is known."""
    when = report.published.value if report.published else None
    return Identity(address or report.url, report.outlet, when, report.title, text_bytes(report.text))


def said(report: Report, media: str | None) -> Said:
    """What is said of a report where it was captured."""
    when = report.published
    return Said(
        report.id, report.author, when.basis if when else None, when.zone if when else None, report.url,
        report.language, report.flags, media,
    )  # fmt: skip


def seen(capture: Capture) -> Seen:
    """When and how a capture was made."""
    return Seen(capture.captured, capture.report.origin, capture.address, capture.headers)


def identity_of(data: bytes, text: bytes) -> Identity:
    """What was kept as `Identity.data`. Raises Unpackable or ValueError."""
    address, outlet, published, title = recorded(data)
    return Identity(address, outlet, published, title, text)


def said_of(data: bytes) -> Said:
    """What was kept as `Said.data`. Raises Unpackable or ValueError."""
    name, author, basis, zone, url, language, flags, media = recorded(data)
    return Said(name, author, basis, zone, url, language, tuple(flags), media)


def seen_of(data: bytes) -> Seen:
    """What was kept as `Seen.data`. Raises Unpackable or ValueError."""
    captured, origin, address, headers = recorded(data)
    return Seen(captured, origin, address, tuple((name, value) for name, value in headers))


def report_from(identity: Identity, said: Said, seen: Seen, text: str) -> Report:
    """The report that these make; its id is the ledger's."""
    published = None if identity.published is None else Published(identity.published, said.basis or "", said.zone)
    return Report(
        report_name(identity.id()), text, identity.title, identity.outlet, said.author, published, said.url,
        said.language, said.flags, seen.origin,
    )  # fmt: skip


def report_name(id_bytes: bytes) -> ReportId:
    """A report's id as people and programs see it."""
    return ReportId("r-" + id_bytes.hex())


def report_id_bytes(name: str) -> bytes | None:
    """The bytes of a report's id; None for what is no id of a ledger."""
    if len(name) != 2 + 2 * REPORT_BYTES or not name.startswith("r-"):
        return None
    try:
        return bytes.fromhex(name[2:])
    except ValueError:
        return None


def reader_data(reader: ReaderVersion) -> bytes:
    """What is kept of a reader."""
    return record(reader.name, reader.version, reader.weights)


def reader_of(data: bytes) -> ReaderVersion:
    """What was kept as `reader_data`. Raises Unpackable or ValueError."""
    name, version, weights = recorded(data)
    return ReaderVersion(name, version, weights)


def reader_bytes(data: bytes) -> bytes:
    """The id of a reader in bytes, from what is kept of it."""
    return hashlib.sha256(data).digest()[:REPORT_BYTES]


def reading_digest(report: bytes, reader: bytes, data: bytes) -> bytes:
    """The digest of a reading in bytes, bound to its report and reader."""
    return hashlib.sha256(report + reader + data).digest()


def digest_of(parts: Iterable[bytes]) -> str:
    """SHA-256 over the parts one after another, each with its length, as 64 hex digits."""
    sum_ = hashlib.sha256()
    for part in parts:
        sum_.update(len(part).to_bytes(8, "big") + part)
    return sum_.hexdigest()
