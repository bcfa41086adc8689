"""The bytes of a web archive, plain or in gzip members, so that damage is noticed and can be stepped over."""

from __future__ import annotations

import zlib
from typing import IO, Final

from sayso.gather.limits import Limits

_MAGIC: Final = b"\x1f\x8b\x08"  # RFC 1952: a member, deflated
_PIECE: Final = 65_536
_TRIAL: Final = 4_096  # packed bytes that tell whether a member begins with a record
_TRIALS: Final = 10_000  # false beginnings of members looked into before a file counts as beyond repair
_START: Final = b"WARC/"


class Damage(Exception):
    """The bytes from here on cannot be read. `too_large` says it is because they unpack to too much."""

    def __init__(self, problem: str, *, too_large: bool = False) -> None:
        super().__init__(problem)
        self.too_large = too_large


class Unpacking:
    """The unpacked bytes of a stream, from front to back. `packed` says whether it is gzip.

    Every member has to end whole, with the checksum and the length it states (RFC 1952, 2.3.1).
    """

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._raw = stream.read(_PIECE)
        self._ready = bytearray()
        self._member: zlib._Decompress | None = None
        self._came = self._went = 0  # bytes of the member, packed and unpacked
        self._trials = _TRIALS
        self.packed = self._raw.startswith(_MAGIC[:2])

    def take(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end. Raises Damage."""
        while len(self._ready) < size and self._fill():
            pass
        taken = bytes(self._ready[:size])
        del self._ready[:size]
        return taken

    def line(self, most: int) -> bytes:
        """The next line with its end, cut at `most` bytes. Raises Damage."""
        searched = 0
        while (end := self._ready.find(b"\n", searched)) < 0 and len(self._ready) < most and self._fill():
            searched = max(searched, len(self._ready) - _PIECE - 1)
        return self.take(min(end + 1 if end >= 0 else most, most))

    def skip(self, size: int) -> int:
        """Pass over `size` bytes; returns how many there were. Raises Damage."""
        passed = 0
        while passed < size and (piece := self.take(min(size - passed, _PIECE))):
            passed += len(piece)
        return passed

    def resume(self) -> bool:
        """Go on at the next gzip member that begins with a record; False if there is none, or no gzip.

        In a plain archive there is no telling a record from a text that looks like one, so nothing follows damage.
        """
        self._ready.clear()
        self._member = None
        place = 0
        while self.packed and self._trials:
            place = self._raw.find(_MAGIC, place)
            if place < 0:
                piece = self._stream.read(_PIECE)
                if not piece:
                    return False
                self._raw, place = self._raw[-len(_MAGIC) + 1 :] + piece, 0
                continue
            if len(self._raw) - place < _TRIAL:
                self._raw, place = self._raw[place:] + self._stream.read(_PIECE), 0
            if _begins_a_record(self._raw[place : place + _TRIAL]):
                self._raw = self._raw[place:]
                return True
            place += 1
            self._trials -= 1
        return False

    def _fill(self) -> bool:
        """Make some more bytes ready; False at the end."""
        if not self._raw:
            self._raw = self._stream.read(_PIECE)
        if not self._raw:
            if self._member is not None:
                raise Damage("the file is cut off inside a record")
            return False
        if not self.packed:
            self._ready += self._raw
            self._raw = b""
        else:
            self._unpack()
        return True

    def _unpack(self) -> None:
        if self._member is None:
            self._begin()
        member = self._member
        if member is None:
            return
        given = len(self._raw)
        try:
            out = member.decompress(self._raw, _PIECE)
        except zlib.error as error:
            if not self._came:  # the member began here, and is not to be found again
                self._raw = self._raw[1:]
            raise Damage(f"the gzip data are damaged ({error})") from error
        self._raw = member.unused_data if member.eof else member.unconsumed_tail
        self._came += given - len(self._raw)
        self._went += len(out)
        self._ready += out
        if member.eof:
            self._member = None
        limits = self._limits
        if self._went > limits.unpack_free and self._went > limits.unpack_ratio * self._came:
            raise Damage(f"it unpacks to more than {limits.unpack_ratio} times its size", too_large=True)

    def _begin(self) -> None:
        if len(self._raw) < len(_MAGIC):
            self._raw += self._stream.read(_PIECE)
        if not self._raw.startswith(_MAGIC):
            raise Damage("what follows is no gzip member")
        self._member = zlib.decompressobj(31)
        self._came = self._went = 0


def _begins_a_record(raw: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(raw, len(_START)) == _START
    except zlib.error:
        return False
