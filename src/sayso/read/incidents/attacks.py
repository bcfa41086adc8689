"""Join the encoder's templates of attacks with the incidents that words tell of: the parts in them, and their harm.

A template belongs to the incident of a fitting type that its fillers stand beside. Where no word names one, it makes
an incident of its own, named by the phrase for whom or what it befell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sayso.read.incidents.accounts import Account, innermost, voucher
from sayso.read.incidents.fillers import Attack, Effect, Filler, FillerRole
from sayso.read.incidents.joining import Group
from sayso.read.incidents.scene import Scene
from sayso.read.incidents.standing import standing
from sayso.read.incidents.templates import Entity, Template
from sayso.read.incidents.triggers import Trigger, kinds, triggers
from sayso.vocabulary import Harm, Incident, IncidentType, Part, PartRole, Span, Standing, Status

_KINDS: Final[Mapping[Attack, str]] = {
    Attack.ATTACK: "attack",
    Attack.BOMBING: "explosive",
    Attack.KIDNAPPING: "abduction",
    Attack.ARSON: "looting",
    Attack.ROBBERY: "looting",
    Attack.WORK_STOPPAGE: "strike_action",
}
_BOMBS: Final = frozenset(
    {
        IncidentType.REMOTE_EXPLOSIVE, IncidentType.SUICIDE_BOMB, IncidentType.GRENADE, IncidentType.AIR_STRIKE,
        IncidentType.SHELLING, IncidentType.CHEMICAL_WEAPON,
    }
)  # fmt: skip
_ASSAULTS: Final = frozenset(
    {
        IncidentType.ATTACK, IncidentType.ARMED_CLASH, IncidentType.SEXUAL_VIOLENCE, IncidentType.MOB_VIOLENCE,
        IncidentType.EXCESSIVE_FORCE, IncidentType.NON_STATE_OVERTAKES, IncidentType.GOVERNMENT_REGAINS,
    }
)  # fmt: skip
_TYPES: Final[Mapping[Attack, frozenset[IncidentType]]] = {
    Attack.ATTACK: _ASSAULTS | _BOMBS,
    Attack.BOMBING: _BOMBS | {IncidentType.ATTACK, IncidentType.LOOTING},
    Attack.KIDNAPPING: frozenset({IncidentType.ABDUCTION}),
    Attack.ARSON: frozenset({IncidentType.LOOTING, IncidentType.VIOLENT_DEMONSTRATION}),
    Attack.ROBBERY: frozenset({IncidentType.LOOTING}),
    Attack.WORK_STOPPAGE: frozenset({IncidentType.PEACEFUL_PROTEST}),
}
_FIRST: Final[Mapping[Attack, frozenset[IncidentType]]] = {**_TYPES, Attack.ATTACK: _ASSAULTS, Attack.BOMBING: _BOMBS}
_ROLES: Final[Mapping[FillerRole, PartRole]] = {
    FillerRole.PERPETRATOR: PartRole.PERPETRATOR,
    FillerRole.ORGANISATION: PartRole.ORGANISATION,
    FillerRole.TARGET: PartRole.TARGET,
    FillerRole.VICTIM: PartRole.VICTIM,
}
_HARMS: Final[Mapping[Effect, Harm]] = {
    Effect.DEATH: Harm.KILLED,
    Effect.INJURY: Harm.INJURED,
    Effect.UNHARMED: Harm.UNHARMED,
    Effect.FREED: Harm.FREED,
}
_DEADLY: Final = frozenset({"killing", "toll"})
_FREED: Final = re.compile(
    r"\b(?:freed?|free(?:s|ing)|releas(?:e|ed|es|ing)|rescu(?:e|ed|es|ing)|escap(?:e|ed|es))\b", re.IGNORECASE
)
_FOLLOWING: Final = 0.3  # weight of a filler in a sentence after one that tells of it
_SHORTLY: Final = 3  # sentences over which a report goes on about what it has told
_SUFFERING: Final = (FillerRole.VICTIM, FillerRole.TARGET)


def beside(groups: Sequence[Group], attacks: Sequence[Template], scene: Scene) -> dict[int, Template]:
    """The template of each incident, by its place in `groups`; the best pairs are made first, and nothing is in two."""
    sentences = [sorted({t.account.sentence for t in group.tellings}) for group in groups]
    scored = []
    for j, template in enumerate(attacks):
        where = [(_sentence(scene, f.span), f.score) for f in _mentions(template)]
        for i, group in enumerate(groups):
            if group.type in _TYPES[template.kind]:
                near = sum(score * _nearness(n, sentences[i]) for n, score in where)
                scored.append((-near, group.type not in _FIRST[template.kind], i, j))
    out: dict[int, Template] = {}
    taken: set[int] = set()
    for near, _, i, j in sorted(scored):
        if near < 0 and i not in out and j not in taken:
            out[i] = attacks[j]
            taken.add(j)
    return out


def _nearness(number: int, sentences: Sequence[int]) -> float:
    """1 in a sentence that tells of an incident, less in those that follow shortly."""
    before = sentences[bisect_right(sentences, number) - 1] if sentences[0] <= number else sentences[0]
    return 1.0 if number == before else _FOLLOWING if 0 < number - before <= _SHORTLY else 0.0


def account(scene: Scene, template: Template) -> Account:
    """The account of a template that no words name: its phrase for whom or what it befell, where most fillers stand."""
    standing: defaultdict[int, float] = defaultdict(float)
    for filler in _mentions(template):
        standing[_sentence(scene, filler.span)] += filler.score
    number = max(standing, key=lambda n: (standing[n], -n))
    here = [f for f in _mentions(template) if _sentence(scene, f.span) == number]
    named = max(here, key=lambda f: (f.role in _SUFFERING, f.score)).span
    kind = next(k for k in kinds() if k.name == _KINDS[template.kind])
    statement = innermost(scene.statements[number], named)
    found = kind.type or IncidentType.ATTACK
    trigger = Trigger(named, kind, verbal=False, head=named)
    return Account(trigger, number, found, Status.HAPPENED, statement, definite=False, named=False)


def told_in(template: Template, scene: Scene) -> list[int]:
    """The sentences in which its fillers stand, those with the surest first."""
    weight: defaultdict[int, float] = defaultdict(float)
    for filler in _mentions(template):
        weight[_sentence(scene, filler.span)] += filler.score
    return sorted(weight, key=lambda number: (-weight[number], number))


def with_parts(incident: Incident, template: Template, scene: Scene) -> Incident:
    """An incident with the parts and weapons that its template gives; those of its grammar stay beside them."""
    actors = [e for e in template.entities if e.role is not FillerRole.WEAPON]
    doing = [p.span for p in incident.parts if p.role is PartRole.PERPETRATOR]
    parts = [_part(scene, entity, doing, template.kind) for entity in actors]
    spans = [f.span for f in _mentions(template)]
    others = [p for p in incident.parts if not any(_cross(p.span, span) for span in spans)]
    with_what = [f.span for e in template.entities if e.role is FillerRole.WEAPON for f in e.mentions]
    found = incident.type
    if template.kind is Attack.BOMBING and found is IncidentType.ATTACK and with_what:
        found = IncidentType.REMOTE_EXPLOSIVE
    return replace(
        incident,
        type=found,
        parts=(*parts, *others),
        weapons=(*incident.weapons, *(w for w in with_what if not any(_cross(w, old) for old in incident.weapons))),
    )


def _part(scene: Scene, entity: Entity, doing: Sequence[Span], kind: Attack) -> Part:
    """The part of an entity; one without a name that the grammar has `doing` it is no organisation behind it."""
    best = entity.best
    number = _sentence(scene, best.span)
    by = voucher(innermost(scene.statements[number], best.span))
    doer = entity.role in (FillerRole.PERPETRATOR, FillerRole.ORGANISATION)
    role = _ROLES[entity.role]
    if role is PartRole.ORGANISATION and not entity.named and any(_cross(entity.span, span) for span in doing):
        role = PartRole.PERPETRATOR
    return Part(
        role,
        entity.span.of(scene.text),
        entity.span,
        entity.actor,
        standing=_standing(scene, entity) if doer else Standing.FACT,
        by=(by,) if by else (),
        harm=_harm(scene, entity, kind) if entity.role is FillerRole.VICTIM else None,
        score=round(entity.score, 3),
    )


def _harm(scene: Scene, entity: Entity, kind: Attack) -> Harm | None:
    """What became of a victim; who was kidnapped is only freed or dead where words beside them say so."""
    effect = entity.best.effect
    if kind is not Attack.KIDNAPPING:
        return _HARMS.get(effect)
    around = scene.sentences[_sentence(scene, entity.span)]
    if effect is Effect.FREED and _FREED.search(scene.text, *around):
        return Harm.FREED
    dead = any(it.kind.name in _DEADLY for it in triggers(scene.text, around))
    return Harm.KILLED if dead else Harm.ABDUCTED


def _standing(scene: Scene, entity: Entity) -> Standing:
    """An organisation's by the words beside it; of one who did it, what most mentions have, by their scores."""
    if entity.role is FillerRole.ORGANISATION:
        return standing(scene.text, scene.sentences, scene.statements, entity.mentions)
    said: defaultdict[Standing, float] = defaultdict(float)
    for mention in entity.mentions:
        said[mention.standing] += mention.score
    return max(said, key=lambda label: said[label])


def _mentions(template: Template) -> list[Filler]:
    return [f for entity in template.entities for f in entity.mentions]


def _sentence(scene: Scene, span: Span) -> int:
    return max(0, bisect_right(scene.sentences, span.start, key=lambda s: s.start) - 1)


def _cross(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
