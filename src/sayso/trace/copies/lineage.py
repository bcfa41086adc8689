"""Reports that are one text as trees: the earliest known, whose copy each other one is, and what it changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sayso.trace.copies.alignment import turned
from sayso.trace.copies.comparison import compare
from sayso.trace.copies.dating import dated, order, precedence
from sayso.trace.copies.edits import all_edits
from sayso.trace.copies.grouping import groups
from sayso.trace.copies.index import Index, Kept
from sayso.trace.copies.links import body_of
from sayso.vocabulary import CopyLink, Descent, Kinship, Lineage, ReportId

_Near = Mapping[ReportId, Mapping[ReportId, CopyLink]]


def lineages(links: Iterable[CopyLink], index: Index) -> tuple[Lineage, ...]:
    """The lineages that links make, those first known earliest first; the order of `links` plays no part."""
    found, near = _grouped(links, index)
    return tuple(_lineage(group, near) for group in found)


def descents(links: Iterable[CopyLink], index: Index, wanted: Collection[ReportId]) -> tuple[Descent, ...]:
    """Where some reports come from within the lineages that links make: only they are laid beside others."""
    found, near = _grouped(links, index)
    return tuple(
        _descent(kept, group[:place], near)
        for group in found
        for place, kept in enumerate(group)
        if kept.report.id in wanted
    )


def _grouped(links: Iterable[CopyLink], index: Index) -> tuple[list[list[Kept]], _Near]:
    """The reports of each lineage in the order they are known in, and the links of each by the other report."""
    whole = {(link.a, link.b): link for link in links if link.kinship is Kinship.WHOLE}
    kept: dict[ReportId, Kept] = {}
    for report in {report for pair in whole for report in pair}:
        found = index.kept(report)
        if found is not None:
            kept[report] = found
    known = [link for pair, link in sorted(whole.items()) if pair[0] in kept and pair[1] in kept]
    near: dict[ReportId, dict[ReportId, CopyLink]] = {}
    for link in known:
        near.setdefault(link.a, {})[link.b] = link
        near.setdefault(link.b, {})[link.a] = link
    together = groups(known, lambda report: order(kept[report]))
    return [[kept[report] for report in group] for group in together], near


def _lineage(members: Sequence[Kept], near: _Near) -> Lineage:
    """The lineage of reports in the order they are known in."""
    ids = [kept.report.id for kept in members]
    links = {(link.a, link.b): link for one in ids for link in near[one].values() if {link.a, link.b} <= set(ids)}
    captured = [(when, kept.report.id) for kept in members if (when := dated(kept).captured) is not None]
    stated = [(when, kept.report.id) for kept in members if (when := dated(kept).stated) is not None]
    return Lineage(
        members=tuple(_descent(kept, members[:place], near) for place, kept in enumerate(members)),
        links=tuple(link for _, link in sorted(links.items())),
        first_captured=min(captured)[1] if captured else None,
        first_stated=min(stated)[1] if stated else None,
        claimed=tuple(kept.report.id for kept in members if dated(kept).claimed),
    )


def _descent(kept: Kept, earlier: Sequence[Kept], near: _Near) -> Descent:
    """Where a report comes from, with all that it edited."""
    parent = _parent(kept, earlier, near)
    if parent is None:
        return Descent(kept.report.id)
    text, its_text = body_of(kept.report.text), body_of(parent.report.text)
    found = compare(text, its_text)
    return Descent(
        report=kept.report.id,
        parent=parent.report.id,
        precedence=precedence(parent, kept),
        share=round(found.share_a, 4),
        edits=all_edits([turned(passage) for passage in found.passages], its_text, text),
    )


def _parent(kept: Kept, earlier: Sequence[Kept], near: _Near) -> Kept | None:
    """The report that one was copied from: the closest of the earlier ones, the earliest of equals."""
    linked = near[kept.report.id]
    closeness = {one.report.id: linked[one.report.id].closeness for one in earlier if one.report.id in linked}
    if not closeness:
        return earlier[0] if earlier else None
    most = max(closeness.values())
    return next(one for one in earlier if closeness.get(one.report.id) == most)


class Copied(NamedTuple):
    """A report and the one it was copied from, with the share of its letters that this has, where a link tells it."""

    report: Kept
    parent: Kept
    share: float | None


def parents(links: Iterable[CopyLink], index: Index, wanted: Collection[ReportId]) -> tuple[Copied, ...]:
    """Of which reports some are copies within the lineages that links make, without laying them side by side."""
    found, near = _grouped(links, index)
    out = []
    for group in found:
        for place, kept in enumerate(group):
            parent = _parent(kept, group[:place], near) if kept.report.id in wanted else None
            if parent is not None:
                link = near[kept.report.id].get(parent.report.id)
                share = None if link is None else link.shares[link.b == kept.report.id]
                out.append(Copied(kept, parent, share))
    return tuple(out)
