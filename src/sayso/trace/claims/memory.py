"""An index of statements in memory, for a batch or a test; a ledger keeps the same keys and placements as rows."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable

import numpy as np

from sayso.trace.claims.joining import WINDOW, Placement, Ref, Run, Standing, Ties, past
from sayso.trace.claims.keys import Keys, keys
from sayso.trace.claims.order import Order
from sayso.trace.claims.scoring import LEAST, Known, joining
from sayso.trace.embedding import cosines
from sayso.vocabulary import ReportId


class MemoryIndex:
    """Statements by their keys, and the claim each is in."""

    def __init__(self, window: int = WINDOW) -> None:
        self._window = window
        self._numbers: dict[ReportId, int] = {}
        self._known: dict[Ref, Known] = {}
        self._keys: dict[Ref, Keys] = {}
        self._by_key: dict[int, list[tuple[Order, Ref]]] = {}
        self._placed: dict[Ref, Placement] = {}

    @property
    def window(self) -> int:
        """How many statements are looked at under a key."""
        return self._window

    def ref(self, known: Known) -> Ref:
        """What a statement is called here."""
        number = self._numbers.setdefault(known.proposition.report, len(self._numbers))
        return number, known.proposition.place

    def add(self, known: Known) -> Ref:
        """Keep a statement under its keys, in no claim yet."""
        ref = self.ref(known)
        if ref not in self._known:
            self._known[ref] = known
            self._keys[ref] = keys(known.proposition, known.vector)
            for key in self._keys[ref]:
                insort(self._by_key.setdefault(key, []), (known.proposition.order, ref))
        return ref

    def take_out(self, ref: Ref) -> None:
        """Keep a statement no longer."""
        known = self._known.pop(ref)
        self._placed.pop(ref, None)
        for key in self._keys.pop(ref):
            self._by_key[key].remove((known.proposition.order, ref))

    def keep(self, placements: Iterable[Placement]) -> None:
        """Put statements where they stand from now on."""
        for placement in placements:
            self._placed[placement.ref] = placement

    def runs(self, ref: Ref) -> Collection[Run]:
        """The statements around one, for each of its keys."""
        entry = self._known[ref].proposition.order, ref
        found = []
        for key in self._keys[ref]:
            line = self._by_key[key]
            at = bisect_left(line, entry)
            before = tuple(other for _, other in reversed(line[max(0, at - self._window) : at]))
            found.append(Run(before, tuple(other for _, other in line[at + 1 : at + 1 + self._window])))
        return found

    def runs_past(self, ref: Ref, others: Collection[Ref]) -> Collection[Run]:
        """The same, but of the statements before one a window's length that are none of these others, with those."""
        entry = self._known[ref].proposition.order, ref
        found = []
        for key in self._keys[ref]:
            line = self._by_key[key]
            at = bisect_left(line, entry)
            before = tuple(other for _, other in reversed(line[max(0, at - self._window - len(others)) : at]))
            after = tuple(other for _, other in line[at + 1 : at + 1 + self._window])
            found.append(Run(past(before, self._window, others), after))
        return found

    def standings(self, refs: Iterable[Ref]) -> dict[Ref, Standing]:
        """Where these statements stand; those that stand in no claim yet are left out."""
        return {
            ref: Standing(placed.anchor, placed.link.score if placed.link else 0.0)
            for ref in refs
            if (placed := self._placed.get(ref)) is not None
        }

    def order(self, ref: Ref) -> Order:
        """Where a statement comes, and so what it is called."""
        return self._known[ref].proposition.order

    def known(self, ref: Ref) -> Known:
        """A statement."""
        return self._known[ref]

    def meet(self, refs: Collection[Ref]) -> Ties:
        """Everything is at hand already, and no tie is known."""
        return {}

    def near(self, pairs: Iterable[tuple[Ref, Ref]]) -> Iterable[tuple[Ref, Ref, float]]:
        """Those pairs of statements whose embeddings are near enough for a tie, with their cosines."""
        listed = list(pairs)
        if not listed:
            return []
        rows = [np.stack([self._known[pair[side]].vector for pair in listed]) for side in (0, 1)]
        return [
            (*pair, cosine) for pair, cosine in zip(listed, cosines(*rows).tolist(), strict=True) if cosine >= LEAST
        ]

    def ties(self, pairs: Collection[tuple[Ref, Ref]]) -> Ties:
        """The ties of pairs of statements, the later one first; None where no machine may join the two."""
        found: Ties = dict.fromkeys(pairs)
        for one, other, cosine in self.near(pairs):
            found[one, other] = joining(self._known[one].proposition, self._known[other].proposition, cosine)
        return found

    def placements(self) -> tuple[Placement, ...]:
        """Where every statement stands, in canonical order."""
        return tuple(sorted(self._placed.values(), key=lambda placement: placement.known.proposition.order))
