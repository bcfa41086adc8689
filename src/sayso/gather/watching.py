"""Watching feeds: each is asked again and again, politely, and what is new in it is delivered.

What was delivered and what the servers said is kept in a file, so that a killed watch goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import Final

from sayso.errors import BrokenFeed, FetchFailed, GatherError, PassedOver, Refused
from sayso.gather.captures import from_fetched, most_bytes, read_file
from sayso.gather.feeds.lists import Listed, listed_in
from sayso.gather.fetch.visitor import Fetched, Visitor
from sayso.gather.intake import Intake
from sayso.gather.kinds import LISTS, Kind, kind_of, kind_of_media
from sayso.gather.limits import DEFAULT, Limits
from sayso.gather.remembering import Memory, Standing, remembered
from sayso.vocabulary import Capture

Deliver = Callable[[Capture], object]
Tell = Callable[[GatherError], object]

_LONGEST_BACKOFF: Final = 86_400.0  # seconds
_DOUBLINGS: Final = 10


class Wanted(StrEnum):
    """What is delivered for a new item: the page it links to (or the item, if that cannot be had), or the item."""

    PAGES = "pages"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round brought: feeds asked, those that had not changed, captures delivered, errors told."""

    asked: int = 0
    unchanged: int = 0
    delivered: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Watch:
    """How a watch goes: seconds from round to round, what is wanted, where errors are told, and what ends it."""

    every: float = 900.0
    wanted: Wanted = Wanted.PAGES
    tell: Tell = lambda error: None
    ended: Event | None = None


def watch(
    feeds: Iterable[str],
    deliver: Deliver,
    state: Path,
    terms: Watch | None = None,
    *,
    limits: Limits = DEFAULT,
    visitor: Visitor | None = None,
) -> Generator[Round, None, None]:
    """Ask these feeds again and again and deliver what is new in them; a Round for each time, until it is ended.

    A feed is an address, or an OPML file that lists some. `deliver` has to return before the next item is taken; an
    item counts as delivered when it has returned: a kill in between delivers it once more, and never loses it. Feeds
    that fail are asked less and less often, down to once a day. Raises SaysoError where `state` cannot be used.
    """
    terms = terms or Watch()
    ended = terms.ended or Event()
    intake = Intake(limits, visitor=visitor or Visitor(limits))
    with remembered(state) as memory:
        rounds = _Rounds(intake, memory, deliver, replace(terms, ended=ended), ended)
        addresses = list(dict.fromkeys(_addresses(feeds, limits, terms.tell)))
        while addresses and not ended.is_set():
            yield rounds.round(addresses)
            due = min(memory.standing(address).due for address in addresses)
            ended.wait(max(due - time.time(), 0.0))


@dataclass(frozen=True, slots=True)
class _Rounds:
    intake: Intake
    memory: Memory
    deliver: Deliver
    terms: Watch
    ended: Event

    def round(self, addresses: list[str]) -> Round:
        """Ask every feed that is due."""
        steps = [
            self.asked(a) for a in addresses if self.memory.standing(a).due <= time.time() and not self.ended.is_set()
        ]
        return Round(
            sum(step.asked for step in steps),
            sum(step.unchanged for step in steps),
            sum(step.delivered for step in steps),
            sum(step.errors for step in steps),
        )

    def asked(self, address: str) -> Round:
        """Ask one feed, and deliver what is new in it."""
        standing = self.memory.standing(address)
        try:
            fetched = self.intake.fetcher().fetch(address, standing.validators)
            if fetched is not None:
                _check_feed(fetched)
        except GatherError as error:
            self.terms.tell(error)
            self.memory.note(address, _failed(standing, error, self.terms.every))
            return Round(asked=1, errors=1)
        calm = Standing(time.time() + self.terms.every, 0, standing.validators)
        if fetched is None:
            self.memory.note(address, calm)
            return Round(asked=1, unchanged=1)
        delivered, errors = self.delivered(address, fetched)
        if not self.ended.is_set():  # else the feed is asked again the next time, for what is left
            self.memory.note(address, replace(calm, validators=fetched.validators))
        return Round(asked=1, delivered=delivered, errors=errors)

    def delivered(self, address: str, feed: Fetched) -> tuple[int, int]:
        """How many items of a feed were new and have been delivered, and how many errors there were."""
        delivered = errors = 0
        for item in from_fetched(feed, self.intake):
            if self.ended.is_set():
                break
            if isinstance(item, GatherError):
                self.terms.tell(item)
                errors += 1
                continue
            mark = _mark(item)
            if not self.memory.is_delivered(address, mark):
                self.deliver(self.page(item) if self.terms.wanted is Wanted.PAGES else item)
                self.memory.note_delivered(address, mark)
                delivered += 1
        return delivered, errors

    def page(self, item: Capture) -> Capture:
        """The page an item links to, with what only the item says of it; the item where that cannot be had."""
        address = item.report.url
        if address is None:
            return item
        try:
            fetched = self.intake.fetcher().fetch(address)
        except GatherError as error:
            problem = f"the feed's item stands for this page ({error.problem.removeprefix(f'{error.origin}: ')})"
            self.terms.tell(PassedOver(error.origin, problem))
            return item
        found = [] if fetched is None else list(from_fetched(fetched, self.intake))
        if len(found) != 1 or not isinstance(found[0], Capture):
            return item
        page, said = found[0].report, item.report
        report = replace(
            page,
            title=page.title or said.title,
            outlet=page.outlet or said.outlet,
            author=page.author or said.author,
            published=page.published or said.published,
        )
        return replace(found[0], report=report)


def _check_feed(fetched: Fetched) -> None:
    if kind_of(fetched.data, kind_of_media(fetched.received.media)) is not Kind.FEED:
        raise BrokenFeed(fetched.received.origin, "this is no feed", "Give the address of an RSS, Atom or JSON feed")


def _failed(standing: Standing, error: GatherError, every: float) -> Standing:
    """The feed's next turn: later with each failure in a row, and not before the server wants us back."""
    wait = min(every * 2 ** min(standing.failures, _DOUBLINGS), _LONGEST_BACKOFF)
    if isinstance(error, FetchFailed) and error.wait is not None:
        wait = max(wait, error.wait)
    if isinstance(error, Refused):
        wait = _LONGEST_BACKOFF
    return replace(standing, failures=standing.failures + 1, due=time.time() + wait)


def _mark(item: Capture) -> str:
    """What tells an item from others, and from itself before its words were changed."""
    report = item.report
    return sha256(f"{report.id}\n{report.title}\n{report.text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _addresses(feeds: Iterable[str], limits: Limits, tell: Tell) -> Iterator[str]:
    """The feeds' addresses; those in OPML files too."""
    for feed in feeds:
        if feed.startswith(("http://", "https://")):
            yield feed
            continue
        for listed in _listed(feed, limits):
            if isinstance(listed, Listed):
                yield listed.address
            else:
                tell(listed)


def _listed(feed: str, limits: Limits) -> Iterator[Listed | GatherError]:
    try:
        data = read_file(feed, most_bytes(limits))
    except GatherError as error:
        yield error
        return
    if kind_of(data) in LISTS:
        yield from listed_in(data, feed, limits)
    else:
        yield GatherError(feed, "this is neither an address nor an OPML file", "Give the feed's address")
