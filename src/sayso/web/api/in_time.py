"""Routes are plain functions that work in threads. One that takes too long is given up; its thread ends by itself, and
what it asks of the database is cut.

A thread that was given up keeps its turn until it ends, so that whatever is asked, only so many run at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from threading import Event
from typing import Final, ParamSpec, TypeVar

from anyio import CapacityLimiter, fail_after, sleep, to_thread

from sayso.ledger.cutting import within
from sayso.web.api.limits import Limits
from sayso.web.api.refusals import TooSlow
from sayso.web.api.service import Service
from sayso.web.api.turns import Turns

_P = ParamSpec("_P")
_Result = TypeVar("_Result")
_LOOK: Final = 0.02  # seconds between two looks for a free turn


def listing(work: Callable[_P, _Result]) -> Callable[_P, Awaitable[_Result]]:
    """A route that lists or searches, within its time. It has a parameter `service`; raises TooSlow."""
    return _bounded(work, lambda it: it.list_seconds, lambda it: it.searches)


def answering(work: Callable[_P, _Result]) -> Callable[_P, Awaitable[_Result]]:
    """A route whose answer is worked out across reports, within its time. Raises TooSlow."""
    return _bounded(work, lambda it: it.answer_seconds, lambda it: it.searches)


def reading(work: Callable[_P, _Result]) -> Callable[_P, Awaitable[_Result]]:
    """Reading a text, within its time. Raises TooSlow."""
    return _bounded(work, lambda it: it.read_seconds, lambda it: it.readings)


def _bounded(
    work: Callable[_P, _Result], seconds: Callable[[Limits], float], turns_of: Callable[[Service], Turns]
) -> Callable[_P, Awaitable[_Result]]:
    @wraps(work)
    async def bounded(*args: _P.args, **kwargs: _P.kwargs) -> _Result:
        service = kwargs["service"]
        assert isinstance(service, Service)
        turns, most = turns_of(service), seconds(service.limits)

        begun = Event()

        def worked() -> _Result:
            begun.set()
            try:
                with within(most):
                    return work(*args, **kwargs)
            finally:
                turns.give_back()

        try:
            with fail_after(most):
                while not turns.taken():
                    await sleep(_LOOK)
                try:
                    return await to_thread.run_sync(worked, abandon_on_cancel=True, limiter=CapacityLimiter(1))
                finally:
                    if not begun.is_set():  # given up before it began: nobody else will give the turn back
                        turns.give_back()
        except TimeoutError as error:
            cure = "Narrow it by outlet, days or rarer words, or ask again when fewer do"
            raise TooSlow(f"No answer was found within {most:g} seconds", cure) from error

    return bounded
