"""What reports have from one another, from the links between them that the ledger keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from sayso.ledger import numbers
from sayso.ledger.identity import identity_of, report_from, report_name, said_of, seen_of
from sayso.ledger.schema import captures, reports
from sayso.trace.copies.comparison import compare
from sayso.trace.copies.dating import order
from sayso.trace.copies.grouping import groups
from sayso.trace.copies.holding import may_hold, runs, same_run
from sayso.trace.copies.index import Kept
from sayso.trace.copies.links import body_of
from sayso.trace.copies.passages import PASSAGE
from sayso.trace.copies.slots import inside
from sayso.trace.copies.stored import SharesOf, StoredIndex, links_around, links_near, shares_near
from sayso.trace.voices.shared import COPY, Shared, covers
from sayso.trace.voices.trails import StepKind, Trail
from sayso.vocabulary import CopyLink, Kinship, ReportId, Span

_AT_ONCE: Final = 500
_DATES: Final = (
    select(reports.c.number, reports.c.id, reports.c.data, captures.c.data.label("said"), captures.c.seen)
    .join(captures, captures.c.number == reports.c.first)
    .where(reports.c.number.in_(bindparam("numbers", expanding=True)))
)
_SHARING: Final = tuple(set(Kinship) - {Kinship.SERIES})
_ALIGNED: Final = 40  # pairs of reports laid side by side for one question; the others count as wholes


@dataclass(slots=True)
class Copied:
    """The copies of a ledger as one transaction sees them; what was looked up is remembered as long as this lives."""

    connection: Connection
    index: StoredIndex
    _lineages: dict[ReportId, tuple[ReportId, ...]] = field(default_factory=dict)
    _orders: dict[ReportId, Any] = field(default_factory=dict)
    _near: dict[ReportId, tuple[CopyLink, ...]] = field(default_factory=dict)
    _numbers: dict[ReportId, int] = field(default_factory=dict)
    _ids: dict[int, ReportId] = field(default_factory=dict)
    _shares: dict[ReportId, tuple[SharesOf, ...]] = field(default_factory=dict)
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

    def meet(self, reports: Iterable[ReportId]) -> None:
        """Look up what some reports have from others, and others from them, before `behind` asks for them."""
        fresh = [it for it in dict.fromkeys(reports) if it not in self._shares]
        if not fresh:
            return
        known = numbers.numbers(self.connection, fresh)
        ids = {number: report for report, number in known.items()}
        found: dict[ReportId, list[SharesOf]] = {it: [] for it in fresh}
        for each in shares_near(self.connection, ids):
            for number in (each.one, each.other):
                if number in ids:
                    found[ids[number]].append(each)
        self._numbers |= known
        self._shares |= {report: tuple(links) for report, links in found.items()}

    def behind(self, trails: Iterable[Trail]) -> tuple[Shared, ...]:
        """What the reports of some trails have from earlier ones, among these and beyond.

        Where a report that names nobody has less than half of its words from another of these, it is told which. What
        could make no difference to whose word anything is, is left out.
        """
        given = list(trails)
        reports = dict.fromkeys(trail.report for trail in given)
        self.meet(reports)
        own = {self._numbers[it]: it for it in reports if it in self._numbers}
        bare: dict[ReportId, list[Trail]] = {}
        for it in given:
            if not it.steps or it.steps[-1].kind is StepKind.UNNAMED:
                bare.setdefault(it.report, []).append(it)
        pairs = {(each.one, each.other): each for it in reports for each in self._shares[it]}
        telling = _telling(pairs.values(), own, bare)
        self._date({number for each in telling for number in (each.one, each.other)})
        copies: dict[ReportId, list[tuple[float, ReportId]]] = {}
        for each in telling:
            one, other = self._ids[each.one], self._ids[each.other]
            later, earlier = sorted((one, other), key=self._orders.__getitem__, reverse=True)
            if later in reports:
                copies.setdefault(later, []).append((-each.shares[later == other], earlier))
        return tuple(
            copy
            for later, sources in copies.items()
            for copy in self._from(later, sources, reports, bare.get(later, ()))
        )

    def _from(
        self, later: ReportId, sources: Iterable[tuple[float, ReportId]], among: Collection[ReportId],
        bare: Iterable[Trail],
    ) -> Iterator[Shared]:  # fmt: skip
        """What a report has from others, most first; passages are looked for until all its words are accounted for."""
        left = [it for it in bare if it.spans]
        for less, earlier in sorted(sources):
            copy = Shared(later, earlier, -less)
            if -less < COPY and earlier in among:
                wanted = [span for it in left for span in it.spans]
                copy = replace(copy, spans=self._spans(later, earlier, wanted) if wanted else ())
                if not copy.spans:
                    continue
            if earlier in among:
                left = [it for it in left if not covers(copy, it.spans)]
            yield copy

    def _around(self, report: ReportId) -> dict[ReportId, tuple[ReportId, ...]]:
        links = links_around(self.connection, report)
        known = numbers.numbers(self.connection, {report for link in links for report in (link.a, link.b)})
        self._date(known.values())
        found = groups(links, self._orders.__getitem__)
        return {report: (report,)} | {member: group for group in found for member in group}

    def _date(self, wanted: Iterable[int]) -> None:
        """Look up when reports, by their numbers, are known from."""
        fresh = [it for it in wanted if it not in self._ids]
        for start in range(0, len(fresh), _AT_ONCE):
            for row in self.connection.execute(_DATES, {"numbers": fresh[start : start + _AT_ONCE]}):
                seen = seen_of(row.seen)
                about = report_from(identity_of(row.data, b""), said_of(row.said), seen, "")
                report = report_name(bytes(row.id))
                self._ids[row.number] = report
                self._orders[report] = order(Kept(replace(about, id=report), seen.captured or None))

    def _spans(self, later: ReportId, earlier: ReportId, wanted: Sequence[Span]) -> tuple[Span, ...]:
        """The words of a report that stand in an earlier one, if some of those that are wanted may be among them."""
        pair = later, earlier
        if pair not in self._aligned:
            self.index.meet(pair)
            one, other = self.index.kept(later), self.index.kept(earlier)
            assert one is not None
            assert other is not None
            if literal := _literal(one.report.text, wanted, other.report.text):
                return literal
            if len(self._aligned) >= _ALIGNED or not may_hold(other.report.text, runs(one.report.text, wanted)):
                return ()
            text = body_of(one.report.text)
            found = compare(text, body_of(other.report.text)).passages
            long = [passage for passage in found if passage.equal >= PASSAGE]
            self._aligned[pair] = tuple(text.span(*inside(text, *passage.a)) for passage in long)
        return self._aligned[pair]


def _literal(text: str, wanted: Sequence[Span], other: str) -> tuple[Span, ...]:
    """The runs of characters in which some words stand in another text too, where each is long enough for a passage."""
    found = tuple(same_run(text, span, other) for span in wanted)
    long = tuple(it for it in found if it is not None and sum(map(str.isalnum, it.of(text))) >= PASSAGE)
    return long if len(long) == len(wanted) else ()


def _telling(pairs: Iterable[SharesOf], own: Mapping[int, ReportId], bare: Collection[ReportId]) -> list[SharesOf]:
    """The pairs that may make a difference: one report's words are mostly another's, or some of one that names nobody.

    A report beyond these tells only of two that both have their words from it.
    """
    found: list[SharesOf] = []
    beyond: dict[int, list[tuple[float, SharesOf]]] = {}
    for each in pairs:
        if each.one in own and each.other in own:
            if max(each.shares) >= COPY or own[each.one] in bare or own[each.other] in bare:
                found.append(each)
        elif each.one in own:
            beyond.setdefault(each.other, []).append((each.shares[0], each))
        else:
            beyond.setdefault(each.one, []).append((each.shares[1], each))
    for links in beyond.values():
        if len(links) > 1 and max(links, key=itemgetter(0))[0] >= COPY:
            found += (each for _, each in links)
    return found
