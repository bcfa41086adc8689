"""Events, voices and forecasts of a small synthetic corpus, read by the shipped reader, against its lineage.

Copies are taken from the lineage, so that what is measured is joining and counting alone. Events are compared by
pairs of reports: two reports of one event in the lineage should tell of one event, two of different events should not
(reports that only deny count neither way). Voices are compared likewise, within the event that has most of the true
one's reports: two reports on one voice should be counted as one. Forecasts are found if one of the right voice has one
of the reports that carry it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from benchmarks.corpus import progress
from sayso.gather.jsonl import read_json_lines
from sayso.read import read_many
from sayso.trace.events import Happenings, accounts, events, vouching
from sayso.trace.forecasts import Foretellings, foretold, outcomes
from sayso.trace.people import Register, appearances, known_as
from sayso.trace.voices import Shared
from sayso.vocabulary import ActorRef, Event, KnownActorId, Outcome, Reading, Report, ReportId, Voice, Voices

AFTER: Final = timedelta(days=90)  # the day for which outcomes are asked: every window is over
Pair = tuple[str, str]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """True and found things, and how many of them are the same."""

    name: str
    right: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is true that was found."""
        return self.right / self.true if self.true else 1.0


@dataclass(frozen=True, slots=True)
class Scores:
    """What was measured, with what went wrong in words."""

    reports: int
    pairs: tuple[Counted, ...]
    exact: tuple[tuple[str, int, int], ...]
    misses: tuple[str, ...]


def score(folder: Path, most: int) -> Scores:
    """Read the first whole stories of a corpus, at most so many reports, and score what is traced across them."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    reports = [it for it in read_json_lines(folder / "reports.jsonl") if isinstance(it, Report)][:most]
    last = {report.id.partition("-")[0] for report in reports[-1:]}
    reports = [report for report in reports if report.id.partition("-")[0] not in last] if len(last) else reports
    kept = {report.id.partition("-")[0] for report in reports}
    stories = [story for story in gold["stories"] if f"n{story['story']}" in kept]
    readings = list(progress(read_many(reports), "reading", len(reports)))
    return _scored(readings, stories)


def _scored(readings: Sequence[Reading], stories: Sequence[Row]) -> Scores:
    register = Register()
    for reading in readings:
        register.add(appearances(reading))

    def known(ref: ActorRef) -> KnownActorId | None:
        actor = known_as(ref, register)
        return actor.id if actor is not None else None

    happenings, forecasts = Happenings(), Foretellings()
    for reading in readings:
        happenings.add(accounts(reading, known))
        forecasts.add(foretold(reading, known))
    copies = [
        Shared(ReportId(copy["report"]), ReportId(copy["of"]), copy["share"])
        for story in stories
        for copy in story["copies"]
    ]
    last = max(date.fromisoformat(it.report.published.value[:10]) for it in readings if it.report.published)
    foretold_all = list(outcomes(forecasts, happenings, last + AFTER, copies))

    def told(event: Event) -> Voices:
        rows = [row for it in event.tellings if (row := happenings.account(it)) is not None]
        return vouching(rows, copies).told

    misses: list[str] = []
    event_pairs, voice_pairs, exact = event_scores(list(events(happenings)), told, stories, misses)
    forecast_pairs, states = forecast_scores(foretold_all, stories, misses)
    return Scores(len(readings), (event_pairs, voice_pairs, forecast_pairs), (exact, states), tuple(misses))


def pairs(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """All pairs of reports that stand in one group."""
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}


def event_scores(
    found: Sequence[Event], told: Callable[[Event], Voices], stories: Sequence[Row], misses: list[str]
) -> tuple[Counted, Counted, tuple[str, int, int]]:
    """Events by pairs of reports, voices by pairs within each event, and how many events have as many as are true."""
    true = [event for story in stories for event in story["events"]]
    carriers = {name for event in true for name in event["carriers"]}
    groups = [[str(it.report) for it in event.tellings if it.report in carriers] for event in found]
    wanted, given = pairs(event["carriers"] for event in true), pairs(groups)
    right_voices, found_voices, true_voices, exact = 0, 0, 0, 0
    for event in true:
        here = set(event["carriers"])
        best = max(range(len(groups)), key=lambda i: len(here & set(groups[i])), default=None)
        behind = Voices(0, 0) if best is None else told(found[best])
        same_true = pairs(voice["carriers"] for voice in event["voices"])
        same_found = pairs([[it.report for it in voice.carriers if it.report in here] for voice in behind.voices])
        right_voices += len(same_true & same_found)
        found_voices += len(same_found)
        true_voices += len(same_true)
        exact += len(behind.voices) == len(event["voices"])
        if len(behind.voices) != len(event["voices"]):
            misses.append(f"{event['id']}: {_named(behind.voices)} for {[it['name'] for it in event['voices']]}")
        absent = here - {name for group in groups[best : best + 1] for name in group} if best is not None else here
        if absent:
            misses.append(f"{event['id']}: not joined: {sorted(absent)}")
    return (
        Counted("events", len(wanted & given), len(given), len(wanted)),
        Counted("voices", right_voices, found_voices, true_voices),
        ("events with the right number of voices", exact, len(true)),
    )


def _named(found: Sequence[Voice]) -> list[str]:
    return [f"{voice.name} ({', '.join(it.report for it in voice.carriers)})" for voice in found]


def forecast_scores(
    found: Sequence[Outcome], stories: Sequence[Row], misses: list[str]
) -> tuple[Counted, tuple[str, int, int]]:
    """Forecasts by voice and carriers, and how many of those found came out as is true."""
    true = [forecast for story in stories for forecast in story["forecasts"]]
    matched: dict[str, Outcome] = {}
    for forecast in true:
        carriers = set(forecast["carriers"])
        surname = forecast["voice"].rpartition(" ")[2]
        fits = [it for it in found if carriers & {ref.report for ref in it.carriers} and surname in it.voice]
        if fits:
            matched[forecast["id"]] = max(fits, key=lambda it: len(carriers & {ref.report for ref in it.carriers}))
        else:
            misses.append(f"{forecast['id']}: not found")
    states: dict[bool, int] = defaultdict(int)
    for forecast in true:
        outcome = matched.get(forecast["id"])
        if outcome is not None:
            states[outcome.state.value == forecast["outcome"]] += 1
            if outcome.state.value != forecast["outcome"]:
                misses.append(f"{forecast['id']}: {outcome.state} for {forecast['outcome']}: {outcome.reasons}")
    own = {id(outcome) for outcome in matched.values()}
    misses += [f"no forecast: {it.voice}, {it.carriers[0].report}" for it in found if id(it) not in own]
    return (
        Counted("forecasts", len(matched), len(found), len(true)),
        ("forecasts with the right outcome", states[True], len(matched)),
    )
