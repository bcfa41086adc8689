"""Records of a WARC file (ISO 28500:2017, 1.1), each a gzip member of its own, always the same for the same content."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

_NAMESPACE: Final = UUID("2f6f4c0e-6f0e-5d0b-8f5e-3d9c1f2b7a10")
_LEVEL: Final = 6
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
_BREAKS: Final = re.compile(r"[\r\n\0]+")
# What no longer holds of bytes that were unpacked: kept under another name, as other archivers do.
_OF_TRANSFER: Final = frozenset(("content-encoding", "transfer-encoding", "content-length"))


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its type, its id, its member as it stands in the file, and what an index says of it."""

    type: str
    id: str
    member: bytes
    payload_digest: str
    record_digest: str


def record(type_: str, name: str, date: str, block: bytes, media: str, fields: Iterable[tuple[str, str]]) -> Record:
    """A record with an id by its name; the payload of an HTTP response is its content, else the block."""
    id_ = f"<urn:uuid:{uuid5(_NAMESPACE, f'{type_} {name}')}>"
    payload = _content(block) if media.startswith("application/http") else block
    digest = _base32("sha1", payload)
    head = (
        ("WARC-Type", type_),
        ("WARC-Record-ID", id_),
        ("WARC-Date", date),
        *fields,
        ("Content-Type", media),
        ("WARC-Block-Digest", _base32("sha256", block)),
        ("WARC-Payload-Digest", digest),
        ("Content-Length", str(len(block))),
    )
    lines = "".join(f"{name}: {one_field(value)}\r\n" for name, value in head)
    whole = b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"
    return Record(type_, id_, _member(whole), digest, f"sha256:{hashlib.sha256(whole).hexdigest()}")


def response_block(headers: Iterable[tuple[str, str]], content: bytes, media: str | None) -> bytes:
    """An HTTP response (RFC 9112) for content that came with these headers and was unpacked since."""
    found = [(f"X-Archive-Orig-{name}" if name.lower() in _OF_TRANSFER else name, value) for name, value in headers]
    if media and not any(name.lower() == "content-type" for name, _ in found):
        found.append(("Content-Type", media))
    found.append(("Content-Length", str(len(content))))
    lines = "".join(f"{one_field(name).replace(':', '')}: {one_field(value)}\r\n" for name, value in found)
    return b"HTTP/1.1 200 OK\r\n" + lines.encode() + b"\r\n" + content


def status_of(block: bytes) -> tuple[str, str]:
    """The status and the media type of an HTTP response; empty where it has none."""
    head = _HEADER_END.split(block, maxsplit=1)[0].decode("utf-8", "replace").splitlines()
    parts = head[0].split(maxsplit=2) if head else []
    media = next((line.partition(":")[2] for line in head[1:] if line.lower().startswith("content-type:")), "")
    return (parts[1] if len(parts) > 1 else ""), media.partition(";")[0].strip().lower()


def one_field(value: str) -> str:
    """A value as one line of a header."""
    return _BREAKS.sub(" ", value).strip()


def _content(block: bytes) -> bytes:
    end = _HEADER_END.search(block)
    return block[end.end() :] if end else b""


def _base32(algorithm: str, data: bytes) -> str:
    digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return f"{algorithm}:{base64.b32encode(digest).decode()}"


def _member(data: bytes) -> bytes:
    """A member of gzip (RFC 1952) without a time or a name."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    sums = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + packer.compress(data) + packer.flush() + sums
