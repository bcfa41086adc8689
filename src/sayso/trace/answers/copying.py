"""Whose copy a report is, and what it changed: by lineage where it is one text with another, else by passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.trace.answers.citing import Citation, cite
from sayso.trace.answers.holdings import Holdings
from sayso.trace.copies import Kept, copies_of, descents, lineages
from sayso.trace.copies.comparison import compare
from sayso.trace.copies.dating import order, precedence
from sayso.trace.copies.holding import may_hold, runs
from sayso.trace.copies.lineage import parents
from sayso.trace.copies.links import Beside, body_of
from sayso.trace.copies.passages import copies_from
from sayso.vocabulary import Copy, CopyKind, CopyLink, Edit, Kinship, Lineage, Precedence, ReportId, Span

_MOST: Final = 60  # reports of one text whose lineage is worked out for an answer
_TOGETHER: Final = 10  # reports for whose passages others are looked up at once
_LOOKED: Final = 6  # times as many reports are looked through for some words as are laid beside one another
_REWORDED: Final = (
    0.25  # of a passage: where more of it was put in another's place, it is not where words were taken from
)


@dataclass(frozen=True, slots=True)
class CopiedFrom:
    """The report that words were copied from: the share of the copy's letters that it has, and what was edited.

    `whole` says that the two are one text; else only a passage was taken over. `compared` says whether the two were
    laid side by side: where it is false, this is one of many copies, and `edits` are not told.
    """

    source: Citation
    whole: bool
    share: float | None
    precedence: Precedence
    edits: tuple[Edit, ...]
    compared: bool


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


def sources(reports: Iterable[ReportId], laid: int, held: Holdings) -> dict[ReportId, CopiedFrom]:
    """For each of some reports that is a copy as a whole, the report it was copied from.

    The first `laid` of them that were edited are laid beside their sources.
    """
    asked = list(dict.fromkeys(reports))
    links = linked(asked, held)
    held.meet_texts(report for link in links for report in (link.a, link.b))
    known = {each.report.report.id: each for each in parents(links, held.copies, asked)}
    copies = [known[report] for report in asked if report in known]
    edited = [each for each in copies if each.report.report.text != each.parent.report.text]
    pairs = {frozenset((it.report.report.id, it.parent.report.id)) for it in edited[:laid]}
    near = [link for link in links if frozenset((link.a, link.b)) in pairs]
    beside = {each.report: each for each in descents(near, held.copies, {it.report.report.id for it in edited[:laid]})}
    found = {}
    for each in copies:
        report, parent = each.report.report.id, cite(each.parent.report.id, held)
        edits = beside[report].edits if report in beside else ()
        is_compared = report in beside or each.report.report.text == each.parent.report.text
        found[report] = CopiedFrom(parent, True, each.share, precedence(each.parent, each.report), edits, is_compared)
    return found


def passage_sources(
    wanted: Iterable[tuple[ReportId, tuple[Span, ...]]], laid: int, held: Holdings
) -> dict[tuple[ReportId, tuple[Span, ...]], CopiedFrom]:
    """Where the passages were taken from that most of some reports' words stand in, as far as they are known elsewhere.

    Only reports that share passages with one are looked at, of these such as have a good part of the words, and in the
    order in which they are asked for; `laid` pairs of reports are laid side by side for all together.
    """
    asked = list(dict.fromkeys(wanted))
    near: dict[ReportId, dict[ReportId, CopyLink]] = {report: {} for report, _ in asked}
    for link in held.links(near):
        for one, other in ((link.a, link.b), (link.b, link.a)):
            if one in near:
                near[one][other] = link
    found: dict[tuple[ReportId, tuple[Span, ...]], CopiedFrom] = {}
    left, looked = laid, 0
    for few in (asked[start : start + _TOGETHER] for start in range(0, len(asked), _TOGETHER)):
        held.meet_texts(it for report, _ in few for it in (report, *near[report]))
        for report, spans in few:
            looked += len(near[report])
            kept = held.copies.kept(report)
            sharing = _sharing(kept, spans, near[report], held) if kept is not None else []
            left -= len(sharing)
            if left < 0 or looked > _LOOKED * laid:
                return found
            if kept is not None and sharing and (source := _passage_source(kept, spans, sharing, near[report], held)):
                found[report, spans] = source
    return found


def _sharing(kept: Kept, spans: Sequence[Span], near: Mapping[ReportId, CopyLink], held: Holdings) -> list[Kept]:
    """The reports that have a good part of some words of one; none where no earlier one has."""
    mine = order(kept)
    others = [it for report in near if (it := held.copies.kept(report)) is not None]
    if not any(order(it) < mine for it in others):
        return []
    wanted = runs(kept.report.text, spans)
    found = [it for it in others if may_hold(it.report.text, wanted)] if len(wanted) else []
    return found if any(order(it) < mine for it in found) else []


def _passage_source(
    kept: Kept, spans: Sequence[Span], others: Iterable[Kept], near: Mapping[ReportId, CopyLink], held: Holdings
) -> CopiedFrom | None:
    size = sum(span.end - span.start for span in spans)
    text = body_of(kept.report.text)
    bodies = [(it, body_of(it.report.text)) for it in others]
    laid = [Beside(it, its_text, compare(text, its_text), near[it.report.id]) for it, its_text in bodies]
    for copy in copies_from(kept, laid):
        shared = sum(max(0, min(it.end, copy.span.end) - max(it.start, copy.span.start)) for it in spans)
        changed = sum(len(edit.after) for edit in copy.edits)
        is_close = changed <= _REWORDED * (copy.span.end - copy.span.start)
        if copy.kind is not CopyKind.BACKGROUND and is_close and 2 * shared >= size:
            return CopiedFrom(cite(copy.source, held), False, None, copy.precedence, copy.edits, compared=True)
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
