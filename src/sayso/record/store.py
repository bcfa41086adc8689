"""Where findings are kept: a narrow protocol, and a file of JSON Lines that is only ever added to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from sayso.errors import NotAFinding, RecordError
from sayso.record.findings import as_row, from_row
from sayso.share.json_text import json_text
from sayso.vocabulary import Finding, FindingId


class Record(Protocol):
    """A collection of findings that grows and never changes; a finding is in it once, whatever it was imported from."""

    def add(self, findings: Iterable[Finding]) -> int:
        """Keep those that are new; how many were."""

    def findings(self) -> Iterator[Finding]:
        """All findings, in the order they were added."""

    def finding(self, finding: FindingId) -> Finding | None:
        """The finding with this id."""


class JsonLinesRecord:
    """A record in a file, one finding a line. A line cut short by a crash was never promised and is written over."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._found: dict[FindingId, Finding] = {}
        self._whole = 0  # bytes of whole lines
        self._load()

    def add(self, findings: Iterable[Finding]) -> int:
        """Keep those that are new, on disk before it returns; how many were. Raises RecordError if that fails."""
        new = {found.id: found for found in findings if found.id not in self._found}
        if not new:
            return 0
        lines = "".join(json_text(as_row(found)) + "\n" for found in new.values()).encode()
        try:
            with self.path.open("r+b" if self.path.exists() else "w+b") as file:
                file.seek(self._whole)
                file.truncate()
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise RecordError(
                str(self.path), f"it cannot be written ({error.strerror})", "Check room and permissions"
            ) from error
        self._whole += len(lines)
        self._found |= new
        return len(new)

    def findings(self) -> Iterator[Finding]:
        """All findings, in the order they were added."""
        return iter(tuple(self._found.values()))

    def finding(self, finding: FindingId) -> Finding | None:
        """The finding with this id."""
        return self._found.get(finding)

    def _load(self) -> None:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise RecordError(
                str(self.path), f"it cannot be read ({error.strerror})", "Check its permissions"
            ) from error
        self._whole = data.rfind(b"\n") + 1
        for number, line in enumerate(data[: self._whole].splitlines(), start=1):
            found = from_row(_row(line, f"{self.path}:{number}"), f"{self.path}:{number}")
            self._found[found.id] = found


def _row(line: bytes, origin: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotAFinding(origin, "the line is damaged", "Restore the file, or import again into a new one") from error
    if not isinstance(row, dict):
        raise NotAFinding(origin, "the line is no finding", "Restore the file, or import again into a new one")
    return row
