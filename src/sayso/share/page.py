"""A reading as one self-contained HTML page: the text with its statements marked, and who says them.

Everything is in the markup and readable without JavaScript; the script only brings a statement's note,
which also stands in the list below the text, beside the words it is about.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from sayso.share.markup import Html, element, policy_hash
from sayso.share.masthead import legend, masthead, title
from sayso.share.notes import notes
from sayso.share.outline import outline
from sayso.share.people import people
from sayso.share.prose import prose
from sayso.vocabulary import Reading


def page(reading: Reading) -> str:
    """The HTML page of a reading: complete, self-contained, the same for equal readings."""
    outlined = outline(reading)
    sheet = element(
        "div",
        {"class": "sheet"},
        element("main", {"class": "report"}, masthead(outlined), legend(), prose(outlined)),
        element("aside", {"class": "side", "aria-label": "Who speaks"}, _card(), people(outlined)),
        notes(outlined),
        _colophon(reading),
    )
    body = element("body", None, _skip_links(), sheet, element("script", None, Html(_asset("page.js"))))
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


def _skip_links() -> Html:
    return element(
        "nav",
        {"class": "skips", "aria-label": "Skip"},
        element("a", {"href": "#text"}, "Skip to the text"),
        element("a", {"href": "#statements"}, "Skip to the list of statements"),
    )


def _card() -> Html:
    """Where the script puts the note of the statement at hand."""
    return element(
        "section",
        {
            "class": "card",
            "id": "card",
            "aria-label": "The statement at hand",
            "aria-live": "polite",
            "hidden": True,
        },
    )


def _colophon(reading: Reading) -> Html:
    reader = reading.reader
    made_by = f"Read by {reader.name} {reader.version}, weights {reader.weights}."
    promise = "Sayso shows who vouches for what. It does not say what is true."
    return element("footer", {"class": "colophon"}, element("p", None, promise), element("p", None, made_by))
