"""Keeping up: reports are followed in a thread of their own while others are still being read.

What takes longest, to embed what is said, is done by those who read; what is left is mostly the database's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event
from typing import Final

from sayso.ledger import Ledger
from sayso.ledger.working import Also
from sayso.trace.claims.proposition import propositions
from sayso.trace.embedding import embedded, remember
from sayso.trace.following.follow import Followed, follow
from sayso.trace.following.material import FAILURES, Untraced
from sayso.vocabulary import Reading

_TOGETHER: Final = 16  # new reports from which on they are followed: one by one they cost more


class _Ended(Exception):
    """That what is left is to be followed by somebody else."""


def vectors(reading: Reading) -> dict[str, bytes]:
    """The embeddings of what is said in a report, packed; none where they cannot be made."""
    try:
        texts = list(dict.fromkeys(it.text for it in propositions(reading)))
        return dict(zip(texts, embedded(texts), strict=True))
    except FAILURES:  # whoever follows meets the same, and tells of it
        return {}


AHEAD: Final = Also(vectors, remember)  # what is handed from who reads to who follows


@contextmanager
def keeping_up(ledger: Ledger, problem: Callable[[Untraced], None]) -> Iterator[Callable[[int], None]]:
    """Follow within the block what is added to a ledger; what is given is to hear how many reports were added so far.

    `problem` hears what could not be derived. What is left when the block ends, or where following fails, waits for the
    next `follow`.
    """
    ended = Event()
    running: list[Future[None]] = []
    last = 0

    def round_() -> None:
        told = 0

        def tell(so_far: Followed) -> None:
            nonlocal told
            for each in so_far.problems[told:]:
                problem(each)
            told = len(so_far.problems)
            if ended.is_set():
                raise _Ended

        with suppress(_Ended):
            follow(ledger, tell=tell)

    def added(count: int) -> None:
        nonlocal last
        has_failed = any(it.done() and it.exception() is not None for it in running)
        if count - last >= _TOGETHER and all(it.done() for it in running) and not has_failed:
            last = count
            running[:] = [thread.submit(round_)]

    with ThreadPoolExecutor(1) as thread:
        try:
            yield added
        finally:
            ended.set()
