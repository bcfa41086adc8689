"""Where fingerprints are looked up: what an index has to answer, and one held in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, Protocol

import numpy as np

from sayso.trace.copies.letters import Ints
from sayso.trace.copies.prints import Prints, fingerprints
from sayso.vocabulary import Report, ReportId


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as the ledger keeps it. `captured` is when its bytes were first received, in UTC (ISO 8601)."""

    report: Report
    captured: str | None = None


class Posting(NamedTuple):
    """A fingerprint of a report: its hash and the report."""

    hash: int
    report: ReportId


class Index(Protocol):
    """The fingerprints of all reports kept. Reports are found by their id; the order they came in plays no part."""

    def __len__(self) -> int:
        """How many reports there are."""
        ...

    def kept(self, report: ReportId) -> Kept | None:
        """The report with this id, if it is there."""
        ...

    def frequencies(self, hashes: Ints) -> Ints:
        """How many reports carry each of these hashes; `lookup.BUDGET` may stand for any number above it."""
        ...

    def postings(self, hashes: Ints) -> Iterable[Posting]:
        """The fingerprints with these hashes, in no particular order."""
        ...


class MemoryIndex:
    """An index in memory, for tests, benchmarks and one-off batches."""

    def __init__(self) -> None:
        self._kept: dict[ReportId, Kept] = {}
        self._postings: dict[int, list[Posting]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Kept]:
        return iter(self._kept.values())

    def add(self, kept: Kept, prints: Prints | None = None) -> None:
        """Take in a report, with its fingerprints if they are known. One that is there already changes nothing."""
        if kept.report.id in self._kept:
            return
        self._kept[kept.report.id] = kept
        prints = fingerprints(kept.report.text) if prints is None else prints
        for value in prints.hashes.tolist():
            self._postings.setdefault(value, []).append(Posting(value, kept.report.id))

    def kept(self, report: ReportId) -> Kept | None:
        """The report with this id, if it is there."""
        return self._kept.get(report)

    def frequencies(self, hashes: Ints) -> Ints:
        """How many reports carry each of these hashes."""
        return np.array([len(self._postings.get(value, ())) for value in hashes.tolist()], dtype=np.int64)

    def postings(self, hashes: Ints) -> Iterator[Posting]:
        """The fingerprints with these hashes."""
        return chain.from_iterable(self._postings.get(value, ()) for value in hashes.tolist())
