"""How uncertain a reading is of what it found, from 0 to 1, with the reason in plain words.

Where the reader gives a probability it is what that lacks to 1. What has none is graded by a rule: a time by what it
was counted from, a place that no gazetteer knows and an actor of unknown kind lie in the middle.
"""

from __future__ import annotations

from typing import Final

from sayso.review.items import Thing
from sayso.vocabulary import ActorKind, Anchor, Incident, Place, Statement, Time

_MIDDLE: Final = 0.5
_ANCHORS: Final = {Anchor.UNRESOLVED: _MIDDLE, Anchor.NARRATIVE: 0.3, Anchor.PUBLISHED: 0.2, Anchor.DATELINE: 0.1}


def uncertainty(thing: Thing) -> tuple[float, str]:
    """How uncertain something that was read is, and why."""
    if isinstance(thing, Statement):
        among = len(thing.speaker.candidates)
        if among > 1:
            return _rounded(1 - thing.score / among), f"any of {among} may be its speaker"
        return _rounded(1 - thing.score), f"the reader gives it {thing.score:.2f}"
    if isinstance(thing, Incident):
        return _rounded(1 - thing.score), f"the reader gives it {thing.score:.2f}"
    if isinstance(thing, Place):
        if thing.entry is None:
            return _MIDDLE, "no gazetteer knows it"
        return _rounded(1 - thing.score), f"the gazetteer's entry has {thing.score:.2f}"
    if isinstance(thing, Time):
        if thing.flags:
            return 0.75, thing.flags[0]
        found = _ANCHORS.get(thing.anchor, 0.0)
        return found, f"its anchor is {thing.anchor.value}"
    return (_MIDDLE, "of unknown kind") if thing.kind is ActorKind.UNKNOWN else (0.0, f"taken for a {thing.kind.value}")


def _rounded(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)
