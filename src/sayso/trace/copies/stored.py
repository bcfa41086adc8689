"""Copies in a ledger: fingerprints as postings, links between reports kept up to date as reports come in.

Positions are not stored: they are found again from the texts. Lineages are made when they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import msgspec
import numpy as np
from sqlalchemy import Connection, bindparam, func, or_, select

from sayso.ledger import numbers
from sayso.ledger.derived import postings
from sayso.ledger.derived.copies import copy_links, copy_reports
from sayso.ledger.identity import report_id_bytes, seen_of
from sayso.ledger.kept import kept_report, report_query
from sayso.ledger.packing import record, recorded
from sayso.ledger.schema import reports
from sayso.trace.copies.index import Kept, Postings, postings_of
from sayso.trace.copies.letters import Ints
from sayso.trace.copies.links import links_after
from sayso.trace.copies.prints import fingerprints
from sayso.vocabulary import CopyLink, Kinship, Report, ReportId

MOST: Final = 1000  # reports gone through for one lineage
_AT_ONCE: Final = 400  # reports in one question
_HELD: Final = 2000  # reports kept in memory while links are made
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


def take_all(connection: Connection, taken: Sequence[tuple[int, ReportId, Derived]]) -> None:
    """Add the fingerprints of reports; their links are made by `link`, when all that come together are there."""
    if taken:
        connection.execute(copy_reports.insert(), [{"report": number} for number, _, _ in taken])
        postings.post(connection, [(number, derived.hashes) for number, _, derived in taken])


def link(connection: Connection, taken: Sequence[ReportId]) -> None:
    """Make the links of reports that were taken, and make anew those of others that may have changed by them."""
    index = StoredIndex(connection)
    index.meet(taken)
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

    def frequencies(self, hashes: Ints, most: int) -> Ints:
        """How many reports carry each of these hashes, counted up to `most`."""
        asked: list[int] = hashes.tolist()
        found = postings.frequencies(self._connection, asked, most)
        return np.array([found.get(value, 0) for value in asked], dtype=np.int64)

    def postings(self, hashes: Ints) -> Postings:
        """Who carries these hashes, which ascend."""
        asked: list[int] = hashes.tolist()
        found = postings.holders(self._connection, asked)
        return postings_of(hashes, [found.get(value, ()) for value in asked])

    def ids(self, numbers_: Ints) -> list[ReportId]:
        """The ids of reports by the numbers that postings have."""
        wanted: list[int] = numbers_.tolist()
        self._ids |= numbers.ids(self._connection, [number for number in wanted if number not in self._ids])
        return [self._ids[number] for number in wanted]

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


class SharesOf(NamedTuple):
    """Two reports, by their numbers, of which at least one has a passage of the other: the shares of each's letters."""

    one: int
    other: int
    shares: tuple[float, float]


class _Shares(msgspec.Struct, array_like=True, frozen=True):
    """The first values of what is kept of a link; the others are passed over."""

    one: float
    other: float


_shares: Final = msgspec.msgpack.Decoder(_Shares)
_COPIES: Final = [_KINSHIPS.index(kinship) for kinship in (Kinship.WHOLE, Kinship.PART)]


def shares_near(connection: Connection, near: Iterable[int]) -> list[SharesOf]:
    """What some reports, by their numbers, and others have of one another as copies; nothing else of their links."""
    wanted, found = [*near], dict[tuple[int, int], bytes]()
    for start in range(0, len(wanted), _AT_ONCE):
        rows = connection.execute(_LINKS, {"near": wanted[start : start + _AT_ONCE], "kinds": _COPIES})
        found |= {(one, other): data for one, other, _, data in rows}
    out = []
    for (one, other), data in sorted(found.items()):
        held = _shares.decode(data)
        out.append(SharesOf(one, other, (held.one, held.other)))
    return out
