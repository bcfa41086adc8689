"""Words of a report as they stand in it, with those of one item marked, and where each piece begins.

Every piece tells the offset of its first character in code points, so that a script can tell what somebody selects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sayso.review.items import Item, Kind
from sayso.share.markup import Html, element
from sayso.share.segments import Mark, MarkKind, segments
from sayso.vocabulary import Span

_AROUND: Final = 220  # code points before and after
_MOST: Final = 700  # of an item's words that are shown in a line of a list
_CHANGED: Final = re.compile("[\x80-\x9f\u202a-\u202e\u2066-\u2069]")  # shown as several signs: each its own piece
_NAMES: Final = {MarkKind.CONTENT: "content", MarkKind.CUE: "cue", MarkKind.SOURCE: "source"}
_KINDS: Final = (MarkKind.CONTENT, MarkKind.CUE, MarkKind.SOURCE)


def in_context(text: str, item: Item) -> Html:
    """The words of an item and some around them, all of it where they are few."""
    every = [span for spans in item.passages for span in spans]
    start, end = min(it.start for it in every), max(it.end for it in every)
    within = Span(_word(text, max(0, start - _AROUND), -1), _word(text, min(len(text), end + _AROUND), 1))
    if within.end - within.start > _MOST + 2 * _AROUND:
        within = Span(within.start, _word(text, min(len(text), start + _MOST + _AROUND), 1))
    before = element("span", {"aria-hidden": "true"}, "… ") if within.start else Html()
    after = element("span", {"aria-hidden": "true"}, " …") if within.end < len(text) else Html()
    return element("p", {"class": "words", "dir": "auto"}, before, *_pieces(text, within, item), after)


def whole(text: str, item: Item) -> Html:
    """All of a report's text, to select in."""
    area = {"class": "words whole", "id": "words", "dir": "auto", "tabindex": "0", "role": "region",
            "aria-label": "The report"}  # fmt: skip
    return element("div", area, *_pieces(text, Span(0, len(text)), item))


def _pieces(text: str, within: Span, item: Item) -> Iterator[Html]:
    kinds = _KINDS if item.kind in (Kind.STATEMENT, Kind.CLAIM, Kind.MATCH) else (MarkKind.CONTENT,)
    marks = [Mark(span, kind) for kind, spans in zip(kinds, item.passages, strict=False) for span in spans]
    first = True
    for piece in segments(within, marks):
        names = " ".join(dict.fromkeys(_NAMES[mark.kind] for mark in piece.marks))
        shown = [*_plain(text, piece.span)]
        if not names:
            yield from shown
            continue
        yield element("mark", {"class": names, "id": "here" if first else None}, *shown)
        first = False


def _plain(text: str, span: Span) -> Iterator[Html]:
    """The words of a span; what is shown otherwise than it stands is a piece by itself."""
    at = span.start
    for found in _CHANGED.finditer(text, span.start, span.end):
        if at < found.start():
            yield element("span", {"data-at": at}, text[at : found.start()])
        yield element("span", {"data-at": found.start(), "data-one": True}, found.group())
        at = found.end()
    if at < span.end:
        yield element("span", {"data-at": at}, text[at : span.end])


def _word(text: str, at: int, step: int) -> int:
    """The next place, not far off, at which no word is cut."""
    for _ in range(30):
        if at <= 0 or at >= len(text) or text[at - 1 if step > 0 else at].isspace():
            break
        at += step
    return at
