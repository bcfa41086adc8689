"""What people decided on pairs across reports: two statements of one claim or of two, a finding that bears on one.

Such a pair is known by its statements alone, so that it holds whatever readings and claims come later. Joins of names
across reports are decided in `sayso.trace.people.decisions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.review.decisions import Decision
from sayso.review.items import Item, Kind
from sayso.review.standing import State, about, live, standings
from sayso.vocabulary import FindingId


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements, or one and a finding; its state (merged or split, accepted or rejected, …), and what stands."""

    kind: Kind
    items: tuple[Item, ...]
    finding: FindingId | None
    state: State
    decisions: tuple[Decision, ...]


def pairs(decisions: Iterable[Decision]) -> tuple[Pair, ...]:
    """The pairs that were decided on, in the order in which that was first done; from decisions in any order."""
    held = [it for it in live(decisions) if it.kind in (Kind.CLAIM, Kind.MATCH)]
    found = standings(held, about)
    return tuple(
        Pair(it.decisions[0].kind, it.decisions[0].items, it.decisions[0].finding, it.state, it.decisions)
        for it in sorted(found.values(), key=lambda it: (it.decisions[0].when, it.decisions[0].id))
    )
