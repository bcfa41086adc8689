"""Binary streams that can be looked into and measured, also where they cannot be rewound (pipes)."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Joined(io.RawIOBase):
    """The bytes of `head`, then those of `stream`, counted in `taken`. The caller closes the stream."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        super().__init__()
        self.taken = 0
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer with at most one line, so that a slow writer's lines are not held back."""
        view = memoryview(buffer).cast("B")
        piece = self._head[: len(view)] or self._stream.readline(len(view))
        self._head = self._head[len(piece) :]
        view[: len(piece)] = piece
        self.taken += len(piece)
        return len(piece)


def first_line(stream: IO[bytes], most: int) -> bytes:
    """What the stream begins with, up to the end of its first line that is not blank, or `most` bytes."""
    head = b""
    while not head.strip() and len(head) < most:
        piece = stream.readline(most - len(head))
        if not piece:
            break
        head += piece
    return head
