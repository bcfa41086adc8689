"""Techniques of influence operations, as people assign them to what is claimed and to reports.

No machine assigns one. A technique is known by its id alone ("T0049", as in the DISARM framework, whose texts are under
a licence of their own and no part of Sayso); what a reviewer sees in it stands in their own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sayso.review.decisions import Decision, Verdict
from sayso.review.items import Item, Kind
from sayso.review.standing import State, about, live, standings

WHOLE: Final = "report"  # what a report as a whole is called where an item is named
_ID: Final = re.compile(r"T[0-9]{4}(?:\.[0-9]{3})?")
_LONGEST: Final = 100  # code points of a wrong id that are told


@dataclass(frozen=True, slots=True)
class Assigned:
    """A technique with the statement or report that somebody said it is at work in; its state, and what stands of it.

    Only one that is accepted is assigned; a contested or rejected one is not.
    """

    technique: str
    item: Item
    state: State
    decisions: tuple[Decision, ...]


def assigned(item: Item, technique: str, verdict: Verdict, why: str) -> Decision:
    """The decision that a technique is at work in an item, or is not. Raises ValueError where it cannot be one."""
    if not _ID.fullmatch(technique):
        raise ValueError(f"{technique[:_LONGEST]!r} is no technique: write its id, as T0049 or T0049.001")
    if item.kind not in (Kind.STATEMENT, Kind.TECHNIQUE):
        raise ValueError(f"a technique is assigned to a statement, for what it claims, or to the whole as {WHOLE!r}")
    if verdict not in (Verdict.ACCEPTED, Verdict.REJECTED, Verdict.UNSURE):
        raise ValueError("a technique is accepted or rejected, or unsure")
    if verdict is Verdict.ACCEPTED and not why:
        raise ValueError("a technique is assigned with a reason, in your own words")
    return Decision(Kind.TECHNIQUE, (item,), verdict, "", why, technique=technique)


def techniques(decisions: Iterable[Decision]) -> tuple[Assigned, ...]:
    """The techniques that were decided on, in the order in which that was first done; from decisions in any order."""
    found = standings([it for it in live(decisions) if it.kind is Kind.TECHNIQUE], about)
    first = sorted(found.values(), key=lambda it: (it.decisions[0].when, it.decisions[0].id))
    return tuple(Assigned(it.decisions[0].technique, it.decisions[0].items[0], it.state, it.decisions) for it in first)
