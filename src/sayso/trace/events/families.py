"""Which types two reports may give to one and the same happening."""

from __future__ import annotations

from typing import Final

from sayso.vocabulary import IncidentType

_FIRE: Final = frozenset(
    {
        IncidentType.AIR_STRIKE, IncidentType.SHELLING, IncidentType.REMOTE_EXPLOSIVE, IncidentType.SUICIDE_BOMB,
        IncidentType.GRENADE,
    }
)  # fmt: skip
_BATTLE: Final = frozenset(
    {IncidentType.ARMED_CLASH, IncidentType.GOVERNMENT_REGAINS, IncidentType.NON_STATE_OVERTAKES, IncidentType.TRANSFER}
)
_CROWD: Final = frozenset(
    {
        IncidentType.PEACEFUL_PROTEST, IncidentType.PROTEST_INTERVENTION, IncidentType.EXCESSIVE_FORCE,
        IncidentType.VIOLENT_DEMONSTRATION, IncidentType.MOB_VIOLENCE,
    }
)  # fmt: skip
_HURT: Final = frozenset({IncidentType.ATTACK, IncidentType.SEXUAL_VIOLENCE, IncidentType.MOB_VIOLENCE})
_ALIKE: Final = (_FIRE, _BATTLE, _CROWD, _HURT, frozenset({IncidentType.ARRESTS, IncidentType.PROTEST_INTERVENTION}))
# "Attack" is what a report says that does not say how; a chemical attack may be told as one of shells or bombs.
_ARMED: Final = _FIRE | _BATTLE | _HURT | {IncidentType.CHEMICAL_WEAPON, IncidentType.LOOTING}
_VAGUE: Final = frozenset({IncidentType.ATTACK, IncidentType.ARMED_CLASH})
_SAME: Final = 1.0
_FAMILY: Final = 0.8
_MAYBE: Final = 0.6


def type_fit(one: IncidentType, other: IncidentType, modes: tuple[str | None, str | None] = (None, None)) -> float:
    """How well two types fit one happening: 1 the same, 0 never. `modes` tell apart what is no conflict event."""
    if one is IncidentType.OTHER and other is IncidentType.OTHER:
        return _SAME if modes[0] == modes[1] else 0.0
    if one is other:
        return _SAME
    if any(one in alike and other in alike for alike in _ALIKE):
        return _FAMILY
    return _MAYBE if {one, other} <= _ARMED and {one, other} & (_VAGUE | {IncidentType.CHEMICAL_WEAPON}) else 0.0


def is_kind_of(found: IncidentType, wanted: IncidentType) -> bool:
    """Whether something of a type may be what a type names: one of its family, or one told or named as an attack.

    A chemical attack is only what is told as one.
    """
    fits = type_fit(found, wanted)
    return fits >= _FAMILY or (fits > 0 and wanted is not IncidentType.CHEMICAL_WEAPON)


def family(kind: IncidentType, mode: str | None = None) -> str:
    """A name that all types share which may fit one another: what incidents are looked up by."""
    if kind in _ARMED:
        return "armed"
    if kind in _CROWD or kind is IncidentType.ARRESTS:
        return "crowd"
    return f"{kind.value} {mode or ''}".strip()
