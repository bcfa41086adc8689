"""The top of the page: what was read, what it comes to, and what the marks mean."""

from __future__ import annotations

from datetime import date, datetime

from sayso.share.markup import Html, element, joined
from sayso.share.scene import Scene
from sayso.share.summary import summary
from sayso.share.visible import one_line
from sayso.share.wording import STANCES
from sayso.vocabulary import Incident, PlaceUse, Published, Report


def title(report: Report) -> str:
    """The report's title on one line, or what to call a report without one."""
    return one_line(report.title or "") or "A report without a title"


def masthead(scene: Scene) -> Html:
    """Outlet, title, byline and warnings, and the summary."""
    report = scene.outline.reading.report
    outlet = element("p", {"class": "outlet"}, element("bdi", None, report.outlet)) if report.outlet else Html()
    heading = element("h1", {"dir": "auto"}, title(report))
    return element("header", {"class": "masthead"}, outlet, heading, _byline(report), _flags(report), _summary(scene))


def legend(scene: Scene) -> Html:
    """What the marks in the text mean; those of places, times and happenings where there are any."""
    swatches = [
        element("li", None, element("span", {"class": f"swatch {tone}"}, " · ".join(stances)))
        for tone, stances in STANCES.items()
    ]
    signs = [
        element("li", None, element("span", {"class": name}, word), f" {meaning}")
        for name, word, meaning in (
            ("source", "bold", "who speaks"),
            ("cue", "italic", "the saying"),
            ("hedge", "dashed", "how firmly"),
            ("label", "wavy", "a label"),
            ("swatch tells d2", "underlined", "a statement inside another"),
            ("boilerplate", "dimmed", "nobody’s"),
            *_scene_signs(scene),
        )
    ]
    opening = element("p", None, "Tinted words rest on somebody’s word. Plain words are the outlet’s own voice.")
    lists = joined(
        element("ul", {"class": "tones"}, *swatches),
        element("ul", {"class": "signs"}, *signs),
    )
    return element("section", {"class": "legend", "aria-label": "Legend"}, opening, lists)


def _scene_signs(scene: Scene) -> list[tuple[str, str, str]]:
    uses = {site.place.use for site in scene.sites}
    signs = [
        (PlaceUse.PLACE in uses, ("place", "green line", "a place")),
        (bool(uses - {PlaceUse.PLACE}), ("demonym", "green dots", "a place’s people or government")),
        (any(moment.key for moment in scene.moments), ("time", "brown dots", "a time")),
        (bool(scene.happenings), ("happening", "thick line", "a happening")),
    ]
    return [sign for is_there, sign in signs if is_there]


def _byline(report: Report) -> Html:
    parts = []
    if report.author:
        parts.append(element("span", None, "By ", element("bdi", None, report.author)))
    if report.published:
        parts.append(_published(report.published))
    if report.url:
        parts.append(_address(report.url))
    return element("p", {"class": "byline"}, *parts) if parts else Html()


def _published(published: Published) -> Html:
    zone = f" {published.zone}" if published.zone else ""
    when = element("time", {"datetime": published.value}, f"{_day(published.value)}{zone}")
    return element("span", None, when, element("span", {"class": "basis"}, f" (date: {published.basis})"))


def _day(value: str) -> str:
    """An ISO 8601 date or date-time as a person writes it; anything else as it stands."""
    try:
        if len(value) <= len("2022-08-19"):
            day, clock = date.fromisoformat(value), ""
        else:
            moment = datetime.fromisoformat(value)
            day, clock = moment.date(), f", {moment:%H:%M}"
    except ValueError:
        return value
    return f"{day.day} {day:%B %Y}{clock}"


def _address(url: str) -> Html:
    """A link to where the report stands; only the web's own schemes can be followed."""
    if not url.lower().startswith(("https://", "http://")):
        return element("span", None, element("bdi", None, url))
    return element("a", {"href": url, "rel": "noopener noreferrer nofollow"}, "Original")


def _flags(report: Report) -> Html:
    flags = (element("li", None, flag) for flag in report.flags)
    return element("ul", {"class": "flags", "aria-label": "Warnings"}, *flags) if report.flags else Html()


def _summary(scene: Scene) -> Html:
    counted = summary(scene.outline)
    figures = (
        _figure(counted.statements, "statements", "statement"),
        _figure(counted.speakers, "speakers", "speaker"),
        _figure(len(counted.own_voice), "in the outlet’s own voice"),
        _figure(len(counted.inner), "inside another"),
        _figure(len(counted.unnamed), "rest on an unnamed origin", "rests on an unnamed origin", counted.unnamed),
        *_happening_figures(scene),
    )
    return element("dl", {"class": "summary", "aria-label": "Summary"}, *figures)


def _happening_figures(scene: Scene) -> list[Html]:
    """How much is said to have happened, and how much is foretold; a background recalled does not count."""
    told = [it for it in scene.happenings if not it.is_to_come and not it.is_background]
    fresh = sum(isinstance(it.item, Incident) for it in told)
    ahead = sum(it.is_to_come for it in scene.happenings)
    figures = ((fresh, "incidents told of", "incident told of"), (ahead, "foretold or planned", "foretold or planned"))
    return [_figure(count, many, one) for count, many, one in figures if count]


def _figure(count: int, many: str, one: str = "", numbers: tuple[int, ...] = ()) -> Html:
    name = element("dt", None, one if one and count == 1 else many)
    links = (joined(" ", element("a", {"href": f"#n{n}", "data-go": n}, str(n))) for n in numbers)
    which = element("dd", {"class": "which"}, *links) if numbers else Html()
    return element("div", None, name, element("dd", {"class": "count"}, str(count)), which)
