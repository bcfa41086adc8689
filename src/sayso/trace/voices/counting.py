"""Trails -> voices: each origin counted once, with the reports that carry it and why they are its carriers.

An origin is what a chain ends in. Somebody who in any report rests on somebody else for the same thing is no origin;
nor is an outlet where another report cites it and all it has itself is somebody's word. What an outlet says in its
own voice is that of those on whose word the same report lays it, else of the report it copies, else its own. An
origin that nobody names is counted once for each who rests on it, in the place of that one's own word.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from sayso.trace.voices.flow import ends
from sayso.trace.voices.identity import Identities, identities, outlet_key, step_key
from sayso.trace.voices.shared import Shared, covers, sources
from sayso.trace.voices.trails import Step, StepKind, Trail, plain
from sayso.vocabulary import Carrier, ReportId, StatementId, Voice, VoiceId, VoiceKind, Voices

_UNNAMED: Final = "unnamed: "


@dataclass(frozen=True, slots=True)
class Membership:
    """A statement as a member of a claim: whose claim, where it stands, and how it stands to it ("affirms", …)."""

    claim: str
    report: ReportId
    statement: StatementId | None
    polarity: str


@dataclass(slots=True)
class _Origins:
    """Where each trail leads, while it is worked out: nodes it ends in, nodes that rest on others, and reasons."""

    of: list[set[str]]
    why: list[list[str]]
    rests: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


def voices_by_polarity(members: Iterable[tuple[Membership, Trail]], copies: Iterable[Shared] = ()) -> dict[str, Voices]:
    """The voices behind each side of a claim: who affirms it, who denies it, who only reports it."""
    sides: dict[str, list[Trail]] = defaultdict(list)
    for member, trail in members:
        sides[member.polarity].append(trail)
    shared = tuple(copies)
    return {side: voices(sides[side], shared) for side in sorted(sides)}


def voices(trails: Iterable[Trail], copies: Iterable[Shared] = ()) -> Voices:
    """The voices behind something, from the trails of all that tell of it, in whatever order they come.

    A report may have several trails. Copies from reports that have none count for nothing.
    """
    order = sorted(set(trails), key=lambda it: (it.day, it.report, it.statement or "", it.spans))
    known = identities(order)
    origins = _Origins([set() for _ in order], [[] for _ in order])
    for i, trail in enumerate(order):
        _follow(i, trail, known, origins)
    _hand_on(order, known, origins, sources(copies))
    _follow_outlets(order, known, origins)
    final = ends(origins.rests, {name for found in origins.of for name in found})
    return _counted(order, known, origins, final)


def _follow(i: int, trail: Trail, known: Identities, origins: _Origins) -> None:
    """Set where a trail ends by its own words, and who on it rests on whom."""
    named = [(step, known.find(key)) for step in trail.steps if (key := step_key(step)) and key not in known.ambiguous]
    for (_, one), (other, two) in pairwise(named):
        if one != two:
            origins.rests[one].setdefault(two, f"in report {trail.report} it rests on {other.text!r}")
    if not trail.steps:
        return
    last = trail.steps[-1]
    nobody = last.kind in (StepKind.UNNAMED, StepKind.UNKNOWN) or step_key(last) in known.ambiguous
    if not nobody:
        origins.of[i].add(named[-1][1])
        origins.why[i] = [f"rests on {last.text!r}", *known.why(named[-1][1])]
    elif named:
        step, rests = named[-1]
        origins.rests[rests].setdefault(_UNNAMED + rests, f"in report {trail.report} it rests on {last.text!r}")
        origins.of[i].add(rests)
        origins.why[i] = [f"rests on {step.text!r}, who rests on {last.text!r}", *known.why(rests)]
    elif last.kind is StepKind.UNNAMED:
        origins.why[i] = [f"rests on {last.text!r}, whom it does not name"]


def _hand_on(
    order: Sequence[Trail], known: Identities, origins: _Origins, shared: Mapping[ReportId, Sequence[Shared]]
) -> None:
    """Settle what names nobody: by the report it copies, by whom the same report names, else it is the outlet's own."""
    of_report: dict[ReportId, list[int]] = defaultdict(list)
    for i, trail in enumerate(order):
        of_report[trail.report].append(i)
    settled: dict[int, set[str]] = {}

    outside: dict[ReportId, ReportId] = {}  # reports that tell of nothing here -> the first here that copies them
    for trail in order:
        for copy in shared.get(trail.report, ()):
            outside.setdefault(copy.earlier, trail.report)

    def source(i: int) -> tuple[ReportId, str] | None:
        copied = [it for it in shared.get(order[i].report, ()) if covers(it, order[i].spans)]
        for it in copied:
            if it.earlier in of_report:
                return it.earlier, f"{it.share:.0%} of its words are those of report {it.earlier}, which is earlier"
        for it in copied:
            first = outside[it.earlier]
            if first != order[i].report:
                return first, f"it and report {first} both have their words from report {it.earlier}"
        return None

    def settle(start: int) -> set[str]:
        path, i = [start], start
        while not origins.of[i] and i not in settled:
            copy = source(i)
            nearest = _nearest(order, i, of_report[copy[0]]) if copy is not None else None
            if copy is None or nearest is None or nearest in path:
                break
            origins.why[i].append(copy[1])
            path.append(nearest)
            i = nearest
        found = origins.of[i] or settled.get(i) or _own(i, order, known, origins, of_report)
        for each in path:
            settled[each] = found
        return found

    for i in range(len(order)):
        if not origins.of[i]:
            settle(i)
    for i, found in settled.items():
        origins.of[i] = found


