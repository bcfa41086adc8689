"""Copies in a ledger: fingerprints as postings, links between reports kept up to date as reports come in.

Positions are not stored: they are found again from the texts. Lineages are made when they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlalchemy import Connection, bindparam, func, or_, select

from sayso.ledger import numbers
from sayso.ledger.derived import postings
from sayso.ledger.derived.copies import copy_links, copy_reports
from sayso.ledger.identity import report_id_bytes, seen_of
from sayso.ledger.kept import kept_report, report_query
from sayso.ledger.packing import record, recorded
from sayso.ledger.schema import reports
from sayso.trace.copies.index import Kept, Posting
from sayso.trace.copies.letters import Ints
from sayso.trace.copies.links import links_after
from sayso.trace.copies.lookup import BUDGET
from sayso.trace.copies.prints import fingerprints
from sayso.vocabulary import CopyLink, Kinship, Report, ReportId

MOST: Final = 1000  # reports gone through for one lineage
_AT_ONCE: Final = 400  # reports in one question
_HELD: Final = 1000  # reports kept in memory while links are made
_KINSHIPS: Final = tuple(Kinship)
_LINKS: Final = select(copy_links).where(
    or_(
        copy_links.c.report.in_(bindparam("near", expanding=True)),
        copy_links.c.other.in_(bindparam("near", expanding=True)),
    ),
    copy_links.c.kinship.in_(bindparam("kinds", expanding=True)),
)
_KEPT: Final = (
    report_query()
    .join(copy_reports, copy_reports.c.report == reports.c.number)
    .where(reports.c.id.in_(bindparam("ids", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Derived:
    """What a report's text gives by itself: its fingerprints, ascending."""

    hashes: tuple[int, ...]


def derive(report: Report) -> Derived:
    """The fingerprints of a report, in whatever language it is."""
    return Derived(tuple(fingerprints(report.text).hashes.tolist()))


def take(connection: Connection, number: int, report: ReportId, derived: Derived) -> None:
    """Add the fingerprints of a report; its links are made by `link`, when others that come with it are there too."""
    connection.execute(copy_reports.insert().values(report=number))
    postings.post(connection, number, derived.hashes)


def link(connection: Connection, taken: Sequence[ReportId]) -> None:
    """Make the links of reports that were taken, and make anew those of others that may have changed by them."""
    index = StoredIndex(connection)
    found = links_after(filter(None, map(index.kept, taken)), index, lambda near: links_near(connection, near))
    number_of = numbers.numbers(connection, {report for each in found for report in (each.a, each.b)})
    rows = [
        {"report": number_of[each.a], "other": number_of[each.b], "kinship": _KINSHIPS.index(each.kinship),
         "data": record(*each.shares, each.closeness, each.score, each.why)}
        for each in found
    ]  # fmt: skip
    if rows:
        there = copy_links.c
        connection.execute(
            copy_links.delete().where((there.report == bindparam("one")) & (there.other == bindparam("two"))),
            [{"one": row["report"], "two": row["other"]} for row in rows],
        )
        connection.execute(copy_links.insert(), rows)


def drop(connection: Connection, number: int) -> None:
    """Take out the fingerprints and links of a report."""
    about = numbers.report(connection, number)
    there = connection.execute(select(copy_reports).where(copy_reports.c.report == number)).first() is not None
    if there and about is not None:
        postings.take_back(connection, number, derive(about).hashes)
    connection.execute(copy_reports.delete().where(copy_reports.c.report == number))
    connection.execute(copy_links.delete().where(or_(copy_links.c.report == number, copy_links.c.other == number)))


def links_near(
    connection: Connection, near: Iterable[ReportId], kinships: Collection[Kinship] = _KINSHIPS
) -> tuple[CopyLink, ...]:
    """The links of these reports, in the order of their ids; those of some kinds."""
    known = numbers.numbers(connection, near)
    return _links(connection, known.values(), kinships)


