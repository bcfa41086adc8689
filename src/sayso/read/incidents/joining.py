"""Tellings -> incidents: what one report tells several times is one incident, what differs stays apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.read.incidents.accounts import Account
from sayso.read.incidents.parts import parts
from sayso.read.incidents.scene import Scene
from sayso.read.incidents.status import TO_COME
from sayso.vocabulary import Form, IncidentType, PartRole, Place, PlaceId, PlaceLevel, Span, Time, TimeId

# Words that only say how it ended, or that it was an attack, join what the sentence says more exactly.
_PLAIN: Final = frozenset({"attack", "killing", "explosion", "looting", "toll"})
_ARMED: Final = frozenset(
    {
        IncidentType.ARMED_CLASH, IncidentType.CHEMICAL_WEAPON, IncidentType.AIR_STRIKE, IncidentType.SUICIDE_BOMB,
        IncidentType.SHELLING, IncidentType.REMOTE_EXPLOSIVE, IncidentType.GRENADE, IncidentType.ATTACK,
        IncidentType.LOOTING, IncidentType.EXCESSIVE_FORCE, IncidentType.MOB_VIOLENCE, IncidentType.ABDUCTION,
        IncidentType.SEXUAL_VIOLENCE,
    }
)  # fmt: skip
_ALIKE: Final = (
    frozenset({IncidentType.SUICIDE_BOMB, IncidentType.REMOTE_EXPLOSIVE, IncidentType.GRENADE}),
    frozenset(
        {
            IncidentType.PEACEFUL_PROTEST, IncidentType.PROTEST_INTERVENTION, IncidentType.VIOLENT_DEMONSTRATION,
            IncidentType.EXCESSIVE_FORCE,
        }
    ),
)  # fmt: skip
_WIDE: Final = (PlaceLevel.COUNTRY, PlaceLevel.PROVINCE, PlaceLevel.REGION)
_DEADLY: Final = frozenset({"natural", "accident"})
_FAR: Final = 6  # sentences after which an indefinite telling begins something new
_RECENT: Final = 12  # places and times of an incident that a new telling is held against
_FORGOTTEN: Final = 40  # sentences after which nothing points back any more


@dataclass(frozen=True, slots=True)
class Telling:
    """An account with the places and times that its sentence gives it.

    `before` is a time of the sentence that belongs to something told there first; this came before that.
    """

    account: Account
    places: tuple[PlaceId, ...]
    times: tuple[TimeId, ...]
    before: TimeId | None = None
    doers: frozenset[object] = frozenset()


@dataclass(slots=True)
class Group:
    """The tellings of one incident, while it is being put together; places and times in order of first mention."""

    tellings: list[Telling]
    places: dict[PlaceId, None]
    times: dict[TimeId, None]
    best: Account  # the telling that says most: exactly what it was, or by what means

    def add(self, telling: Telling) -> None:
        """Take in another telling."""
        self.tellings.append(telling)
        self.best = min(self.best, telling.account, key=_says_little)
        self.places |= dict.fromkeys(telling.places)
        self.times |= dict.fromkeys(telling.times)

    @property
    def type(self) -> IncidentType:
        """The type of the telling that says most."""
        return self.best.type

    @property
    def plain(self) -> bool:
        """Whether no telling says more than that there was an attack, or how it ended."""
        return all(t.account.trigger.kind.name in _PLAIN for t in self.tellings[-_RECENT:])


def _says_little(account: Account) -> tuple[bool, bool, int]:
    general = account.type in (IncidentType.ATTACK, IncidentType.ARMED_CLASH, IncidentType.LOOTING)
    return general, account.trigger.kind.name in _PLAIN, account.trigger.kind.order


def tellings(accounts: Sequence[Account], scene: Scene) -> list[Telling]:
    """Give each account the places and times of its sentence: those nearest to it, or those that open the sentence.

    A day outside the words that a statement reports is the day they were said on.
    """
    out = []
    starts: dict[int, list[int]] = {}
    for account in accounts:
        starts.setdefault(account.sentence, []).append(account.trigger.span.start)
    for account in accounts:
        same = starts[account.sentence]
        own_places = scene.places[account.sentence]
        own_times = [t for t in scene.times[account.sentence] if t.start is not None and _is_told(t, account)]
        at = account.trigger.span.start
        shown = [p.id for p in own_places if _belongs(p.span, at, same)] or [p.id for p in own_places[:1]]
        dated = [t.id for t in own_times if _belongs(t.span, at, same)]
        first = own_times[0].id if own_times and not dated else None
        if first is not None and (at == same[0] or _is_plain(account)):
            dated, first = [first], None
        told = parts(scene.text, account, scene.sentences[account.sentence], scene.parties[account.sentence])
        doers = frozenset(p.actor or p.text.lower() for p in told if p.role is PartRole.PERPETRATOR)
        out.append(Telling(account, tuple(shown), tuple(dated), first, doers))
    return out


def _is_plain(account: Account) -> bool:
    return account.trigger.kind.name in _PLAIN


def _is_told(time: Time, account: Account) -> bool:
    statement = account.statement
    if statement is None or statement.form is Form.VOICE:
        return True
    return any(_within(time.span, span) for span in statement.content.spans)


def _within(span: Span, around: Span) -> bool:
    return around.start <= span.start and span.end <= around.end


def _belongs(span: Span, at: int, triggers: Sequence[int]) -> bool:
    """Whether a span belongs to the trigger at `at`: the last one before it, or the first of its sentence."""
    before = [t for t in triggers if t < span.start]
    return at == (before[-1] if before else triggers[0])


def joined(found: Sequence[Telling], places: Mapping[PlaceId, Place], times: Mapping[TimeId, Time]) -> list[Group]:
    """The tellings in groups, one for each incident, in order of first telling."""
    groups: list[Group] = []
    open_groups: list[Group] = []
    for telling in found:
        now = telling.account.sentence
        open_groups = [g for g in open_groups if now - g.tellings[-1].account.sentence <= _FORGOTTEN]
        fits = [(_fit(group, telling, places, times), -i) for i, group in enumerate(open_groups)]
        score, at = max(fits, default=(0.0, 0))
        if score > 0:
            open_groups[-at].add(telling)
        elif not telling.account.leaning:
            groups.append(alone(telling))
            open_groups.append(groups[-1])
    return groups


def alone(telling: Telling) -> Group:
    """The group of a telling that belongs to no other."""
    return Group([telling], dict.fromkeys(telling.places), dict.fromkeys(telling.times), telling.account)


def _fit(group: Group, telling: Telling, places: Mapping[PlaceId, Place], times: Mapping[TimeId, Time]) -> float:
    """How well a telling fits a group; 0 or less where it is another incident."""
    new, last = telling.account, group.tellings[-1].account
    distance = new.sentence - last.sentence
    harm = distance == 0 and not {"killing", "toll"}.isdisjoint({new.trigger.kind.name, last.trigger.kind.name})
    harm = harm or new.trigger.kind.name == "toll"
    if not (harm or _types_agree(group, new)) or (new.status in TO_COME) != (last.status in TO_COME):
        return 0.0
    here, there = _keys(telling.places, places), _keys(list(group.places)[-_RECENT:], places)
    days = list(group.times)[-_RECENT:]
    others = group.tellings[-1].doers
    if distance and telling.doers and others and not telling.doers & others and not new.definite:
        return 0.0  # two sides' deeds are two
    if new.leaning and not new.definite and distance and new.trigger.kind.name != "toll":
        return 0.0
    if distance == 0 and new.purpose:
        return 5.0  # "used rockets to attack …" is one deed
    if here and there and not here & there:
        return 0.0
    if _apart(telling.times, days, times):
        return 0.0
    same_place = bool(here & there)
    same_day = bool(set(telling.times) & set(days)) or _same_day(telling.times, days, times)
    if distance == 0:
        return 3.0 + same_place
    undated = not telling.times and not group.times
    goes_on = distance == 1 and not telling.times and (not here or (undated and not there and _is_plain(new)))
    if not (new.definite or same_place or same_day or goes_on):
        return 0.0
    if distance > _FAR and not (same_place or (new.definite and same_day)):
        return 0.0
    closeness = 1.0 / (1 + distance)
    return closeness + same_place + 0.5 * same_day + 0.5 * (new.type is group.type) + 0.3 * (new.status is last.status)


def _types_agree(group: Group, new: Account) -> bool:
    if new.type is group.type or any({new.type, group.type} <= alike for alike in _ALIKE):
        return True
    if new.trigger.kind.name == "killing" and group.tellings[-1].account.trigger.kind.name in _DEADLY:
        return True
    plain = group.plain or new.trigger.kind.name in _PLAIN
    return plain and new.type in _ARMED and group.type in _ARMED


def _keys(ids: Sequence[PlaceId], places: Mapping[PlaceId, Place]) -> set[str]:
    """Names of the finest places among these: a province does not tell two incidents in it apart."""
    some = [places[i] for i in ids]
    fine = [p for p in some if p.level not in _WIDE and not _is_part_of_wide(p, places)]
    return {(p.entry.name if p.entry else p.text).lower() for p in fine}


def _is_part_of_wide(place: Place, places: Mapping[PlaceId, Place]) -> bool:
    """Whether a place is told only as a part or side of an area: "northern Norland"."""
    where = place.whereabouts
    return where is not None and any(places[a].level in _WIDE for a in where.anchors)


def _apart(some: Sequence[TimeId], others: Sequence[TimeId], times: Mapping[TimeId, Time]) -> bool:
    """Whether both are dated and no date of one can be a date of the other."""
    pairs = [(times[a], times[b]) for a in some for b in others]
    return bool(pairs) and all(_before(a, b) or _before(b, a) for a, b in pairs)


def _before(a: Time, b: Time) -> bool:
    return a.end is not None and b.start is not None and a.end < b.start


def _same_day(some: Sequence[TimeId], others: Sequence[TimeId], times: Mapping[TimeId, Time]) -> bool:
    return any(
        times[a].start == times[b].start and times[a].end == times[b].end and times[a].start is not None
        for a in some
        for b in others
    )
