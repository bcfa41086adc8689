"""The task that reads a feed in the worker: RSS 0.9 to 2.0, Atom (RFC 4287) and JSON Feed (1.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import islice
from typing import Any, Final

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from sayso.gather.feeds.xml import NotXml, children, name, parsed, text_of
from sayso.gather.markup import tamed
from sayso.gather.paragraphs import blocks

_ATOM: Final = "http://www.w3.org/2005/Atom"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
# The namespaces of RSS itself: none in 0.91 to 2.0, its own in 0.90 and 1.0.
_RSS: Final = (
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
)
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_RDF_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_NAME_IN_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\s+\(([^()]+)\)")

Item = dict[str, Any]


def read_feed(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The items of the feed in `data` (UTF-8). `options`: `items` and `depth` at most.

    Gives `title`, `lang`, `items`, how many were `left` out, and `broken` (what is wrong); or `problem`.
    """
    try:
        read = _json_feed if data.lstrip()[:1] == b"{" else _xml_feed
        return read(data, options["items"], options["depth"])
    except (NotXml, ValueError, RecursionError) as error:
        return {"problem": str(error)[:200]}


def _xml_feed(data: bytes, most: int, depth: int) -> dict[str, Any]:
    document = parsed(data)
    root = document.root
    if name(root)[1].lower() not in ("rss", "rdf", "feed"):
        raise ValueError(f"its outermost element is {name(root)[1][:40]!r}, and no feed's")
    is_atom = name(root) == (_ATOM, "feed")
    channel = root if is_atom else next(children(root, "channel", *_RSS), root)
    found = _elements(root, channel, is_atom)
    read: Callable[[etree._Element, int], Item] = _entry if is_atom else _item
    items = [read(element, depth) for element in found[:most]]
    return {
        "title": text_of(_first(channel, "title", _ATOM, *_RSS)),
        "lang": root.get(f"{_XML}lang") or text_of(_first(channel, "language", *_RSS)),
        "items": items,
        "left": len(found) - len(items),
        "broken": document.broken,
    }


def _elements(root: etree._Element, channel: etree._Element, is_atom: bool) -> list[etree._Element]:
    """The items' elements; those of RSS 1.0 stand beside the channel."""
    if is_atom:
        return list(children(root, "entry", _ATOM))
    inside = list(children(channel, "item", *_RSS))
    return inside if channel is root else inside + list(children(root, "item", *_RSS))


def _item(element: etree._Element, depth: int) -> Item:
    """An RSS item."""
    guid = _first(element, "guid", *_RSS)
    link = text_of(_first(element, "link", *_RSS)) or _atom_link(element)
    if link is None and guid is not None and guid.get("isPermaLink", "true") == "true":
        link = text_of(guid)
    full = _first(element, "encoded", _CONTENT)
    body = full if full is not None else _first(element, "description", *_RSS)
    written = text_of(_first(element, "creator", _DC)) or text_of(_first(element, "author", *_RSS))
    dates = [("pubDate", *_RSS), ("date", _DC), ("published", _ATOM), ("updated", _ATOM)]
    return {
        "id": text_of(guid) or element.get(_RDF_ABOUT),
        "link": link,
        "title": _title(text_of(_first(element, "title", *_RSS))),
        "author": _NAME_IN_MAIL.sub(r"\1", written) if written else None,
        "outlet": text_of(_first(element, "source", *_RSS)),
        "dates": list(_dates(element, dates)),
        "text": _from_html("".join(map(str, body.itertext())) if body is not None else "", depth),
        "is_summary": full is None,
        "bytes": _written(element),
    }


def _entry(element: etree._Element, depth: int) -> Item:
    """An Atom entry."""
    content = _first(element, "content", _ATOM)
    full = content if content is not None and content.get("src") is None else None
    body = full if full is not None else _first(element, "summary", _ATOM)
    author = _first(element, "author", _ATOM)
    source = _first(element, "source", _ATOM)
    return {
        "id": text_of(_first(element, "id", _ATOM)),
        "link": _atom_link(element),
        "title": _title(text_of(_first(element, "title", _ATOM))),
        "author": text_of(_first(author, "name", _ATOM)) if author is not None else None,
        "outlet": text_of(_first(source, "title", _ATOM)) if source is not None else None,
        "dates": list(_dates(element, [("published", _ATOM), ("date", _DC), ("updated", _ATOM)])),
        "text": _atom_text(body, depth),
        "is_summary": full is None,
        "bytes": _written(element),
    }


def _json_feed(data: bytes, most: int, depth: int) -> dict[str, Any]:
    feed = json.loads(data)
    listed = feed.get("items")
    if not isinstance(listed, list):
        raise ValueError("it lists no items")
    items = [_json_item(item, depth) for item in islice(listed, most) if isinstance(item, dict)]
    return {
        "title": _words(feed.get("title")),
        "lang": _words(feed.get("language")),
        "items": items,
        "left": max(len(listed) - most, 0),
        "broken": None if all(isinstance(item, dict) for item in listed) else "some of its items are no objects",
    }


def _json_item(item: Item, depth: int) -> Item:
    markup, plain = _words(item.get("content_html")), item.get("content_text")
    text = _from_html(markup, depth) if markup else plain if isinstance(plain, str) else ""
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_words(author.get("name")) for author in authors or () if isinstance(author, dict)]
    keys = (("date_published", "feed date_published"), ("date_modified", "feed date_modified"))
    summary = _words(item.get("summary")) or ""
    return {
        "id": _words(item.get("id")),
        "link": _words(item.get("url")),
        "title": _words(item.get("title")),
        "author": ", ".join(name for name in names if name) or None,
        "outlet": None,
        "dates": [(str(item[key]), basis) for key, basis in keys if isinstance(item.get(key), str)],
        "text": text or summary,
        "is_summary": not text,
        "bytes": json.dumps(item, ensure_ascii=False),
    }


def _words(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else str(value) if isinstance(value, int) else None


def _first(element: etree._Element, local: str, *namespaces: str) -> etree._Element | None:
    return next(children(element, local, *namespaces), None)


def _dates(element: etree._Element, kinds: list[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for local, *namespaces in kinds:
        if stated := text_of(_first(element, local, *namespaces)):
            yield stated, f"feed {local}"


def _atom_link(element: etree._Element) -> str | None:
    links = [link for link in children(element, "link", _ATOM) if link.get("rel", "alternate") == "alternate"]
    return next((str(link.get("href")).strip() for link in links if link.get("href")), None)


def _title(title: str | None) -> str | None:
    """A title without the markup that some feeds put into it."""
    return " ".join(unescape(_TAG.sub("", title)).split()) or None if title else None


def _atom_text(body: etree._Element | None, depth: int) -> str:
    if body is None:
        return ""
    kind = body.get("type", "text").lower()
    if kind == "xhtml":
        return _from_html("".join(etree.tostring(child, encoding="unicode") for child in body), depth)
    inner = "".join(map(str, body.itertext()))
    return inner.strip() if kind in ("text", "text/plain") and not _TAG.search(inner) else _from_html(inner, depth)


def _from_html(markup: str, depth: int) -> str:
    """The text of a piece of HTML, a blank line between paragraphs; text without markup stays as it is."""
    if not _TAG.search(markup):
        return unescape(markup).strip()
    flat, _ = tamed(markup, depth)
    return "\n\n".join(blocks(LexborHTMLParser(flat)))


def _written(element: etree._Element) -> str:
    """The element by itself, with the namespaces it needs."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))
