"""Names and joins -> known actors. A join that is left out (undone) gives back the separate actors."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sayso.trace.people.joining import bearing, joins_of
from sayso.trace.people.names import Appearance, Name, appearance_key, fullness
from sayso.trace.people.register import Names
from sayso.vocabulary import ActorKind, ActorRef, Join, JoinId, KnownActor, KnownActorId

_Added = Mapping[str, Sequence[Join]]


def known_as(
    ref: ActorRef, names: Names, undone: Collection[JoinId] = (), added: Iterable[Join] = ()
) -> KnownActor | None:
    """The known actor that an actor of a report is; None where the report has no such named actor.

    `undone` are joins that somebody rejected, `added` those that somebody made. Looks only at the names that can be
    reached from this one, so that it costs the same however many others there are.
    """
    appearance = names.appearance(appearance_key(ref))
    if appearance is None:
        return None
    by_hand = _by_end(added, names, undone)
    if appearance.key in by_hand:
        return _assembled(_reached(appearance.key, names, undone, by_hand), names, undone, by_hand)
    if _is_loose(appearance, undone):
        return _alone(appearance)
    return _assembled(_reached(appearance.identified[0].key, names, undone, by_hand), names, undone, by_hand)


def known_actors(names: Names, undone: Collection[JoinId] = (), added: Iterable[Join] = ()) -> Iterator[KnownActor]:
    """All known actors, in order of their first name; then those whom no name identifies, each alone."""
    by_hand = _by_end(added, names, undone)
    seen: set[str] = set()
    loose = list(names.unidentified())
    for key in sorted(names.keys()):
        loose += [it for it in names.bearers(key) if _is_loose(it, undone)]
        if key in seen:
            continue
        reached = _reached(key, names, undone, by_hand)
        seen |= reached
        known = _assembled(reached, names, undone, by_hand)
        if known.members:
            yield known
    yield from (_alone(it) for it in sorted(loose, key=lambda it: it.key) if it.key not in by_hand)


def _is_loose(appearance: Appearance, undone: Collection[JoinId]) -> bool:
    """Whether no name ties an actor of a report to others."""
    return not appearance.identified or bearing(appearance, appearance.identified[0].key).id in undone


def _by_end(added: Iterable[Join], names: Names, undone: Collection[JoinId]) -> dict[str, list[Join]]:
    """The joins made by hand under both their ends, with what ties the reports' actors among these to their names."""
    ends: dict[str, list[Join]] = {}
    given = list(added)
    for key in {key for join in given for key in (join.one, join.other)}:
        appearance = names.appearance(key)
        if appearance is not None and not _is_loose(appearance, undone):
            given.append(bearing(appearance, appearance.identified[0].key))
    for join in given:
        ends.setdefault(join.one, []).append(join)
        ends.setdefault(join.other, []).append(join)
    return ends


def _made(key: str, names: Names, undone: Collection[JoinId], by_hand: _Added) -> list[Join]:
    found = [join for join in joins_of(key, names) if join.made and join.id not in undone]
    return [*found, *by_hand.get(key, ())]


def _reached(start: str, names: Names, undone: Collection[JoinId], by_hand: _Added) -> set[str]:
    """The keys that belong with one: of names, and of reports' actors where somebody joined them."""
    reached, edge = {start}, [start]
    while edge:
        key = edge.pop()
        for join in _made(key, names, undone, by_hand):
            other = join.other if join.one == key else join.one
            if other not in reached:
                reached.add(other)
                edge.append(other)
    return reached


def _assembled(keys: Collection[str], names: Names, undone: Collection[JoinId], by_hand: _Added) -> KnownActor:
    called = sorted((name for key in keys if (name := names.name(key)) is not None), key=fullness, reverse=True)
    members: dict[ActorRef, Appearance] = {}
    kept: set[JoinId] = set()
    for key in keys:
        kept |= {join.id for join in _made(key, names, undone, by_hand)}
        picked = names.appearance(key)
        if picked is not None:
            members[picked.ref] = picked
        for it in names.bearers(key):
            join = bearing(it, key)
            if join.id not in undone:
                kept.add(join.id)
                members[it.ref] = it
    return KnownActor(
        _id(min(keys)), _shown(called, members.values()), _kind(members.values()),
        tuple(dict.fromkeys(name.written for name in called)) or _written(members.values()),
        tuple(sorted(members)), tuple(sorted(kept)),
    )  # fmt: skip


def _alone(appearance: Appearance) -> KnownActor:
    return KnownActor(
        _id(appearance.key), appearance.name, appearance.kind, appearance.written or (appearance.name,),
        (appearance.ref,),
    )  # fmt: skip


def _id(key: str) -> KnownActorId:
    return KnownActorId("k-" + hashlib.sha256(key.encode()).hexdigest()[:16])


def _shown(called: Sequence[Name], members: Collection[Appearance]) -> str:
    """The name most reports call it by among those that identify it; the fullest of several."""
    borne = Counter(it.identified[0].key for it in members if it.identified)
    if called:
        return max(called, key=lambda name: (not name.is_acronym, borne[name.key], fullness(name))).written
    return min(it.name for it in members)


def _written(members: Collection[Appearance]) -> tuple[str, ...]:
    return tuple(sorted({written for it in members for written in it.written}))


def _kind(members: Collection[Appearance]) -> ActorKind:
    kinds = Counter(it.kind for it in members)
    return min(kinds, key=lambda kind: (-kinds[kind], kind.value), default=ActorKind.UNKNOWN)
