"""Words and marks of a text with their offsets: what numbers and people are matched over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sayso.vocabulary import Span

# A run of letters and digits, with hyphens and apostrophes inside it and separators between digits; else one mark.
# Quotation marks are no tokens: they may stand anywhere in a phrase.
_TOKEN: Final = re.compile(r"[^\W_]+(?:(?:['’\-‐‑]|(?<=\d)[.,–](?=\d))[^\W_]+)*|[^\w\s\"'“”‘’«»`]|_+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, or of a part of it. `words` are in lower case with straight apostrophes and hyphens."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, stop: int) -> Span:
        """The span from token `first` up to, not including, token `stop`."""
        return Span(self.starts[first], self.ends[stop - 1])


def tokens(text: str, within: Span | None = None) -> Tokens:
    """The tokens of a text, or of the given span of it, with offsets into the whole text."""
    start, end = within or Span(0, len(text))
    found = list(_TOKEN.finditer(text, start, end))
    words = [match.group().lower() for match in found]
    if not text.isascii():
        words = [word.replace("’", "'").replace("‐", "-").replace("‑", "-").replace("–", "-") for word in words]
    return Tokens(text, [match.start() for match in found], [match.end() for match in found], words)
