"""Forecasts joined across reports, and what became of each: open, followed by events, lapsed, or unclear.

The reports that carry one forecast are those that foretell the same kind of thing for the same place within `CARRIED`
days of the first of them; who makes it is told by their voices, so that one warning in twelve papers is one forecast.
Said again later it is another, which is how often it was foretold. Where something is foretold day after day for so
long that a whole stretch of the calendar has no gap, what comes after that stretch is another one too. An event follows
a forecast if it is of its kind, lies in the place it was for, and falls into the window, not before the day it was
made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final, Protocol

from sayso.trace.events.accounts import Account
from sayso.trace.events.days import Days
from sayso.trace.events.families import family, is_kind_of, type_fit
from sayso.trace.events.fit import keys_of
from sayso.trace.events.happenings import Scenes, event_of
from sayso.trace.events.scenes import Scene
from sayso.trace.events.spots import Spot, cells, place_fit
from sayso.trace.forecasts.foretold import Foretold
from sayso.trace.voices import Shared, Trail, voices
from sayso.trace.voices.trails import plain
from sayso.vocabulary import Event, Following, ForecastRef, IncidentType, Outcome, OutcomeState, Telling, Voice

CARRIED: Final = 3
STRETCH: Final = 32  # days: the stretches of the calendar begin with the first day of year 1
_NEAR: Final = 0.5  # places that fit so well are of one forecast
_KIN: Final = 0.8  # types that fit so well are of one kind


class Forecasts(Protocol):
    """What outcomes ask of a store of forecasts. Every answer depends on what was added, never on the order."""

    def blocks(self) -> Iterable[str]:
        """The keys of all blocks; forecasts of different blocks never belong together."""

    def block(self, key: str) -> Collection[Foretold]:
        """The forecasts of a block."""

    def around(self, it: Foretold) -> Collection[Foretold]:
        """Those of its block that it may belong with, and all those on which that hangs.

        Who their voices are need not be told.
        """

    def forecast(self, ref: ForecastRef) -> Foretold | None:
        """A forecast of a report."""


@dataclass(slots=True)
class Foretellings:
    """Forecasts in memory. Adding the same one twice adds nothing."""

    _all: dict[ForecastRef, Foretold] = field(default_factory=dict)
    _blocks: dict[str, dict[ForecastRef, Foretold]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, found: Iterable[Foretold]) -> None:
        """Take in the forecasts of a report."""
        for it in found:
            if it.ref not in self._all:
                self._all[it.ref] = it
                self._blocks[block_of(it)][it.ref] = it

    def blocks(self) -> Iterable[str]:
        """The keys of all blocks."""
        return self._blocks.keys()

    def block(self, key: str) -> Collection[Foretold]:
        """The forecasts of a block."""
        return self._blocks.get(key, {}).values()

    def around(self, it: Foretold) -> Collection[Foretold]:
        """All of its block."""
        return self.block(block_of(it))

    def forecast(self, ref: ForecastRef) -> Foretold | None:
        """A forecast of a report."""
        return self._all.get(ref)


def block_of(it: Foretold) -> str:
    """The block of a forecast: the kind of thing, and the country or name of the first place it is for."""
    if _is_unclear(it):
        return f"unclear {it.ref.report} {it.ref.forecast}"
    return f"{family(it.type)}|{min(cells(it.spots[:1]))}"


def _is_unclear(it: Foretold) -> bool:
    """Whether nothing could ever be said to follow it."""
    return not it.spots or it.type is IncidentType.OTHER or it.made is None


def outcomes(forecasts: Forecasts, scenes: Scenes, as_of: date, copies: Iterable[Shared] = ()) -> Iterator[Outcome]:
    """What became of every forecast by the day `as_of`, those made first before others."""
    shared = tuple(copies)
    found = [
        outcome
        for key in forecasts.blocks()
        for group in _groups(forecasts.block(key))
        for outcome in _by_voice(group, scenes, as_of, shared)
    ]
    yield from sorted(found, key=_order)


def outcomes_of(
    ref: ForecastRef, forecasts: Forecasts, scenes: Scenes, as_of: date, copies: Iterable[Shared] = ()
) -> tuple[Outcome, ...]:
    """What became of a forecast of a report by the day `as_of`: one outcome for each voice on which it rests."""
    group = carried_with(ref, forecasts)
    return tuple(it for it in outcomes_in(group, scenes, as_of, copies) if ref in it.carriers)


def carried_with(ref: ForecastRef, forecasts: Forecasts) -> Sequence[Foretold]:
    """The forecasts that are one with a forecast of a report, by whatever voices; none where it is not known."""
    group = next((refs for refs in groups_before(ref, forecasts) if ref in refs), ())
    return [it for other in group if (it := forecasts.forecast(other)) is not None]


def groups_before(ref: ForecastRef, forecasts: Forecasts) -> Iterator[tuple[ForecastRef, ...]]:
    """The forecasts that are one with a forecast of a report, and those of others that it had to be told from."""
    wanted = forecasts.forecast(ref)
    if wanted is not None:
        for group in _groups(forecasts.around(wanted)):
            if _day(group[0]) <= _day(wanted):  # what may belong to a later one was not looked up
                yield tuple(it.ref for it in group)


def is_unbroken(days: Sequence[int], stretch: int) -> bool:
    """Whether the days of a stretch of the calendar, in order, leave no gap in it after which all begins anew."""
    ends = stretch * STRETCH, (stretch + 1) * STRETCH - 1
    return all(later - day <= CARRIED for day, later in pairwise((ends[0], *days, ends[1])))


def outcomes_in(
    group: Sequence[Foretold], scenes: Scenes, as_of: date, copies: Iterable[Shared] = ()
) -> tuple[Outcome, ...]:
    """What became of the forecasts that reports carry together, one outcome for each voice."""
    return tuple(_by_voice(group, scenes, as_of, tuple(copies)))


def _order(outcome: Outcome) -> tuple[str, ...]:
    first = outcome.carriers[0]
    return outcome.made, outcome.voice, outcome.type.value, first.report, first.forecast


def _groups(block: Collection[Foretold]) -> list[list[Foretold]]:
    """The forecasts of a block by what they foretell: each group begins with its earliest."""
    groups: list[list[Foretold]] = []
    recent: list[list[Foretold]] = []
    days: dict[int, list[int]] = defaultdict(list)
    for it in sorted(block, key=lambda it: it.order):
        stretch = _day(it) // STRETCH
        if stretch not in days and is_unbroken(days.get(stretch - 1, ()), stretch - 1):
            recent = []
        days[stretch].append(_day(it))
        recent = [group for group in recent if _days(group[0], it) <= CARRIED]
        home = next((group for group in recent if _is_same(group[0], it)), None)
        if home is None:
            home = []
            groups.append(home)
            recent.append(home)
        home.append(it)
    return groups


def _day(it: Foretold) -> int:
    return it.made.toordinal() if it.made is not None else 0


def _days(first: Foretold, later: Foretold) -> int:
    return (later.made - first.made).days if first.made is not None and later.made is not None else CARRIED + 1


def _is_same(one: Foretold, other: Foretold) -> bool:
    """Whether two forecasts foretell the same kind of thing for the same place and, where both say when, that time."""
    if type_fit(one.type, other.type) < _KIN:
        return False
    where, _ = place_fit(one.spots, other.spots)
    same_place = where is not None and (where >= _NEAR or _share_a_name(one.spots, other.spots))
    if not same_place or not (one.is_dated and other.is_dated):
        return same_place
    assert one.start is not None
    assert one.end is not None
    assert other.start is not None
    assert other.end is not None
    return one.start <= other.end and other.start <= one.end


def _share_a_name(one: Sequence[Spot], other: Sequence[Spot]) -> bool:
    return bool({spot.name for spot in one} & {spot.name for spot in other})


def _by_voice(group: Sequence[Foretold], scenes: Scenes, as_of: date, copies: tuple[Shared, ...]) -> Iterator[Outcome]:
    """One outcome for each voice of a group; a forecast of somebody nobody can tell is one of its own."""
    counted = voices((it.trail for it in group), copies)
    for voice in counted.voices:
        carried = {(it.report, it.statement) for it in voice.carriers}
        mine = [it for it in group if (it.trail.report, it.trail.statement) in carried]
        yield _outcome(voice.through or voice.name, speaker(voice), mine, scenes, as_of)
    for carrier in counted.unknown:
        for it in group:
            if (it.trail.report, it.trail.statement) == (carrier.report, carrier.statement):
                yield _outcome("unknown", f"unknown {it.ref.report} {it.ref.forecast}", [it], scenes, as_of)


def speaker(voice: Voice) -> str:
    """What all forecasts of a voice have in common: the actor across reports, else the folded name.

    Somebody unnamed goes with whoever rests on them.
    """
    return str(voice.actor) if voice.actor is not None else plain(voice.through or voice.name)


def _outcome(name: str, by: str, carried: Sequence[Foretold], scenes: Scenes, as_of: date) -> Outcome:
    first = next((it for it in carried if it.is_dated), carried[0])
    start, end = first.start or as_of, first.end or as_of
    where = tuple(dict.fromkeys(spot.name for it in carried for spot in it.spots))
    refs = tuple(it.ref for it in carried)
    made = carried[0].made
    told = (made or as_of).isoformat(), start.isoformat(), end.isoformat()
    if made is None or _is_unclear(carried[0]):
        missing = "no day" if made is None else "no place" if not carried[0].spots else "no kind of thing"
        reason = f"it names {missing} by which anything could be said to follow"
        return Outcome(name, by, carried[0].type, *told, where, refs, OutcomeState.UNCLEAR, (), (reason,))
    found = _followed(first, carried, by, scenes, as_of)
    window = f"{'as it says' if first.is_dated else 'as it does not say when'}, {start} to {end}"
    if found:
        state, why = OutcomeState.FOLLOWED, f"{len(found)} in the window, {window}"
    elif end < as_of:
        state, why = OutcomeState.LAPSED, f"nothing that fits is known to have happened in the window, {window}"
    else:
        state, why = OutcomeState.OPEN, f"the window is not over, {window}"
    return Outcome(name, by, carried[0].type, *told, where, refs, state, found, (why,))


def _followed(
    first: Foretold, carried: Sequence[Foretold], by: str, scenes: Scenes, as_of: date
) -> tuple[Following, ...]:
    """The events that fit a forecast, the earliest first."""
    assert carried[0].made is not None
    window, spots = _window(first, carried[0].made, as_of), _spots(carried)
    if window.end < window.start:
        return ()
    fitting: dict[str, tuple[Event, Account, str]] = {}
    told: set[Telling] = set()
    candidates = _candidates(first, spots, window, scenes)
    for account, where in sorted(candidates, key=lambda found: found[0].order):
        if account.telling in told:
            continue
        found = event_of(account.telling, scenes)
        if found is not None:
            told |= set(found.tellings)
            if not found.background:
                fitting[found.id] = (found, account, where)
    out = [
        Following(found.id, (_begin(account.scene) - carried[0].made).days, _reasons(found, account, where, by, scenes))
        for found, account, where in fitting.values()
    ]
    return tuple(sorted(out, key=lambda it: (it.days, it.event)))


def looked_under(group: Sequence[Foretold], as_of: date) -> list[str]:
    """The keys under which those scenes are kept that may follow the forecasts which reports carry together."""
    found = _sought(group, as_of)
    return [] if found is None else list(keys_of(family(found[0].type), *found[1:]))


def followers(group: Sequence[Foretold], scenes: Scenes, as_of: date) -> list[Scene]:
    """The scenes that fit the forecasts which reports carry together, in type, place and days."""
    found = _sought(group, as_of)
    return [] if found is None else [scene for scene, _ in _fitting(found[0], found[2], found[1], scenes)]


def _sought(group: Sequence[Foretold], as_of: date) -> tuple[Foretold, Days, tuple[Spot, ...]] | None:
    """What follows some forecasts has to fit; None where nothing could be said to, or not yet."""
    first = next((it for it in group if it.is_dated), group[0])
    made = group[0].made
    if made is None or _is_unclear(group[0]):
        return None
    window = _window(first, made, as_of)
    return None if window.end < window.start else (first, window, _spots(group))


def _window(first: Foretold, made: date, as_of: date) -> Days:
    """The days of the window that were over by a day; none where it ends before it starts."""
    assert first.start is not None
    assert first.end is not None
    return Days(max(first.start, made), min(first.end, as_of))


def _spots(carried: Iterable[Foretold]) -> tuple[Spot, ...]:
    return tuple(dict.fromkeys(spot for it in carried for spot in it.spots))


def _candidates(first: Foretold, spots: Sequence[Spot], window: Days, scenes: Scenes) -> Iterator[tuple[Account, str]]:
    """The accounts that fit in type, place and days, each with why its place is one that the forecast is for."""
    for scene, where in _fitting(first, spots, window, scenes):
        yield from ((it, where) for it in scenes.told_by(scene))


def _fitting(first: Foretold, spots: Sequence[Spot], window: Days, scenes: Scenes) -> Iterator[tuple[Scene, str]]:
    """The scenes that fit, each with why its place does."""
    for scene in scenes.under(list(keys_of(family(first.type), window, spots))):
        if is_kind_of(scene.type, first.type) and _falls_in(scene, window):
            where = _lies_in(spots, scene.spots)
            if where is not None:
                yield scene, where


def _lies_in(wanted: Sequence[Spot], given: Sequence[Spot]) -> str | None:
    """Why an account's place is one that a forecast is for; an area is not known to be the town in it."""
    for spot in given:
        for other in wanted:
            fits, why = place_fit((other,), (spot,))
            if fits and (other.is_wide or (not spot.is_wide and fits >= _NEAR)):
                return why
    return None


def _falls_in(scene: Scene, window: Days) -> bool:
    days = scene.days
    if days is None or days.length > _longest(window):
        return False
    return window.start <= _begin(scene) and days.start <= window.end


def _longest(window: Days) -> int:
    """Days that a happening may be dated to and still be said to fall into a window: the window itself, or a week."""
    return max(window.length, 7)


def _begin(scene: Scene) -> date:
    assert scene.days is not None
    return scene.days.end if scene.days.supposed else scene.days.start


def _reasons(found: Event, account: Account, where: str, by: str, scenes: Scenes) -> tuple[str, ...]:
    reasons = [f"told as {account.scene.type.value}", where, f"on {_begin(account.scene).isoformat()}"]
    trails: list[Trail] = [
        trail for telling in found.tellings if (it := scenes.account(telling)) is not None for trail in it.affirming
    ]
    tellers = {speaker(voice) for voice in voices(trails).voices}
    if tellers == {by}:
        reasons.append("told only on the word of the one who foretold it")
    return tuple(reasons)
