"""The places and the times of a report as tables: what the map and the timeline show, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sayso.share.links import happening_link, quoted, separated, site_link
from sayso.share.markup import Html, element, joined
from sayso.share.moments import Moment
from sayso.share.scene import Scene
from sayso.share.sites import Site
from sayso.share.visible import one_line
from sayso.vocabulary import Anchor, PlaceId, PlacePrecision, PlaceUse, Span, Time

_USES: Final = {PlaceUse.PLACE: "", PlaceUse.DEMONYM: "its people", PlaceUse.METONYM: "its government"}
_PRECISIONS: Final = {
    PlacePrecision.EXACT: "the spot itself",
    PlacePrecision.NEAR: "near a known spot",
    PlacePrecision.AREA: "an area",
    PlacePrecision.COUNTRY: "a country",
    PlacePrecision.UNRESOLVED: "unresolved",
}
_DAY_PARTS: Final = {
    "MO": "morning",
    "MI": "midday",
    "AF": "afternoon",
    "EV": "evening",
    "NI": "night",
    "DT": "daytime",
}
_PLACE_COLUMNS: Final = ("Place", "Words", "What", "Where it is", "How closely known", "Happenings")
_TIME_COLUMNS: Final = ("When", "Words", "Precision", "Counted from", "Happenings", "Warnings")


def places_table(scene: Scene) -> Html:
    """Every place with its words, what it is, where it is and how closely that is known."""
    on_map = {site.key for site in scene.sites if site.place.use is PlaceUse.PLACE}
    rows = [_row(site.key, "place", _place_cells(scene, site), is_home=site.key not in on_map) for site in scene.sites]
    return _table("places", "The places", _PLACE_COLUMNS, rows)


def times_table(scene: Scene) -> Html:
    """Every moment that words name, with how it was worked out."""
    named = [moment for moment in scene.moments if moment.key]
    rows = [_row(moment.key, "time", _time_cells(scene, moment), is_home=False) for moment in named]
    return _table("times", "The times", _TIME_COLUMNS, rows)


def _place_cells(scene: Scene, site: Site) -> Iterator[Html]:
    place = site.place
    yield element("bdi", None, site.name)
    yield _counted(scene, [mention.span for mention in site.mentions])
    yield joined("; ".join(filter(None, (str(place.level), _USES[place.use]))))
    yield _whereabouts(scene, site)
    score = f", score {place.score:.2f}" if place.entry else ""
    yield joined("; ".join((f"{_PRECISIONS[place.precision]}{score}", *map(one_line, place.why))))
    yield separated([happening_link(happening) for happening in scene.at.get(site.key, ())])


def _counted(scene: Scene, spans: list[Span]) -> Html:
    """The words at some spans, each once, and how many spans there are if more than one."""
    words = quoted(scene.outline, spans)
    return joined(words, f" ({len(spans)} times)") if len(spans) > 1 else words


def _whereabouts(scene: Scene, site: Site) -> Html:
    """Where a place is: its entry with what that lies in, and the relation and the frame that the text gives."""
    place = site.place
    parts = []
    if place.entry:
        names = [place.entry.name, *place.entry.within]
        parts.append(separated([element("bdi", None, one_line(name)) for name in names if name]))
    if place.whereabouts:
        anchors = _links(scene, place.whereabouts.anchors)
        own = place.whereabouts.span == place.span
        words = None if own else quoted(scene.outline, (place.whereabouts.span,))
        said = [part for part in (words, anchors) if part]
        parts += [separated(said, " ")] if said else []
    outer = _links(scene, place.within)
    if place.precision is PlacePrecision.UNRESOLVED:
        parts.append(joined("unresolved, within ", outer) if outer else joined("unresolved"))
    elif outer:
        parts.append(joined("within ", outer))
    if place.region and place.region.radius >= 1:
        parts.append(joined(f"within {place.region.radius:.0f} km of the point drawn"))
    return separated(parts, "; ")


def _links(scene: Scene, places: tuple[PlaceId, ...]) -> Html:
    found = {scene.site_of[it].key: scene.site_of[it] for it in places if it in scene.site_of}
    return separated([site_link(site) for site in found.values()])


def _time_cells(scene: Scene, moment: Moment) -> Iterator[Html]:
    yield joined(str(moment.interval)) if moment.interval else joined("not placed in the calendar")
    yield _counted(scene, [time.span for time in moment.times])
    yield joined(", ".join(dict.fromkeys(_precision(time) for time in moment.times)))
    yield joined("; ".join(dict.fromkeys(_anchor(scene, time) for time in moment.times)))
    yield separated([happening_link(happening) for happening in moment.happenings])
    yield joined("; ".join(dict.fromkeys(one_line(flag) for time in moment.times for flag in time.flags)))


def _precision(time: Time) -> str:
    clock = (time.clock or "").removeprefix("T")
    parts = (str(time.precision), one_line(_DAY_PARTS.get(clock, clock)), one_line(time.zone or ""))
    return ", ".join(filter(None, parts))


def _anchor(scene: Scene, time: Time) -> str:
    """What a time was counted from, in words."""
    text = scene.outline.reading.report.text
    words = f" (“{one_line(time.anchor_span.of(text))}”)" if time.anchor_span else ""
    match time.anchor:
        case Anchor.ABSOLUTE:
            return "nothing: a full date"
        case Anchor.PUBLISHED:
            return f"the publication date{f' ({time.basis})' if time.basis else ''}"
        case Anchor.DATELINE:
            return f"the dateline{words}"
        case Anchor.NARRATIVE:
            return f"a date in the text{words}"
        case Anchor.UNRESOLVED:
            return "not known"


def _row(key: str, tone: str, cells: Iterator[Html], *, is_home: bool) -> Html:
    """A row; its first cell links to the words and, where nothing else does, stands for the thing itself."""
    attributes = {"href": f"#r{key}", "data-go": key, "id": f"r{key}" if is_home else None}
    first = element("th", {"scope": "row"}, element("a", attributes, next(cells)))
    return element("tr", {"class": f"entry {tone}", "id": key}, first, *(element("td", None, cell) for cell in cells))


def _table(name: str, title: str, columns: tuple[str, ...], rows: list[Html]) -> Html:
    if not rows:
        return Html()
    head = element("thead", None, element("tr", None, *(element("th", {"scope": "col"}, it) for it in columns)))
    table = element("table", {"aria-labelledby": f"{name}-heading"}, head, element("tbody", None, *rows))
    return element(
        "section",
        {"class": "register", "id": name, "aria-labelledby": f"{name}-heading"},
        element("h2", {"id": f"{name}-heading"}, title),
        element(
            "div", {"class": "table", "tabindex": "0", "role": "region", "aria-labelledby": f"{name}-heading"}, table
        ),
    )
