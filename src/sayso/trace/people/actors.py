"""Names and joins -> known actors. A join that is left out (undone) gives back the separate actors."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sayso.trace.people.joining import bearing, bearing_id, joins_of
from sayso.trace.people.names import Appearance, Name, appearance_key, fullness
from sayso.trace.people.register import Names
from sayso.vocabulary import ActorKind, ActorRef, Join, JoinId, KnownActor, KnownActorId

_Added = Mapping[str, Sequence[Join]]


def known_id(
    ref: ActorRef, names: Names, undone: Collection[JoinId] = (), added: Iterable[Join] = ()
) -> KnownActorId | None:
    """The id of `known_as`, for which nobody else who bears the names is looked at."""
    appearance = names.appearance(appearance_key(ref))
    return None if appearance is None else _id(min(_keys(appearance, names, undone, added)))


def known_as(
    ref: ActorRef,
    names: Names,
    undone: Collection[JoinId] = (),
    added: Iterable[Join] = (),
    most: int | None = None,
) -> KnownActor | None:
    """The known actor that an actor of a report is; None where the report has no such named actor.

    `undone` are joins that somebody rejected, `added` those that somebody made; `most` members are listed, if given.
    Looks only at the names that can be reached from this one, so that it costs the same however many others there are.
    """
    appearance = names.appearance(appearance_key(ref))
    if appearance is None:
        return None
    keys = _keys(appearance, names, undone, added)
    if keys == {appearance.key}:
        return _alone(appearance)
    return _assembled(keys, names, undone, _by_end(added, names, undone), most)


def known_by(
    key: str, names: Names, undone: Collection[JoinId] = (), added: Iterable[Join] = (), most: int | None = None
) -> KnownActor | None:
    """The known actor with a name, by its key; None where nobody bears it as the fullest of theirs."""
    by_hand = _by_end(added, names, undone)
    known = _assembled(_reached(key, names, undone, by_hand), names, undone, by_hand, most)
    return known if known.members else None


def names_of(
    key: str, names: Names, undone: Collection[JoinId] = (), added: Iterable[Join] = ()
) -> tuple[KnownActorId, frozenset[str]]:
    """The known actor with a name, by its key, with the keys of all it has: names, and actors joined by hand."""
    reached = _reached(key, names, undone, _by_end(added, names, undone))
    return _id(min(reached)), frozenset(reached)


def _keys(appearance: Appearance, names: Names, undone: Collection[JoinId], added: Iterable[Join]) -> Collection[str]:
    """The keys that belong with a report's actor."""
    by_hand = _by_end(added, names, undone)
    if appearance.key in by_hand:
        return _reached(appearance.key, names, undone, by_hand)
    if _is_loose(appearance, undone):
        return {appearance.key}
    return _reached(appearance.identified[0].key, names, undone, by_hand)


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
        known = _assembled(reached, names, undone, by_hand, None)
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


def _assembled(
    keys: Collection[str], names: Names, undone: Collection[JoinId], by_hand: _Added, most: int | None
) -> KnownActor:
    called = sorted((name for key in keys if (name := names.name(key)) is not None), key=fullness, reverse=True)
    borne: dict[str, Counter[ActorKind]] = {}
    members: dict[ActorRef, JoinId | None] = {}
    for key in keys:
        borne[key] = Counter(names.borne(key))
        for ref in names.refs(key, None if undone else most):
            bore = bearing_id(appearance_key(ref), key)
            if bore not in undone:
                members[ref] = bore
            elif (it := names.appearance(appearance_key(ref))) is not None:
                borne[key][it.kind] -= 1
    picked = [it for key in keys if (it := names.appearance(key)) is not None]
    alone = [it for it in picked if _is_loose(it, undone)]
    members |= {it.ref: None for it in alone}
    kinds = sum(borne.values(), Counter(it.kind for it in alone))
    listed = sorted(members)[:most]
    kept = {join.id for key in keys for join in _made(key, names, undone, by_hand)}
    kept |= {found for ref in listed if (found := members[ref]) is not None}
    return KnownActor(
        _id(min(keys)), _shown(called, borne, picked), _kind(kinds),
        tuple(dict.fromkeys(name.written for name in called)) or _written(picked),
        tuple(listed), tuple(sorted(kept)), kinds.total(),
    )  # fmt: skip


def _alone(appearance: Appearance) -> KnownActor:
    return KnownActor(
        _id(appearance.key), appearance.name, appearance.kind, appearance.written or (appearance.name,),
        (appearance.ref,), (), 1,
    )  # fmt: skip


def _id(key: str) -> KnownActorId:
    return KnownActorId("k-" + hashlib.sha256(key.encode()).hexdigest()[:16])


def _shown(called: Sequence[Name], borne: Mapping[str, Counter[ActorKind]], picked: Collection[Appearance]) -> str:
    """The name most reports call it by among those that identify it; the fullest of several."""
    if called:
        return max(called, key=lambda name: (not name.is_acronym, borne[name.key].total(), fullness(name))).written
    return min(it.name for it in picked)


def _written(members: Collection[Appearance]) -> tuple[str, ...]:
    return tuple(sorted({written for it in members for written in it.written}))


def _kind(kinds: Mapping[ActorKind, int]) -> ActorKind:
    return min(kinds, key=lambda kind: (-kinds[kind], kind.value), default=ActorKind.UNKNOWN)
