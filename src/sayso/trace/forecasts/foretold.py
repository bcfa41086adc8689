"""A report's forecasts as rows: what, where, by when, and on whose word.

The window is what the words give: a calendar day, week or period that is not yet over ("next week", "on 20 May"), or a
duration counted from the day it was made ("within two months"). Where they give none it is `WINDOW` days, a month:
warnings in the news are of the near future, and one that is open for ever could never be told to have lapsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sayso.trace.events.days import parsed
from sayso.trace.events.spots import Spot, spots
from sayso.trace.voices import Trail, trail
from sayso.vocabulary import (
    ActorRef,
    Forecast,
    ForecastRef,
    IncidentType,
    KnownActorId,
    Reading,
    Stance,
    Time,
    TimeKind,
)

WINDOW: Final = 30
_LONGEST: Final = 10 * 366  # days: what is foretold for later is foretold for some day
_PERIOD: Final = re.compile(
    r"P(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
)
_HOURS: Final = re.compile(r"PT(?P<hours>\d{1,5})H")


@dataclass(frozen=True, slots=True)
class Foretold:
    """A forecast of one report, with its window (both days included) and whether words of its own give that."""

    ref: ForecastRef
    made: date | None
    type: IncidentType
    spots: tuple[Spot, ...]
    start: date | None
    end: date | None
    is_dated: bool
    stance: Stance
    trail: Trail

    @property
    def order(self) -> tuple[str, str, str]:
        """By the day it was made, report and forecast."""
        return self.made.isoformat() if self.made else "9999", self.ref.report, self.ref.forecast


def _nobody(_: ActorRef) -> KnownActorId | None:
    return None


def foretold(
    reading: Reading, known: Callable[[ActorRef], KnownActorId | None] = _nobody, window: int = WINDOW
) -> Iterator[Foretold]:
    """The forecasts of a report. A forecast counts from the day its report was published; `window` is in days."""
    report = reading.report
    made = parsed(report.published.value) if report.published else None
    by_id = {time.id: time for time in reading.times}
    for forecast in reading.forecasts:
        given = None
        if made is not None:
            times = [by_id[i] for i in forecast.times if i in by_id]
            given = next((found for time in times if (found := _window(time, made)) is not None), None)
        start, end = given or (made, _after(made, window) if made else None)
        yield Foretold(
            ForecastRef(report.id, forecast.id, report.outlet), made, forecast.type,
            spots(forecast.places, reading.places), start, end, given is not None, forecast.stance,
            _trail(reading, forecast, known),
        )  # fmt: skip


def _trail(reading: Reading, forecast: Forecast, known: Callable[[ActorRef], KnownActorId | None]) -> Trail:
    return trail(reading, forecast.statement, known, forecast.content.spans)


def _window(time: Time, made: date) -> tuple[date, date] | None:
    """The days that a time of a forecast gives; None where it gives none, or only such as are over."""
    start, end = parsed(time.start), parsed(time.end)
    if start is None or end is None:
        days = _length(time.value) if time.kind is TimeKind.DURATION else None
        return (made, _after(made, days)) if days else None
    if end < made or (start - made).days > _LONGEST:
        return None
    return max(start, made), end


def _length(value: str) -> int | None:
    """The days of an ISO 8601 duration; None of one that gives no number."""
    if (hours := _HOURS.fullmatch(value)) is not None:
        return max(1, -(-int(hours["hours"]) // 24))
    found = _PERIOD.fullmatch(value)
    if found is None or not any(found.groups()):
        return None
    years, months, weeks, days = (int(found[name] or 0) for name in ("years", "months", "weeks", "days"))
    return min(_LONGEST, 365 * years + 30 * months + 7 * weeks + days) or None


def _after(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (date.max - day).days))
