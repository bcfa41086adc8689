"""The words of a text: word pieces joined again, the unit in which everything is decoded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.read.pieces import JOINED, LINE_BREAK, Pieces
from sayso.vocabulary import Span

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """Words and marks in order. `first` is each word's first piece; offsets are code points."""

    text: str
    starts: Ints
    ends: Ints
    first: Ints
    after_break: npt.NDArray[np.bool_]
    lower: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """The span from word `first` to word `last`, both included."""
        return Span(int(self.starts[first]), int(self.ends[last]))

    def within(self, span: Span) -> range:
        """Indices of the words that share a character with a span."""
        lo = int(np.searchsorted(self.ends, span.start, "right"))
        hi = int(np.searchsorted(self.starts, span.end, "left"))
        return range(lo, max(lo, hi))

    def raw(self, index: int) -> str:
        """A word as written."""
        return self.text[self.starts[index] : self.ends[index]]


def join(text: str, pieces: Pieces) -> Words:
    """Join the pieces of one run of letters and digits into a word; every mark stays on its own."""
    count = len(pieces)
    begins = np.ones(count, dtype=bool)
    starts, ends = pieces.starts.tolist(), pieces.ends.tolist()
    for i in np.nonzero(pieces.breaks == JOINED)[0].tolist():
        begins[i] = not (i and text[starts[i]].isalnum() and text[starts[i] - 1].isalnum())
    first = np.nonzero(begins)[0]
    last = np.append(first[1:], count) - 1 if count else first
    word_starts, word_ends = pieces.starts[first], pieces.ends[last] if count else pieces.ends
    lower = tuple(text[starts[a] : ends[b]].lower() for a, b in zip(first.tolist(), last.tolist(), strict=True))
    return Words(text, word_starts, word_ends, first, pieces.breaks[first] == LINE_BREAK, lower)
