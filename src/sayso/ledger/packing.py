"""Texts, readings and small records as bytes, and back, without loss.

Texts are UTF-8 under Zstandard (RFC 8878). Records and readings are MessagePack, maps by the names of the vocabulary's
fields. A reading is packed with the report's text as its dictionary, since most of its strings stand there.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any, Final

import msgspec
import zstandard

from sayso.vocabulary import Reading, Report, ReportId

_LEVEL: Final = 4
_NO_REPORT: Final = Report(ReportId(""), "")
_readings: Final = msgspec.msgpack.Decoder(Reading)
_anything: Final = msgspec.msgpack.Decoder(Any)


class Unpackable(ValueError):
    """Bytes that are no packed thing of ours."""


def crc(data: bytes) -> int:
    """CRC-32 of some bytes: any single flipped byte changes it."""
    return zlib.crc32(data)


def record(*values: object) -> bytes:
    """A small record of plain values. Raises UnicodeEncodeError on a lone surrogate."""
    return msgspec.msgpack.encode(values)


def recorded(data: bytes) -> list[Any]:
    """The values of a record. Raises Unpackable."""
    try:
        values = _anything.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unpackable(str(error)) from error
    if not isinstance(values, list):
        raise Unpackable("it is no record")
    return values


def pack(data: bytes) -> bytes:
    """Bytes under Zstandard."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(data)


def unpack(data: bytes, size: int) -> bytes:
    """The bytes that were packed, which are `size` long at most. Raises Unpackable."""
    try:
        return _bounded(zstandard.ZstdDecompressor(), data, size)
    except zstandard.ZstdError as error:
        raise Unpackable(str(error)) from error


def pack_text(text: str) -> bytes:
    """A text in UTF-8 under Zstandard. Raises UnicodeEncodeError on a lone surrogate."""
    return pack(text.encode())


def unpack_text(data: bytes) -> str:
    """The text that was packed. Raises Unpackable."""
    try:
        return zstandard.ZstdDecompressor().decompress(data).decode()
    except (zstandard.ZstdError, UnicodeDecodeError, MemoryError) as error:
        raise Unpackable(str(error)) from error


def reading_bytes(reading: Reading) -> bytes:
    """A reading without its report, of which only the flags stay. Raises UnicodeEncodeError on a lone surrogate."""
    return msgspec.msgpack.encode(replace(reading, report=replace(_NO_REPORT, flags=reading.report.flags)))


def reading_of(data: bytes, report: Report) -> Reading:
    """The reading of a report that the bytes hold. Raises Unpackable."""
    try:
        reading = _readings.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unpackable(str(error)) from error
    return replace(reading, report=replace(report, flags=reading.report.flags))


def pack_reading(data: bytes, text: str) -> bytes:
    """A reading's bytes packed beside the text they are about."""
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=_beside(text)).compress(data)


def unpack_reading(data: bytes, text: str) -> bytes:
    """The bytes of a reading that were packed beside this text. Raises Unpackable."""
    try:
        return zstandard.ZstdDecompressor(dict_data=_beside(text)).decompress(data)
    except (zstandard.ZstdError, MemoryError) as error:
        raise Unpackable(str(error)) from error


def plain(data: bytes) -> Any:  # noqa: ANN401 - any value of MessagePack
    """What a reading's bytes hold as lists, maps and plain values, in their order. Raises Unpackable."""
    try:
        return _anything.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unpackable(str(error)) from error


def plain_bytes(value: object) -> bytes:
    """The bytes that `plain` took apart: the same again, byte for byte."""
    return msgspec.msgpack.encode(value)


def _bounded(unpacker: zstandard.ZstdDecompressor, data: bytes, size: int) -> bytes:
    told = zstandard.frame_content_size(data)
    if told != size:
        raise Unpackable(f"it unpacks to {told} bytes and not to {size}")
    return unpacker.decompress(data)


def _beside(text: str) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(_phrases() + text.encode(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)


@cache
def _phrases() -> bytes:
    """What most readings have in common; never to be changed, since packed readings lean on it."""
    return (resources.files("sayso.ledger") / "data" / "reading-1.dict").read_bytes()
