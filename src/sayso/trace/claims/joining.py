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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, Protocol

from sayso.trace.claims.order import Order, tag
from sayso.trace.claims.proposition import Proposition
from sayso.trace.claims.scoring import Known, Tie, tied
from sayso.vocabulary import ClaimId, ClaimLink, ReportId, StatementId, Tier

WINDOW: Final = 16  # statements looked at under a key, and settled anew after a late one

Ref = tuple[int, int]  # the number of a report in an index, and a statement's place in it; they say nothing of order
Ties = dict[tuple[Ref, Ref], Tie | None]  # of pairs of statements; None where no machine may join the two


@dataclass(frozen=True, slots=True)
class Run:
    """The statements around one under one of its keys, the nearest first, a window's length each way."""

    before: tuple[Ref, ...]
    after: tuple[Ref, ...]


def past(nearest: Sequence[Ref], window: int, others: Collection[Ref]) -> tuple[Ref, ...]:
    """Of statements, the nearest first, a window's length that are none of these others, and the others between."""
    left = window
    for at, ref in enumerate(nearest):
        left -= ref not in others
        if not left:
            return tuple(nearest[: at + 1])
    return tuple(nearest)


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

    def runs_past(self, ref: Ref, others: Collection[Ref]) -> Iterable[Run]:
        """The same, but of the statements before one a window's length that are none of these others, with those."""

    def standings(self, refs: Iterable[Ref]) -> dict[Ref, Standing]:
        """Where these statements stand; one that stands in no claim yet is left out, or stands alone."""

    def order(self, ref: Ref) -> Order:
        """Where a statement comes, and so what it is called."""

    def known(self, ref: Ref) -> Known:
        """A statement."""

    def meet(self, refs: Collection[Ref]) -> Ties:
        """Be told which statements will be settled next, to look up together what that takes; ties known by now."""

    def near(self, pairs: Iterable[tuple[Ref, Ref]]) -> Iterable[tuple[Ref, Ref, float]]:
        """Those pairs of statements whose embeddings are near enough for a tie, with their cosines."""

    def ties(self, pairs: Collection[tuple[Ref, Ref]]) -> Ties:
        """The ties of pairs of statements, the later one first; None where no machine may join the two."""


@dataclass(frozen=True, slots=True)
class Change:
    """Where a statement stands from now on: with an anchor by a tie, or as an anchor itself where there is none.

    `was` is the anchor that it stood with until now, None for a statement that is new; `cause` the new statement that
    brought it here, where one did.
    """

    ref: Ref
    anchor: Ref
    tie: Tie | None
    was: Ref | None
    cause: Ref | None


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
    return tuple(_placement(each, index, {}) for each in settle_all((ref,), index))


def settle_all(refs: Sequence[Ref], index: Index) -> tuple[Change, ...]:
    """Where new statements go, and every earlier placement that this changes, in canonical order.

    What changes is looked at once for all of them. `index` has them under their keys already, in no claim yet; whoever
    calls keeps the changes.
    """
    settling = _Settling(index, new=frozenset(refs))
    for ref in refs:
        settling.push(ref, ref)
    settling.meet()
    for ref in refs:
        for other in _losing(ref, settling.new, index):
            settling.push(other, ref)
    settling.work_off()
    return tuple(settling.now.values())


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
    return Leave(ref, _claim(ref, index), tuple(touches))


def mended(leave: Leave, index: Index) -> tuple[Placement, ...]:
    """Every placement that changes now that a statement is out of the index, in canonical order."""
    gone = {leave.ref: leave.claim}
    return tuple(_placement(each, index, gone) for each in mended_without(leave, index))


def mended_without(leave: Leave, index: Index) -> tuple[Change, ...]:
    """Where statements stand from now on that a statement's leaving changes, in canonical order."""
    settling = _Settling(index, frozenset({leave.ref}))
    gained = []
    for each in leave.touches:
        if each.lost:
            settling.push(each.ref, None)
        elif each.gained is not None and each.gained != leave.ref:
            gained.append((each.ref, each.gained))
    settling.gain(gained, None)
    settling.work_off()
    return tuple(settling.now.values())


def _placement(change: Change, index: Index, gone: Mapping[Ref, ClaimId]) -> Placement:
    """A change as it is told; `gone` are the claims of anchors that are there no longer."""
    known = index.known(change.ref)
    before = None if change.was is None else gone.get(change.was) or _claim(change.was, index)
    joined = None if change.tie is None else link(known, index.known(change.anchor), change.tie)
    return Placement(change.ref, known, _claim(change.anchor, index), change.anchor, joined, before)


def _claim(anchor: Ref, index: Index) -> ClaimId:
    order = index.order(anchor)
    return claim_id(order.report, order.statement)


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


