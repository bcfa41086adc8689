"""A WACZ file (1.1.1: WARC files in a ZIP with a list of digests) to captures. Nothing is ever written to disk."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from sayso.errors import BrokenArchive, GatherError, TooLarge
from sayso.gather.archive.warc import captures_in as captures_in_warc
from sayso.gather.limits import Limits
from sayso.gather.received import Received
from sayso.vocabulary import Capture

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CURE: Final = "Get an undamaged copy"
_PACKAGE: Final = "datapackage.json"
_PACKAGE_DIGEST: Final = "datapackage-digest.json"
_MOST_PACKAGE: Final = 10_000_000  # bytes of a list of digests
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    OverflowError,
)  # fmt: skip


def captures_in(stream: IO[bytes], received: Received, limits: Limits) -> Iterator[Capture | GatherError]:
    """One capture or error for each archived document in an open, seekable WACZ file.

    Every WARC file in it is read as a stream and compared with the digest that the package states; what differs is an
    error. A ZIP whose entries overlap, share a name, are links or lie outside its folder is refused.
    """
    origin = received.origin
    try:
        with _opened(stream, origin, limits) as package:
            archives = _archives(package, origin, limits)
            digests = _digests(package, origin)
            for missing in sorted(set(digests) - set(package.namelist())):
                yield BrokenArchive(f"{origin}#{missing}", "the package lists this file and lacks it", _CURE)
            for entry in archives:
                yield from _archive(package, entry, digests.get(entry.filename), received, limits)
    except GatherError as error:
        yield error
    except _BROKEN as error:
        yield BrokenArchive(origin, f"the ZIP file is damaged ({error})", _CURE)


@contextmanager
def _opened(stream: IO[bytes], origin: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(stream) as package:
        count = len(package.infolist())
        if count > limits.archive_entries:
            problem = f"it holds {count:,} files, over the limit of {limits.archive_entries:,}"
            raise TooLarge(origin, problem, "Raise the limit")
        _check(package, origin)
        yield package


def _check(package: zipfile.ZipFile, origin: str) -> None:
    """Raise BrokenArchive for a ZIP file that tools of different make would read differently."""
    entries = package.infolist()
    names = Counter(entry.filename.casefold() for entry in entries)
    for entry in entries:
        name = entry.filename
        reason = None
        if names[name.casefold()] > 1:
            reason = "stands in it twice"
        elif name.startswith(("/", "\\")) or ":" in name or ".." in PurePosixPath(name.replace("\\", "/")).parts:
            reason = "lies outside its folder"
        elif stat.S_ISLNK(entry.external_attr >> 16):
            reason = "is a link"
        elif entry.flag_bits & _ENCRYPTED:
            reason = "is encrypted"
        if reason:
            raise BrokenArchive(origin, f"{name[:100]!r} {reason}", "Make the archive anew from its WARC files")
    ends = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < ends:
            raise BrokenArchive(origin, f"{entry.filename[:100]!r} overlaps another file in it", _CURE)
        ends = entry.header_offset + entry.compress_size


def _archives(package: zipfile.ZipFile, origin: str, limits: Limits) -> list[zipfile.ZipInfo]:
    found = [
        entry
        for entry in package.infolist()
        if entry.filename.startswith("archive/") and entry.filename.lower().endswith((".warc", ".warc.gz"))
    ]
    if not found:
        raise BrokenArchive(origin, "the ZIP file holds no WARC file under archive/", "Give a WACZ, or unpack it first")
    for entry in found:
        if entry.file_size > limits.unpack_free and entry.file_size > limits.unpack_ratio * entry.compress_size:
            problem = f"{entry.filename[:100]!r} unpacks to more than {limits.unpack_ratio} times its size"
            raise TooLarge(origin, problem, "Unpack it yourself if you trust it")
    return found


def _digests(package: zipfile.ZipFile, origin: str) -> dict[str, str]:
    """The SHA-256 of each file that the package states one of."""
    if _PACKAGE not in package.namelist():
        raise BrokenArchive(origin, f"it holds no {_PACKAGE}, so nothing vouches for its files", _CURE)
    listed = _small(package, _PACKAGE, origin)
    if _PACKAGE_DIGEST in package.namelist():
        stated = _object(_small(package, _PACKAGE_DIGEST, origin), origin).get("hash")
        if stated != f"sha256:{hashlib.sha256(listed).hexdigest()}":
            raise BrokenArchive(origin, f"{_PACKAGE} differs from its digest", _CURE)
    resources = _object(listed, origin).get("resources")
    if not isinstance(resources, list):
        raise BrokenArchive(origin, f"{_PACKAGE} lists no files", _CURE)
    pairs = [(item.get("path"), item.get("hash")) for item in resources if isinstance(item, dict)]
    return {str(path): str(digest).removeprefix("sha256:").lower() for path, digest in pairs if path}


def _small(package: zipfile.ZipFile, name: str, origin: str) -> bytes:
    with package.open(name) as file:
        data = file.read(_MOST_PACKAGE + 1)
    if len(data) > _MOST_PACKAGE:
        raise TooLarge(origin, f"{name} is over the limit of {_MOST_PACKAGE:,} bytes", _CURE)
    return data


def _object(data: bytes, origin: str) -> dict[str, object]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BrokenArchive(origin, f"its list of files is no JSON ({str(error)[:100]})", _CURE) from error
    if not isinstance(found, dict):
        raise BrokenArchive(origin, "its list of files is no JSON object", _CURE)
    return found


def _archive(
    package: zipfile.ZipFile, entry: zipfile.ZipInfo, digest: str | None, received: Received, limits: Limits
) -> Iterator[Capture | GatherError]:
    origin = f"{received.origin}#{entry.filename}"
    try:
        with package.open(entry) as file:
            hashed = _Hashed(file)
            yield from captures_in_warc(io.BufferedReader(hashed), replace(received, origin=origin), limits)
            hashed.finish()
    except _BROKEN as error:
        yield BrokenArchive(origin, f"the file is damaged in the ZIP ({error})", _CURE)
        return
    if digest is None:
        yield BrokenArchive(origin, "the package states no digest of this file", _CURE)
    elif hashed.digest() != digest:
        yield BrokenArchive(origin, "the file differs from the digest that the package states", _CURE)


class _Hashed(io.RawIOBase):
    """The bytes of a file, and their SHA-256."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._hash = hashlib.sha256()

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer with the next bytes."""
        view = memoryview(buffer).cast("B")
        piece = self._file.read(len(view))
        self._hash.update(piece)
        view[: len(piece)] = piece
        return len(piece)

    def finish(self) -> None:
        """Read what is left."""
        while self.read(1_000_000):
            pass

    def digest(self) -> str:
        """The SHA-256 of the bytes read so far, in hexadecimal."""
        return self._hash.hexdigest()
