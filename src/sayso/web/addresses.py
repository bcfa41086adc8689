"""Where things have their pages: addresses that stay, made from ids, and lists by their query strings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

from sayso.share.markup import Html, element, joined

_FOLDERS: Final = {"r": "reports", "c": "claims", "e": "events", "k": "actors"}
_SHORT: Final = 10  # code points of an id that tell it from others well enough
_ID: Final = re.compile(r"\b([rcek])-[0-9a-f]{12,64}\b")


def page_of(id_: str) -> str | None:
    """The page of a report, claim, event or actor by its id; None for what is no such id."""
    found = _ID.fullmatch(id_)
    return f"/{_FOLDERS[found[1]]}/{id_}" if found else None


def with_links(line: str) -> Html:
    """A line of words in which each id of a report, claim, event or actor is cut short and leads to its page."""
    parts, at = [], 0
    for found in _ID.finditer(line):
        id_ = found.group()
        parts.append(joined(line[at : found.start()]))
        parts.append(element("a", {"href": page_of(id_), "title": id_}, id_[:_SHORT]))
        at = found.end()
    return joined(*parts, line[at:])


def asked(path: str, fields: Mapping[str, str | None]) -> str:
    """A path with a query string of the fields that say something."""
    query = urlencode({name: value for name, value in fields.items() if value}, quote_via=quote, errors="replace")
    return f"{path}?{query}" if query else path
