"""What reports give by themselves, worked out in this process or in several, a batch at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final

from sayso.trace.following.material import Material, Outcome, Untraced, derive
from sayso.vocabulary import ReportId

_AHEAD: Final = 2  # batches that may be worked on at once
_DIED: Final = "the process that worked on it died, perhaps for want of memory"
_Batch = tuple[Sequence[Material], Sequence[Future[Outcome]]]


def derive_all(batches: Iterable[Sequence[Material]], jobs: int) -> Iterator[list[Outcome]]:
    """What comes of each batch, in order, by as many processes as there are jobs; never many ahead.

    A report whose process dies is tried once more alone, and then comes to nothing.
    """
    if jobs == 1:
        yield from ([derive(material) for material in batch] for batch in batches)
        return
    pool = _pool(jobs)
    waiting: deque[_Batch] = deque()
    try:
        for batch in batches:
            waiting.append(_submitted(batch, pool))
            while len(waiting) >= _AHEAD:
                pool = yield from _next(waiting, pool, jobs)
        while waiting:
            pool = yield from _next(waiting, pool, jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def _next(
    waiting: deque[_Batch], pool: ProcessPoolExecutor, jobs: int
) -> Generator[list[Outcome], None, ProcessPoolExecutor]:
    """Yield what came of the first batch; return the pool to go on with."""
    batch, futures = waiting.popleft()
    try:
        yield [future.result() for future in futures]
        return pool
    except BrokenProcessPool:
        pool.shutdown(cancel_futures=True)
    yield [_alone(material) for material in batch]
    fresh = _pool(jobs)
    again = [_submitted(materials, fresh) for materials, _ in waiting]
    waiting.clear()
    waiting.extend(again)
    return fresh


def _submitted(batch: Sequence[Material], pool: ProcessPoolExecutor) -> _Batch:
    return batch, [pool.submit(derive, material) for material in batch]


def _alone(material: Material) -> Outcome:
    with _pool(1) as pool:
        try:
            return pool.submit(derive, material).result()
        except BrokenProcessPool:
            id_ = ReportId("r-" + material.state.id.hex())
            return Outcome(material.number, material.state, id_, {}, (Untraced(id_, "all", _DIED),))


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
