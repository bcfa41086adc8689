"""Whose copy a report is, and what it changed: by lineage where it is one text with another, else by passages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from sayso.trace.answers.citing import Citation, cite
from sayso.trace.answers.holdings import Holdings
from sayso.trace.copies import Kept, copies_of, lineages
from sayso.vocabulary import Copy, CopyKind, CopyLink, Edit, Kinship, Lineage, Precedence, ReportId, Span

_MOST: Final = 60  # reports of one text whose lineage is worked out for an answer
_REWORDED: Final = (
    0.25  # of a passage: where more of it was put in another's place, it is not where words were taken from
)


@dataclass(frozen=True, slots=True)
class CopiedFrom:
    """The report that words were copied from: the share of the copy's letters that it has, and what was edited.

    `whole` says that the two are one text; else only a passage was taken over.
    """

    source: Citation
    whole: bool
    share: float | None
    precedence: Precedence
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that a report shares with an earlier one, with its words."""

    source: Citation
    kind: CopyKind
    span: Span
    source_span: Span
    text: str
    precedence: Precedence
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class LineageMember:
    """A report of a lineage and the one it was copied from (None: the earliest known)."""

    report: Citation
    parent: ReportId | None
    precedence: Precedence
    share: float
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class ReportLineage:
    """The reports that are one text, in the order they are known in; `first_captured` and `first_stated` as known."""

    members: tuple[LineageMember, ...]
    first_captured: ReportId | None
    first_stated: ReportId | None


def lineage_of(report: ReportId, held: Holdings) -> Lineage | None:
    """The lineage of a report, None where no other is one text with it; at most so many reports are looked at."""
    found = lineages(linked((report,), held), held.copies)
    return next((it for it in found if any(one.report == report for one in it.members)), None)


def linked(reports: Iterable[ReportId], held: Holdings) -> tuple[CopyLink, ...]:
    """The links by which others are one text with some reports, and those of these, as far as they reach."""
    links: dict[tuple[ReportId, ReportId], CopyLink] = {}
    reached = dict.fromkeys(reports)
    edge = list(reached)
    limit = max(_MOST, len(edge))
    while edge:
        near = [link for link in held.links(edge) if link.kinship is Kinship.WHOLE]
        edge = []
        for link in sorted(near, key=lambda it: (-it.score, it.a, it.b)):
            for report in (link.a, link.b):
                if report not in reached and len(reached) < limit:
                    reached[report] = None
                    edge.append(report)
            if link.a in reached and link.b in reached:
                links[link.a, link.b] = link
    return tuple(links.values())


def sources(reports: Collection[ReportId], held: Holdings) -> dict[ReportId, CopiedFrom]:
    """For each of some reports that is a copy as a whole, the report it was copied from."""
    found = {}
    for lineage in lineages(linked(reports, held), held.copies):
        for one in lineage.members:
            if one.report in reports and one.parent is not None:
                source = cite(one.parent, held)
                found[one.report] = CopiedFrom(source, True, one.share, one.precedence, one.edits)
    return found


def passage_source(kept: Kept, spans: Iterable[Span], held: Holdings) -> CopiedFrom | None:
    """Where the passage that most of some words stand in was taken from, None where it is not known elsewhere."""
    wanted = tuple(spans)
    size = sum(span.end - span.start for span in wanted)
    for copy in copies_of(kept, held.copies):
        shared = sum(max(0, min(it.end, copy.span.end) - max(it.start, copy.span.start)) for it in wanted)
        changed = sum(len(edit.after) for edit in copy.edits)
        is_close = changed <= _REWORDED * (copy.span.end - copy.span.start)
        if copy.kind is not CopyKind.BACKGROUND and is_close and 2 * shared >= size > 0:
            return CopiedFrom(cite(copy.source, held), False, None, copy.precedence, copy.edits)
    return None


def passages(kept: Kept, held: Holdings) -> tuple[SharedPassage, ...]:
    """The passages of a report that earlier ones have, in order. The report itself need not be kept."""
    return tuple(_passage(kept, copy, held) for copy in copies_of(kept, held.copies))


def told_lineage(lineage: Lineage, held: Holdings) -> ReportLineage:
    """A lineage with its reports named."""
    members = tuple(
        LineageMember(cite(it.report, held), it.parent, it.precedence, it.share, it.edits) for it in lineage.members
    )
    return ReportLineage(members, lineage.first_captured, lineage.first_stated)


def _passage(kept: Kept, copy: Copy, held: Holdings) -> SharedPassage:
    return SharedPassage(
        cite(copy.source, held), copy.kind, copy.span, copy.source_span, copy.span.of(kept.report.text),
        copy.precedence, copy.edits,
    )  # fmt: skip
