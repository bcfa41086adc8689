"""Where a ledger is: its database, the folder of its snapshots, and the disk that folder is on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sayso.ledger.database import Database
from sayso.ledger.disk import Disk


@dataclass(frozen=True, slots=True)
class Place:
    """An open ledger. What could not be added is told in the file `rejects`."""

    database: Database
    files: Path
    disk: Disk

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.database.name

    @property
    def rejects(self) -> Path:
        """The file that tells what could not be added."""
        return self.files.with_name(self.files.name.removesuffix(".files") + ".rejects.jsonl")
