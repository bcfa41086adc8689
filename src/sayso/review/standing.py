"""What stands of all decisions: a pure function of the entries, whatever order they came in.

A decision that somebody took back was never made; one that takes back can be taken back itself. Of two by one person on
one item the later stands. People who differ are never settled between: the item is contested, until somebody decides in
view of both (`Decision.settles`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sayso.ledger.entries import canonical
from sayso.review.decisions import Decision, Verdict, order
from sayso.review.items import Kind

Key = TypeVar("Key", bound=Hashable)


class State(StrEnum):
    """How far an item has come."""

    UNDECIDED = "undecided"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    UNSURE = "unsure"
    MERGED = "merged"
    SPLIT = "split"
    CONTESTED = "contested"
    ORPHANED = "orphaned"


DECIDED = frozenset({State.ACCEPTED, State.REJECTED, State.CORRECTED, State.MERGED, State.SPLIT})


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of an item, and what stands: one decision of each person, as they were made."""

    state: State = State.UNDECIDED
    decisions: tuple[Decision, ...] = ()


def about(it: Decision) -> tuple[Hashable, ...]:
    """What a decision stands on: its items, or the pair that it is of, or what has the technique."""
    if it.kind is Kind.CLAIM:
        return (frozenset(it.items),)
    if it.kind is Kind.TECHNIQUE:
        return ((it.items[0], it.technique),)
    return ((it.items[0], it.finding),) if it.kind is Kind.MATCH else it.items


def live(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that nobody took back, as they were made; without those that take back."""
    return tuple(it for it in held(decisions) if it.verdict is not Verdict.UNDONE)


def held(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that nobody took back, those that take back too, as they were made."""
    made = {it.id: it for it in decisions}
    undoing: dict[str, list[str]] = defaultdict(list)
    for it in made.values():
        if it.verdict is Verdict.UNDONE:
            undoing[it.undoes].append(it.id)
    stands: dict[str, bool] = {}
    # An id is a hash over the id it takes back, so that no chain of these can close.
    for start in made:
        waiting = [] if start in stands else [start]
        while waiting:
            id_ = waiting[-1]
            unknown = [by for by in undoing[id_] if by not in stands]
            if unknown:
                waiting += unknown
                continue
            stands[id_] = not any(stands[by] for by in undoing[id_])
            waiting.pop()
    return tuple(sorted((it for it in made.values() if stands[it.id]), key=order))


def standings(decisions: Sequence[Decision], keys: Callable[[Decision], Collection[Key]]) -> dict[Key, Standing]:
    """The standing of each item, by what `keys` says a decision is about; `decisions` are those that are live."""
    settled = {id_ for it in decisions for id_ in it.settles}
    on: dict[Key, list[Decision]] = defaultdict(list)
    for it in latest(decisions, keys):
        if it.id not in settled:
            for key in keys(it):
                on[key].append(it)
    contested = {key for key, found in on.items() if any(not same(found[0], it) for it in found[1:])}
    # What is contested for one of the items that are merged is so for all of them.
    waiting = [*contested]
    while waiting:
        others = {key for it in on[waiting.pop()] for key in keys(it)} - contested
        contested |= others
        waiting += others
    return {
        key: Standing(State.CONTESTED if key in contested else _agreed(found), tuple(found))
        for key, found in on.items()
    }


def latest(decisions: Sequence[Decision], keys: Callable[[Decision], Collection[Key]]) -> list[Decision]:
    """Of decisions as they were made each person's last on each item; overtaken on one item is overtaken on all."""
    taken: set[tuple[str, Key]] = set()
    found = []
    for it in reversed(decisions):
        about = {(it.who, key) for key in keys(it)}
        if about and taken.isdisjoint(about):
            taken |= about
            found.append(it)
    return found[::-1]


def same(one: Decision, other: Decision) -> bool:
    """Whether two decisions come to the same: who corrects to what another accepts agrees with them."""
    return outcome(one) == outcome(other)


def outcome(it: Decision) -> Hashable:
    """What a decision comes to: equal for two that say the same of one item."""
    if it.verdict in (Verdict.ACCEPTED, Verdict.CORRECTED):
        return canonical(it.values)
    grouped = (frozenset(it.items), it.results, canonical(it.after))
    return (it.verdict, grouped if it.verdict in (Verdict.MERGED, Verdict.SPLIT) else ())


def _agreed(found: Sequence[Decision]) -> State:
    verdicts = {it.verdict for it in found}
    return State.CORRECTED if Verdict.CORRECTED in verdicts else State(found[0].verdict.value)
