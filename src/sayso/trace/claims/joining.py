"""Statements -> claims: each joins the earliest-anchored claim it is most like, or anchors one of its own.

Statements have a canonical order: when their report was published, then its id, then where they stand in it. In that
order each looks at those shortly before it under each of its keys, WINDOW of them, and is tied to the anchors of the
claims these are in: an anchor is the first statement of its claim. It joins the anchor it is most surely tied to. Ties
to other members count for nothing, so that claims do not grow along chains of weak likeness; that others are looked at
lets a claim be found however many members it has.

The outcome depends on what is known and not on how it came in: a statement that arrives late but stands early, or one
that is taken out, may change where those stand in whose windows it is, and each such move is told. What has to be
looked at is bounded: a window's length under each key, on either side.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

from sayso.trace.claims.order import Order, tag
from sayso.trace.claims.proposition import Proposition
from sayso.trace.claims.scoring import Known, Tie, joining, tied
from sayso.vocabulary import ClaimId, ClaimLink, ReportId, StatementId, Tier

WINDOW: Final = 16  # statements looked at under a key, and settled anew after a late one

Ref = tuple[int, int]  # the number of a report in an index, and a statement's place in it; they say nothing of order


@dataclass(frozen=True, slots=True)
class Run:
    """The statements around one under one of its keys, the nearest first, a window's length each way."""

    before: tuple[Ref, ...]
    after: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a statement stands: its anchor (itself if it anchors its claim), and the score of their tie."""

    anchor: Ref
    score: float = 0.0


class Index(Protocol):
    """What joining needs to know of the statements there are; storage and memory each have one."""

    @property
    def window(self) -> int:
        """How many statements are looked at under a key."""

    def runs(self, ref: Ref) -> Collection[Run]:
        """The statements around one, for each of its keys."""

    def standings(self, refs: Iterable[Ref]) -> dict[Ref, Standing]:
        """Where these statements stand; those that stand in no claim yet are left out."""

    def known(self, ref: Ref) -> Known:
        """A statement."""

    def near(self, pairs: Iterable[tuple[Ref, Ref]]) -> Iterable[tuple[Ref, Ref, float]]:
        """Those pairs of statements whose embeddings are near enough for a tie, with their cosines."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a statement stands from now on: joined by `link`, or anchoring `claim` itself where there is none.

    `before` is the claim it stood in until now, None for a statement that is new.
    """

    ref: Ref
    known: Known
    claim: ClaimId
    anchor: Ref
    link: ClaimLink | None
    before: ClaimId | None = None


def claim_id(report: ReportId, statement: StatementId) -> ClaimId:
    """The id of the claim that a statement anchors: 32 bits of its report's id, and as many of both."""
    own = hashlib.blake2b(f"{report}\n{statement}".encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return ClaimId(f"c-{tag(report):08x}{own}")


def own_claim(proposition: Proposition) -> ClaimId:
    """The id of the claim that a statement anchors if it does."""
    return claim_id(proposition.report, proposition.statement)


def settle(ref: Ref, index: Index) -> tuple[Placement, ...]:
    """Where a statement goes, first, and then every earlier placement that this changes, in canonical order.

    `index` has the statement under its keys already, in no claim yet; whoever calls keeps the placements.
    """
    known = index.known(ref)
    change = _Change(index)
    first = change.placed(ref, known)
    change.now[ref] = first
    runs = index.runs(ref)
    change.touch(_gaining(runs, first.anchor))
    change.touch(_losing(runs, index))
    change.work_off()
    return tuple(change.now.values())


@dataclass(frozen=True, slots=True)
class Touch:
    """That a statement is to be looked at again: what it may join now, or that its way to its anchor may be gone."""

    ref: Ref
    gained: Ref | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Leave:
    """A statement that is to be taken out, the claim that it anchors if it does, and what that may matter to."""

    ref: Ref
    claim: ClaimId
    touches: tuple[Touch, ...]


def leaving(ref: Ref, index: Index) -> Leave:
    """What hangs on a statement: to be `mended` when it is out of the index."""
    own = index.standings([ref]).get(ref)
    touches: dict[Touch, None] = {}
    for run in index.runs(ref):
        standings = index.standings({*run.before, *run.after})
        anchors = {other: standing.anchor for other, standing in standings.items()}
        for at, other in enumerate(run.after):
            left = index.window - at
            stays = (*run.before[: left - 1], *run.after[:at])
            stood = own is not None and anchors.get(other) == own.anchor
            if own is not None and stood and (own.anchor == ref or all(anchors.get(it) != own.anchor for it in stays)):
                touches[Touch(other, lost=True)] = None
            if left <= len(run.before) and (again := anchors.get(run.before[left - 1])) is not None:
                touches[Touch(other, gained=again)] = None
    return Leave(ref, own_claim(index.known(ref).proposition), tuple(touches))


def mended(leave: Leave, index: Index) -> tuple[Placement, ...]:
    """Every placement that changes now that a statement is out of the index, in canonical order."""
    change = _Change(index, {leave.ref: leave.claim})
    change.touch(each for each in leave.touches if each.gained != leave.ref)
    change.work_off()
    return tuple(change.now.values())


def suggestions(ref: Ref, index: Index) -> tuple[ClaimLink, ...]:
    """Claims that a statement may belong to, by the likeness of their anchors, the likeliest first: never merged."""
    around = {other for run in index.runs(ref) for other in (*run.before, *run.after)} - {ref}
    own = index.standings([ref]).get(ref)
    anchors = {standing.anchor for standing in index.standings(around).values()} - {own.anchor if own else ref}
    known = index.known(ref)
    found = []
    for _, anchor, cosine in index.near((ref, anchor) for anchor in anchors):
        other = index.known(anchor)
        if (held := tied(known.proposition, other.proposition, cosine)) is not None:
            found.append(link(known, other, held, Tier.SUGGESTED))
    return tuple(sorted(found, key=lambda each: (-each.score, each.claim)))


def link(known: Known, anchor: Known, held: Tie, tier: Tier | None = None) -> ClaimLink:
    """The link of a statement to the claim of an anchor, from their tie."""
    return ClaimLink(
        report=known.proposition.report,
        statement=known.proposition.statement,
        claim=own_claim(anchor.proposition),
        tier=tier or held.tier,
        score=held.score,
        opposite=held.opposite,
        reasons=held.reasons,
    )


def _gaining(runs: Iterable[Run], anchor: Ref) -> Iterator[Touch]:
    """Those that have a statement in their windows, which stands with this anchor now."""
    for other in dict.fromkeys(other for run in runs for other in run.after):
        yield Touch(other, gained=anchor)


def _losing(runs: Iterable[Run], index: Index) -> Iterator[Touch]:
    """Those out of whose windows a statement that arrived has pushed the only one that stood with their anchor."""
    for run in runs:
        if len(run.before) + len(run.after) < index.window:
            continue
        standings = index.standings({*run.after, *run.before})
        anchors = {ref: standing.anchor for ref, standing in standings.items()}
        for at, other in enumerate(run.after):
            left = index.window - 1 - at
            if left >= len(run.before) or other not in anchors:
                continue
            own = anchors[other]
            if own == other or anchors.get(run.before[left]) != own:
                continue
            if all(anchors.get(ref) != own for ref in (*run.before[:left], *run.after[:at])):
                yield Touch(other, lost=True)


@dataclass(slots=True)
class _Change:
    """What changes at one time: the placements so far, and the statements that are still to be looked at, in order."""

    index: Index
    gone: dict[Ref, ClaimId] = field(default_factory=dict)
    now: dict[Ref, Placement] = field(default_factory=dict)
    waiting: list[tuple[Order, Ref, Known]] = field(default_factory=list)
    queued: set[Ref] = field(default_factory=set)

    def push(self, ref: Ref) -> None:
        """Have a statement looked at."""
        if ref not in self.queued and ref not in self.now:
            self.queued.add(ref)
            known = self.index.known(ref)
            heapq.heappush(self.waiting, (known.proposition.order, ref, known))

    def touch(self, touches: Iterable[Touch]) -> None:
        """Have those statements looked at whom it may matter to."""
        gains = set()
        for each in touches:
            if each.lost:
                self.push(each.ref)
            elif each.gained is not None:
                gains.add((each.ref, each.gained))
        standings = self.index.standings({ref for ref, _ in gains})
        open_ = [(ref, anchor) for ref, anchor in sorted(gains) if standings[ref].anchor != anchor]
        for ref, anchor, cosine in self.index.near(open_):
            if ref in self.queued:
                continue
            held = joining(self.index.known(ref).proposition, self.index.known(anchor).proposition, cosine)
            stands = standings[ref]
            if held is not None and (stands.anchor == ref or held.score >= stands.score):
                self.push(ref)

    def work_off(self) -> None:
        """Settle what waits, and what waits because of it."""
        while self.waiting:
            _, ref, known = heapq.heappop(self.waiting)
            was = self.index.standings([ref])[ref].anchor
            placed = self.placed(ref, known, was)
            if placed.anchor == was:
                continue
            self.now[ref] = placed
            runs = self.index.runs(ref)
            after = {other for run in runs for other in run.after}
            self.touch(_gaining(runs, placed.anchor))
            for other, standing in self.index.standings(after).items():
                if standing.anchor == was and other != was:
                    self.push(other)

    def placed(self, ref: Ref, known: Known, was: Ref | None = None) -> Placement:
        """The placement of a statement, given those that changed before it."""
        before = self._claim(was) if was is not None else None
        seen = dict.fromkeys(other for run in self.index.runs(ref) for other in run.before)
        standings = self.index.standings(seen)
        anchors = {self.now[other].anchor if other in self.now else standings[other].anchor for other in seen}
        best: tuple[Ref, Known, Tie] | None = None
        for _, other, cosine in self.index.near((ref, anchor) for anchor in anchors - self.gone.keys()):
            anchor = self.index.known(other)
            held = joining(known.proposition, anchor.proposition, cosine)
            if held is None:
                continue
            rank = (-held.score, anchor.proposition.order)
            if best is None or rank < (-best[2].score, best[1].proposition.order):
                best = other, anchor, held
        if best is None:
            return Placement(ref, known, own_claim(known.proposition), ref, None, before)
        joined = link(known, best[1], best[2])
        return Placement(ref, known, joined.claim, best[0], joined, before)

    def _claim(self, anchor: Ref) -> ClaimId:
        return self.gone.get(anchor) or own_claim(self.index.known(anchor).proposition)