def _nearest(order: Sequence[Trail], i: int, there: Sequence[int]) -> int | None:
    """The trail of an earlier report that a copied one comes from: one as bare as it is, if there is one."""
    kind = [step.kind for step in order[i].steps]
    return min(
        there, key=lambda j: ([step.kind for step in order[j].steps] != kind, len(order[j].steps), j), default=None
    )


def _own(
    i: int, order: Sequence[Trail], known: Identities, origins: _Origins, of_report: Mapping[ReportId, Sequence[int]]
) -> set[str]:
    """Whose a trail is that copies nothing and names nobody."""
    trail = order[i]
    outlet = known.find(outlet_key(trail))
    if trail.steps:
        if any(step.kind is StepKind.UNNAMED for step in trail.steps[-1:]):
            origins.rests[outlet].setdefault(_UNNAMED + outlet, f"in report {trail.report} it rests on nobody it names")
            return {outlet}
        origins.why[i].append(f"nobody can tell who {trail.steps[-1].text!r} is")
        return set()
    attributed = {name for j in of_report[trail.report] if order[j].steps for name in origins.of[j]}
    if attributed:
        origins.why[i].append("said in the outlet's own voice, and in the same report on others' word")
        return attributed
    if any(order[j].steps and _is_unnamed(order[j].steps[-1]) for j in of_report[trail.report]):
        origins.why[i].append("said in the outlet's own voice, and in the same report on the word of nobody it names")
        return {outlet}
    origins.why[i].append("said in the outlet's own voice")
    return {outlet}


def _is_unnamed(step: Step) -> bool:
    return step.kind is StepKind.UNNAMED


def _follow_outlets(order: Sequence[Trail], known: Identities, origins: _Origins) -> None:
    """Lead those who cite an outlet on to whom its reports up to then name, unless one says it on its own word."""
    reports: dict[str, list[int]] = defaultdict(list)
    for i, trail in enumerate(order):
        reports[known.find(outlet_key(trail))].append(i)
    led = [set(found) for found in origins.of]
    for i, trail in enumerate(order):  # by day: whom an earlier report cites is settled before
        for outlet in [name for name in led[i] if trail.steps and name in reports]:
            if outlet == known.find(outlet_key(trail)):
                continue
            before = [j for j in reports[outlet] if j != i and order[j].day <= trail.day]
            behind = {name for j in before for name in led[j]}
            if behind and outlet not in behind:
                led[i] = (led[i] - {outlet}) | behind
                origins.why[i].append(f"report {order[before[0]].report}, which it cites, has it from others")
    origins.of[:] = led


def _counted(
    order: Sequence[Trail], known: Identities, origins: _Origins, final: Mapping[str, frozenset[str]]
) -> Voices:
    carried: dict[str, list[Carrier]] = defaultdict(list)
    unknown = []
    for i, trail in enumerate(order):
        carrier = Carrier(trail.report, trail.outlet, trail.statement, tuple(dict.fromkeys(origins.why[i])))
        reached = {end: name for name in sorted(origins.of[i]) for end in final[name]}
        for end, name in sorted(reached.items()):
            further = () if end == name or name == known.find(outlet_key(trail)) else _further(name, end, origins)
            why = tuple(dict.fromkeys((*carrier.why, *further)))
            carried[end].append(Carrier(trail.report, trail.outlet, trail.statement, why))
        if not reached:
            unknown.append(carrier)
    shown = _Shown(order, known)
    found = [shown.voice(end, carriers) for end, carriers in carried.items()]
    found.sort(key=lambda voice: (-len({it.report for it in voice.carriers}), voice.name, voice.id))
    outlets = {plain(trail.outlet) for trail in order if trail.outlet}
    return Voices(len({trail.report for trail in order}), len(outlets), tuple(found), tuple(unknown))


def _further(name: str, end: str, origins: _Origins) -> tuple[str, ...]:
    return tuple(why for other, why in sorted(origins.rests[name].items()) if other == end) or tuple(
        why for _, why in sorted(origins.rests[name].items())
    )


class _Shown:
    """How origins are shown: by the fullest words that any report has for them."""

    def __init__(self, order: Sequence[Trail], known: Identities) -> None:
        self._steps: dict[str, list[Step]] = defaultdict(list)
        self._outlets: dict[str, list[str]] = defaultdict(list)
        for trail in order:
            self._outlets[known.find(outlet_key(trail))].append(trail.outlet or f"report {trail.report}")
            for step in trail.steps:
                if step_key(step):
                    self._steps[known.find(step_key(step))].append(step)

    def voice(self, end: str, carriers: Sequence[Carrier]) -> Voice:
        """The voice that an end of trails is."""
        base = end.removeprefix(_UNNAMED)
        steps, outlets = self._steps.get(base, []), self._outlets.get(base, [])
        name = min(outlets) if outlets else _fullest(steps)
        number = VoiceId("v-" + hashlib.sha256(end.encode()).hexdigest()[:16])
        actor = min((step.known for step in steps if step.known is not None), default=None)
        if end != base:
            return Voice(number, VoiceKind.UNNAMED, f"somebody unnamed, by {name}", tuple(carriers), actor, name)
        kind = VoiceKind.OUTLET if outlets else VoiceKind.ACTOR
        return Voice(number, kind, name, tuple(carriers), actor)


def _fullest(steps: Sequence[Step]) -> str:
    named = [name for step in steps for name in step.names] or [step.text for step in steps]
    return max(named, key=lambda name: (len(name.split()), len(name), name), default="unknown")
