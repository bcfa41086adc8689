"""Scenes -> happenings: which accounts tell of the same one.

Scenes that fit well enough are linked, and the scenes that links lead to are sorted out together: those that say most
first, each put to the group it fits best on the whole, never to one with a scene that it is apart from, and never two
of one report unless they say the same. What is linked depends on the scenes alone, and groups on what is linked: so a
batch over everything and one report after another give the same events in any order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from sayso.trace.events.accounts import Account
from sayso.trace.events.assembly import event
from sayso.trace.events.fit import ENOUGH, fit, kept, sought
from sayso.trace.events.scenes import Scene
from sayso.vocabulary import Event, ReportId, Telling

_ALIKE: Final = 0.95  # two scenes of one report that fit so well are its two tellings of one happening
_COMPARED: Final = 40  # scenes of a group that a further one is held against
_CROWD: Final = 2000  # scenes linked with one another: more than any happening and those like it have
_TIE: Final = 0.01  # a vague scene that fits two groups equally well is put to neither


class Scenes(Protocol):
    """What joining asks of a store of scenes. Every answer depends on what was added, never on the order."""

    def all(self) -> Iterable[Scene]:
        """All scenes."""

    def under(self, keys: Collection[str]) -> Collection[Scene]:
        """The scenes kept under any of some keys."""

    def told_by(self, scene: Scene) -> Collection[Account]:
        """The accounts that have this scene."""

    def account(self, telling: Telling) -> Account | None:
        """The account of an incident of a report."""


@dataclass(slots=True)
class Happenings:
    """Scenes in memory. Adding the same account twice adds nothing."""

    _accounts: dict[Telling, Account] = field(default_factory=dict)
    _told: dict[Scene, dict[Telling, Account]] = field(default_factory=dict)
    _kept: dict[str, dict[Scene, None]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, found: Iterable[Account]) -> None:
        """Take in the accounts of a report."""
        for it in found:
            if it.telling in self._accounts:
                continue
            self._accounts[it.telling] = it
            if it.scene not in self._told:
                self._told[it.scene] = {}
                for key in kept(it.scene):
                    self._kept[key][it.scene] = None
            self._told[it.scene][it.telling] = it

    def all(self) -> Iterable[Scene]:
        """All scenes."""
        return self._told.keys()

    def under(self, keys: Collection[str]) -> Collection[Scene]:
        """The scenes kept under any of some keys."""
        return {scene: None for key in keys for scene in self._kept.get(key, ())}.keys()

    def told_by(self, scene: Scene) -> Collection[Account]:
        """The accounts that have this scene."""
        return self._told.get(scene, {}).values()

    def account(self, telling: Telling) -> Account | None:
        """The account of an incident of a report."""
        return self._accounts.get(telling)


def events(scenes: Scenes) -> Iterator[Event]:
    """All events, in order of their first account."""
    left = dict.fromkeys(scenes.all())
    groups: list[list[Account]] = []
    while left:
        together = _linked(next(iter(left)), scenes)
        for scene in together:
            del left[scene]
        groups += grouped(together, scenes)
    yield from (event(group) for group in sorted(groups, key=lambda group: group[0].order))


def event_of(telling: Telling, scenes: Scenes) -> Event | None:
    """The event that an incident of a report belongs to; looks only at what its links lead to."""
    account = scenes.account(telling)
    if account is None:
        return None
    groups = grouped(_linked(account.scene, scenes), scenes)
    return next(event(group) for group in groups if account in group)


def _linked(start: Scene, scenes: Scenes) -> list[Scene]:
    """The scenes that can be reached from one over links; of a crowd, the nearest."""
    reached, edge = {start: None}, [start]
    while edge and len(reached) < _CROWD:
        wanted = [(scene, list(sought(scene))) for scene in edge]
        scenes.under([key for _, keys in wanted for key in keys])  # asked at once, so that a store can look at once
        edge = []
        for scene, keys in wanted:
            for other in scenes.under(keys):
                if other not in reached and fit(scene, other).score >= ENOUGH:
                    reached[other] = None
                    edge.append(other)
    return list(reached)


@dataclass(slots=True)
class _Group:
    scenes: list[Scene] = field(default_factory=list)
    reports: list[frozenset[ReportId]] = field(default_factory=list)


def grouped(together: Sequence[Scene], scenes: Scenes) -> list[list[Account]]:
    """The accounts of linked scenes, in one list for each happening, each in order."""
    told = {scene: sorted(scenes.told_by(scene), key=lambda it: it.order) for scene in together}
    groups: list[_Group] = []
    for scene in sorted(together, key=lambda scene: (scene.vagueness, told[scene][0].order)):
        reports = frozenset(account.telling.report for account in told[scene])
        fits = sorted(((_group_fit(scene, reports, group), -i) for i, group in enumerate(groups)), reverse=True)
        fits = [(score, i) for score, i in fits if score >= ENOUGH]
        torn = scene.vagueness >= 2 and len(fits) > 1 and fits[0][0] - fits[1][0] < _TIE
        if not fits or torn:
            groups.append(_Group())
        chosen = groups[-fits[0][1]] if fits and not torn else groups[-1]
        chosen.scenes.append(scene)
        chosen.reports.append(reports)
    return [
        sorted((account for scene in group.scenes for account in told[scene]), key=lambda it: it.order)
        for group in groups
    ]


def _group_fit(scene: Scene, reports: frozenset[ReportId], group: _Group) -> float:
    """How well a scene fits a group on the whole; 0 where it is apart from a scene of it."""
    scores = []
    for other, theirs in zip(group.scenes[:_COMPARED], group.reports[:_COMPARED], strict=True):
        found = fit(scene, other)
        if found.apart or (reports & theirs and found.score < _ALIKE):
            return 0.0
        if found.score:
            scores.append(found.score)
    return sum(scores) / len(scores) if scores else 0.0
