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
from collections.abc import Collection, Iterable, Iterator, Sequence
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

    def runs_without(self, ref: Ref, others: Collection[Ref]) -> Collection[Run]:
        """The same, in the same order, if these others were not there."""

    def standings(self, refs: Iterable[Ref]) -> dict[Ref, Standing]:
        """Where these statements stand; those that stand in no claim yet are left out."""

    def known(self, ref: Ref) -> Known:
        """A statement."""

    def meet(self, refs: Collection[Ref]) -> None:
        """Be told which statements will be settled next, so as to look up together what that takes."""

    def near(self, pairs: Iterable[tuple[Ref, Ref]]) -> Iterable[tuple[Ref, Ref, float]]:
        """Those pairs of statements whose embeddings are near enough for a tie, with their cosines."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a statement stands from now on: joined by `link`, or anchoring `claim` itself where there is none.

    `before` is the claim it stood in until now, None for a statement that is new. `because` is the new statement
    that brought it here, where one did.
    """

    ref: Ref
    known: Known
    claim: ClaimId
    anchor: Ref
    link: ClaimLink | None
    before: ClaimId | None = None
    because: Known | None = field(default=None, compare=False)


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
    return settle_all((ref,), index)


def settle_all(refs: Sequence[Ref], index: Index) -> tuple[Placement, ...]:
    """Where new statements go, and every earlier placement that this changes, in canonical order.

    What changes is looked at once for all of them. `index` has them under their keys already, in no claim yet; whoever
    calls keeps the placements.
    """
    change = _Change(index, new=frozenset(refs))
    for ref in refs:
        change.push(ref, ref)
    for ref in refs:
        change.touch(_losing(ref, change.new, index), ref)
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
    change.touch((each for each in leave.touches if each.gained != leave.ref), None)
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


def _losing(ref: Ref, new: Collection[Ref], index: Index) -> Iterator[Touch]:
    """Those out of whose windows a statement that arrived has helped to push all that stood with their anchor."""
    for was, run in zip(index.runs_without(ref, new), index.runs(ref), strict=True):
        if len(run.before) + len(run.after) < index.window:
            continue
        standings = index.standings({*was.before, *was.after})
        anchors = {other: standing.anchor for other, standing in standings.items()}
        for before, other in enumerate(was.after):
            own = anchors.get(other)
            if own is None or own == other or other not in run.after:
                continue
            at = run.after.index(other)
            here = {*run.after[:at], *run.before[: index.window - 1 - at]}
            there = (*was.after[:before], *was.before[: index.window - before])
            held = {it for it in there if anchors.get(it) == own}
            if held and here.isdisjoint(held):
                yield Touch(other, lost=True)


@dataclass(slots=True)
class _Change:
    """What changes at one time: the placements so far, and the statements that are still to be looked at, in order.

    `causes` are the new statements because of which others are looked at, `ties` what is known of pairs by now.
    """

    index: Index
    gone: dict[Ref, ClaimId] = field(default_factory=dict)
    new: frozenset[Ref] = frozenset()
    now: dict[Ref, Placement] = field(default_factory=dict)
    waiting: list[tuple[Order, Ref, Known]] = field(default_factory=list)
    causes: dict[Ref, Ref | None] = field(default_factory=dict)
    ties: dict[tuple[Ref, Ref], Tie | None] = field(default_factory=dict)

    def push(self, ref: Ref, cause: Ref | None) -> None:
        """Have a statement looked at."""
        if ref not in self.causes:
            self.causes[ref] = cause
            known = self.index.known(ref)
            heapq.heappush(self.waiting, (known.proposition.order, ref, known))

    def touch(self, touches: Iterable[Touch], cause: Ref | None) -> None:
        """Have those statements looked at whom it may matter to."""
        gains = set()
        for each in touches:
            if each.lost:
                self.push(each.ref, cause)
            elif each.gained is not None and each.ref not in self.causes:
                gains.add((each.ref, each.gained))
        standings = self.index.standings({ref for ref, _ in gains})
        open_ = [(ref, anchor) for ref, anchor in sorted(gains) if standings[ref].anchor != anchor]
        for (ref, _), held in self.tied(open_).items():
            stands = standings[ref]
            if stands.anchor == ref or held.score >= stands.score:
                self.push(ref, cause)

    def tied(self, pairs: Sequence[tuple[Ref, Ref]]) -> dict[tuple[Ref, Ref], Tie]:
        """The ties of those pairs of statements that a machine may join."""
        fresh = [pair for pair in pairs if pair not in self.ties]
        self.ties.update(dict.fromkeys(fresh))
        for ref, anchor, cosine in self.index.near(fresh):
            one, other = self.index.known(ref).proposition, self.index.known(anchor).proposition
            self.ties[ref, anchor] = joining(one, other, cosine)
        return {pair: held for pair in pairs if (held := self.ties[pair]) is not None}

    def work_off(self) -> None:
        """Settle what waits, and what waits because of it."""
        met: set[Ref] = set()
        while self.waiting:
            if self.waiting[0][1] not in met:
                fresh = {ref for _, ref, _ in self.waiting} - met
                self.index.meet(fresh)
                met |= fresh
            _, ref, known = heapq.heappop(self.waiting)
            was = None if ref in self.new else self.index.standings([ref])[ref].anchor
            placed = self.placed(ref, known, was)
            if placed.anchor == was:
                continue
            self.now[ref] = placed
            runs = self.index.runs(ref)
            cause = self.causes[ref]
            self.touch(_gaining(runs, placed.anchor), cause)
            if was is None:
                continue
            after = {other for run in runs for other in run.after}
            for other, standing in self.index.standings(after).items():
                if standing.anchor == was and other != was:
                    self.push(other, cause)

    def placed(self, ref: Ref, known: Known, was: Ref | None) -> Placement:
        """The placement of a statement, given those that changed before it."""
        before = self._claim(was) if was is not None else None
        cause = self.causes[ref]
        because = None if cause is None else self.index.known(cause)
        seen = dict.fromkeys(other for run in self.index.runs(ref) for other in run.before)
        standings = self.index.standings(seen)
        anchors = {self.now[other].anchor if other in self.now else standings[other].anchor for other in seen}
        best: tuple[Ref, Known, Tie] | None = None
        for (_, other), held in self.tied([(ref, anchor) for anchor in anchors - self.gone.keys()]).items():
            anchor = self.index.known(other)
            rank = (-held.score, anchor.proposition.order)
            if best is None or rank < (-best[2].score, best[1].proposition.order):
                best = other, anchor, held
        if best is None:
            return Placement(ref, known, own_claim(known.proposition), ref, None, before, because)
        joined = link(known, best[1], best[2])
        return Placement(ref, known, joined.claim, best[0], joined, before, because)

    def _claim(self, anchor: Ref) -> ClaimId:
        return self.gone.get(anchor) or own_claim(self.index.known(anchor).proposition)
