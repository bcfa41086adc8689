"""Spans of text in quotation marks, in every style the press uses, balanced or not."""

from __future__ import annotations

import re
from typing import Final

from sayso.vocabulary import Form, Span

_LINE = re.compile(r"[^\n\r]+")
_CLOSERS: Final = {"“": ("”",), "«": ("»",), "„": ("“", "”"), "‹": ("›",), "``": ("''",), "‘": ("’",), '"': ('"', "”")}
_MARK = re.compile(r"“|”|«|»|„|‹|›|``|''|\"|‘|’|'")
_WORD = re.compile(r"\w+")


def quotations(text: str) -> list[Span]:
    """Quoted spans without their marks, outermost only, in order; none crosses a line.

    A mark that opens a line and never closes runs to the line's end, as in speeches over several paragraphs;
    other marks without a partner are left alone.
    """
    return [span for line in _LINE.finditer(text) for span in _in_line(text, line.start(), line.end())]


def _in_line(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    while opening := _next_opening(text, at, end):
        closing = _closing(text, opening, end)
        if closing:
            found.append(Span(opening.end(), closing.start()))
            at = closing.end()
        elif opening.start() == start and opening.group() in ("“", '"', "«", "„", "``", "''"):
            found.append(Span(opening.end(), end))
            at = end
        else:
            at = opening.end()
    return [span for span in found if _WORD.search(span.of(text))]


def _next_opening(text: str, at: int, end: int) -> re.Match[str] | None:
    for mark in _MARK.finditer(text, at, end):
        before = text[mark.start() - 1] if mark.start() else " "
        after = text[mark.end()] if mark.end() < end else " "
        if mark.group() in ("”", "»", "›", "’"):
            continue
        if mark.group() in ("'", "''", '"', "‘") and (before.isalnum() or after.isspace()):
            continue
        return mark
    return None


def _closing(text: str, opening: re.Match[str], end: int) -> re.Match[str] | None:
    closers = _CLOSERS.get(opening.group(), (opening.group(),))
    single = closers[0] in ("’", "'")
    for mark in _MARK.finditer(text, opening.end(), end):
        if mark.group() not in closers:
            continue
        after = text[mark.end()] if mark.end() < end else " "
        if single and (after.isalnum() or text[mark.start() - 1].isspace()):
            continue
        if mark.group() in ('"', "''") and after.isalnum() and text[mark.start() - 1].isspace():
            continue
        return mark
    return None


def form(text: str, content: tuple[Span, ...], quoted: list[Span]) -> Form:
    """Direct when every word of the content stands in quotation marks, mixed when some do, else indirect."""
    words = inside = 0
    for span in content:
        near = [q for q in quoted if q.start < span.end and span.start < q.end]
        for word in _WORD.finditer(text, span.start, span.end):
            words += 1
            inside += any(q.start <= word.start() and word.end() <= q.end for q in near)
    if not inside:
        return Form.INDIRECT
    return Form.DIRECT if inside >= words else Form.MIXED
