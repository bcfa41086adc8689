"""HTTP content codings undone (RFC 9110, 8.4), within limits of size and ratio, and noticing a cut."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final, Protocol

_PIECE: Final = 1_000_000


class BadCoding(Exception):
    """The bytes are not what their content coding says, are cut, or grow beyond the limits."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much may come out: `most` bytes in all, and above `free` bytes no more than `ratio` times what went in."""

    most: int
    free: int
    ratio: int


class _Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]: ...

    def whole(self) -> bool: ...


def unpacked(pieces: Iterable[bytes], coding: str, room: Room) -> bytes:
    """The bytes in these pieces, their content codings ("gzip, br") undone from last to first. Raises BadCoding."""
    for name in reversed([name.strip().lower() for name in coding.split(",")]):
        if name and name != "identity":
            pieces = _undone(pieces, _decoder(name), room)
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > room.most:
            raise BadCoding(f"it is over the limit of {room.most:,} bytes")
    return bytes(whole)


def _undone(pieces: Iterable[bytes], decoder: _Decoder, room: Room) -> Iterator[bytes]:
    came = went = 0
    for piece in pieces:
        came += len(piece)
        for out in decoder.feed(piece):
            went += len(out)
            if went > room.free and went > room.ratio * came:
                raise BadCoding(f"it unpacks to more than {room.ratio} times its size")
            yield out
    if came and not decoder.whole():
        raise BadCoding("it is cut off, or not packed as it says")


def _decoder(name: str) -> _Decoder:
    if name in ("gzip", "x-gzip"):
        return _Deflate(31)
    if name == "deflate":
        return _Deflate(15)
    if name == "br" and find_spec("brotli"):
        return _Brotli()
    hint = ": pip install 'sayso[archives]'" if name == "br" else ""
    raise BadCoding(f"its content coding {name[:20]!r} cannot be undone{hint}")


class _Deflate:
    def __init__(self, window: int) -> None:
        self._window = window
        self._decoder = zlib.decompressobj(window)
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            try:
                out = self._decoder.decompress(data, _PIECE)
            except zlib.error as error:
                if self._begun or self._window != 15:
                    raise BadCoding(f"its gzip or deflate data are damaged ({error})") from error
                self._window, self._decoder = -15, zlib.decompressobj(-15)  # what some servers call deflate
                continue
            self._begun = True
            if self._decoder.eof:
                data, self._decoder = b"", self._after(self._decoder)
            else:
                data = self._decoder.unconsumed_tail
            yield out

    def _after(self, decoder: zlib._Decompress) -> zlib._Decompress:
        if decoder.unused_data.strip(b"\0"):
            raise BadCoding("bytes follow its packed data")
        return decoder

    def whole(self) -> bool:
        return self._decoder.eof


class _Brotli:
    def __init__(self) -> None:
        import brotli

        self._broken: type[Exception] = brotli.error
        self._decoder = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            yield self._decoder.process(data, output_buffer_limit=_PIECE)
            while not self._decoder.can_accept_more_data():
                yield self._decoder.process(b"", output_buffer_limit=_PIECE)
        except self._broken as error:
            raise BadCoding(f"its brotli data are damaged ({error})") from error

    def whole(self) -> bool:
        return bool(self._decoder.is_finished())
