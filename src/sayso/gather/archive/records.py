"""The records of a WARC file (ISO 28500:2017), each with its length and digest checked."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from sayso.errors import BrokenArchive, GatherError, TooLarge
from sayso.gather.archive.unpacking import Damage, Unpacking
from sayso.gather.limits import Limits

Fields = tuple[tuple[str, str], ...]

_VERSION: Final = re.compile(rb"WARC/\d{1,2}\.\d{1,4}\r?\n")
_END: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(r"\d{1,15}")
_CURE: Final = "Get an undamaged copy; the records before were read"
_ALGORITHMS: Final = {"sha1": "sha1", "sha256": "sha256", "sha-1": "sha1", "sha-256": "sha256", "md5": "md5"}


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where it stands (`path#number`), its named fields, its block, and warnings about it."""

    origin: str
    fields: Fields
    block: bytes
    flags: tuple[str, ...] = ()

    def field(self, name: str) -> str | None:
        """The value of a field; names have no case."""
        return field(self.fields, name)


def field(fields: Fields, name: str) -> str | None:
    """The first value of a field; names have no case."""
    return next((value for key, value in fields if key.lower() == name.lower()), None)


def records(stream: IO[bytes], origin: str, limits: Limits) -> Iterator[Record | GatherError]:
    """Every record of an open WARC file, plain or gzip, and an error for each that is damaged or too large.

    After damage inside gzip reading goes on at the next member that holds a record; what is found there is flagged.
    In a plain file it ends. Whatever is cut, or differs from its checksum, length or digest, is an error.
    """
    source = Unpacking(stream, limits)
    number = 0
    flags: tuple[str, ...] = ()
    while True:
        number += 1
        place = f"{origin}#{number}"
        try:
            found = _next(source, place, flags, limits)
        except (Damage, BrokenArchive, EOFError, OSError) as error:
            yield _told(error, place)
            if not source.resume():
                return
            flags = ("the archive is damaged before this record",)
            continue
        if found is None:
            return
        yield found


def _told(error: Exception, place: str) -> GatherError:
    if isinstance(error, GatherError):
        return error
    if isinstance(error, Damage) and error.too_large:
        return TooLarge(place, str(error), "Unpack it yourself if you trust it")
    return BrokenArchive(place, str(error) or "the file is cut off", _CURE)


def _next(source: Unpacking, place: str, flags: tuple[str, ...], limits: Limits) -> Record | GatherError | None:
    """The next record, or what is wrong with it if reading can go on behind it; None at the end."""
    fields = _head(source, place, limits)
    if fields is None:
        return None
    length = _length(fields, place)
    if length > limits.record_bytes:
        _check_end(source, source.skip(length), length, place)
        problem = f"the record is over the limit of {limits.record_bytes:,} bytes and was skipped"
        return TooLarge(place, problem, "Raise the limit")
    block = source.take(length)
    _check_end(source, len(block), length, place)
    digest = field(fields, "WARC-Block-Digest")
    if (digest is None or not known(digest)) and not source.packed:
        flags = (*flags, "the archive holds no digest of this record that we know: a change to it would go unseen")
    if digest is not None and not matches(digest, block):
        return BrokenArchive(place, "the record differs from its digest and was left out", "Get an undamaged copy")
    return Record(place, fields, block, flags)


def _head(source: Unpacking, place: str, limits: Limits) -> Fields | None:
    """The named fields of the next record."""
    first = source.line(limits.record_header_bytes)
    if not first:
        return None
    if not _VERSION.fullmatch(first):
        raise BrokenArchive(place, "a record should begin here and does not", _CURE)
    lines: list[bytes] = []
    room = limits.record_header_bytes
    while (line := source.line(room)).strip(b"\r\n"):
        room -= len(line)
        if not line.endswith(b"\n") or room <= 0:
            problem = f"the record's header is cut off, or over {limits.record_header_bytes:,} bytes"
            raise BrokenArchive(place, problem, _CURE)
        lines.append(line)
    if not line:
        raise BrokenArchive(place, "the file is cut off inside a record's header", _CURE)
    return fields_in(lines)


def fields_in(lines: list[bytes]) -> Fields:
    """The named fields in these lines; a line that begins with white space goes on with the one before."""
    found: list[tuple[str, str]] = []
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in (" ", "\t") and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {text.strip()}")
        else:
            name, _, value = text.partition(":")
            found.append((name.strip(), value.strip()))
    return tuple(found)


def _length(fields: Fields, place: str) -> int:
    stated = [value for name, value in fields if name.lower() == "content-length"]
    if len(stated) != 1 or not _LENGTH.fullmatch(stated[0]):
        raise BrokenArchive(place, "the record states no length, or no possible one", _CURE)
    return int(stated[0])


def _check_end(source: Unpacking, found: int, length: int, place: str) -> None:
    if found < length:
        problem = f"the file is cut off: the record states {length:,} bytes and {found:,} are there"
        raise BrokenArchive(place, problem, _CURE)
    if source.take(len(_END)) != _END:
        raise BrokenArchive(place, "the record does not end where its stated length ends", _CURE)


def known(digest: str) -> bool:
    """Whether a digest is of a kind that can be checked."""
    return digest.strip().partition(":")[0].lower() in _ALGORITHMS


def matches(digest: str, data: bytes) -> bool:
    """Whether `data` have this digest ("sha1:" and base32, or hexadecimal or base64). One of another kind is not held
    against them.
    """
    name, _, value = digest.strip().partition(":")
    algorithm = _ALGORITHMS.get(name.lower())
    if algorithm is None:
        return True
    actual = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return actual in _readings(value)


def _readings(value: str) -> Iterator[bytes]:
    """What the value may mean; a digest that is none in any way fits nothing."""
    for read in (bytes.fromhex, _base32, base64.b64decode):
        try:
            yield read(value)
        except (ValueError, binascii.Error):
            continue


def _base32(value: str) -> bytes:
    return base64.b32decode(value.upper() + "=" * (-len(value) % 8))
