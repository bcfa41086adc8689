"""Statements -> claims: each joins the earliest-anchored claim it is most like, or anchors one of its own.

Statements have a canonical order: when their report was published, then its id, then where they stand in it. In that
order each is tied to the claims whose anchor, the claim's first statement, puts the same proposition; it joins the
one it is most surely tied to. Ties to other members count for nothing, so that claims do not grow along chains of weak
likeness. The outcome depends on what is known and not on how it came in: a statement that arrives late but stands
early may anchor a claim and draw later ones to it, and each such move is told.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from sayso.trace.claims.proposition import Proposition
from sayso.trace.claims.scoring import Known, Tie, tie
from sayso.vocabulary import ClaimId, ClaimLink, ReportId, StatementId, Tier

Ref = tuple[ReportId, StatementId]


class Index(Protocol):
    """What joining needs to know of the statements there are; storage and memory each have one."""

    def candidates(self, known: Known) -> Iterable[Known]:
        """Every statement kept under one of a statement's probes, itself left out."""

    def anchor(self, statement: Ref) -> Ref | None:
        """The anchor of the claim a statement is in, itself if it anchors one; None if it is in none."""

    def members(self, anchor: Ref) -> Collection[Known]:
        """The statements joined to an anchor, itself left out."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a statement stands from now on: joined by `link`, or anchoring `claim` itself where there is none.

    `before` is the claim it stood in until now, None for a statement that is new.
    """

    known: Known
    claim: ClaimId
    anchor: Ref
    link: ClaimLink | None
    before: ClaimId | None = None


def reference(proposition: Proposition) -> Ref:
    """The report and statement of a proposition."""
    return proposition.report, proposition.statement


def claim_id(anchor: Ref) -> ClaimId:
    """The id of the claim that a statement anchors."""
    return ClaimId("c-" + hashlib.sha256("\n".join(anchor).encode()).hexdigest()[:16])


def join(statement: Known, index: Index) -> ClaimLink | None:
    """The link by which a statement joins a claim, None where it anchors one of its own. Nothing is changed."""
    return settle(statement, index)[0].link


def settle(statement: Known, index: Index) -> tuple[Placement, ...]:
    """Where a statement goes, first, and then every earlier placement that this changes, in canonical order.

    `index` has the statement under its keys already, in no claim yet; whoever calls keeps the placements.
    """
    now: dict[Ref, Placement] = {}
    waiting = [(statement.proposition.order, statement)]
    queued = {reference(statement.proposition)}
    while waiting:
        _, known = heapq.heappop(waiting)
        ref = reference(known.proposition)
        was = index.anchor(ref)
        placed = _placed(known, index, now, was)
        if placed.anchor == was:
            continue
        now[ref] = placed
        touched: list[Known] = []
        if was == ref:
            touched = list(index.members(ref))
        elif placed.anchor == ref:
            touched = [other for other in index.candidates(known) if other.proposition.order > known.proposition.order]
        for other in touched:
            if (its := reference(other.proposition)) not in queued:
                queued.add(its)
                heapq.heappush(waiting, (other.proposition.order, other))
    return tuple(now.values())


def suggestions(statement: Known, index: Index) -> tuple[ClaimLink, ...]:
    """Claims that a statement may belong to, by the likeness of their anchors, the likeliest first: never merged."""
    own = index.anchor(reference(statement.proposition))
    anchors = (other for other in index.candidates(statement) if _is_anchor(other, index))
    found = [
        replace(_link(statement, other, held), tier=Tier.SUGGESTED)
        for other in anchors
        if reference(other.proposition) != own and (held := tie(statement, other)) is not None
    ]
    return tuple(sorted(found, key=lambda link: (-link.score, link.claim)))


def _placed(known: Known, index: Index, now: dict[Ref, Placement], was: Ref | None) -> Placement:
    """The placement of a statement, given those that changed before it."""
    ref = reference(known.proposition)
    best: tuple[Known, Tie] | None = None
    for other in index.candidates(known):
        its = reference(other.proposition)
        if other.proposition.order >= known.proposition.order or _anchor(its, index, now) != its:
            continue
        held = tie(known, other)
        if held is None or held.tier is not Tier.CONFIDENT:
            continue
        if best is None or (-held.score, other.proposition.order) < (-best[1].score, best[0].proposition.order):
            best = other, held
    before = claim_id(was) if was else None
    if best is None:
        return Placement(known, claim_id(ref), ref, None, before)
    anchor = reference(best[0].proposition)
    return Placement(known, claim_id(anchor), anchor, _link(known, *best), before)


def _is_anchor(known: Known, index: Index) -> bool:
    ref = reference(known.proposition)
    return index.anchor(ref) == ref


def _anchor(statement: Ref, index: Index, now: dict[Ref, Placement]) -> Ref | None:
    changed = now.get(statement)
    return changed.anchor if changed else index.anchor(statement)


def _link(known: Known, anchor: Known, held: Tie) -> ClaimLink:
    return ClaimLink(
        report=known.proposition.report,
        statement=known.proposition.statement,
        claim=claim_id(reference(anchor.proposition)),
        tier=held.tier,
        score=held.score,
        opposite=held.opposite,
        reasons=held.reasons,
    )
