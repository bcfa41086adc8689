"""Who carried a claim when, as a drawing: a row for each carrier, a mark at its day, and a branch to every copy.

Marks differ in shape as well as in colour, and each row says in words what its carrier does with the claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from math import log2
from typing import Final

from sayso.share.markup import Html, element, measure
from sayso.share.visible import one_line
from sayso.trace.answers.sayings import Saying
from sayso.vocabulary import Polarity, ReportId

_WIDTH: Final = 720.0
_LEFT: Final = 236.0  # where the time axis begins: left of it stand date and outlet
_RIGHT: Final = 590.0  # where it ends: right of the last mark stands a word
_ROW: Final = 26.0
_TOP: Final = 14.0
_MARK: Final = 5.5
_LONGEST: Final = 24  # code points of an outlet's name
_CUT: Final = {"x": "76", "width": "152", "height": measure(_ROW)}  # what is wider is cut off
_SHAPES: Final = {
    Polarity.AFFIRMS: "M-{r} 0a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z",
    Polarity.DENIES: "M-{r} -{r}h{d}v{d}h-{d}Z",
    Polarity.REPORTS: "M0 -{r}L{r} {r}H-{r}Z",
    Polarity.DOUBTS: "M0 -{r}L{r} 0L0 {r}L-{r} 0Z",
}
_SAID: Final = {
    Polarity.AFFIRMS: "affirms",
    Polarity.DENIES: "denies",
    Polarity.REPORTS: "passes it on",
    Polarity.DOUBTS: "doubts",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A carrier with the middle of its row, and where its day lies; None where it has none."""

    number: int
    told: Saying
    y: float
    x: float | None


def chart(timeline: Sequence[Saying]) -> Html:
    """The drawing of a timeline, with its key."""
    places = _places([day for it in timeline if (day := _day(it)) is not None])
    rows = []
    for n, it in enumerate(timeline):
        day = _day(it)
        rows.append(_Row(n + 1, it, _TOP + _ROW * n + _ROW / 2, None if day is None else places[day]))
    height = _TOP + _ROW * len(rows) + 6
    size = {"viewBox": f"0 0 {measure(_WIDTH)} {measure(height)}", "role": "img", "aria-label": _told(timeline)}
    drawing = element("svg", {"class": "carried", **size}, *map(_base, rows), *_branches(rows), *map(_mark, rows))
    linked = element("div", {"class": "wide", "tabindex": "0", "role": "group", "aria-label": "Drawing"}, drawing)
    return element("figure", {"class": "figure"}, linked, _key(it.polarity for it in timeline))


def _told(timeline: Sequence[Saying]) -> str:
    return f"{len(timeline)} carriers by date, with branches from each source to its copies; told in the list below"


def _day(told: Saying) -> date | None:
    try:
        return date.fromisoformat(told.report.moment[:10])
    except ValueError:
        return None


def _places(days: Iterable[date]) -> dict[date, float]:
    """Where each day lies: in order, long gaps drawn short."""
    order = sorted(set(days))
    widths = [1 + log2(1 + (after - before).days) for before, after in pairwise(order)]
    whole = sum(widths) or 1.0
    return {
        day: _LEFT + (_RIGHT - _LEFT) * at / whole
        for day, at in zip(order, accumulate(widths, initial=0.0), strict=False)
    }


def _base(row: _Row) -> Html:
    """The line of a row, its date and its outlet."""
    outlet = one_line(row.told.report.outlet or "unknown outlet")
    outlet = outlet if len(outlet) <= _LONGEST else outlet[: _LONGEST - 1] + "…"
    y, words = measure(row.y), measure(row.y + 4)
    name = element("text", {"class": "outlet-of", "y": measure(_ROW / 2 + 4)}, outlet)
    return element(
        "g",
        {"class": "row"},
        element("path", {"class": "base", "d": f"M{measure(_LEFT)} {y}H{measure(_RIGHT)}"}),
        element("text", {"class": "day-of", "x": "0", "y": words}, row.told.report.moment[:10] or "no date"),
        element("svg", _CUT | {"y": measure(row.y - _ROW / 2)}, name),
    )


def _branches(rows: Sequence[_Row]) -> list[Html]:
    """A branch from each source to its copy, where both are drawn."""
    first: dict[ReportId, _Row] = {}
    for row in rows:
        first.setdefault(row.told.report.report, row)
    found = []
    for row in rows:
        source = first.get(row.told.copied.source.report) if row.told.copied is not None else None
        if source is None or source.x is None or row.x is None or source is row:
            continue
        down = f"M{measure(source.x)} {measure(source.y)}V{measure(row.y - 8)}"
        across = f"Q{measure(source.x)} {measure(row.y)} {measure(source.x + 8)} {measure(row.y)}H{measure(row.x)}"
        kind = "branch" if row.told.copied is not None and row.told.copied.whole else "branch part"
        found.append(element("path", {"class": kind, "d": f"{down}{across}"}))
    return found


def _mark(row: _Row) -> Html:
    polarity = row.told.polarity
    x = _RIGHT if row.x is None else row.x  # what has no date stands at the end of its row, and says so there
    shape = _SHAPES[polarity].format(r=_MARK, d=2 * _MARK)
    said = f"{_SAID[polarity]}{', a copy' if row.told.copied is not None and row.told.copied.whole else ''}"
    at = f"translate({measure(x)} {measure(row.y)})"
    return element(
        "g",
        {"class": f"mark {polarity}"},
        element("path", {"d": shape, "transform": at}),
        element("text", {"class": "said", "x": measure(x + 10), "y": measure(row.y + 4)}, said),
    )


def _key(polarities: Iterable[Polarity]) -> Html:
    met = set(polarities)
    shape = {"width": "12", "height": "12", "viewBox": "-6 -6 12 12", "aria-hidden": "true"}
    items = [
        element(
            "li",
            None,
            element("svg", {"class": f"mark {it}", **shape}, element("path", {"d": _SHAPES[it].format(r=5, d=10)})),
            f" {_SAID[it]}",
        )
        for it in Polarity
        if it in met
    ]
    rest = element("li", None, "Lines run from a source to its copies. Long gaps are drawn short.")
    return element("ul", {"class": "key"}, *items, rest)
