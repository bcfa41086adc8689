"""Snapshots: files named by the SHA-256 of the bytes that came, packed, in folders by its first byte.

A file appears under its name only when it is whole and on the disk, so that a name that is there can be trusted until
its CRC says otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.ledger.disk import Disk
from sayso.ledger.identity import snapshot_bytes
from sayso.ledger.packing import Unpackable, crc, pack, unpack


@dataclass(frozen=True, slots=True)
class Packed:
    """A snapshot ready to be written: its digest, how long its bytes were, and the file that holds them."""

    digest: bytes
    size: int
    file: bytes

    def crc(self) -> int:
        """CRC-32 of the file."""
        return crc(self.file)


def packed(digest: bytes, data: bytes) -> Packed:
    """The snapshot of these bytes."""
    return Packed(digest, len(data), pack(data))


def path_of(folder: Path, digest: bytes) -> Path:
    """Where the snapshot with this digest is."""
    name = digest.hex()
    return folder / name[:2] / name[2:]


def write(folder: Path, snapshots: Iterable[Packed], disk: Disk) -> None:
    """Write the snapshots that are not there yet; they are on the disk when this returns. Raises OSError."""
    touched: set[Path] = set()
    fresh = False
    for item in snapshots:
        path = path_of(folder, item.digest)
        if path.exists():
            continue
        fresh = fresh or not path.parent.exists()
        draft = path.with_name(f"{path.name}.{os.urandom(4).hex()}.new")
        try:
            disk.write(draft, item.file)
            disk.rename(draft, path)
        except OSError:
            disk.remove(draft)
            raise
        touched.add(path.parent)
    for parent in sorted(touched):
        disk.settle(parent)
    if fresh:
        disk.settle(folder)


def read(folder: Path, digest: bytes, size: int) -> bytes:
    """The bytes as they came. Raises OSError, or Unpackable where the file is not what was written."""
    return unpack(path_of(folder, digest).read_bytes(), size)


def broken(folder: Path, digest: bytes, size: int, sum_: int) -> str:
    """What is wrong with a snapshot's file; "" if nothing is."""
    try:
        file = path_of(folder, digest).read_bytes()
        if crc(file) != sum_:
            return "its file is not the one that was written"
        return "" if snapshot_bytes(unpack(file, size)) == digest else "its bytes are not those that came"
    except FileNotFoundError:
        return "its file is gone"
    except (OSError, Unpackable) as error:
        return f"its file cannot be read ({error})"


def files(folder: Path) -> Iterator[tuple[Path, bytes | None]]:
    """Every file in the folder, with the digest its name tells; None for a name that is none of ours."""
    for parent in sorted(folder.iterdir()) if folder.is_dir() else ():
        for path in sorted(parent.iterdir()) if parent.is_dir() else [parent]:
            yield path, _digest(parent.name + path.name)


def _digest(name: str) -> bytes | None:
    try:
        found = bytes.fromhex(name)
    except ValueError:
        return None
    return found if len(found) == 32 else None
