"""What kind of input bytes are, told by their content first and by the file's name where that is open."""

from __future__ import annotations

import re
import zlib
from enum import StrEnum
from typing import Final

from sayso.gather.decode import PEEK, peek


class Kind(StrEnum):
    """The kinds of input that become reports."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    JSON_LINES = "json lines"
    CSV = "csv"
    PARQUET = "parquet"
    WARC = "warc"
    WACZ = "wacz"
    FEED = "feed"
    OPML = "opml"
    SITEMAP = "sitemap"


DOCUMENTS: Final = frozenset((Kind.TEXT, Kind.MARKDOWN, Kind.HTML, Kind.PDF))  # one report each
LISTS: Final = frozenset((Kind.OPML, Kind.SITEMAP))  # of addresses, whose reports are elsewhere

_SUFFIXES: Final = {
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".jsonl": Kind.JSON_LINES,
    ".jsonl.gz": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".ndjson.gz": Kind.JSON_LINES,
    ".csv": Kind.CSV,
    ".csv.gz": Kind.CSV,
    ".tsv": Kind.CSV,
    ".tsv.gz": Kind.CSV,
    ".parquet": Kind.PARQUET,
    ".warc": Kind.WARC,
    ".warc.gz": Kind.WARC,
    ".wacz": Kind.WACZ,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".opml": Kind.OPML,
}
_MEDIA: Final = {
    "text/plain": Kind.TEXT,
    "text/markdown": Kind.MARKDOWN,
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/pdf": Kind.PDF,
    "application/jsonl": Kind.JSON_LINES,
    "application/x-ndjson": Kind.JSON_LINES,
    "text/csv": Kind.CSV,
    "text/tab-separated-values": Kind.CSV,
    "application/warc": Kind.WARC,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
    "application/feed+json": Kind.FEED,
    "text/x-opml": Kind.OPML,
}
DOCUMENT_MEDIA: Final = frozenset(media for media, kind in _MEDIA.items() if kind in DOCUMENTS)
_MAGIC: Final = ((b"%PDF-", Kind.PDF), (b"WARC/", Kind.WARC), (b"PAR1", Kind.PARQUET), (b"PK\x03\x04", Kind.WACZ))
_ROOTS: Final = {
    "rss": Kind.FEED,
    "feed": Kind.FEED,
    "rdf": Kind.FEED,
    "opml": Kind.OPML,
    "urlset": Kind.SITEMAP,
    "sitemapindex": Kind.SITEMAP,
}
_GZIP: Final = b"\x1f\x8b"
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I
)
_PROLOG = re.compile(r"\s*(?:<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!doctype[^>\[]*(?:\[[^\]]*\]\s*)?>)", re.I)
_ROOT = re.compile(r"\s*<(?:[\w.-]{1,40}:)?([\w.-]{1,40})")
_TAG = re.compile(r"<[!/]?[a-z]", re.I)
_ROW = re.compile(r'\s*\{\s*"')
_JSON_FEED = re.compile(
    r'"https?://(?:www\.)?jsonfeed\.org/version/|"https?:\\/\\/(?:www\.)?jsonfeed\.org\\/version\\/'
)


def kind_of_name(name: str) -> Kind | None:
    """The kind a file name promises, or None if its ending is not one of ours."""
    lower = name.lower()
    return next((kind for suffix, kind in _SUFFIXES.items() if lower.endswith(suffix)), None)


def kind_of_media(media: str | None) -> Kind | None:
    """The kind a media type (RFC 9110) promises, or None."""
    return _MEDIA.get((media or "").partition(";")[0].strip().lower())


def kind_of(data: bytes, promised: Kind | None = None) -> Kind:
    """The kind of these bytes. A whole page is HTML and a page without a tag is text, whatever was promised.

    Other kinds are looked for only where nothing or a page was promised, since any text may begin with a brace.
    """
    head = peek(data)
    if promised not in (None, Kind.TEXT, Kind.MARKDOWN, Kind.HTML):
        return promised
    if _PAGE.match(head):
        return Kind.HTML
    if promised is Kind.HTML:
        return _root(head) or (Kind.HTML if _TAG.search(head) else Kind.TEXT)
    return promised or _by_content(data, head)


def _by_content(data: bytes, head: str) -> Kind:
    if data.startswith(_GZIP):
        return kind_of(_unpacked(data))
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if _ROW.match(head):
        return Kind.FEED if _JSON_FEED.search(head) else Kind.JSON_LINES
    return _root(head) or Kind.TEXT


def _unpacked(data: bytes) -> bytes:
    """The beginning of what gzip data hold; JSON Lines where they cannot be unpacked, whose reader tells of it."""
    try:
        return zlib.decompressobj(31).decompress(data, PEEK).lstrip() or b'{"'
    except zlib.error:
        return b'{"'


def _root(head: str) -> Kind | None:
    """The kind of an XML document of ours, by the name of its root element."""
    place = 0
    while match := _PROLOG.match(head, place):
        place = match.end()
    root = _ROOT.match(head, place)
    return _ROOTS.get(root[1].lower()) if root else None
