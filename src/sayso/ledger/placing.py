"""Whether every span and quoted word of a reading stands in its text: what cannot be placed is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any, Final, cast

from sayso.vocabulary import Count, Label, Passage, Place, Reading, Role, Span, TallyPart, Time, passage

_QUOTING: Final = frozenset({Role, Label, Time, Place, Count, TallyPart})
_OUTSIDE: Final = "a span is not inside the text"
_OTHER_WORDS: Final = "the words are not those of the text"


def misplaced(reading: Reading, text: str) -> Iterator[str]:
    """What of the reading does not stand in the text, in plain words, one problem for each item."""
    for name in _parts(Reading):
        for n, item in enumerate(getattr(reading, name)):
            if wrong := _wrong(item, text):
                yield f"{name}[{n}]: {wrong}"


def spans(reading: Reading) -> int:
    """How many spans a reading has."""
    return sum(_count(getattr(reading, name)) for name in _parts(Reading))


def _wrong(item: Any, text: str) -> str:  # noqa: ANN401 - any part of a reading
    """The first thing wrong with the places of an item; "" for none."""
    kind = item.__class__
    if kind is Span:
        return "" if 0 <= item[0] <= item[1] <= len(text) else _OUTSIDE
    parts = item if kind is tuple else [getattr(item, name) for name in _parts(kind)]
    for part in parts:
        if part is not None and part.__class__ is not str and (wrong := _wrong(part, text)):
            return wrong
    if kind is Passage:
        return "" if (not item.spans and not item.text) or passage(text, item.spans).text == item.text else _OTHER_WORDS
    return _OTHER_WORDS if kind in _QUOTING and item.span.of(text) != item.text else ""


def _count(item: Any) -> int:  # noqa: ANN401 - any part of a reading
    kind = item.__class__
    if kind is Span:
        return 1
    total = 0
    for part in item if kind is tuple else [getattr(item, name) for name in _parts(kind)]:
        if part is not None and part.__class__ is not str:
            total += _count(part)
    return total


@cache
def _parts(kind: type[object]) -> tuple[str, ...]:
    """The fields of a dataclass that may hold a span; none for anything else, nor for a report or a reader."""
    if not hasattr(kind, "__dataclass_fields__"):
        return ()
    plain = {"str", "int", "float", "bool", "str | None", "int | None", "float | None", "bool | None"}
    plain |= {"Report", "ReaderVersion"}
    return tuple(field.name for field in fields(cast(Any, kind)) if str(field.type) not in plain)
