"""The happenings of a report one by one: what, where, when, who by whose account, and every count with its voucher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from sayso.share.happenings import Happening, range_words
from sayso.share.links import breakable, moment_link, quoted, separated, site_link, voucher_link, vouchers
from sayso.share.markup import Html, element, joined
from sayso.share.moments import interval
from sayso.share.scene import Scene
from sayso.share.visible import one_line
from sayso.vocabulary import (
    Confidence,
    Count,
    Forecast,
    Harm,
    Incident,
    Part,
    People,
    Span,
    Standing,
    Tally,
)

_STANDINGS: Final = {
    Standing.FACT: "told as fact",
    Standing.ACCUSED: "accused",
    Standing.ACCUSED_BY_AUTHORITIES: "accused by authorities",
    Standing.CLAIMED: "claimed",
    Standing.POSSIBLE: "possible",
    Standing.DENIED: "denied",
}


def accounts(scene: Scene) -> Html:
    """What is said to have happened, what was recalled or counted together, and apart from it what is foretold."""
    told = [it for it in scene.happenings if not it.is_to_come]
    incidents = [it for it in told if isinstance(it.item, Incident)]
    fresh = [it for it in incidents if not it.is_background]
    recalled = [it for it in incidents if it.is_background]
    return joined(
        _section(scene, "happened", "What is said to have happened", fresh),
        _section(scene, "background", "Background: what the report only recalls", recalled),
        _section(scene, "tallies", "Counted together", [it for it in told if isinstance(it.item, Tally)]),
        _section(
            scene,
            "foretold",
            "Foretold, planned or threatened: not said to have happened",
            [it for it in scene.happenings if it.is_to_come],
        ),
    )


def _section(scene: Scene, name: str, title: str, happenings: list[Happening]) -> Html:
    if not happenings:
        return Html()
    heading = element("h2", {"id": f"{name}-heading"}, title)
    items = (_account(scene, happening) for happening in happenings)
    attributes = {"class": f"accounts {name}", "id": name, "aria-labelledby": f"{name}-heading"}
    return element("section", attributes, heading, element("ol", None, *items))


def _account(scene: Scene, happening: Happening) -> Html:
    match happening.item:
        case Incident() as incident:
            facts = _incident(scene, happening, incident)
            signs = [str(incident.status)] + (["background"] if incident.background else [])
        case Tally() as tally:
            facts = _tally(scene, happening, tally)
            signs = ["counted together"]
        case Forecast() as forecast:
            facts = _forecast(scene, happening, forecast)
            signs = [f"foretold: {forecast.stance}"]
    tone = "foretold" if happening.is_to_come else "happens"
    link = {
        "class": "number letter",
        "href": f"#{'r' if happening.mentions else ''}{happening.key}",
        "data-go": happening.key,
    }
    heading = element(
        "h3",
        None,
        element("a", link, happening.letter),
        " ",
        element("span", {"class": "name"}, breakable(happening.name)),
        *(joined(" ", element("span", {"class": f"status {sign.partition(':')[0]}"}, sign)) for sign in signs),
    )
    quote = one_line(" … ".join(span.of(scene.outline.reading.report.text) for span in happening.mentions))
    return element(
        "li",
        {"class": f"account {tone}", "id": happening.key},
        heading,
        element("blockquote", {"dir": "auto"}, quote),
        element("dl", {"class": "facts"}, *facts),
    )


def _incident(scene: Scene, happening: Happening, incident: Incident) -> Iterator[Html]:
    yield from _where(scene, happening)
    yield from _when(scene, happening)
    yield from _parts(scene, incident.parts)
    yield from _counts(scene, incident.counts)
    yield from _words(scene, "Weapon", incident.weapons)
    yield from _words(scene, "Damage", incident.damage)
    yield _fact("Told by", vouchers(scene.outline, incident.vouchers))
    if incident.certainty.value is not Confidence.STATED:
        words = quoted(scene.outline, incident.certainty.spans)
        yield _fact("Certainty", joined(str(incident.certainty.value), *([": ", words] if words else [])))
    if incident.mode:
        yield _fact("Mode", joined(one_line(incident.mode)))
    yield _fact("Reader’s score", joined(f"{incident.score:.2f}"))


def _tally(scene: Scene, happening: Happening, tally: Tally) -> Iterator[Html]:
    if tally.parts:
        parts = (
            element("li", None, f"{range_words(part.low, part.high)}: ", quoted(scene.outline, (part.span,)))
            for part in tally.parts
        )
        yield _fact("Of which", element("ul", None, *parts))
    if tally.sums is not None:
        yield _fact("Sum", joined("the parts add up" if tally.sums else "the parts do not add up to the whole"))
    yield from _where(scene, happening)
    yield from _when(scene, happening)
    yield from _parts(scene, tally.by)
    yield _fact("Told by", vouchers(scene.outline, tally.vouchers))


def _forecast(scene: Scene, happening: Happening, forecast: Forecast) -> Iterator[Html]:
    yield _fact("Who says so", voucher_link(scene.outline, forecast.statement))
    yield from _where(scene, happening)
    yield from _when(scene, happening)
    yield from _parts(scene, forecast.blamed)


def _where(scene: Scene, happening: Happening) -> Iterator[Html]:
    found = {scene.site_of[place].key: scene.site_of[place] for place in happening.places if place in scene.site_of}
    if found:
        yield _fact("Where", separated([site_link(site) for site in found.values()]))


def _when(scene: Scene, happening: Happening) -> Iterator[Html]:
    """The days it may have been, then the expressions that date it."""
    item = happening.item
    days = interval(item.start, item.end) if isinstance(item, Incident) else None
    found = {id(it): it for time in happening.times if (it := scene.moment_of.get(time))}
    links = [moment_link(it) for it in found.values()]
    if days and not any(it.interval == days for it in found.values()):
        links.insert(0, joined(str(days)))
    if links:
        yield _fact("When", separated(links))


def _parts(scene: Scene, parts: tuple[Part, ...]) -> Iterator[Html]:
    """Who was in it, as what, and by whose account."""
    for part in parts:
        actor = scene.outline.actors.get(part.actor) if part.actor else None
        who = joined("“", element("bdi", None, one_line(part.text)), "”")
        if actor and one_line(actor.name).casefold() not in one_line(part.text).casefold():
            who = joined(who, ", that is ", element("bdi", None, one_line(actor.name)))
        standing = element("span", {"class": f"standing {part.standing.name.lower()}"}, _STANDINGS[part.standing])
        by = vouchers(scene.outline, part.by)
        yield _fact(part.role.value.capitalize(), joined(who, " – ", standing, " by " if part.by else ", ", by))


def _counts(scene: Scene, counts: tuple[Count, ...]) -> Iterator[Html]:
    """The counts by what happened to whom; where they differ, side by side and each with its voucher."""
    grouped: dict[tuple[Harm, People], list[Count]] = defaultdict(list)
    for count in counts:
        grouped[count.harm, count.who].append(count)
    for (harm, who), group in grouped.items():
        differ = len({(count.low, count.high) for count in group}) > 1
        items = [
            element(
                "li",
                None,
                element("b", None, range_words(count.low, count.high)),
                " (“",
                element("bdi", None, one_line(count.text)),
                "”) ",
                voucher_link(scene.outline, count.voucher),
            )
            for count in group
        ]
        rivals = element("p", {"class": "rivals"}, "The counts differ:") if differ else Html()
        name = f"{harm.value.capitalize()}" if who is People.PEOPLE else f"{harm.value.capitalize()}, {who.value}"
        yield _fact(name, joined(rivals, element("ul", {"class": "counts"}, *items)))


def _words(scene: Scene, name: str, spans: tuple[Span, ...]) -> Iterator[Html]:
    if spans:
        yield _fact(name, quoted(scene.outline, spans))


def _fact(name: str, value: Html) -> Html:
    return element("div", None, element("dt", None, name), element("dd", {"dir": "auto"}, value))
