"""What kind of input bytes are, told by their content first and by the file's name where that is open."""

from __future__ import annotations

import re
from enum import StrEnum

from sayso.gather.decode import peek


class Kind(StrEnum):
    """The kinds of input that become reports."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON_LINES = "json lines"


_SUFFIXES = {
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".jsonl": Kind.JSON_LINES,
    ".jsonl.gz": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".ndjson.gz": Kind.JSON_LINES,
}
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I
)
_TAG = re.compile(r"<[!/]?[a-z]", re.I)
_ROW = re.compile(r'\s*\{\s*"')


def kind_of_name(name: str) -> Kind | None:
    """The kind a file name promises, or None if its ending is not one of ours."""
    lower = name.lower()
    return next((kind for suffix, kind in _SUFFIXES.items() if lower.endswith(suffix)), None)


def kind_of(data: bytes, promised: Kind | None = None) -> Kind:
    """The kind of these bytes. A whole page is HTML and a page without a tag is text, whatever was promised.

    JSON Lines are looked for only where nothing was promised, since any text may begin with a brace.
    """
    head = peek(data)
    if promised is Kind.JSON_LINES:
        return promised
    if _PAGE.match(head):
        return Kind.HTML
    if promised is Kind.HTML and not _TAG.search(head):
        return Kind.TEXT
    return promised or (Kind.JSON_LINES if _ROW.match(head) else Kind.TEXT)
