"""Settle what kind of incident a trigger tells of, from the words around it."""

from __future__ import annotations

import re
from typing import Final

from sayso.read.incidents.triggers import Trigger, means, side, triggers
from sayso.vocabulary import IncidentType, Span

# An explosion of these is that of a weapon that has a type of its own.
_TAKES_MEANS: Final = frozenset({"attack", "killing", "explosive", "explosion", "clash", "looting"})
_EXPLODES: Final = frozenset({IncidentType.SUICIDE_BOMB, IncidentType.AIR_STRIKE, IncidentType.GRENADE})
_BY = re.compile(r"\bby\s+", re.IGNORECASE)
_GAS: Final = IncidentType.CHEMICAL_WEAPON
_IN_A_CLASH: Final = frozenset({_GAS})


def incident_type(trigger: Trigger, text: str, around: Span) -> IncidentType:
    """The type of the incident that a trigger tells of; `around` is its sentence or clause."""
    name = trigger.kind.name
    found = trigger.kind.type
    if name == "regains":
        by = _BY.search(text, trigger.span.end, around.end)
        doer = Span(by.end(), around.end) if by else Span(around.start, trigger.span.start)
        return IncidentType.GOVERNMENT_REGAINS if side(text, doer, "government") else IncidentType.NON_STATE_OVERTAKES
    if name == "arrest" and side(text, around, "crowd"):
        return IncidentType.PROTEST_INTERVENTION
    if name in ("air_strike", "shelling") and means(text, Span(trigger.span.end, around.end)) in _IN_A_CLASH:
        rest = triggers(text, Span(trigger.span.end, around.end))
        return found or IncidentType.ATTACK if any(t.kind.name == "chemical" for t in rest) else _GAS
    if name in _TAKES_MEANS:
        with_what = means(text, around)
        if with_what is not None and (
            name in ("attack", "killing")
            or (name in ("explosive", "explosion") and with_what in _EXPLODES)
            or (name in ("clash", "looting") and with_what in _IN_A_CLASH)
        ):
            return with_what
    if found is None:
        after = Span(trigger.span.end, around.end)
        return IncidentType.ARMED_CLASH if side(text, after, "armed") else IncidentType.ATTACK
    return found
