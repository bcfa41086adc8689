"""Captures into drafts, in this process or in several; what cannot be read costs nobody else."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Final

from sayso.errors import SaysoError
from sayso.ledger.drafts import Draft, Key, draft, reading_draft
from sayso.read import read_report
from sayso.read.in_order import in_order
from sayso.read.plugins import Reader, read_by
from sayso.vocabulary import Capture, Reading

_DIED: Final = "the process that read it died, perhaps for want of memory"
_AHEAD: Final = 8  # captures for each process that are read while those before are stored


@dataclass(frozen=True, slots=True)
class Also:
    """What else is made of each reading in the process that reads: by `make`, a function of a module that never raises.

    `take` hears of it here, before the reading is stored.
    """

    make: Callable[[Reading], Any]
    take: Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of one capture: its draft, why it has no reading where it should have one, and what else was made."""

    draft: Draft
    problem: str = ""
    made: Any = None


def unread(capture: Capture, key: Key) -> Worked:
    """The capture as it is, without a reading."""
    return Worked(draft(capture, key, None))


@dataclass(slots=True)
class Readers:
    """Who reads: a reader that is given, else the shipped one in so many processes.

    The processes are started when there is something to read, and anew where one of them died.
    """

    jobs: int
    reader: Reader | None = None
    make: Callable[[Reading], Any] | None = None
    pool: ProcessPoolExecutor | None = None

    def submit(self, capture: Capture, key: Key) -> Future[Worked]:
        """Have a capture read by one of the processes."""
        if self.pool is None:
            self.pool = _pool(self.jobs)
        return self.pool.submit(read, capture, key, None, self.make)

    def end(self) -> None:
        """Let go of the processes."""
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)
            self.pool = None


@contextmanager
def readers(jobs: int, reader: Reader | None, make: Callable[[Reading], Any] | None) -> Iterator[Readers]:
    """Who reads, and makes what else is made, until the block ends."""
    found = Readers(jobs, reader, make)
    try:
        yield found
    finally:
        found.end()


def read(
    capture: Capture, key: Key, reader: Reader | None = None, make: Callable[[Reading], Any] | None = None
) -> Worked:
    """The capture with a reader's reading, the shipped one's unless one is given, or without one and the reason."""
    report = key.named(capture.report)
    try:
        found = read_by(reader, report) if reader else read_report(report)
        reading = reading_draft(found, key.report)
    except SaysoError as error:
        return Worked(draft(capture, key, None), str(error))
    except (ArithmeticError, LookupError, MemoryError, RecursionError, TypeError, ValueError) as error:
        problem = f"the reader failed on it ({type(error).__name__}: {error})"
        return Worked(draft(capture, key, None), problem)
    return Worked(draft(capture, key, reading), made=make(found) if make is not None else None)


def read_all(items: Iterable[tuple[Capture, Key]], by: Readers) -> Iterator[Worked]:
    """Every capture read, in order; never many ahead.

    A capture whose process dies is tried once more alone, and then left unread. A reader that is given has processes
    of its own, and is asked by as many threads as there are jobs.
    """
    if by.reader is not None:
        yield from in_order(lambda item: read(*item, by.reader, by.make), items, by.jobs)
        return
    if by.jobs == 1:
        yield from (read(capture, key, None, by.make) for capture, key in items)
        return
    waiting: deque[tuple[Capture, Key, Future[Worked]]] = deque()
    for capture, key in items:
        waiting.append((capture, key, by.submit(capture, key)))
        if len(waiting) >= _AHEAD * by.jobs:
            yield _next(waiting, by)
    while waiting:
        yield _next(waiting, by)


def _next(waiting: deque[tuple[Capture, Key, Future[Worked]]], by: Readers) -> Worked:
    """What came of the first; those after it are read anew where a process died."""
    capture, key, future = waiting.popleft()
    try:
        return future.result()
    except BrokenProcessPool:
        by.end()
    found = _alone(capture, key, by)
    again = [(its_capture, its_key, by.submit(its_capture, its_key)) for its_capture, its_key, _ in waiting]
    waiting.clear()
    waiting.extend(again)
    return found


def _alone(capture: Capture, key: Key, by: Readers) -> Worked:
    with _pool(1) as pool:
        try:
            return pool.submit(read, capture, key, None, by.make).result()
        except BrokenProcessPool:
            return Worked(draft(capture, key, None), _DIED)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
