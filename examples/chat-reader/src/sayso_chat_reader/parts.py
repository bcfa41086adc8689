"""A text in parts that a model can take, cut between paragraphs where that can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sayso.vocabulary import Span

LONGEST: Final = 8_000  # characters
_SHORTEST: Final = 2_000


def parts(text: str) -> Iterator[Span]:
    """The parts, which together are the text."""
    start = 0
    while len(text) - start > LONGEST:
        end = start + LONGEST
        for mark in ("\n\n", "\n", " "):
            cut = text.rfind(mark, start + _SHORTEST, end)
            if cut >= 0:
                end = cut + len(mark)
                break
        yield Span(start, end)
        start = end
    if text[start:].strip():
        yield Span(start, len(text))
