"""Claims, events, voices and forecasts of a ledger against the lineage of some of its stories."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from benchmarks.newsroom.asking import kept_as
from benchmarks.newsroom.score import AFTER, Counted, event_scores, forecast_scores, pairs
from benchmarks.newsroom.varying import Variant
from sayso.ledger import Ledger
from sayso.trace.claims.asking import claim, claims_of
from sayso.trace.copies.stored import StoredIndex
from sayso.trace.events.asking import events_of_report, vouched
from sayso.trace.events.stored import StoredScenes
from sayso.trace.forecasts.asking import Foresight, outcomes_of_report
from sayso.trace.forecasts.stored import StoredForecasts
from sayso.trace.people.stored import StoredNames
from sayso.trace.voices.copied import Copied
from sayso.vocabulary import ReportId

Row = dict[str, Any]


def scores(ledger: Ledger, variant: Variant, stories: int) -> tuple[Counted, ...]:
    """How right the ledger is on the first stories of a variant."""
    ids = {str(it.report.id): str(kept_as(it.report)) for it in variant.readings}
    gold = [_renamed(row, ids) for row in variant.gold[:stories]]
    numbers = {row["story"] for row in variant.gold[:stories]}
    reports = [ReportId(ids[it.report.id]) for it in variant.readings if _story(it.report.id) in numbers]
    with ledger.looking() as connection:
        names, copied = StoredNames(connection), Copied(connection, StoredIndex(connection))
        scenes, forecasts = StoredScenes(connection, names, copied), StoredForecasts(connection, names)
        found = {event.id: event for report in reports for event in events_of_report(report, scenes)}
        days = [date.fromisoformat(it.report.published.value[:10]) for it in variant.readings if it.report.published]
        asked = Foresight(forecasts, scenes, max(days) + AFTER)
        outcomes = {repr(one): one for report in reports for one in outcomes_of_report(report, asked)}
        events, voices, _ = event_scores(list(found.values()), lambda event: vouched(event, scenes).told, gold, [])
        foretold, states = forecast_scores(list(outcomes.values()), gold, [])
        claims = _claims(ledger, gold)
    return claims, events, voices, foretold, Counted("outcomes of forecasts", states[1], states[2], states[2])


def _claims(ledger: Ledger, gold: Sequence[Row]) -> Counted:
    """Claims by pairs of reports whose statements of what happened, those that name the place, are members of one."""
    right, given, true = set(), set(), set()
    with ledger.looking() as connection:
        for story in gold:
            places = {event["claim"]: event["place"] for event in story["events"]}
            for one in story["claims"]:
                here = {*one["affirms"], *one["denies"]}
                wanted = pairs([here])
                true |= wanted
                for id_ in {id_ for report in here for id_ in claims_of(connection, ReportId(report))}:
                    found = claim(connection, id_)
                    members = {it.report for it in found.members if places[one["id"]] in it.text} if found else set()
                    if members & here:
                        joined = {pair for pair in pairs([members]) if here & {*pair}}
                        given |= joined
                        right |= joined & wanted
    return Counted("claims", len(right), len(given), len(true))


def _story(name: str) -> int:
    return int(name.rpartition("n")[2].partition("-")[0])


def _renamed(row: Row, ids: dict[str, str]) -> Row:
    """The lineage of a story with the ids that its reports have in a ledger."""

    def renamed(found: Any) -> Any:  # noqa: ANN401 - any value of JSON
        if isinstance(found, dict):
            return {name: renamed(value) for name, value in found.items()}
        if isinstance(found, list):
            return [renamed(value) for value in found]
        return ids.get(found, found) if isinstance(found, str) else found

    return dict(renamed(json.loads(json.dumps(row))))
