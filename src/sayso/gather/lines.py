"""The lines of a stream, plain or gzip, each within the limit: memory stays bounded however large the file."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, Final

from sayso.errors import BrokenLine, TooLarge
from sayso.gather.decode import PEEK
from sayso.gather.limits import Limits
from sayso.gather.streams import Joined, first_line

_GZIP: Final = b"\x1f\x8b"
_PIECE: Final = 65_536  # bytes read at once while an overlong line is skipped


class Lines:
    """The lines of a stream, counted, each no longer than the limit; gzip is unpacked on the way.

    `place` is `origin:line` of the line given last; `ended` is set when no line can follow.
    """

    def __init__(self, stream: IO[bytes], origin: str, limits: Limits) -> None:
        self.place = origin
        self.ended = False
        self._origin = origin
        self._limits = limits
        self._number = 0
        head = first_line(stream, PEEK)
        self._source = Joined(head, stream)
        self._packed = head.startswith(_GZIP)
        source = io.BufferedReader(self._source)
        self._lines: io.BufferedIOBase = gzip.GzipFile(fileobj=source) if self._packed else source

    def next(self) -> bytes | None:
        """The next line, or None at the end. Raises GatherError; `ended` says if it was the last."""
        self._number += 1
        self.place = f"{self._origin}:{self._number}"
        try:
            return self._read_line()
        except (EOFError, OSError, zlib.error) as error:
            self.ended = True
            cure = "Get an undamaged copy; the lines before were read"
            raise BrokenLine(self.place, f"the file breaks off here ({error})", cure) from error

    def _read_line(self) -> bytes | None:
        limit = self._limits.line_bytes
        line = self._lines.readline(limit + 1)
        self._check_ratio()
        if len(line) <= limit:
            return line or None
        self._skip_rest(line)
        problem = f"the line is over the limit of {limit:,} bytes and was skipped"
        raise BrokenLine(self.place, problem, "Shorten it, or raise the limit")

    def _skip_rest(self, piece: bytes) -> None:
        while piece and not piece.endswith(b"\n"):
            piece = self._lines.readline(_PIECE)
            self._check_ratio()

    def _check_ratio(self) -> None:
        if not self._packed:
            return
        out = self._lines.tell()
        if out > self._limits.unpack_free and out > self._limits.unpack_ratio * self._source.taken:
            self.ended = True
            problem = f"it unpacks to more than {self._limits.unpack_ratio} times its size"
            raise TooLarge(self.place, problem, "Unpack it yourself if you trust it")
