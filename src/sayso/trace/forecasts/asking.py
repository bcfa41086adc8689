"""Asking the ledger for forecasts and what became of them: of a report, by what they are, or all of one voice before.

Outcomes are worked out on the way, the latest forecasts first, so a page costs what is on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from sayso.ledger.derived.forecasts import forecast_facets
from sayso.trace.events.fit import sought
from sayso.trace.events.stored import StoredScenes
from sayso.trace.forecasts.facets import EVERYTHING, facets, of_number, of_place, of_type, of_voice
from sayso.trace.forecasts.outcomes import followers, groups_before, looked_under, outcomes_in
from sayso.trace.forecasts.runs import Run, run
from sayso.trace.forecasts.stored import StoredForecasts
from sayso.trace.listing import Listed, Period, back, in_advance, listed
from sayso.trace.people.stored import StoredNames
from sayso.trace.voices.trails import plain
from sayso.vocabulary import ForecastRef, IncidentType, Outcome, OutcomeState, ReportId

PAGE: Final = 20
RUN: Final = 24  # forecasts of a voice that are gone back through
_ALWAYS: Final = Period()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which outcomes are asked for; what is None does not matter.

    `period` holds the day a report carried it; `place` is a name, also of what the place lies in, `geonames` its
    number; `voice` a name or the id of a known actor ("k-…").
    """

    period: Period = _ALWAYS
    state: OutcomeState | None = None
    type: IncidentType | None = None
    place: str | None = None
    geonames: int | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some outcomes, and what to ask for the next ones with; None where these are the last."""

    outcomes: tuple[Outcome, ...]
    next: str | None = None


class _Voices(NamedTuple):
    """A voice by the facets it is kept under, by those it has once it is known, and by what its outcomes are `by`."""

    kept: frozenset[str]
    known: frozenset[str]
    by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Foresight:
    """What is asked: the forecasts and accounts of a ledger, and the day by which something has to have followed.

    What was worked out is remembered as long as this lives, within one transaction.
    """

    forecasts: StoredForecasts
    scenes: StoredScenes
    as_of: date
    _known: dict[ForecastRef, tuple[Outcome, ...]] = field(default_factory=dict)
    _groups: dict[ForecastRef, tuple[ForecastRef, ...]] = field(default_factory=dict)

    def load(self, wanted: Iterable[int]) -> None:
        """Take out the forecasts of reports, by their numbers, with all that tells what became of them."""
        numbers = list(wanted)
        self.forecasts.load(numbers)
        found = [it for number in numbers for it in self.forecasts.of_number(number)]
        self.forecasts.look_around(found)
        together = dict.fromkeys(self._carried_with(it.ref) for it in found)
        self.forecasts.these(ref for group in together for ref in group)
        groups = [self.forecasts.these(group) for group in together]
        self.scenes.copied.meet(it.ref.report for group in groups for it in group)
        self.scenes.under([key for group in groups for key in looked_under(group, self.as_of)])
        after = (scene for group in groups for scene in followers(group, self.scenes, self.as_of))
        self.scenes.under([key for scene in after for key in sought(scene)])

    def outcomes(self, ref: ForecastRef) -> tuple[Outcome, ...]:
        """What became of a forecast and of those carried with it, one outcome for each voice."""
        if ref not in self._known:
            group = self.forecasts.these(self._carried_with(ref))
            copies = self.scenes.copied.behind(it.trail for it in group)
            found = outcomes_in(group, self.scenes, self.as_of, copies)
            self._known.update(dict.fromkeys((ref, *(it.ref for it in group)), found))
        return self._known[ref]

    def _carried_with(self, ref: ForecastRef) -> tuple[ForecastRef, ...]:
        if ref not in self._groups:
            for group in groups_before(ref, self.forecasts):
                self._groups.update(dict.fromkeys(group, group))
        return self._groups.get(ref, ())


def outcomes_of_report(report: ReportId, asked: Foresight) -> tuple[Outcome, ...]:
    """What became of the forecasts of a report."""
    found: dict[Outcome, None] = {}
    for it in asked.forecasts.of_reports([report]):
        found |= {outcome: None for outcome in asked.outcomes(it.ref) if it.ref in outcome.carriers}
    return tuple(found)


def outcomes_page(wanted: Wanted, asked: Foresight, limit: int = PAGE, after: str | None = None) -> Page:
    """Outcomes that fit, those carried latest first. `after` is the `next` of the page before."""
    found: list[Outcome] = []
    seen: dict[ForecastRef, tuple[Outcome, ...]] = {}
    voices = _voices(wanted.voice, asked.forecasts.names)
    last: str | None = None
    further = [*_plain(wanted)] or [frozenset({EVERYTHING})]
    kept = [voices.kept, *further] if voices else further
    known = [voices.known, *further] if voices else further
    rows = listed(asked.forecasts.connection, forecast_facets, kept, wanted.period, after)
    for row in in_advance(rows, limit, asked.load):
        ref = asked.forecasts.at(row.number, row.place).ref
        if ref not in seen:
            together = asked.outcomes(ref)
            seen |= {it: together for outcome in together for it in outcome.carriers}
        for outcome in seen.get(ref, ()):
            if ref not in outcome.carriers or (voices and outcome.by not in voices.by):
                continue
            if wanted.state not in (None, outcome.state):
                continue
            if row != min(_fitting(outcome, wanted, known, asked.forecasts), default=None):
                continue  # it was listed before, under a later day
            if len(found) >= limit and last != row.mark():
                return Page(tuple(found), last)
            found.append(outcome)
            last = row.mark()
    return Page(tuple(found))


def run_before(latest: Outcome, asked: Foresight, most: int = RUN) -> Run:
    """The forecasts of the same kind that the same voice made before, of the last `most` in which it is named."""
    voice = _voices(latest.by, asked.forecasts.names)
    found: dict[Outcome, None] = {}
    seen: set[ForecastRef] = set()
    period = Period(until=date.fromisoformat(latest.made))
    rows = listed(asked.forecasts.connection, forecast_facets, [voice.kept if voice else ()], period)
    named = list(islice(rows, most + 1))
    for row in in_advance(iter(named[:most]), PAGE, asked.load):
        ref = asked.forecasts.at(row.number, row.place).ref
        if ref not in seen:
            together = asked.outcomes(ref)
            seen |= {it for outcome in together for it in outcome.carriers}
            found |= dict.fromkeys(together)
    return replace(run(latest, found), beyond=len(named) > most)


def _plain(wanted: Wanted) -> Iterator[frozenset[str]]:
    if wanted.geonames is not None:
        yield frozenset({of_number(wanted.geonames)})
    if wanted.place is not None:
        yield frozenset({of_place(wanted.place)})
    if wanted.type is not None:
        yield frozenset({of_type(wanted.type)})


def _voices(name: str | None, names: StoredNames) -> _Voices | None:
    if name is None:
        return None
    classes = [names.class_of(key) for key in names.keys_of(name)]
    said = {plain(name)} - {""}
    keys, ids = {key for _, keys in classes for key in keys}, {id_ for id_, _ in classes}
    return _Voices(frozenset(map(of_voice, keys | said)), frozenset(map(of_voice, ids | said)), frozenset(ids | said))


def _fitting(
    outcome: Outcome, wanted: Wanted, asked: Sequence[frozenset[str]], forecasts: StoredForecasts
) -> Iterator[Listed]:
    """Where the forecasts of an outcome that fit stand in the list."""
    for it in forecasts.of_reports(dict.fromkeys(ref.report for ref in outcome.carriers)):
        if (
            it.ref in outcome.carriers
            and wanted.period.holds(it.made)
            and all(facets(it) & one for one in _plain(wanted))
        ):
            number, place = forecasts.place_of(it.ref)
            yield Listed(back(it.made), it.ref.report, place, number)
