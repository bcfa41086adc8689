"""Files that are there whole or not at all: written under another name beside their own, which they get at the end."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sayso.errors import SaysoError


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A file on its way to `path`, which may be a link to `real`; so far it is `unfinished`, beside that."""

    path: Path
    real: Path
    unfinished: Path
    out: IO[bytes]


@contextmanager
def begun(path: Path) -> Iterator[Unfinished]:
    """A file under another name beside its own; what is left of it at the end is removed. Raises SaysoError."""
    real = path.resolve()
    unfinished = real.with_name(f".{real.name}.{secrets.token_hex(4)}.part")
    with _telling(path):
        real.parent.mkdir(parents=True, exist_ok=True)
        out = unfinished.open("xb")
    try:
        yield Unfinished(path, real, unfinished, out)
    finally:
        with suppress(OSError):  # what a full disk did not take was told before
            out.close()
        unfinished.unlink(missing_ok=True)


def put(file: Unfinished, data: bytes) -> None:
    """Write to a file. Raises SaysoError."""
    with _telling(file.path):
        file.out.write(data)


def finish(files: Sequence[Unfinished]) -> None:
    """Give every file its name, once all of them are on the disk. Raises SaysoError."""
    for file in files:
        with _telling(file.path):
            file.out.flush()
            os.fsync(file.out.fileno())
    for file in files:
        with _telling(file.path):
            file.unfinished.replace(file.real)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SaysoError(f"{path}: cannot be written: {error.strerror}", "Choose another place for it") from error
