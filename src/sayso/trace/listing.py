"""Going through what reports tell by its facets, later days first: a page costs what is on it."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, Table, exists, select

from sayso.ledger.identity import report_name
from sayso.ledger.kept import a_few
from sayso.ledger.schema import reports
from sayso.trace.hashing import hashed
from sayso.vocabulary import ReportId

_MARK: Final = re.compile(r"(?P<days>-?\d{1,7}):(?P<report>r-[0-9a-f]{32}):(?P<place>\d{1,7})")


class Listed(NamedTuple):
    """Where an item stands in a list: later days first, then reports and items in order; `number` is the report's."""

    back: int
    report: ReportId
    place: int
    number: int

    def mark(self) -> str:
        """What to ask for the next ones with."""
        return f"{self.back}:{self.report}:{self.place}"


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included; None is open. What has no day is in no period but the one open on both sides."""

    since: date | None = None
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has no ends."""
        return self.since is None and self.until is None

    def holds(self, day: date | None) -> bool:
        """Whether a day is in it."""
        if self.is_open:
            return True
        return day is not None and (self.since or date.min) <= day <= (self.until or date.max)


def back(day: date | None) -> int:
    """Where a day stands in a list."""
    return -day.toordinal() if day is not None else 0


def listed(
    connection: Connection, table: Table, facets: Sequence[Collection[str]], period: Period, after: str | None = None
) -> Iterator[Listed]:
    """The items of a table of facets that have one of each, from a mark on.

    The table has the columns facet, day, report and, last, the item's place in its report.
    """
    item, further = [*table.columns][-1], table.alias("further").columns
    query = select(table.c.day, reports.c.id, item.label("place"), table.c.report).join(
        reports, reports.c.number == table.c.report
    )
    query = query.order_by(table.c.day.desc(), reports.c.id, item)
    if not period.is_open:
        first, last = period.since or date.min, period.until or date.max
        query = query.where(table.c.day.between(first.toordinal(), last.toordinal()))
    start = _start(after)
    if start is not None:
        query = query.where(table.c.day <= -start[0])
    for others in facets[1:]:
        same = (further[c.name] == c for c in table.columns if c.name != "facet")
        query = query.where(exists().where(further.facet.in_(_hashes(others)), *same))
    before = None
    with ExitStack() as open_:
        streams = [
            open_.enter_context(closing(a_few(connection, query.where(table.c.facet == it))))
            for it in _hashes(facets[0])
        ]
        for found in heapq.merge(*(map(_row, stream) for stream in streams)):
            if found != before and (start is None or found[:3] > start):
                yield found
            before = found


def in_advance(rows: Iterator[Listed], few: int, load: Callable[[list[int]], None]) -> Iterator[Listed]:
    """The same rows; the reports of a few of them are taken out at once, before they come."""
    while some := list(islice(rows, few)):
        load([row.number for row in some])
        yield from some


def _hashes(facets: Collection[str]) -> list[int]:
    return sorted({hashed(it) for it in facets})


def _start(after: str | None) -> tuple[int, str, int] | None:
    found = _MARK.fullmatch(after or "")
    return (int(found["days"]), found["report"], int(found["place"])) if found is not None else None


def _row(found: Row[*tuple[Any, ...]]) -> Listed:
    return Listed(-found.day, report_name(bytes(found.id)), found.place, found.report)
