"""Where web pages state their publication date, read here so that the time zone is kept as written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_MOST = 20  # candidates; a page that states more dates than this states none
_META = (  # in order of trust: names that mean first publication, then those that may mean anything
    "article:published_time",
    "og:published_time",
    "article.published",
    "datepublished",
    "publish-date",
    "publish_date",
    "publication_date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "date",
)
_LATE = 2  # the first names outrank structured data, the rest come after it


def stated_dates(tree: LexborHTMLParser) -> tuple[tuple[str, str], ...]:
    """(date as written, "metadata" and its tag) of every publication date, the most trusted first."""
    meta = _meta_dates(tree)
    found = [*_ranked(meta, _META[:_LATE]), *_json_ld_dates(tree), *_ranked(meta, _META[_LATE:])]
    return tuple((raw, f"metadata {basis}") for raw, basis in (*found, *_time_dates(tree)))[:_MOST]


def _meta_dates(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """(content, name) of every meta tag that has both."""
    found = []
    for node in tree.css("meta[content]"):
        values = node.attributes
        name = values.get("property") or values.get("itemprop") or values.get("name")
        content = values.get("content")
        if name and content:
            found.append((content, name.lower()))
    return found


def _ranked(meta: list[tuple[str, str]], names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [pair for name in names for pair in meta if pair[1] == name]


def _json_ld_dates(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """Publication dates in the page's structured data, those of articles first."""
    items = [item for node in tree.css('script[type="application/ld+json"]') for item in _items(node.text())]
    items.sort(key=lambda item: not _is_article(item))
    dates = [item["datePublished"] for item in items if isinstance(item.get("datePublished"), str)]
    return [(date, "JSON-LD datePublished") for date in dates]


def _items(script: str) -> Iterator[dict[str, Any]]:
    try:
        pending: list[Any] = [json.loads(script)]
    except (ValueError, RecursionError):
        return
    while pending:
        item = pending.pop(0)
        if isinstance(item, list):
            pending.extend(item)
        elif isinstance(item, dict):
            yield item
            pending.extend(value for value in item.values() if isinstance(value, dict | list))


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(str(kind).endswith(("Article", "Posting", "Report")) for kind in _listed(kinds))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _time_dates(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """<time datetime> marked as publication, else the first in the article, else the page's only one."""
    for selector in ("time[itemprop=datePublished], time[pubdate]", "article time, main time"):
        if found := _datetimes(tree, selector):
            return [(found[0], "<time datetime>")]
    anywhere = _datetimes(tree, "time")
    return [(anywhere[0], "<time datetime>")] if len(set(anywhere)) == 1 else []


def _datetimes(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [value for node in tree.css(selector) if (value := node.attributes.get("datetime"))]
