"""Who is who among those that reports rest on for one and the same thing.

Across reports a surname or an office joins nobody; but those on whose word one claim rests are few, so that among
them a surname that fits one full name, an office that somebody there holds, or the same institution is one voice:
where it cannot be told whether two are one, they are not counted as two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from sayso.gazetteer.folding import fold
from sayso.read.aliases import key
from sayso.trace.voices.trails import Step, StepKind, Trail, plain

_HEADS: Final = re.compile(
    r"\b(?:spokes(?:man|woman|person|people|men|women)|head|director|chief|chair(?:man|woman|person)?|leader|founder|"
    r"president|secretary|commander)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Identities:
    """Steps and outlets in classes of one origin, with the words for why they were put together."""

    _above: dict[str, str] = field(default_factory=dict)
    _why: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    ambiguous: set[str] = field(default_factory=set)

    def find(self, name: str) -> str:
        """The name by which a class goes: the first in alphabetical order."""
        root = name
        while (above := self._above.setdefault(root, root)) != root:
            root = above
        while (above := self._above[name]) != root:
            self._above[name], name = root, above
        return root

    def join(self, one: str, other: str, why: str) -> None:
        """Put two classes together."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._above[second] = first
            self._why[first] |= {why: None} | self._why.pop(second, {})

    def why(self, name: str) -> tuple[str, ...]:
        """Why the members of a class are one, where that is not plain."""
        return tuple(self._why.get(self.find(name), {}))


def outlet_key(trail: Trail) -> str:
    """The key of a trail's outlet; a report that names none is one of its own."""
    return f"name {plain(trail.outlet)}" if trail.outlet and plain(trail.outlet) else f"report {trail.report}"


def step_key(step: Step) -> str:
    """The key of a step that has a name or an office; "" for one that has neither."""
    if step.kind is StepKind.OFFICE:
        return f"office {plain(step.text)}"
    if step.kind is not StepKind.NAMED:
        return ""
    if step.known is not None and not all(_is_surname(step, name) for name in step.names):
        return f"known {step.known}"
    return _name_key(step, max(step.names, key=lambda name: (len(name.split()), len(name), name)))


def _name_key(step: Step, name: str) -> str:
    return f"surname {_words(name)[-1]}" if _is_surname(step, name) else f"name {' '.join(_words(name)) or plain(name)}"


def _is_surname(step: Step, name: str) -> bool:
    return step.is_person and len([word for word in _words(name) if len(word) > 1]) == 1


@lru_cache(maxsize=65_536)
def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(" ".join(key(name))).split() or fold(name).split() or [name])


def identities(trails: Sequence[Trail]) -> Identities:
    """The classes of all outlets and of all steps with a name or an office."""
    out = Identities()
    steps = {step for trail in trails for step in trail.steps if step_key(step)}
    for trail in trails:
        out.find(outlet_key(trail))
    for step in sorted(steps, key=lambda step: (step_key(step), repr(step))):
        for name in step.names:
            if not _is_surname(step, name):
                out.join(step_key(step), _name_key(step, name), f"{step.text!r} is called {name!r}")
    _join_surnames(steps, out)
    _join_offices(steps, out)
    _join_spokespeople(steps, out)
    return out


def _join_surnames(steps: Iterable[Step], out: Identities) -> None:
    full: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        for name in step.names if step.is_person else ():
            if not _is_surname(step, name):
                full[_words(name)[-1]].add(out.find(step_key(step)))
    short = {(step_key(step), step.text) for step in steps if step_key(step).startswith("surname ")}
    for name, text in sorted(short):
        fits = full.get(name.partition(" ")[2], set())
        if len(fits) == 1:
            (one,) = fits
            out.join(name, one, f"{text!r} is only a surname, and fits one full name here")
        elif fits:
            out.ambiguous.add(name)


def _join_offices(steps: Iterable[Step], out: Identities) -> None:
    """Join "the mayor of Ostrel" with the person whose role that is."""
    holders: dict[frozenset[str], set[str]] = defaultdict(set)
    for step in steps:
        for role in step.roles if step.names else ():
            holders[_content(role)].add(step_key(step))
    for step in sorted((it for it in steps if it.kind is StepKind.OFFICE), key=lambda it: it.text):
        held = {out.find(name) for name in holders.get(_content(step.text), ())}
        if len(held) == 1:
            (one,) = held
            out.join(step_key(step), one, f"{step.text!r} is the office of one who is named here")


def _content(words: str) -> frozenset[str]:
    return frozenset(fold(words).split()) - {"the", "of", "a", "an", "for", "in", "at", "s"}


def _join_spokespeople(steps: Iterable[Step], out: Identities) -> None:
    """Join those who speak for a body, or head it, with the body."""
    bodies: dict[frozenset[str], str] = {}
    for step in sorted(steps, key=lambda step: (step.text, step.names)):
        if step.kind is StepKind.OFFICE and not _HEADS.search(step.text):
            bodies[_content(step.text)] = step_key(step)
        elif step.kind is StepKind.NAMED and not step.is_person:
            bodies |= {_content(name): step_key(step) for name in step.names}
    spoken = {(step_key(step), role) for step in steps for role in (*step.roles, step.text) if _HEADS.search(role)}
    for name, role in sorted(spoken):
        rest = frozenset(word for word in _content(role) if not _HEADS.fullmatch(word))
        if rest in bodies:
            out.join(name, bodies[rest], f"{role!r} speaks for it")
