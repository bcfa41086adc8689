"""The index of an archive: lines of CDXJ by address and time, sorted on the disk in parts."""

from __future__ import annotations

import heapq
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Final
from urllib.parse import urlsplit

from sayso.ledger.entries import canonical

_HELD: Final = 20_000  # lines sorted in memory
_WWW: Final = re.compile(r"www\d*\.")
_PORTS: Final = {"http": 80, "https": 443}
_DIGITS: Final = re.compile(r"\D")


def line(address: str, date: str, said: dict[str, str]) -> str:
    """The line of a record: its address turned round, so that sites stand together, and what is said of it."""
    return f"{turned(address)} {_DIGITS.sub('', date)[:14]} {canonical({'url': address, **said})}\n"


def turned(address: str) -> str:
    """An address as indexes have it (SURT): "https://www.post.example/A?b=1" is "example,post)/a?b=1"."""
    try:
        parts = urlsplit(address.lower())
        port = parts.port
    except ValueError:
        return _one_word(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        return _one_word(address)
    host = ",".join(reversed(_WWW.sub("", parts.hostname, count=1).split(".")))
    at = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    query = "&".join(sorted(parts.query.split("&")))
    return _one_word(f"{host}{at}){parts.path or '/'}{f'?{query}' if query else ''}")


def _one_word(text: str) -> str:
    """What a line of an index can begin with: no white space."""
    return re.sub(r"\s", "%20", text)


class Sorted:
    """Lines put in in any order and taken out in order of their bytes, held on the disk in sorted parts."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._waiting: list[bytes] = []
        self._parts: list[IO[bytes]] = []

    def put(self, text: str) -> None:
        """Take a line, with its end."""
        self._waiting.append(text.encode("utf-8", "replace"))
        if len(self._waiting) >= _HELD:
            part = self._stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
            part.writelines(sorted(self._waiting))
            part.seek(0)
            self._parts.append(part)
            self._waiting.clear()

    def __iter__(self) -> Iterator[bytes]:
        return heapq.merge(*self._parts, sorted(self._waiting))
