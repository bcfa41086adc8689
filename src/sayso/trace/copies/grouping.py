"""Reports that are one text put into groups, without chaining over weak links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from sayso.vocabulary import CopyLink, Kinship, ReportId

LINKED: Final = 1 / 2  # of the pairs between two groups, where their anchors are not linked


def groups(links: Iterable[CopyLink], key: Callable[[ReportId], Any]) -> list[tuple[ReportId, ...]]:
    """Groups of two reports and more; within each, and among them, in the order of `key` (say, when first known).

    Links are taken from the surest on. Two groups become one when their anchors, the reports linked to most of their
    own group, are linked, or when more than half of all pairs between them are. The order of `links` plays no part.
    """
    near: dict[ReportId, set[ReportId]] = {}
    whole = sorted(
        {link for link in links if link.kinship is Kinship.WHOLE}, key=lambda link: (-link.score, link.a, link.b)
    )
    for link in whole:
        near.setdefault(link.a, set()).add(link.b)
        near.setdefault(link.b, set()).add(link.a)
    members = {report: [report] for report in near}
    group_of = {report: report for report in near}
    waiting = whole
    while waiting:
        refused = []
        for link in waiting:
            left, right = group_of[link.a], group_of[link.b]
            if left == right:
                continue
            if not _belong(members[left], members[right], near, key):
                refused.append(link)
                continue
            if len(members[left]) < len(members[right]):
                left, right = right, left
            members[left] += members.pop(right)
            for report in members[left]:
                group_of[report] = left
        if len(refused) == len(waiting):
            break
        waiting = refused
    found = [tuple(sorted(group, key=key)) for group in members.values() if len(group) > 1]
    return sorted(found, key=lambda group: key(group[0]))


def _belong(
    one: list[ReportId], other: list[ReportId], near: dict[ReportId, set[ReportId]], key: Callable[[ReportId], Any]
) -> bool:
    if _anchor(other, near, key) in near[_anchor(one, near, key)]:
        return True
    linked = sum(len(near[report].intersection(other)) for report in one)
    return linked > LINKED * len(one) * len(other)


def _anchor(group: list[ReportId], near: dict[ReportId, set[ReportId]], key: Callable[[ReportId], Any]) -> ReportId:
    """The report of a group that is linked to most of it; the earliest of equals."""
    return min(group, key=lambda report: (-len(near[report].intersection(group)), key(report)))
