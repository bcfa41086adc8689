"""An index of statements in memory, for a batch or a test; a ledger keeps the same keys and placements as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sayso.trace.claims.joining import Placement, Ref, reference
from sayso.trace.claims.keys import keys, probes
from sayso.trace.claims.scoring import Known


class MemoryIndex:
    """Statements by their keys, and the claim each is in."""

    def __init__(self) -> None:
        self._known: dict[Ref, Known] = {}
        self._by_key: dict[int, list[Ref]] = {}
        self._placed: dict[Ref, Placement] = {}
        self._members: dict[Ref, dict[Ref, Known]] = {}

    def add(self, known: Known) -> None:
        """Keep a statement under its keys, in no claim yet."""
        ref = reference(known.proposition)
        if ref not in self._known:
            self._known[ref] = known
            for key in keys(known.proposition, known.vector):
                self._by_key.setdefault(key, []).append(ref)

    def keep(self, placements: Iterable[Placement]) -> None:
        """Put statements where they stand from now on."""
        for placement in placements:
            ref = reference(placement.known.proposition)
            if (before := self._placed.get(ref)) is not None:
                self._members.get(before.anchor, {}).pop(ref, None)
            self._placed[ref] = placement
            if placement.anchor != ref:
                self._members.setdefault(placement.anchor, {})[ref] = placement.known

    def candidates(self, known: Known) -> Iterable[Known]:
        """Every statement kept under one of a statement's probes, itself left out."""
        own = reference(known.proposition)
        met = {ref for key in probes(known.proposition, known.vector) for ref in self._by_key.get(key, ())}
        return [self._known[ref] for ref in sorted(met - {own})]

    def anchor(self, statement: Ref) -> Ref | None:
        """The anchor of the claim a statement is in, itself if it anchors one; None if it is in none."""
        placed = self._placed.get(statement)
        return placed.anchor if placed else None

    def members(self, anchor: Ref) -> Collection[Known]:
        """The statements joined to an anchor, itself left out."""
        return tuple(self._members.get(anchor, {}).values())

    def placements(self) -> tuple[Placement, ...]:
        """Where every statement stands, in canonical order."""
        return tuple(sorted(self._placed.values(), key=lambda placement: placement.known.proposition.order))
