"""How many people an incident killed at the least, by whoever puts it lowest: the convention of ACLED."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from sayso.read.incidents.dead import dead
from sayso.read.incidents.settling import is_attack
from sayso.vocabulary import Count, Harm, Incident, People, Reading, StatementId

_ARMED: Final = (People.SOLDIERS, People.POLICE, People.FIGHTERS)
_BY_AGE_AND_SEX: Final = (People.CHILDREN, People.WOMEN, People.MEN)
_BY_CALLING: Final = (People.CIVILIANS, People.OFFICIALS, People.JOURNALISTS, People.MEDICS)


def killed(reading: Reading, incident: Incident) -> int | None:
    """The fatalities of an incident as counted; of an attack without counts, those told of as killed."""
    counted = fatalities(incident.counts)
    if counted is None and is_attack(incident):
        found = dead(reading, incident)
        return found.low if found is not None else None
    return counted


def fatalities(counts: Iterable[Count]) -> int | None:
    """The lowest number killed that anyone gives for the whole; None where nobody gives a number.

    Each voucher's counts are first put together to the least they allow. Soldiers, police and fighters are
    different people from civilians and add up; so do children, women and men; but a journalist or a child may
    be one of the civilians, so that of those the largest counts. A number of people without a class is the whole.
    """
    said: dict[StatementId | None, dict[People, int]] = defaultdict(dict)
    for count in counts:
        if count.harm is Harm.KILLED:
            classes = said[count.voucher]
            classes[count.who] = min(count.low, classes.get(count.who, count.low))
    return min(map(_least, said.values()), default=None)


def _least(classes: Mapping[People, int]) -> int:
    unarmed = max(sum(classes.get(who, 0) for who in _BY_AGE_AND_SEX), *(classes.get(who, 0) for who in _BY_CALLING))
    armed = sum(classes.get(who, 0) for who in _ARMED)
    return max(classes.get(People.PEOPLE, 0), armed + unarmed)
