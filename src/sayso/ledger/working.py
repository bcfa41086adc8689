"""Captures into drafts, in this process or in several; what cannot be read costs nobody else."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final

from sayso.errors import SaysoError
from sayso.ledger.drafts import Draft, Key, draft, reading_draft
from sayso.read import read_report
from sayso.vocabulary import Capture

_DIED: Final = "the process that read it died, perhaps for want of memory"


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of one capture: its draft, and why it has no reading where it should have one."""

    draft: Draft
    problem: str = ""


def unread(capture: Capture, key: Key) -> Worked:
    """The capture as it is, without a reading."""
    return Worked(draft(capture, key, None))


def read(capture: Capture, key: Key) -> Worked:
    """The capture with the shipped reader's reading, or without one and the reason."""
    try:
        reading = reading_draft(read_report(key.named(capture.report)), key.report)
    except SaysoError as error:
        return Worked(draft(capture, key, None), str(error))
    except (ArithmeticError, LookupError, MemoryError, RecursionError, TypeError, ValueError) as error:
        problem = f"the reader failed on it ({type(error).__name__}: {error})"
        return Worked(draft(capture, key, None), problem)
    return Worked(draft(capture, key, reading))


def read_all(items: Iterable[tuple[Capture, Key]], jobs: int) -> Iterator[Worked]:
    """Every capture read, in order, by as many processes as there are jobs; never many ahead.

    A capture whose process dies is tried once more alone, and then left unread.
    """
    if jobs == 1:
        yield from (read(capture, key) for capture, key in items)
        return
    pool = _pool(jobs)
    waiting: deque[tuple[Capture, Key, Future[Worked]]] = deque()
    try:
        for capture, key in items:
            waiting.append((capture, key, pool.submit(read, capture, key)))
            while len(waiting) >= 2 * jobs:
                pool = yield from _next(waiting, pool, jobs)
        while waiting:
            pool = yield from _next(waiting, pool, jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def _next(
    waiting: deque[tuple[Capture, Key, Future[Worked]]], pool: ProcessPoolExecutor, jobs: int
) -> Generator[Worked, None, ProcessPoolExecutor]:
    """Yield what came of the first; return the pool to go on with."""
    capture, key, future = waiting.popleft()
    try:
        yield future.result()
        return pool
    except BrokenProcessPool:
        pool.shutdown(cancel_futures=True)
    yield _alone(capture, key)
    fresh = _pool(jobs)
    waiting.extend([(c, k, fresh.submit(read, c, k)) for c, k, _ in [waiting.popleft() for _ in range(len(waiting))]])
    return fresh


def _alone(capture: Capture, key: Key) -> Worked:
    with _pool(1) as pool:
        try:
            return pool.submit(read, capture, key).result()
        except BrokenProcessPool:
            return Worked(draft(capture, key, None), _DIED)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
