"""The two sides of an incident as ACLED has them, from its parts; what is disputed is left open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from sayso.share.exports.acled_codes import CIVILIANS, actor_class, sub_event_type
from sayso.share.telling import Known, actor_name, speakers
from sayso.vocabulary import Incident, IncidentType, Part, PartRole, People, Standing

_NAMED_BY_CLASS: Final = frozenset(People) - {People.PEOPLE, People.FIGHTERS}


@dataclass(frozen=True, slots=True)
class Side:
    """The first actor of a side, those beside it, and the code of the first one's class where it is known."""

    actor: str = ""
    associates: tuple[str, ...] = ()
    code: str = ""


def sides(known: Known, incident: Incident) -> tuple[Side, Side]:
    """Those who did it and those it was done to."""
    type_ = sub_event_type(incident)
    return _perpetrators(known, type_, incident), _targets(known, type_, incident)


def is_civilian_target(incident: Incident) -> bool:
    """Whether civilians are what it was aimed at, and not only who was harmed."""
    type_ = sub_event_type(incident)
    aimed_at = (part for part in incident.parts if part.role is PartRole.TARGET)
    return any(actor_class(type_, part.role, part.people) == CIVILIANS for part in aimed_at)


def _perpetrators(known: Known, type_: IncidentType, incident: Incident) -> Side:
    """Those said to have done it; nobody where different vouchers name different ones, for no rule can settle that."""
    said: dict[str, list[Part]] = defaultdict(list)
    for part in incident.parts:
        if part.role in (PartRole.PERPETRATOR, PartRole.ORGANISATION) and part.standing is not Standing.DENIED:
            said[_name(known, part)].append(part)
    vouchers = [frozenset(name for part in parts for name in speakers(known, part.by)) for parts in said.values()]
    if len(set(vouchers)) > 1 and not frozenset.intersection(*vouchers):
        return Side()
    return _side(known, type_, [parts[0] for parts in said.values()])


def _targets(known: Known, type_: IncidentType, incident: Incident) -> Side:
    """Those it was aimed at and those who suffered it, as far as they are people: a market is no actor."""
    parts = [
        part
        for role in (PartRole.TARGET, PartRole.VICTIM)
        for part in incident.parts
        if part.role is role and (part.actor or part.people) and part.standing is not Standing.DENIED
    ]
    return _side(known, type_, parts)


def _side(known: Known, type_: IncidentType, parts: list[Part]) -> Side:
    if not parts:
        return Side()
    first, *others = dict.fromkeys(_name(known, part) for part in parts)
    return Side(first, tuple(others), actor_class(type_, parts[0].role, parts[0].people))


def _name(known: Known, part: Part) -> str:
    """The actor's name; else the class of people ("Civilians") where there is one; else the words."""
    if part.actor in known.outline.actors or part.people not in _NAMED_BY_CLASS:
        return actor_name(known, part)
    return str(part.people).capitalize()
