"""What a copy changed, so that it can be read: words taken out and words put in, among those that stayed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sayso.share.markup import Html, element, joined
from sayso.share.visible import one_line
from sayso.vocabulary import Edit, EditKind, Span

_AROUND: Final = 60  # code points shown on either side
_LONGEST: Final = 600  # of words taken out or put in
_MOST: Final = 40


def edit_list(found: Sequence[Edit], text: str) -> Html:
    """Edits in the order of the copy's text, with the words around them; nothing where there are none."""
    if not found:
        return Html()
    more = len(found) - _MOST
    rest = element("p", {"class": "detail"}, f"and {more} more") if more > 0 else Html()
    return joined(element("ol", {"class": "changes"}, *(_edit(it, text) for it in found[:_MOST])), rest)


def _edit(it: Edit, text: str) -> Html:
    before, after = ("", "") if it.kind is EditKind.DROPPED else _around(it.copy, text)
    kind = element("span", {"class": "kind"}, str(it.kind))
    taken = element("del", None, _cut(it.before)) if it.before else Html()
    put = element("ins", None, _cut(it.after)) if it.after else Html()
    between = " " if it.before and it.after else ""
    parts: Iterable[str] = (kind, " ", element("span", {"dir": "auto"}, before, taken, between, put, after))
    return element("li", None, *parts)


def _around(span: Span, text: str) -> tuple[str, str]:
    """The words before and after a span, on one line."""
    start, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    before, after = one_line(text[start : span.start]), one_line(text[span.end : end])
    lead = "…" if start > 0 else ""
    tail = "…" if end < len(text) else ""
    spaced = " " if text[span.start - 1 : span.start].isspace() else ""
    follows = " " if text[span.end : span.end + 1].isspace() else ""
    return f"{lead}{before}{spaced}", f"{follows}{after}{tail}"


def _cut(words: str) -> str:
    line = one_line(words)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
