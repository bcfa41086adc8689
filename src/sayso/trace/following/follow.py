"""Following: what is derived across reports is brought up to what the ledger holds, a batch in each transaction.

Whatever interrupts it, every report is either traced, with all that comes of it, or still waits to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from sayso.ledger import Ledger
from sayso.ledger.derived.following import mark_all, traced, untraced
from sayso.ledger.schema import meta
from sayso.trace.copies import stored as copies
from sayso.trace.following.deriving import derive_all
from sayso.trace.following.material import Material, Outcome, Untraced, materials, next_numbers, states
from sayso.trace.following.parts import VERSION, parts

_BATCH: Final = 128
_LARGE: Final = 1 << 22  # bytes of packed texts and readings in a batch, where it is more than one report
_FEW: Final = 8  # reports for each job, from which on it is worth starting processes
_KEY: Final = "traced by"


@dataclass(frozen=True, slots=True)
class Followed:
    """How many reports were traced, how many still wait, and what could not be derived of them."""

    reports: int = 0
    left: int = 0
    problems: tuple[Untraced, ...] = ()


def _silent(_: Followed) -> None:
    """Tell nobody."""


def follow(ledger: Ledger, *, jobs: int = 1, tell: Callable[[Followed], None] = _silent) -> Followed:
    """Trace what has come since, in as many processes as there are jobs; `tell` hears of the sum after each batch.

    Whoever calls it while another is at it waits for that. Raises LedgerError.
    """
    if _is_done(ledger):
        return Followed()
    total = Followed()
    with ledger.turn():
        _begin(ledger)
        while left := _left(ledger):  # what changes while it is worked on waits for another round
            for batch in derive_all(_waiting(ledger), jobs if left > _FEW * jobs else 1):
                with ledger.writing() as connection:
                    taken = _take(connection, batch)
                left -= len(taken)
                problems = tuple(problem for outcome in taken for problem in outcome.problems)
                total = Followed(total.reports + len(taken), max(left, 0), total.problems + problems)
                tell(total)
    return total


def _left(ledger: Ledger) -> int:
    with ledger.looking() as connection:
        return int(connection.execute(select(func.count()).select_from(untraced)).scalar_one())


def _is_done(ledger: Ledger) -> bool:
    with ledger.looking() as connection:
        waits = connection.execute(select(untraced.c.report).limit(1)).first() is not None
        return not waits and _version(connection) == VERSION


def _version(connection: Connection) -> str | None:
    return connection.execute(select(meta.c.value).where(meta.c.key == _KEY)).scalar()


def _begin(ledger: Ledger) -> None:
    """Where another version traced, everything is to be traced anew."""
    with ledger.looking() as connection:
        if _version(connection) == VERSION:
            return
    with ledger.writing() as connection:
        if _version(connection) is not None:
            mark_all(connection)
        connection.execute(meta.delete().where(meta.c.key == _KEY))
        connection.execute(meta.insert().values(key=_KEY, value=VERSION))


def _waiting(ledger: Ledger) -> Iterator[list[Material]]:
    """The reports that are to be traced, a batch at a time, each once."""
    last = 0
    while True:
        with ledger.looking() as connection:
            numbers = next_numbers(connection, last, _BATCH)
            found = materials(connection, numbers)
        if not numbers:
            return
        last = numbers[-1]
        yield from _parted(found)


def _parted(found: Sequence[Material]) -> Iterator[list[Material]]:
    """The same in order, in as few parts as are none too large."""
    part: list[Material] = []
    size = 0
    for material in found:
        own = len(material.report.packed) + (0 if material.reading is None else len(material.reading.data))
        if part and size + own > _LARGE:
            yield part
            part, size = [], 0
        part.append(material)
        size += own
    if part:
        yield part


def _take(connection: Connection, batch: Sequence[Outcome]) -> list[Outcome]:
    """Keep what was derived of the reports that are still what they were; what was kept."""
    numbers = [outcome.number for outcome in batch]
    now = states(connection, numbers)
    waits = set(connection.execute(select(untraced.c.report).where(untraced.c.report.in_(numbers))).scalars())
    taken = [each for each in batch if each.number in waits and now.get(each.number) == each.state]
    known = set(connection.execute(select(traced.c.report).where(traced.c.report.in_(numbers))).scalars())
    for outcome in taken:
        if outcome.number in known:
            for _, part in reversed(parts()):
                part.drop(connection, outcome.number)
            copies.drop(connection, outcome.number)
    posted = [(each.number, each.report, each.derived["copies"]) for each in taken if "copies" in each.derived]
    copies.take_all(connection, posted)
    copies.link(connection, [report for _, report, _ in posted])
    for name, part in parts():
        own = [(each.number, each.report, each.derived[name]) for each in taken if name in each.derived]
        part.take_all(connection, own)
    done = [outcome.number for outcome in taken]
    connection.execute(traced.delete().where(traced.c.report.in_(done)))
    connection.execute(untraced.delete().where(untraced.c.report.in_(done)))
    if taken:
        rows = [{"report": each.number, "reading": each.state.reading, "version": VERSION} for each in taken]
        connection.execute(traced.insert(), rows)
    return taken
