"""What review tells and takes, with spans of UTF-16 code units where these are asked for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from sayso.review import Choice
from sayso.share.units import utf16
from sayso.vocabulary import Span

Row = dict[str, Any]
_Move = Callable[[Span], Span]
_WIDE: Final = re.compile("[\U00010000-\U0010ffff]")


def rows_in_utf16(rows: list[Row], text_of: Callable[[str], str]) -> list[Row]:
    """Rows of review with the spans of each in the units of its own report's text."""
    move_of = cache(lambda report: utf16(text_of(report)))
    return [_moved_row(row, move_of, _same) for row in rows]


def with_code_points(choice: Choice, text_of: Callable[[str], str]) -> Choice:
    """A choice whose spans were given in UTF-16 code units."""
    move = _code_points(text_of(choice.report))
    after = {name: _moved(value, move) for name, value in choice.after.items()}
    parts = tuple(tuple(map(move, part)) for part in choice.parts)
    return replace(choice, after=after, parts=parts)


def _code_points(text: str) -> _Move:
    """How a span of UTF-16 code units of a text becomes one of code points; inside of a character, after it."""
    seconds = [found.start() + place + 1 for place, found in enumerate(_WIDE.finditer(text))]

    def moved(span: Span) -> Span:
        return Span(span.start - bisect_left(seconds, span.start), span.end - bisect_left(seconds, span.end))

    return moved


def _moved_row(row: Mapping[str, Any], move_of: Callable[[str], _Move], around: _Move) -> Row:
    """A row, whose spans are of the report that it names, or that its first item does."""
    about = row if "report" in row else next(iter(row.get("items", ())), {})
    move = move_of(about["report"]) if "report" in about else around
    return {name: _moved_part(value, move_of, move) for name, value in row.items()}


def _moved_part(value: Any, move_of: Callable[[str], _Move], move: _Move) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return _moved_row(value, move_of, move)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_moved_row(it, move_of, move) for it in value]
    return _moved(value, move)


def _moved(value: Any, move: _Move) -> Any:  # noqa: ANN401 - JSON
    """A value with its spans, which are pairs of whole numbers, moved."""
    match value:
        case [int(start), int(end)]:
            return [*move(Span(start, end))]
        case list():
            return [_moved(it, move) for it in value]
        case dict():
            return {name: _moved(it, move) for name, it in value.items()}
    return value


def _same(span: Span) -> Span:
    return span
