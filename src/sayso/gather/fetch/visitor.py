"""Fetching like a good guest: guarded, one request at a time for each host, only what robots.txt allows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Final

from sayso.errors import FetchFailed, GatherError, Refused
from sayso.gather.fetch.network import PUBLIC, Reach, checked
from sayso.gather.fetch.robots import ALLOW_ALL, Robots, robots
from sayso.gather.fetch.target import Target, onward, target
from sayso.gather.limits import DEFAULT, Limits
from sayso.gather.received import Received, now

if TYPE_CHECKING:
    from sayso.gather.fetch.exchange import Answer

_ROBOTS_SECONDS: Final = 86_400  # RFC 9309, 2.4: not to be used for longer than a day
_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_WAIT: Final = frozenset((HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE))
_LONGEST_WAIT: Final = 86_400.0
_HEADERS: Final = (
    ("User-Agent", "sayso (reads news for research; obeys robots.txt as sayso)"),
    ("Accept", "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5"),
    ("Accept-Encoding", "gzip, deflate"),
    ("Connection", "close"),
)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask with whether its document changed (RFC 9110, 8.8), and the address that gave it."""

    address: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document from the network: its bytes, content codings undone, and how they came."""

    data: bytes
    received: Received
    validators: Validators | None = None


class Visitor:
    """Fetches addresses, and remembers when it last asked each host and what each robots.txt says.

    Several threads may share one. `sleep` is how it waits.
    """

    def __init__(
        self, limits: Limits = DEFAULT, reach: Reach = PUBLIC, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._limits = limits
        self._reach = reach
        self._sleep = sleep
        self._free: dict[str, float] = {}  # host -> the moment it may be asked again
        self._robots: dict[str, tuple[float, Robots]] = {}
        self._turn = Lock()

    def fetch(self, address: str, known: Validators | None = None) -> Fetched | None:
        """The document at an address, or None if it is still the one that `known` stands for.

        Every redirect is checked as the address was. Raises Refused, FetchFailed or TooLarge; each names the address.
        """
        here = target(address)
        for _ in range(self._limits.fetch_redirects + 1):
            answer = self._allowed_answer(here, known)
            if answer.status not in _REDIRECTS:
                return self._fetched(answer, here)
            here = _next(answer, here)
        problem = f"it redirects more than {self._limits.fetch_redirects} times"
        raise Refused(address, problem, "Give the final address")

    def _allowed_answer(self, here: Target, known: Validators | None) -> Answer:
        """The answer of one hop, if the guard and the site's robots.txt let us ask for it."""
        checked(here, self._reach)  # before robots.txt is asked for: that would already be a visit
        rules = self._rules(here)
        if not rules.allow(here.path):
            raise Refused(
                str(here), "the site's robots.txt forbids it", "Ask the site, or save the page and give the file"
            )
        return self._ask(here, _conditions(here, known), rules.delay)

    def _ask(self, here: Target, conditions: tuple[tuple[str, str], ...], delay: float) -> Answer:
        from sayso.gather.fetch.exchange import ask

        self._await_turn(here.host, delay)
        return ask(here, checked(here, self._reach), (*_HEADERS, *conditions), self._reach, self._limits)

    def _await_turn(self, host: str, delay: float) -> None:
        """Wait until the host may be asked again; whoever comes next waits from then on."""
        with self._turn:
            moment = max(time.monotonic(), self._free.get(host, 0.0))
            self._free[host] = moment + max(self._limits.host_seconds, delay)
        if (wait := moment - time.monotonic()) > 0:
            self._sleep(wait)

    def _rules(self, here: Target) -> Robots:
        known = self._robots.get(here.site)
        if known is None or known[0] < time.monotonic():
            known = time.monotonic() + _ROBOTS_SECONDS, self._fetched_rules(here)
            self._robots[here.site] = known
        return known[1]

    def _fetched_rules(self, here: Target) -> Robots:
        """The site's rules; all is allowed where it has none, and nothing where it cannot say (RFC 9309, 2.3.1)."""
        place = target(f"{here.site}/robots.txt")
        try:
            for _ in range(self._limits.fetch_redirects + 1):
                answer = self._ask(place, (), 0.0)
                if answer.status == HTTPStatus.OK:
                    return robots(answer.body[: self._limits.robots_bytes].decode("utf-8", "replace"))
                if answer.status not in _REDIRECTS:
                    break
                place = _next(answer, place)
            else:
                return ALLOW_ALL
        except GatherError as error:
            problem = f"its robots.txt cannot be had, so nothing may be fetched ({error.problem})"
            raise FetchFailed(str(here), problem, "Try again later") from error
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            problem = f"its robots.txt cannot be had, so nothing may be fetched (status {answer.status})"
            raise FetchFailed(str(here), problem, "Try again later")
        return ALLOW_ALL

    def _fetched(self, answer: Answer, here: Target) -> Fetched | None:
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return None
        if answer.status != HTTPStatus.OK:
            wait = _wait(answer) if answer.status in _WAIT else None
            problem = f"the server answered with status {answer.status}"
            raise FetchFailed(str(here), problem, "Check the address, or try again later", wait)
        address = str(here)
        etag, modified = answer.header("etag"), answer.header("last-modified")
        validators = Validators(address, etag, modified) if etag or modified else None
        media = answer.header("content-type")
        return Fetched(answer.body, Received(address, now(), media, address, answer.headers, answer.flags), validators)


@cache
def shared_visitor(limits: Limits = DEFAULT) -> Visitor:
    """The visitor of this process to the public network within these limits."""
    return Visitor(limits)


def _next(answer: Answer, here: Target) -> Target:
    location = answer.header("location")
    if not location:
        raise FetchFailed(str(here), "it redirects without saying where to", "Give the final address")
    return onward(here, location)


def _conditions(here: Target, known: Validators | None) -> tuple[tuple[str, str], ...]:
    """Only the address that gave validators is asked with them."""
    if known is None or known.address != str(here):
        return ()
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.modified))
    return tuple((name, value) for name, value in pairs if value)


def _wait(answer: Answer) -> float | None:
    """The seconds the server asks us to wait (RFC 9110, 10.2.3), where it gives a number."""
    stated = (answer.header("retry-after") or "").strip()
    return min(float(stated), _LONGEST_WAIT) if stated.isdecimal() else None
