"""The package: a ZIP file written from front to back, with a list of its files and their digests at the end."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any, Final

from sayso import __version__
from sayso.ledger.archive import PART
from sayso.share.answer_json import answer_to_json
from sayso.share.exports.found import reports_of
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.exports.wacz.copies import UNDATED, Written, records_of
from sayso.share.exports.wacz.index import Sorted, line
from sayso.share.exports.wacz.records import record
from sayso.share.json_text import json_text
from sayso.trace.claims import asking
from sayso.vocabulary import Claim, Report, ReportId

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

DROPS: Final[Mapping[ExportKind, tuple[str, ...]]] = {
    ExportKind.REPORTS: (
        "redirects on the way to an address",
        "events, forecasts, copies and voices, which a ledger works out again",
        "members of claims and decisions that are of other reports too",
    ),
}
_ARCHIVE: Final = "archive/data.warc.gz"
_PROFILE: Final = "data-package"
_VERSION: Final = "1.1.1"
_PIECE: Final = 1_000_000  # bytes of a file read at once
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP file can tell
_PAGES: Final = {"format": "json-pages-1.0", "id": "pages", "title": "Reports", "hasText": True}


def written(selection: Selection) -> Iterator[bytes]:
    """The reports of a selection as a case file: the same bytes for the same ledger and selection.

    Lists of pages and of places in the archive wait on the disk, and one snapshot is held at a time.
    """
    sink = _Sink()
    with ExitStack() as stack, zipfile.ZipFile(sink, "w") as package:
        pages = stack.enter_context(tempfile.TemporaryFile())
        pages.write(f"{json_text(_PAGES)}\n".encode())
        index = Sorted(stack)
        case = _Case(package, sink)
        reports: dict[ReportId, str] = {}
        yield from case.file(_ARCHIVE, _records(selection, reports, index, pages), zipfile.ZIP_STORED)
        yield from case.file("indexes/index.cdxj", index)
        pages.seek(0)
        yield from case.file("pages/pages.jsonl", iter(lambda: pages.read(_PIECE), b""))
        yield from case.file(PART, selection.ledger.part(selection.connection, reports))
        yield from case.file("sayso/claims.jsonl", _claims(selection, reports))
        told = _listed(selection, case.resources, max(reports.values(), default=UNDATED) or UNDATED)
        yield from case.file("datapackage.json", (told,))
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(told).hexdigest()}"}
        yield from case.file("datapackage-digest.json", (_json(digest),))
    yield sink.taken()


class _Sink(io.RawIOBase):
    """What a ZIP file is written to: bytes that wait to be handed on. It cannot be gone back in."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        """Take bytes."""
        view = memoryview(data).cast("B")
        self._waiting += view
        return len(view)

    def taken(self) -> bytes:
        """What has been written since this was last asked."""
        found = bytes(self._waiting)
        self._waiting.clear()
        return found


class _Case:
    """A package on its way, with the list of the files that are in it so far."""

    def __init__(self, package: zipfile.ZipFile, sink: _Sink) -> None:
        self._package = package
        self._sink = sink
        self.resources: list[dict[str, str | int]] = []

    def file(self, path: str, pieces: Iterable[bytes], packing: int = zipfile.ZIP_DEFLATED) -> Iterator[bytes]:
        """Put in a file; gives the bytes of the package as far as they are there."""
        info = zipfile.ZipInfo(path, _EPOCH)
        info.compress_type, info.external_attr, info.create_system = packing, 0o644 << 16, 3
        digest, size = hashlib.sha256(), 0
        with self._package.open(info, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                size += len(piece)
                yield self._sink.taken()
        told: dict[str, str | int] = {"name": path.rpartition("/")[2], "path": path}
        self.resources.append(told | {"hash": f"sha256:{digest.hexdigest()}", "bytes": size})
        yield self._sink.taken()


def _records(selection: Selection, reports: dict[ReportId, str], index: Sorted, pages: IO[bytes]) -> Iterator[bytes]:
    """The members of the archive; what is in it is noted in `reports`, `index` and `pages` on the way."""
    at = 0
    for kept in reports_of(selection):
        report = kept.report
        reports[report.id] = kept.captured
        first: Written | None = None
        for it in records_of(selection.ledger, report):
            if not at:
                info = _described(it.date)
                at = len(info)
                yield info
            if it.indexed:
                index.put(line(it.address, it.date, _indexed(it, at)))
            first = first or it
            at += len(it.record.member)
            yield it.record.member
        if first is not None:
            pages.write(f"{json_text(_page(report, first))}\n".encode())
    if not at:
        yield _described(UNDATED)


def _described(date: str) -> bytes:
    """The record that tells what wrote the archive."""
    said = f"software: {_software()}\r\nformat: WARC File Format 1.1\r\n"
    name = (("WARC-Filename", _ARCHIVE.rpartition("/")[2]),)
    return record("warcinfo", date, date, said.encode(), "application/warc-fields", name).member


def _indexed(it: Written, at: int) -> dict[str, str]:
    return {
        "mime": it.media,
        "status": it.status,
        "digest": it.record.payload_digest,
        "recordDigest": it.record.record_digest,
        "length": str(len(it.record.member)),
        "offset": str(at),
        "filename": _ARCHIVE.rpartition("/")[2],
    }


def _page(report: Report, it: Written) -> dict[str, str]:
    return {"id": report.id, "url": it.address, "ts": it.date, "title": report.title or "", "text": report.text}


def _claims(selection: Selection, reports: Mapping[ReportId, str]) -> Iterator[bytes]:
    """The claims that the reports make, as far as they were worked out, with the members of these reports alone."""
    met: set[str] = set()
    for report in reports:
        for id_, _ in asking.stated_in(selection.connection, report):
            claim = None if id_ in met else asking.claim(selection.connection, id_)
            met.add(id_)
            if claim is not None:
                yield f"{json_text(answer_to_json(_within(claim, reports)))}\n".encode()


def _within(claim: Claim, reports: Mapping[ReportId, str]) -> Claim:
    members = tuple(it for it in claim.members if it.report in reports)
    return replace(
        claim,
        text=claim.text if any(it.text == claim.text for it in members) else members[0].text,
        members=members,
        links=tuple(it for it in claim.links if it.report in reports),
    )


def _listed(selection: Selection, resources: list[dict[str, str | int]], created: str) -> bytes:
    """The list of files (Frictionless Data Package)."""
    asked = {"sayso": {"kind": selection.kind.value, "asked": dict(selection.asked)}}
    head = {"profile": _PROFILE, "wacz_version": _VERSION, "title": "Reports of a ledger", "software": _software()}
    return _json({**head, "created": created, **asked, "resources": resources})


def _software() -> str:
    return f"sayso {__version__}"


def _json(said: dict[str, Any]) -> bytes:
    return f"{json.dumps(said, ensure_ascii=True, indent=2)}\n".encode()
