"""What is known of names: who bore them, where, and which others look or sound like them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, Protocol

from sayso.trace.hashing import hashed
from sayso.trace.people.names import Appearance, Name, ends, initials, is_common, sounds
from sayso.vocabulary import ActorKind, ActorRef, ReportId

WITNESSES: Final = 32  # outlets that call one actor by two names: more of them add nothing
CROWD: Final = 500  # names that sound alike: beyond this the likeness says nothing


class Names(Protocol):
    """What joining asks of a store of names. Every answer depends on what was added, never on the order."""

    def name(self, key: str) -> Name | None:
        """The name with this key, written as the first spelling in alphabetical order."""

    def keys(self) -> Iterable[str]:
        """All keys of names."""

    def bearers(self, key: str) -> Collection[Appearance]:
        """The actors of reports whose fullest name this is."""

    def borne(self, key: str) -> Mapping[ActorKind, int]:
        """How many they are, by what they are."""

    def refs(self, key: str, most: int | None) -> Sequence[ActorRef]:
        """Who they are, in order; `most` at most."""

    def roles(self, key: str) -> Collection[str]:
        """The telling words of the roles of those whose fullest name this is."""

    def alike(self, key: str) -> Collection[str]:
        """Other names with the same sounds, first and last word, or initials, unless more than `CROWD` have them."""

    def called_with(self, key: str) -> Iterable[tuple[str, Sequence[ReportId]]]:
        """The other names that reports give to one who bears this one, each with one report of each outlet.

        That is the one with the least id; there are `WITNESSES` at most.
        """

    def appearance(self, key: str) -> Appearance | None:
        """The actor of a report that joins call so."""

    def unidentified(self) -> Iterable[Appearance]:
        """The actors of reports whom no name identifies."""


@dataclass(slots=True)
class Register:
    """Names in memory. Adding the same appearance twice adds nothing."""

    _seen: dict[str, Appearance] = field(default_factory=dict)
    _names: dict[str, Name] = field(default_factory=dict)
    _bearers: dict[str, dict[ActorRef, Appearance]] = field(default_factory=lambda: defaultdict(dict))
    _buckets: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _together: dict[str, dict[str, dict[int, ReportId]]] = field(default_factory=lambda: defaultdict(dict))
    _nameless: dict[ActorRef, Appearance] = field(default_factory=dict)

    def add(self, found: Iterable[Appearance]) -> None:
        """Take in the actors of a report."""
        for it in found:
            if it.key in self._seen:
                continue
            self._seen[it.key] = it
            if not it.identified:
                self._nameless[it.ref] = it
                continue
            self._bearers[it.identified[0].key][it.ref] = it
            for name in it.identified:
                self._add_name(name)
            for one, other in combinations(it.identified, 2):
                self._witness(one.key, other.key, it)
                self._witness(other.key, one.key, it)

    def _add_name(self, name: Name) -> None:
        known = self._names.get(name.key)
        self._names[name.key] = name if known is None else min(known, name, key=lambda it: it.written)
        for bucket in buckets(name):
            self._buckets[bucket].add(name.key)

    def _witness(self, one: str, other: str, it: Appearance) -> None:
        outlets = self._together[one].setdefault(other, {})
        outlet = outlet_hash(it)
        outlets[outlet] = min(outlets.get(outlet, it.ref.report), it.ref.report)

    def name(self, key: str) -> Name | None:
        """The name with this key."""
        return self._names.get(key)

    def keys(self) -> Iterable[str]:
        """All keys of names."""
        return self._names.keys()

    def bearers(self, key: str) -> Collection[Appearance]:
        """The actors of reports whose fullest name this is."""
        return self._bearers.get(key, {}).values()

    def borne(self, key: str) -> Mapping[ActorKind, int]:
        """How many bear this name as their fullest, by what they are."""
        return Counter(it.kind for it in self.bearers(key))

    def refs(self, key: str, most: int | None) -> Sequence[ActorRef]:
        """Who they are."""
        return sorted(self._bearers.get(key, {}))[:most]

    def roles(self, key: str) -> Collection[str]:
        """The telling words of their roles."""
        return {word for it in self.bearers(key) for word in telling_roles(it)}

    def alike(self, key: str) -> Collection[str]:
        """Names that share a bucket with this one."""
        name = self._names.get(key)
        if name is None:
            return ()
        shared = (self._buckets[bucket] for bucket in buckets(name))
        return {other for found in shared if len(found) <= CROWD for other in found} - {key}

    def called_with(self, key: str) -> Iterable[tuple[str, Sequence[ReportId]]]:
        """The other names that reports give to one who bears this one."""
        for other, outlets in self._together.get(key, {}).items():
            yield other, [report for _, report in sorted(outlets.items())[:WITNESSES]]

    def appearance(self, key: str) -> Appearance | None:
        """The actor of a report that joins call so."""
        return self._seen.get(key)

    def unidentified(self) -> Iterable[Appearance]:
        """The actors of reports whom no name identifies."""
        return self._nameless.values()


def outlet_hash(it: Appearance) -> int:
    """The outlet of an appearance as a number; a report that names none is one of its own."""
    return hashed(it.outlet or it.ref.report)


def telling_roles(it: Appearance) -> frozenset[str]:
    """The words of roles that tell their holder from others."""
    return frozenset(word for word in it.roles if not is_common(word))


def buckets(name: Name) -> tuple[str, ...]:
    """Under what a name is looked up: its sounds, its first and last word, and its acronym."""
    found = {f"sounds {sounds(name)}"} if sounds(name) else set()
    if ends(name):
        found.add(f"ends {ends(name)}")
    found |= {f"acronym {letters}" for letters in initials(name)}
    if name.is_acronym:
        found.add(f"acronym {''.join(name.words)}")
    return tuple(sorted(found))
