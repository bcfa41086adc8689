"""Whose copy a report is, and what it changed: by lineage where it is one text with another, else by passages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from sayso.trace.answers.citing import Citation, cite
from sayso.trace.answers.holdings import Holdings
from sayso.trace.copies import Kept, copies_of, descents, lineages
from sayso.trace.copies.alignment import SEED
from sayso.trace.copies.body import Body
from sayso.trace.copies.comparison import compare
from sayso.trace.copies.dating import order
from sayso.trace.copies.letters import Hashes, grams, letters
from sayso.trace.copies.links import Beside, body_of
from sayso.trace.copies.passages import copies_from
from sayso.vocabulary import Copy, CopyKind, CopyLink, Edit, Kinship, Lineage, Precedence, ReportId, Span

_MOST: Final = 60  # reports of one text whose lineage is worked out for an answer
_MOST_LAID: Final = 30  # pairs of reports laid side by side for the passages of one timeline
_SHARED: Final = (
    0.3  # of the runs of letters in some words: a text with fewer is not where most of them were taken from
)
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
    links = linked(reports, held)
    held.meet_texts(report for link in links for report in (link.a, link.b))
    return {
        one.report: CopiedFrom(cite(one.parent, held), True, one.share, one.precedence, one.edits)
        for one in descents(links, held.copies, reports)
        if one.parent is not None
    }


def passage_sources(
    wanted: Iterable[tuple[ReportId, tuple[Span, ...]]], held: Holdings
) -> dict[tuple[ReportId, tuple[Span, ...]], CopiedFrom]:
    """Where the passages were taken from that most of some reports' words stand in, as far as they are known elsewhere.

    Only reports that share passages with one are looked at, of these such as have a good part of the words, and only
    so many for all together, in the order in which they are asked for.
    """
    asked = list(dict.fromkeys(wanted))
    near: dict[ReportId, dict[ReportId, CopyLink]] = {report: {} for report, _ in asked}
    for link in held.links(near):
        for one, other in ((link.a, link.b), (link.b, link.a)):
            if one in near:
                near[one][other] = link
    held.meet_texts(report for one, links in near.items() for report in (one, *links))
    found, laid = {}, 0
    for report, spans in asked:
        kept = held.copies.kept(report)
        sharing = _sharing(kept, spans, near[report], held) if kept is not None else []
        laid += len(sharing)
        if laid > _MOST_LAID:
            break
        if kept is not None and sharing and (source := _passage_source(kept, spans, sharing, near[report], held)):
            found[report, spans] = source
    return found


def _sharing(kept: Kept, spans: Sequence[Span], near: Mapping[ReportId, CopyLink], held: Holdings) -> list[Kept]:
    """The reports that have a good part of some words of one; none where no earlier one has."""
    mine = order(kept)
    others = [it for report in near if (it := held.copies.kept(report)) is not None]
    if not any(order(it) < mine for it in others):
        return []
    seeds = _seeds(body_of(kept.report.text), spans)
    found = [it for it in others if _has(it.report.text, seeds)] if len(seeds) else []
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
            return CopiedFrom(cite(copy.source, held), False, None, copy.precedence, copy.edits)
    return None


def _seeds(text: Body, spans: Iterable[Span]) -> Hashes:
    """The runs of letters in some words, as alignment begins with them."""
    at = text.letters.at
    parts = [text.letters.points[np.searchsorted(at, it.start) : np.searchsorted(at, it.end)] for it in spans]
    return np.unique(np.concatenate([grams(part, SEED) for part in parts] or [grams(text.letters.points[:0], SEED)]))


def _has(text: str, seeds: Hashes) -> bool:
    """Whether a text has so much of some words that a passage in which most of them stand may be shared with it."""
    return bool(np.isin(seeds, _grams(text), assume_unique=True).sum() >= _SHARED * len(seeds))


@lru_cache(maxsize=256)
def _grams(text: str) -> Hashes:
    """The runs of letters in a text, ascending; remembered, since a report stands beside many."""
    return np.unique(grams(letters(text).points, SEED))


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