def links_around(connection: Connection, report: ReportId, most: int = MOST) -> tuple[CopyLink, ...]:
    """All links between reports that are one text with this one, directly or by way of others: what `lineages` takes.

    Gone through from the nearest on, up to `most` reports.
    """
    frontier = set(numbers.numbers(connection, [report]).values())
    reached: set[int] = set()
    found: dict[tuple[ReportId, ReportId], CopyLink] = {}
    while frontier and len(reached) < most:
        reached |= frontier
        links = [each for each in _links(connection, frontier) if each.kinship is Kinship.WHOLE]
        found |= {(each.a, each.b): each for each in links}
        frontier = set(numbers.numbers(connection, {id_ for each in links for id_ in (each.a, each.b)}).values())
        frontier -= reached
    return tuple(each for _, each in sorted(found.items()))


class StoredIndex:
    """The fingerprints of the reports of a ledger, as one transaction sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: dict[ReportId, Kept | None] = {}
        self._ids: dict[int, ReportId] = {}
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            query = select(func.count()).select_from(copy_reports)
            self._count = int(self._connection.execute(query).scalar_one())
        return self._count

    def kept(self, report: ReportId) -> Kept | None:
        """The report with this id, if it is there."""
        if report not in self._kept:
            if len(self._kept) >= _HELD:
                self._kept.clear()
            self._kept[report] = self._found(report)
        return self._kept[report]

    def frequencies(self, hashes: Ints) -> Ints:
        """How many reports carry each of these hashes, counted a little further than `lookup.BUDGET`."""
        asked: list[int] = hashes.tolist()
        found = postings.frequencies(self._connection, asked, BUDGET + 2)
        return np.array([found.get(value, 0) for value in asked], dtype=np.int64)

    def postings(self, hashes: Ints) -> Iterator[Posting]:
        """The fingerprints with these hashes."""
        found = postings.holders(self._connection, hashes.tolist())
        wanted = {number for _, holders in found for number in holders}
        self._ids |= numbers.ids(self._connection, wanted - self._ids.keys())
        ids = self._ids
        return (Posting(value, ids[number]) for value, holders in found for number in holders)

    def meet(self, wanted: Iterable[ReportId]) -> None:
        """Look up many reports at once, before they are asked for one by one."""
        fresh = [report for report in dict.fromkeys(wanted) if report not in self._kept]
        if len(self._kept) + len(fresh) > _HELD:
            self._kept.clear()
        for start in range(0, min(len(fresh), _HELD), _AT_ONCE):
            part = {report: report_id_bytes(report) for report in fresh[start : start + _AT_ONCE]}
            self._kept |= dict.fromkeys(part)
            rows = self._connection.execute(_KEPT, {"ids": [id_ for id_ in part.values() if id_ is not None]})
            for row in rows:
                found = kept_report(row).report
                self._kept[found.id] = Kept(found, seen_of(row.seen).captured or None)

    def _found(self, report: ReportId) -> Kept | None:
        id_ = report_id_bytes(report)
        row = None if id_ is None else self._connection.execute(_KEPT, {"ids": [id_]}).one_or_none()
        return None if row is None else Kept(kept_report(row).report, seen_of(row.seen).captured or None)


def _links(
    connection: Connection, near: Iterable[int], kinships: Collection[Kinship] = _KINSHIPS
) -> tuple[CopyLink, ...]:
    wanted, kinds = [*near], [_KINSHIPS.index(kinship) for kinship in kinships]
    found: dict[tuple[int, int], tuple[int, bytes]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        rows = connection.execute(_LINKS, {"near": part, "kinds": kinds})
        found |= {(row.report, row.other): (row.kinship, row.data) for row in rows}
    ids = numbers.ids(connection, {number for pair in found for number in pair})
    links = [_link(ids[one], ids[two], kinship, data) for (one, two), (kinship, data) in found.items()]
    return tuple(sorted(links, key=lambda each: (each.a, each.b)))


def _link(one: ReportId, two: ReportId, kinship: int, data: bytes) -> CopyLink:
    share, other, closeness, score, why = recorded(data)
    return CopyLink(one, two, _KINSHIPS[kinship], (share, other), closeness, score, tuple(why))
