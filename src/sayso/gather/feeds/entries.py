"""The task that reads a list of addresses in the worker: OPML (2.0) or a sitemap (0.9, with news)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from sayso.gather.feeds.xml import NotXml, children, name, parsed, text_of

_SITEMAP: Final = ("http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.google.com/schemas/sitemap/0.84", "")
_NEWS: Final = ("http://www.google.com/schemas/sitemap-news/0.9",)

Entry = dict[str, Any]


def read_entries(data: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The addresses in `data` (UTF-8), at most `items` of them.

    Gives `entries`, how many were `left` out, and `broken` (what is wrong); or `problem`.
    """
    try:
        document = parsed(data)
    except NotXml as error:
        return {"problem": str(error)[:200]}
    entries = list(_entries(document.root))
    most = options["items"]
    return {"entries": entries[:most], "left": max(len(entries) - most, 0), "broken": document.broken}


def _entries(root: etree._Element) -> Iterator[Entry]:
    kind = name(root)[1].lower()
    if kind == "opml":
        outlines = (element for element in root.iter() if name(element)[1] == "outline")
        yield from ({"address": outline.get("xmlUrl")} for outline in outlines if outline.get("xmlUrl"))
    for url in children(root, "url" if kind == "urlset" else "sitemap", *_SITEMAP):
        if address := _inner(url, "loc", *_SITEMAP):
            yield {"address": address, **_news(url)}


def _news(url: etree._Element) -> Entry:
    news = next(children(url, "news", *_NEWS), None)
    if news is None:
        return {}
    publication = next(children(news, "publication", *_NEWS), None)
    return {
        "title": _inner(news, "title", *_NEWS),
        "date": _inner(news, "publication_date", *_NEWS),
        "outlet": _inner(publication, "name", *_NEWS) if publication is not None else None,
    }


def _inner(element: etree._Element, local: str, *namespaces: str) -> str | None:
    return text_of(next(children(element, local, *namespaces), None))
