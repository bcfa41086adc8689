"""Who is at the page that is being made, for what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from sayso.web.accounts.callers import Caller

_PRESENT: Final[ContextVar[Caller | None]] = ContextVar("sayso_present", default=None)


@contextmanager
def present(caller: Caller | None) -> Iterator[None]:
    """Let somebody be there until the block ends."""
    before = _PRESENT.set(caller)
    try:
        yield
    finally:
        _PRESENT.reset(before)


def who_is_there() -> Caller | None:
    """Who is logged in; None where nobody is, or there are no accounts."""
    return _PRESENT.get()
