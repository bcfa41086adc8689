"""Offsets in UTF-16 code units, as JavaScript, Java and C# count, made from code points and the text they are of.

Only characters beyond U+FFFF take two units; in a text without any, the two are the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar

from sayso.share.contract import reading_from_json, reading_to_json
from sayso.share.contract_spans import JsonObject
from sayso.trace.answers.citing import Citation
from sayso.trace.answers.copying import LineageMember
from sayso.vocabulary import Edit, Reading, Span

_Value = TypeVar("_Value")
_Move = Callable[[Span], Span]
_WIDE: Final = re.compile("[\U00010000-\U0010ffff]")


class Offsets(StrEnum):
    """What offsets count."""

    CODE_POINTS = "code-points"
    UTF_16 = "utf-16"


def utf16(text: str) -> _Move:
    """How a span of code points of a text becomes one of UTF-16 code units."""
    wide = [found.start() for found in _WIDE.finditer(text)]

    def moved(span: Span) -> Span:
        return Span(span.start + bisect_left(wide, span.start), span.end + bisect_left(wide, span.end))

    return moved if wide else _same


def reading_in_utf16(reading: Reading) -> Reading:
    """A reading whose spans are of UTF-16 code units; its words stay."""
    move = utf16(reading.report.text)
    moved: Reading = _moved(reading, lambda _: move, None, None)
    return moved


def line_in_utf16(line: JsonObject, text: str) -> JsonObject:
    """A line of the JSON Lines export whose spans are of UTF-16 code units of the report's text."""
    move = utf16(text)
    if move is _same:
        return line
    moved = reading_to_json(reading_in_utf16(reading_from_json(line, text)))
    words = [[*move(Span(start, end)), said] for start, end, said in line["words"]]
    return line | moved | {"report": line["report"], "words": words}


def answer_in_utf16(answer: _Value, text_of: Callable[[str], str]) -> _Value:
    """An answer across reports whose spans are of UTF-16 code units; `text_of` gives the text of a report by its id."""
    moved: _Value = _moved(answer, cache(lambda report: utf16(text_of(report))), None, None)
    return moved


def _same(span: Span) -> Span:
    return span


def _moved(value: Any, move_of: Callable[[str], _Move], own: str | None, source: str | None) -> Any:  # noqa: ANN401
    """The value with its spans moved: they are of the report that it names, or of the one it stands in.

    `own` is that report, and `source` the one that it copied from, to which one side of each edit belongs.
    """
    if isinstance(value, Span):
        return move_of(own or "")(value)
    if type(value) is tuple:
        return tuple(_moved(it, move_of, own, source) for it in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    own, source = _reports(value, own, source)
    changed: dict[str, Any] = {}
    for field in fields(value):
        inner = getattr(value, field.name)
        of_source = field.name == "source_span" or (isinstance(value, Edit) and field.name == "source")
        changed[field.name] = _moved(inner, move_of, source if of_source else own, source)
    return replace(value, **changed)


def _reports(value: object, own: str | None, source: str | None) -> tuple[str | None, str | None]:
    """The report whose words a part of an answer holds, and the one these were copied from."""
    named = getattr(value, "report", None)
    if isinstance(named, Citation):
        own = named.report
    elif isinstance(named, str):
        own = named
    copied = getattr(value, "source", None)
    if isinstance(copied, Citation):
        source = copied.report
    elif isinstance(value, LineageMember):
        source = value.parent
    return own, source
