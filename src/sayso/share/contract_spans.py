"""Spans and numbers in the JSON contract: written as lists and plain numbers, and checked when they are read back."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sayso.errors import NotAReading
from sayso.vocabulary import Span

JsonObject = dict[str, Any]

_SCORE_DIGITS: Final = 4


def spans_to_json(spans: Iterable[Span]) -> list[list[int]]:
    """The spans, each a list of start and end."""
    return [list(span) for span in spans]


def spans_from_json(data: Iterable[list[int]], text: str) -> tuple[Span, ...]:
    """The spans of `text` that the lists give. Raises NotAReading where one is not inside it."""
    return tuple(span_from_json(item, text) for item in data)


def span_to_json(span: Span | None) -> list[int] | None:
    """The span as a list of start and end; None stays None."""
    return None if span is None else list(span)


def span_from_json(data: list[int], text: str) -> Span:
    """The span of `text` that the list gives. Raises NotAReading where it is not inside it."""
    start, end = data
    if not 0 <= start <= end <= len(text):
        raise NotAReading(f"the span {data} is not inside the text", "Give the text that was read")
    return Span(start, end)


def maybe_span(data: list[int] | None, text: str) -> Span | None:
    """The span of `text` that the list gives, if there is one."""
    return None if data is None else span_from_json(data, text)


def score_to_json(score: float) -> float:
    """A probability to four digits."""
    return round(float(score), _SCORE_DIGITS)


def number(value: object, least: float = -math.inf, most: float = math.inf) -> float:
    """A finite number between two others. Raises ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{value!r} is not a number")
    if not math.isfinite(value) or not least <= value <= most:
        raise ValueError(f"{value!r} is out of range")
    return value


def maybe_number(value: object, least: float = -math.inf, most: float = math.inf) -> float | None:
    """A finite number between two others, or None."""
    return None if value is None else number(value, least, most)


def how_many(value: object) -> int:
    """A whole number from 0. Raises ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is not a whole number from 0")
    return value


def maybe_how_many(value: object) -> int | None:
    """A whole number from 0, or None."""
    return None if value is None else how_many(value)


def maybe_day(value: str | None) -> str | None:
    """A day as an ISO date, or None. Raises ValueError for anything else."""
    return None if value is None else date.fromisoformat(value).isoformat()
