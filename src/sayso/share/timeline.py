"""The days of a report in order: a day is a tick, a period a bar, what lies ahead stands apart.

The rows share one axis on which long gaps are short: a stretch of n days is 3 + log₂(n + 1) wide, so that the days of
the news and the years behind them can both be read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from math import log2
from typing import Final

from sayso.share.happenings import Happening
from sayso.share.links import happening_link, separated
from sayso.share.markup import Html, element, joined, measure
from sayso.share.moments import Interval, Moment, interval
from sayso.share.scene import Scene
from sayso.share.visible import one_line

_WIDTH: Final = 100.0
_LEAST_BAR: Final = 2.4
_LEAST_STRETCH: Final = 3.0
_BAR_TOP, _BAR_HEIGHT, _HEIGHT = 3.0, 6.0, 12.0
_MOST_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where days lie between 0 and 100: `edges` are day numbers in order, `places` where they lie."""

    edges: tuple[int, ...]
    places: tuple[float, ...]
    published: int | None

    def at(self, day: int) -> float:
        """Where a day begins; days that are no edge lie between their neighbours."""
        after = bisect_right(self.edges, day)
        if after == 0:
            return 0.0
        if after == len(self.edges):
            return _WIDTH
        low, high = self.edges[after - 1], self.edges[after]
        left, right = self.places[after - 1], self.places[after]
        return left + (right - left) * (day - low) / (high - low)


def when(scene: Scene) -> Html:
    """The timeline. Nothing for a reading without days or happenings on them."""
    published = _published(scene)
    dated = [moment for moment in scene.moments if moment.interval]
    undated = [moment for moment in scene.moments if not moment.interval]
    if not dated and not undated:
        return Html()
    axis = _axis([moment.interval for moment in dated if moment.interval], published)
    ahead = [moment for moment in dated if _is_ahead(moment, published)]
    past = [moment for moment in dated if not _is_ahead(moment, published)]
    rows = [_row(axis, moment) for moment in past]
    if published:
        after = sum(moment.interval.first <= published for moment in past if moment.interval)
        rows.insert(after, _published_row(axis, published))
    return element(
        "section",
        {"class": "atlas when", "id": "when", "aria-labelledby": "when-heading"},
        element("h2", {"id": "when-heading"}, "When"),
        element("ol", {"class": "days", "aria-label": "In order of time"}, *rows) if rows else Html(),
        _ahead_list(axis, ahead),
        _key() if dated else Html(),
        _undated(undated),
    )


def _published(scene: Scene) -> date | None:
    published = scene.outline.reading.report.published
    found = interval(published.value[:10], published.value[:10]) if published else None
    return found.start if found else None


def _is_ahead(moment: Moment, published: date | None) -> bool:
    """Whether a moment lies after the publication, or holds nothing but what is foretold."""
    if published and moment.interval and moment.interval.start and moment.interval.start > published:
        return True
    return bool(moment.happenings) and all(happening.is_to_come for happening in moment.happenings)


def _axis(intervals: Iterable[Interval], published: date | None) -> _Axis:
    edges: set[int] = set()
    for days in intervals:
        edges |= {day.toordinal() for day in (days.start,) if day}
        edges |= {day.toordinal() + 1 for day in (days.end,) if day}
    if published:
        edges |= {published.toordinal(), published.toordinal() + 1}
    ordered = tuple(sorted(edges))
    widths = [_LEAST_STRETCH + log2(1 + after - before) for before, after in pairwise(ordered)]
    whole = sum(widths) or 1.0
    places = tuple(place * _WIDTH / whole for place in accumulate(widths, initial=0.0))
    return _Axis(ordered, places, published.toordinal() if published else None)


def _row(axis: _Axis, moment: Moment) -> Html:
    days = moment.interval
    if days is None:
        return Html()
    label = element("time", {"datetime": _machine(days)}, str(days))
    attributes = {"class": "date", "id": f"r{moment.key}", "href": f"#{moment.key}", "data-go": moment.key}
    date_ = element("a", attributes, label) if moment.key else element("span", {"class": "date"}, label)
    what = [element("span", {"class": "words"}, _words(moment))] if moment.times else []
    what += [_happening(it) for it in moment.happenings]
    return element(
        "li", {"class": "day"}, date_, _strip(axis, days, _look(moment)), element("div", {"class": "what"}, *what)
    )


