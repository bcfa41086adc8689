"""The frame of every page: what stands at its head, the way to the others, and what the desk promises at its foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.responses import HTMLResponse

from sayso.gazetteer import ATTRIBUTION
from sayso.share.markup import Html, element, joined
from sayso.share.visible import one_line
from sayso.web.accounts.present import who_is_there
from sayso.web.assets import assets

_MOST_TITLE: Final = 120  # code points of a title that a tab shows
_SECTIONS: Final = (
    ("/reports", "Reports"),
    ("/claims", "Claims"),
    ("/events", "Events"),
    ("/actors", "Actors"),
    ("/forecasts", "Forecasts"),
    ("/ask", "Ask"),
    ("/review", "Review"),
    ("/read", "Read a text"),
    ("/add", "Add"),
)
_KEYS: Final = (
    ("/", "look for words"),
    ("j  k", "next and previous report, event or statement"),
    ("Enter", "open what is chosen"),
    ("Esc", "close what is open"),
    ("a  r  u", "in review: accept, reject, unsure"),
    ("c  x  z", "in review: correct, tick, undo"),
    ("?", "these keys"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title, its sheet, which section it is of, the words in the search box, and the scripts it needs.

    `kind` is "trace" for what is laid out as an answer. `has_map` says that names of GeoNames stand on it. `again` is
    the seconds after which a browser without scripts asks for it again, `feed` the address of its list as a feed.
    """

    title: str
    sheet: Html
    kind: str = ""
    section: str = ""
    words: str = ""
    banner: str = ""
    scripts: tuple[str, ...] = ()
    has_map: bool = False
    again: int | None = None
    feed: str | None = None


def shown(page: Page) -> HTMLResponse:
    """A page as an answer."""
    return HTMLResponse(framed(page))


def framed(page: Page) -> str:
    """A page as HTML."""
    body = element(
        "body",
        {"class": f"desk {page.kind}".strip()},
        element(
            "nav", {"class": "skips", "aria-label": "Skip"}, element("a", {"href": "#text"}, "Skip to the content")
        ),
        element("p", {"class": "banner"}, page.banner) if page.banner else Html(),
        _bar(page),
        page.sheet,
        _colophon(page),
        _keys(),
    )
    return f"<!doctype html>\n{element('html', {'lang': 'en'}, _head(page), body)}\n"


def _head(page: Page) -> Html:
    scripts = (element("script", {"src": assets()[name].address, "defer": True}) for name in (*page.scripts, "desk.js"))
    title = one_line(page.title)
    title = title if len(title) <= _MOST_TITLE else f"{title[:_MOST_TITLE]}…"
    return element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("link", {"rel": "icon", "href": "data:,"}),  # or a browser would ask for one
        element("title", None, f"{title} – Sayso"),
        element("link", {"rel": "stylesheet", "href": assets()["desk.css"].address}),
        element("link", {"rel": "alternate", "type": "application/atom+xml", "href": page.feed})
        if page.feed
        else Html(),
        *scripts,
        _again(page),
    )


def _again(page: Page) -> Html:
    """That a page is to be asked for again, for browsers without scripts."""
    if page.again is None:
        return Html()
    return element("noscript", None, element("meta", {"http-equiv": "refresh", "content": str(page.again)}))


def _bar(page: Page) -> Html:
    places = (
        element("li", None, element("a", {"href": href, "aria-current": _current(href, page)}, name))
        for href, name in _SECTIONS
    )
    search = element(
        "form",
        {"action": "/reports", "method": "get", "role": "search", "class": "seek"},
        element("label", {"class": "unseen", "for": "seek"}, "Words in reports"),
        element(
            "input",
            {"type": "search", "name": "q", "id": "seek", "value": one_line(page.words) or None,
             "placeholder": "Words in reports", "maxlength": 500, "dir": "auto"},
        ),
        element("button", {"type": "submit"}, "Search"),
    )  # fmt: skip
    return element(
        "header",
        {"class": "bar"},
        element("a", {"class": "brand", "href": "/"}, "Sayso"),
        element("nav", {"aria-label": "Sections"}, element("ul", None, *places, _account())),
        search,
    )


def _account() -> Html:
    """The way to the account of who is logged in; nothing where nobody is."""
    caller = who_is_there()
    return element("li", None, element("a", {"href": "/account"}, caller.name)) if caller is not None else Html()


def _current(href: str, page: Page) -> str | None:
    return "page" if page.section and href == f"/{page.section}" else None


def _colophon(page: Page) -> Html:
    promise = "Sayso shows who vouches for what. It does not say what is true."
    credit = element("p", {"class": "credit"}, f"{ATTRIBUTION}.") if page.has_map else Html()
    keys = element("p", {"class": "hint"}, "Press ", element("kbd", None, "?"), " for the keys.")
    return element("footer", {"class": "colophon"}, element("p", None, promise), credit, keys)


def _keys() -> Html:
    """The list of keys, which the script opens."""
    rows = (joined(element("dt", None, element("kbd", None, key)), element("dd", None, does)) for key, does in _KEYS)
    heading = element("h2", {"id": "keys-heading"}, "Keys")
    close = element("form", {"method": "dialog"}, element("button", {"type": "submit"}, "Close"))
    return element(
        "dialog", {"id": "keys", "aria-labelledby": "keys-heading"}, heading, element("dl", None, *rows), close
    )
