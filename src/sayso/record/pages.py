"""The JSON-LD that a web page carries in its script elements, cut out without parsing the page."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final

from sayso.errors import NotAFinding
from sayso.record.json_ld import reviews_within
from sayso.record.json_text import parse
from sayso.vocabulary import Finding

_LONGEST_TAG: Final = 2_000
_WRAPPINGS: Final = ("<!--", "-->", "//<![CDATA[", "//]]>", "<![CDATA[", "]]>", ";")


def page_reviews(text: str, origin: str) -> Iterator[Finding | NotAFinding]:
    """The findings of a page. A script that is damaged costs the others nothing.

    Raises NotAFinding where no script holds a ClaimReview.
    """
    documents: list[object] = []
    damaged: list[NotAFinding] = []
    for number, script in enumerate(scripts(text), start=1):
        try:
            documents.append(_parsed(script, f"{origin} (script {number})"))
        except NotAFinding as error:
            damaged.append(error)
    try:
        # Taken together, since one script may name by @id what another holds.
        yield from reviews_within(documents, origin)
    except NotAFinding as error:
        raise (damaged[0] if damaged else error) from None
    yield from damaged


def scripts(text: str) -> Iterator[str]:
    """The contents of a page's `<script type="application/ld+json">` elements, in order."""
    lower = text.lower() if text.isascii() else _lowered(text)
    at = 0
    while (start := lower.find("<script", at)) >= 0:
        opened = lower.find(">", start, start + _LONGEST_TAG)
        if opened < 0:
            at = start + len("<script")
            continue
        closed = lower.find("</script", opened)
        if closed < 0:
            return
        if "ld+json" in lower[start:opened]:
            yield text[opened + 1 : closed]
        at = closed


def _lowered(text: str) -> str:
    """The text with ASCII capitals lowered, so that offsets stay."""
    return text.translate({code: code + 32 for code in range(ord("A"), ord("Z") + 1)})


def _parsed(script: str, origin: str) -> object:
    content = script.strip()
    for mark in _WRAPPINGS:
        content = content.removeprefix(mark).removesuffix(mark).strip()
    try:
        return parse(content, origin)
    except NotAFinding:
        if "&" not in content:
            raise
        return parse(html.unescape(content), origin)  # some systems escape what a script takes literally