def _happening(happening: Happening) -> Html:
    kind = "told foretold" if happening.is_to_come else "told"
    note = element("span", {"class": "words"}, " (background)") if happening.is_background else Html()
    return element("span", {"class": kind}, happening_link(happening), note)


def _words(moment: Moment) -> Html:
    """The first few expressions that name a moment."""
    words = list(dict.fromkeys(one_line(time.text) for time in moment.times))
    shown = [joined("“", element("bdi", None, word), "”") for word in words[:_MOST_WORDS]]
    more = [Html("…")] if len(words) > _MOST_WORDS else []
    return separated(shown + more)


def _look(moment: Moment) -> str:
    """How the bar of a moment looks: "sure" for one day or all of a period, "unsure" for some day within."""
    sure = moment.is_throughout or (moment.interval is not None and moment.interval.is_day)
    approximate = any(time.mod for time in moment.times)
    struck = any(not happening.is_to_come for happening in moment.happenings)
    foretold = bool(moment.happenings) and not struck
    tone = "struck" if struck else "foretold" if foretold else "named"
    return f"{'sure' if sure and not approximate else 'unsure'} {tone}"


def _strip(axis: _Axis, days: Interval, look: str) -> Html:
    """A row's piece of the drawing: the line of publication, and the bar or tick. The words beside it say the same."""
    left = axis.at(days.start.toordinal()) if days.start else 0.0
    right = axis.at(days.end.toordinal() + 1) if days.end else _WIDTH
    width = max(right - left, _LEAST_BAR)
    left = min(left, _WIDTH - width)
    size = {"x": measure(left), "y": measure(_BAR_TOP), "width": measure(width), "height": measure(_BAR_HEIGHT)}
    bar = element("rect", {"class": f"bar {look}", **size})
    opening = [
        element("path", {"class": "open", "d": f"M{measure(edge)} 0v{measure(_HEIGHT)}"})
        for edge, is_open in ((0.6, days.start is None), (_WIDTH - 0.6, days.end is None))
        if is_open
    ]
    return _svg(axis, bar, *opening)


def _svg(axis: _Axis, *parts: Html) -> Html:
    """One row of the drawing with the line of publication through it."""
    line = []
    if axis.published is not None:
        middle = (axis.at(axis.published) + axis.at(axis.published + 1)) / 2
        line = [element("path", {"class": "published", "d": f"M{measure(middle)} 0v{measure(_HEIGHT)}"})]
    base = element("path", {"class": "base", "d": f"M0 {measure(_HEIGHT / 2)}h{measure(_WIDTH)}"})
    size = {"viewBox": f"0 0 {measure(_WIDTH)} {measure(_HEIGHT)}", "preserveAspectRatio": "none"}
    return element("svg", {"class": "strip", **size, "aria-hidden": "true"}, base, *parts, *line)


def _published_row(axis: _Axis, published: date) -> Html:
    days = Interval(published, published)
    label = element("time", {"datetime": published.isoformat()}, str(days))
    what = element("div", {"class": "what"}, "published")
    return element("li", {"class": "day out"}, element("span", {"class": "date"}, label), _svg(axis), what)


def _ahead_list(axis: _Axis, ahead: Sequence[Moment]) -> Html:
    if not ahead:
        return Html()
    rows = (_row(axis, moment) for moment in ahead)
    return joined(
        element("h3", {"id": "ahead-heading"}, "Ahead, or only foretold"),
        element("ol", {"class": "days", "aria-labelledby": "ahead-heading"}, *rows),
    )


def _key() -> Html:
    signs = (("sure", "that day, all that time"), ("unsure", "some time within"), ("line", "published"))
    items = (element("li", None, element("span", {"class": f"sign {name}"}), words) for name, words in signs)
    return element("ul", {"class": "key"}, *items, element("li", None, "Long gaps are drawn short."))


def _undated(moments: Sequence[Moment]) -> Html:
    if not moments:
        return Html()
    items = [
        element(
            "a",
            {"href": f"#{moment.key}", "id": f"r{moment.key}", "data-go": moment.key},
            "“",
            element("bdi", None, one_line(moment.times[0].text)),
            "”",
        )
        for moment in moments
    ]
    name = element("span", {"class": "name"}, "Not placed in the calendar")
    return element("p", {"class": "beside"}, name, ": ", separated(items))


def _machine(days: Interval) -> str:
    """An interval in ISO 8601."""
    start, end = (day.isoformat() if day else ".." for day in (days.start, days.end))
    return start if days.is_day else f"{start}/{end}"
