"""Naming a report, and quoting it: every word an answer shows points at characters of an archived text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.trace.answers.holdings import Holdings
from sayso.trace.copies.dating import dated, order
from sayso.trace.copies.index import Kept
from sayso.vocabulary import Passage, Reading, ReportId, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A report in short. `claimed` says that its stated date is only its claim: nobody captured it near that date."""

    report: ReportId
    outlet: str | None
    title: str | None
    published: str | None
    captured: str | None
    claimed: bool
    url: str | None

    @property
    def moment(self) -> str:
        """When it was published as it says, else when it was first captured; "" where neither is known."""
        return self.published or self.captured or ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report, with the report."""

    report: Citation
    words: Passage


def citation(kept: Kept) -> Citation:
    """A report in short."""
    it = kept.report
    published = it.published.value if it.published else None
    return Citation(it.id, it.outlet, it.title, published, kept.captured, dated(kept).claimed, it.url)


def cite(report: ReportId, held: Holdings) -> Citation:
    """A report in short by its id; of one that is gone, the id alone."""
    kept = held.copies.kept(report)
    return Citation(report, None, None, None, None, False, None) if kept is None else citation(kept)


def first_captured(reports: Iterable[ReportId], held: Holdings) -> ReportId | None:
    """The report that was captured before all others, None where none was. Those of one moment go by stated date."""
    found = [(kept.captured, order(kept)) for kept in _kept(reports, held) if kept.captured]
    return ReportId(min(found)[1][-1]) if found else None


def first_stated(reports: Iterable[ReportId], held: Holdings) -> ReportId | None:
    """The report that states the earliest date, whether or not it is only claimed; None where none states one."""
    found = [(stated, kept.report.id) for kept in _kept(reports, held) if (stated := dated(kept).stated) is not None]
    return min(found)[1] if found else None


def sentence_around(reading: Reading, span: Span) -> Span:
    """The sentence in which a span begins; the span itself where it lies in none."""
    return next((it for it in reading.sentences if it.start <= span.start < it.end), span)


def _kept(reports: Iterable[ReportId], held: Holdings) -> list[Kept]:
    return [kept for report in dict.fromkeys(reports) if (kept := held.copies.kept(report)) is not None]