def _losing(ref: Ref, new: Collection[Ref], index: Index) -> Iterator[Ref]:
    """Those out of whose windows new statements have pushed all that stood with their anchor, this one the last of
    them before these.

    A window holds so many statements before one: those that were there already lie nearer by the new ones between.
    """
    for run in index.runs_past(ref, new):
        if not run.after or run.after[0] in new or len(run.before) + len(run.after) < index.window:
            continue
        anchors = {other: each.anchor for other, each in index.standings((*run.before, *run.after)).items()}
        last: dict[Ref, tuple[int, int]] = {}  # by anchor: the place of its last one in the line, and among the old
        here = there = 0
        for other in reversed(run.before):
            here += 1
            if other not in new:
                there += 1
                last[anchors[other]] = here, there
        here += 1  # this one
        for other in run.after:
            here += 1
            there += 1
            if other in new:
                break
            own = anchors[other]
            at, was = last.get(own, (here, there))
            if own != other and there - was <= index.window < here - at:
                yield other
            last[own] = here, there


@dataclass(slots=True)
class _Settling:
    """What changes at one time: the changes so far, and the statements that are still to be looked at, in order.

    `causes` are the new statements because of which others are looked at, `known_ties` what is known of pairs by now.
    """

    index: Index
    gone: frozenset[Ref] = frozenset()
    new: frozenset[Ref] = frozenset()
    now: dict[Ref, Change] = field(default_factory=dict)
    waiting: list[tuple[Order, Ref]] = field(default_factory=list)
    causes: dict[Ref, Ref | None] = field(default_factory=dict)
    met: set[Ref] = field(default_factory=set)
    known_ties: Ties = field(default_factory=dict)

    def push(self, ref: Ref, cause: Ref | None) -> None:
        """Have a statement looked at."""
        if ref not in self.causes:
            self.causes[ref] = cause
            heapq.heappush(self.waiting, (self.index.order(ref), ref))

    def meet(self) -> None:
        """Have the index look up what the statements that wait will take."""
        fresh = {ref for _, ref in self.waiting} - self.met
        self.known_ties |= self.index.meet(fresh)
        self.met |= fresh

    def gain(self, pairs: Iterable[tuple[Ref, Ref]], cause: Ref | None) -> None:
        """Have those looked at that may join an anchor which is in their windows now, each beside it."""
        open_ = [pair for pair in pairs if pair[0] not in self.causes]
        standings = self.index.standings({ref for ref, _ in open_})
        for (ref, _), held in self.tied([it for it in open_ if standings[it[0]].anchor != it[1]]).items():
            stands = standings[ref]
            if stands.anchor == ref or held.score >= stands.score:
                self.push(ref, cause)

    def tied(self, pairs: Sequence[tuple[Ref, Ref]]) -> dict[tuple[Ref, Ref], Tie]:
        """The ties of those pairs of statements that a machine may join."""
        ties = self.known_ties
        if fresh := [pair for pair in pairs if pair not in ties]:
            ties |= self.index.ties(fresh)
        return {pair: held for pair in pairs if (held := ties[pair]) is not None}

    def work_off(self) -> None:
        """Settle what waits, and what waits because of it."""
        while self.waiting:
            if self.waiting[0][1] not in self.met:
                self.meet()
            _, ref = heapq.heappop(self.waiting)
            was = None if ref in self.new else self.index.standings([ref])[ref].anchor
            change = self.changed(ref, was)
            if change.anchor == was:
                continue
            self.now[ref] = change
            after = dict.fromkeys(chain.from_iterable(run.after for run in self.index.runs(ref)))
            self.gain([(other, change.anchor) for other in after], change.cause)
            if was is None:
                continue
            for other, standing in self.index.standings(after).items():
                if standing.anchor == was and other != was:
                    self.push(other, change.cause)

    def changed(self, ref: Ref, was: Ref | None) -> Change:
        """Where a statement stands, given what changed before it."""
        seen = dict.fromkeys(chain.from_iterable(run.before for run in self.index.runs(ref)))
        standings, now = self.index.standings(seen), self.now
        anchors = {now[other].anchor if other in now else standings[other].anchor for other in seen}
        best: tuple[tuple[float, Order], Ref, Tie] | None = None
        for (_, anchor), held in self.tied([(ref, anchor) for anchor in anchors - self.gone]).items():
            if best is None or -held.score <= best[0][0]:
                rank = -held.score, self.index.order(anchor)
                best = (rank, anchor, held) if best is None or rank < best[0] else best
        cause = self.causes[ref]
        return Change(ref, ref, None, was, cause) if best is None else Change(ref, best[1], best[2], was, cause)
