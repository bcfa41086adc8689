"""Where fingerprints are looked up: what an index has to answer, and one held in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sayso.trace.copies.letters import Ints
from sayso.trace.copies.prints import Prints, fingerprints
from sayso.vocabulary import Report, ReportId


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as the ledger keeps it. `captured` is when its bytes were first received, in UTC (ISO 8601)."""

    report: Report
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class Postings:
    """Which reports carry which of some hashes: of each hash, ascending, the reports `held[begins[n] : begins[n + 1]]`.

    Reports have numbers, each index its own.
    """

    hashes: Ints
    begins: Ints
    held: Ints

    def of(self, hashes: Ints) -> tuple[Ints, Ints]:
        """The reports that carry some of these hashes, each as often as it does, and which of these it is."""
        at = np.searchsorted(self.hashes, hashes)
        first = self.begins[at]
        times = self.begins[at + 1] - first
        which = np.repeat(np.arange(len(hashes)), times)
        within = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
        return self.held[first[which] + within], which


def postings_of(hashes: Ints, holders: Sequence[Sequence[int] | Ints]) -> Postings:
    """The postings of hashes, ascending, from the numbers of the reports that carry each."""
    ends = np.cumsum([len(each) for each in holders], dtype=np.int64)
    held = np.concatenate([np.zeros(0, dtype=np.int64), *(np.asarray(each, dtype=np.int64) for each in holders)])
    return Postings(hashes, np.concatenate(([0], ends)).astype(np.int64), held)


class Index(Protocol):
    """The fingerprints of all reports kept. Reports are found by their id; the order they came in plays no part."""

    def __len__(self) -> int:
        """How many reports there are."""
        ...

    def kept(self, report: ReportId) -> Kept | None:
        """The report with this id, if it is there."""
        ...

    def frequencies(self, hashes: Ints, most: int) -> Ints:
        """How many reports carry each of these hashes; `most` may stand for any number above it."""
        ...

    def postings(self, hashes: Ints) -> Postings:
        """Who carries these hashes, which ascend."""
        ...

    def ids(self, numbers: Ints) -> list[ReportId]:
        """The ids of reports by the numbers that postings have."""
        ...

    def meet(self, wanted: Iterable[ReportId]) -> None:
        """Be told which reports will be asked for, so as to look them up together."""
        ...


class MemoryIndex:
    """An index in memory, for tests, benchmarks and one-off batches."""

    def __init__(self) -> None:
        self._kept: dict[ReportId, Kept] = {}
        self._ids: list[ReportId] = []
        self._postings: dict[int, list[int]] = {}

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
            self._postings.setdefault(value, []).append(len(self._ids))
        self._ids.append(kept.report.id)

    def kept(self, report: ReportId) -> Kept | None:
        """The report with this id, if it is there."""
        return self._kept.get(report)

    def frequencies(self, hashes: Ints, most: int) -> Ints:
        """How many reports carry each of these hashes, all counted."""
        return np.array([len(self._postings.get(value, ())) for value in hashes.tolist()], dtype=np.int64)

    def postings(self, hashes: Ints) -> Postings:
        """Who carries these hashes, which ascend."""
        return postings_of(hashes, [self._postings.get(value, ()) for value in hashes.tolist()])

    def ids(self, numbers: Ints) -> list[ReportId]:
        """The ids of reports by the numbers that postings have."""
        return [self._ids[number] for number in numbers.tolist()]

    def meet(self, wanted: Iterable[ReportId]) -> None:
        """Everything is at hand already."""
