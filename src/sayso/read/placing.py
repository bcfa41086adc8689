"""Whether every span and quoted word of a reading stands in its text: what cannot be placed is not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeAlias, cast, get_args, get_origin, get_type_hints

from sayso.vocabulary import Count, Label, Passage, Place, Reading, Role, Span, TallyPart, Time, passage

Check: TypeAlias = Callable[[Any, str], str]  # an item and the text -> what is wrong with its places, "" for nothing
_QUOTING: Final = frozenset({Role, Label, Time, Place, Count, TallyPart})
_OUTSIDE: Final = "a span is not inside the text"
_OTHER_WORDS: Final = "the words are not those of the text"


def misplaced(reading: Reading, text: str) -> Iterator[str]:
    """What of the reading does not stand in the text, in plain words, one problem for each item."""
    for name, check in _items():
        for n, item in enumerate(getattr(reading, name)):
            if wrong := check(item, text):
                yield f"{name}[{n}]: {wrong}"


def spans(reading: Reading) -> int:
    """How many spans a reading has."""
    return sum(_count(getattr(reading, name)) for name in _parts(Reading))


@cache
def _items() -> tuple[tuple[str, Check], ...]:
    """The fields of a reading that hold items with spans, and how such an item is checked."""
    hints = get_type_hints(Reading)
    checks = [(name, _check(get_args(hints[name])[0])) for name in _parts(Reading)]
    return tuple((name, check) for name, check in checks if check is not None)


@cache
def _check(kind: Any) -> Check | None:  # noqa: ANN401 - any type of the vocabulary
    """How something of a type is checked; None where it can hold no span."""
    if kind is Span:
        return _wrong_span
    inner = tuple(check for part in get_args(kind) if (check := _check(part)) is not None)
    if get_origin(kind) is tuple:
        return _each(inner[0]) if inner else None
    if inner:  # X | None
        return inner[0]
    hints = get_type_hints(kind) if _parts(kind) else {}
    parts = [(name, _check(hints[name])) for name in _parts(kind)]
    checks = tuple((attrgetter(name), check) for name, check in parts if check is not None)
    if not checks:
        return None
    return _wrong_passage if kind is Passage else _whole(checks, quoting=kind in _QUOTING)


def _wrong_span(span: Span, text: str) -> str:
    return "" if 0 <= span[0] <= span[1] <= len(text) else _OUTSIDE


def _wrong_passage(item: Passage, text: str) -> str:
    spans = item.spans
    if len(spans) == 1 and 0 <= spans[0][0] <= spans[0][1] <= len(text) and spans[0].of(text) == item.text:
        return ""
    for start, end in spans:
        if not 0 <= start <= end <= len(text):
            return _OUTSIDE
    return "" if passage(text, spans).text == item.text else _OTHER_WORDS


def _each(inner: Check) -> Check:
    def check(items: Iterable[Any], text: str) -> str:
        for item in items:
            if wrong := inner(item, text):
                return wrong
        return ""

    return check


def _whole(parts: tuple[tuple[Callable[[Any], Any], Check], ...], *, quoting: bool) -> Check:
    """How an item with these parts is checked; a quoting one says which words its span points at."""

    def check(item: Any, text: str) -> str:  # noqa: ANN401 - any part of a reading
        for get, inner in parts:
            value = get(item)
            if value is not None and (wrong := inner(value, text)):
                return wrong
        return _OTHER_WORDS if quoting and item.span.of(text) != item.text else ""

    return check


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
