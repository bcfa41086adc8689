"""A reading as one self-contained HTML page: who says what, and what is said to have happened, where and when.

Everything is in the markup and readable without JavaScript; the script only brings the note of a statement, a
happening, a place or a time, which also stands below the text, beside the words it is about.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from sayso.gazetteer import ATTRIBUTION
from sayso.share.map import Towns, no_towns
from sayso.share.markup import Html, element, policy_hash
from sayso.share.masthead import title
from sayso.share.outline import outline
from sayso.share.scene import Scene, scene
from sayso.share.sheet import below, side, story
from sayso.vocabulary import Reading


def page(reading: Reading, towns: Towns = no_towns) -> str:
    """The HTML page of a reading: complete, self-contained, the same for equal readings.

    `towns` gives the towns that the map shows for context, as `Gazetteer.near` does; without it the map shows the
    report's own places alone.
    """
    staged = scene(outline(reading))
    sheet = element("div", {"class": "sheet"}, story(staged), side(staged, towns), below(staged), _colophon(reading))
    body = element("body", None, _skip_links(staged), sheet, element("script", None, Html(_asset("page.js"))))
    return f"<!doctype html>\n{element('html', {'lang': 'en'}, _head(reading), body)}\n"


@cache
def _asset(name: str) -> str:
    return (resources.files("sayso.share") / name).read_text(encoding="utf-8")


def _policy() -> str:
    """What the page may load or run: its own style and script, known by their hashes, and nothing else."""
    style, script = policy_hash(_asset("page.css")), policy_hash(_asset("page.js"))
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _head(reading: Reading) -> Html:
    return element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": _policy()}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("meta", {"name": "referrer", "content": "no-referrer"}),
        element("link", {"rel": "icon", "href": "data:,"}),  # or a browser would ask the server for one
        element("title", None, f"{title(reading.report)} – who says what"),
        element("style", None, Html(_asset("page.css"))),
    )


def _skip_links(staged: Scene) -> Html:
    targets = [
        ("#text", "Skip to the text"),
        *([("#side", "Skip to the map and the timeline")] if staged.sites or staged.moments else []),
        ("#statements", "Skip to the list of statements"),
    ]
    return element(
        "nav",
        {"class": "skips", "aria-label": "Skip"},
        *(element("a", {"href": target}, words) for target, words in targets),
    )


def _colophon(reading: Reading) -> Html:
    reader = reading.reader
    made_by = f"Read by {reader.name} {reader.version}, weights {reader.weights}."
    promise = "Sayso shows who vouches for what. It does not say what is true."
    listed = any(place.entry and place.entry.geonames is not None for place in reading.places)
    credit = element("p", {"class": "credit"}, f"{ATTRIBUTION}.") if listed else Html()
    return element("footer", {"class": "colophon"}, element("p", None, promise), credit, element("p", None, made_by))
