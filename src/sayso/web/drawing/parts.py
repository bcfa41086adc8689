"""The parts of a page right below its title."""

from __future__ import annotations

from sayso.share.markup import Html, element


def titled_part(title: str, *content: Html) -> Html:
    """A part of a page under its heading."""
    return element("section", {"class": "part"}, element("h2", None, title), *content)
