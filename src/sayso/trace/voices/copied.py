"""What reports have from one another, from the links between them that the ledger keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection, select

from sayso.ledger import numbers
from sayso.ledger.identity import identity_of, report_from, said_of, seen_of
from sayso.ledger.schema import captures, reports
from sayso.trace.copies.comparison import compare
from sayso.trace.copies.dating import order
from sayso.trace.copies.grouping import groups
from sayso.trace.copies.index import Kept
from sayso.trace.copies.links import body_of
from sayso.trace.copies.passages import PASSAGE
from sayso.trace.copies.slots import inside
from sayso.trace.copies.stored import StoredIndex, links_around, links_near
from sayso.trace.voices.shared import COPY, Shared
from sayso.trace.voices.trails import StepKind, Trail
from sayso.vocabulary import CopyLink, Kinship, ReportId, Span

_AT_ONCE: Final = 500
_DATES: Final = select(reports.c.number, reports.c.data, captures.c.data.label("said"), captures.c.seen).join(
    captures, captures.c.number == reports.c.first
)
_SHARING: Final = tuple(set(Kinship) - {Kinship.SERIES})
_ALIGNED: Final = 100  # pairs of reports laid side by side for one question; the others count as wholes


@dataclass(slots=True)
class Copied:
    """The copies of a ledger as one transaction sees them; what was looked up is remembered as long as this lives."""

    connection: Connection
    index: StoredIndex
    _lineages: dict[ReportId, tuple[ReportId, ...]] = field(default_factory=dict)
    _orders: dict[ReportId, Any] = field(default_factory=dict)
    _near: dict[ReportId, tuple[CopyLink, ...]] = field(default_factory=dict)
    _aligned: dict[tuple[ReportId, ReportId], tuple[Span, ...]] = field(default_factory=dict)

    def lineages(self, reports: Iterable[ReportId]) -> None:
        """Look the lineages of some reports up at once."""
        fresh = [it for it in dict.fromkeys(reports) if it not in self._lineages]
        whole = [link for link in self.near(fresh) if link.kinship is Kinship.WHOLE]
        linked = {report for link in whole for report in (link.a, link.b)}
        self._lineages |= {report: (report,) for report in fresh if report not in linked}
        for report in fresh:
            if report not in self._lineages:
                self._lineages |= self._around(report)

    def lineage(self, report: ReportId) -> tuple[ReportId, ...]:
        """The reports that are one text with a report, in the order they are known in; the first is their source."""
        self.lineages([report])
        return self._lineages[report]

    def near(self, reports: Iterable[ReportId]) -> tuple[CopyLink, ...]:
        """What some reports are to those that share words with them, but for numbers of a series, in order of ids."""
        wanted = list(dict.fromkeys(reports))
        fresh = [it for it in wanted if it not in self._near]
        found: dict[ReportId, list[CopyLink]] = {it: [] for it in fresh}
        for link in links_near(self.connection, fresh, _SHARING) if fresh else ():
            for report in (link.a, link.b):
                if report in found:
                    found[report].append(link)
        self._near |= {report: tuple(links) for report, links in found.items()}
        links = {(link.a, link.b): link for report in wanted for link in self._near[report]}
        return tuple(link for _, link in sorted(links.items()))

    def behind(self, trails: Iterable[Trail]) -> tuple[Shared, ...]:
        """What the reports of some trails have from earlier ones, among these and beyond.

        Where a report that names nobody has less than half of its words from another of these, it is told which.
        """
        given = list(trails)
        reports = {trail.report for trail in given}
        bare = {it.report for it in given if not it.steps or it.steps[-1].kind is StepKind.UNNAMED}
        links = [it for it in self.near(reports) if it.kinship in (Kinship.WHOLE, Kinship.PART)]
        self._date({report for link in links for report in (link.a, link.b)})
        out = []
        for link in links:
            later, earlier = sorted((link.a, link.b), key=self._orders.__getitem__, reverse=True)
            if later in reports:
                share = link.shares[later == link.b]
                is_part = share < COPY and later in bare and earlier in reports
                out.append(Shared(later, earlier, share, self._spans(later, earlier) if is_part else ()))
        return tuple(out)

    def _around(self, report: ReportId) -> dict[ReportId, tuple[ReportId, ...]]:
        links = links_around(self.connection, report)
        self._date({report for link in links for report in (link.a, link.b)})
        found = groups(links, self._orders.__getitem__)
        return {report: (report,)} | {member: group for group in found for member in group}

    def _date(self, wanted: Iterable[ReportId]) -> None:
        """Look up when reports are known from."""
        names = numbers.numbers(self.connection, [it for it in wanted if it not in self._orders])
        ids = {number: report for report, number in names.items()}
        for start in range(0, len(ids), _AT_ONCE):
            query = _DATES.where(reports.c.number.in_([*ids][start : start + _AT_ONCE]))
            for row in self.connection.execute(query):
                seen = seen_of(row.seen)
                about = report_from(identity_of(row.data, b""), said_of(row.said), seen, "")
                report = ids[row.number]
                self._orders[report] = order(Kept(replace(about, id=report), seen.captured or None))

    def _spans(self, later: ReportId, earlier: ReportId) -> tuple[Span, ...]:
        """The words of a report that stand in an earlier one."""
        pair = later, earlier
        if pair not in self._aligned and len(self._aligned) < _ALIGNED:
            one, other = self.index.kept(later), self.index.kept(earlier)
            assert one is not None
            assert other is not None
            text = body_of(one.report.text)
            found = compare(text, body_of(other.report.text)).passages
            long = [passage for passage in found if passage.equal >= PASSAGE]
            self._aligned[pair] = tuple(text.span(*inside(text, *passage.a)) for passage in long)
        return self._aligned.get(pair, ())
