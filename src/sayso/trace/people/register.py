"""What is known of names: who bore them, where, and which others look or sound like them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol

from sayso.trace.people.names import Appearance, Name, ends, initials, sounds
from sayso.vocabulary import ActorRef


@dataclass(frozen=True, slots=True)
class Witness:
    """A report that calls one actor by two names."""

    report: str
    outlet: str | None


class Names(Protocol):
    """What joining asks of a store of names. Every answer depends on what was added, never on the order."""

    def name(self, key: str) -> Name | None:
        """The name with this key, written as the first spelling in alphabetical order."""

    def keys(self) -> Iterable[str]:
        """All keys of names."""

    def bearers(self, key: str) -> Collection[Appearance]:
        """The actors of reports whose fullest name this is."""

    def alike(self, key: str) -> Collection[str]:
        """Other names with the same sounds, first and last word, or initials, as far as an acronym goes."""

    def called_with(self, key: str) -> Iterable[tuple[str, Collection[Witness]]]:
        """The other names that reports give to one who bears this one, with those reports."""

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
    _together: dict[str, dict[str, set[Witness]]] = field(default_factory=lambda: defaultdict(dict))
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
                witness = Witness(it.ref.report, it.outlet)
                self._together[one.key].setdefault(other.key, set()).add(witness)
                self._together[other.key].setdefault(one.key, set()).add(witness)

    def _add_name(self, name: Name) -> None:
        known = self._names.get(name.key)
        self._names[name.key] = name if known is None else min(known, name, key=lambda it: it.written)
        for bucket in buckets(name):
            self._buckets[bucket].add(name.key)

    def name(self, key: str) -> Name | None:
        """The name with this key."""
        return self._names.get(key)

    def keys(self) -> Iterable[str]:
        """All keys of names."""
        return self._names.keys()

    def bearers(self, key: str) -> Collection[Appearance]:
        """The actors of reports whose fullest name this is."""
        return self._bearers.get(key, {}).values()

    def alike(self, key: str) -> Collection[str]:
        """Names that share a bucket with this one."""
        name = self._names.get(key)
        if name is None:
            return ()
        return {other for bucket in buckets(name) for other in self._buckets[bucket]} - {key}

    def called_with(self, key: str) -> Iterable[tuple[str, Collection[Witness]]]:
        """The other names that reports give to one who bears this one."""
        return self._together.get(key, {}).items()

    def appearance(self, key: str) -> Appearance | None:
        """The actor of a report that joins call so."""
        return self._seen.get(key)

    def unidentified(self) -> Iterable[Appearance]:
        """The actors of reports whom no name identifies."""
        return self._nameless.values()


def buckets(name: Name) -> tuple[str, ...]:
    """Under what a name is looked up: its sounds, its first and last word, and its acronym."""
    found = {f"sounds {sounds(name)}"} if sounds(name) else set()
    if ends(name):
        found.add(f"ends {ends(name)}")
    found |= {f"acronym {letters}" for letters in initials(name)}
    if name.is_acronym:
        found.add(f"acronym {''.join(name.words)}")
    return tuple(sorted(found))
