"""The few things the ledger does to files, in one place, so that each can be made to fail in a test."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """Where the ledger's files are written. Everything raises OSError as the system does."""

    def write(self, path: Path, data: bytes) -> None:
        """Make a new file with these bytes, on the disk itself when this returns."""

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, in one step."""

    def settle(self, folder: Path) -> None:
        """Bring a folder's names to the disk."""

    def remove(self, path: Path) -> None:
        """Delete a file; one that is not there is as good as deleted."""


@dataclass(frozen=True, slots=True)
class LocalDisk:
    """The disk of this machine."""

    def write(self, path: Path, data: bytes) -> None:
        """Make a new file with these bytes, on the disk itself when this returns."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, in one step."""
        new.parent.mkdir(parents=True, exist_ok=True)
        os.replace(old, new)

    def settle(self, folder: Path) -> None:
        """Bring a folder's names to the disk; Windows does so by itself."""
        if sys.platform == "win32":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        """Delete a file; one that is not there is as good as deleted."""
        path.unlink(missing_ok=True)
