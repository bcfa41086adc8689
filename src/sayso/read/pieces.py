"""Text -> word pieces with the offsets, letter shape and line breaks that the uncased vocabulary drops."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]

# Letter shapes, as the encoder's shape embedding numbers them.
NO_LETTER: Final = 0
LOWER: Final = 1
TITLE: Final = 2
UPPER: Final = 3
# What stands before a piece, as the encoder's break embedding numbers it.
JOINED: Final = 0
SPACE: Final = 1
LINE_BREAK: Final = 2


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text. All arrays have one entry per piece; offsets are code points."""

    ids: Ints
    starts: Ints
    ends: Ints
    shapes: Ints
    breaks: Ints

    def __len__(self) -> int:
        return len(self.ids)


@cache
def tokenizer() -> Tokenizer:
    """The WordPiece tokenizer that travels with the weights."""
    path = resources.files("sayso.read") / "weights" / "tokenizer.json"
    loaded = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def split(text: str) -> Pieces:
    """Cut a text into word pieces, without the encoder's start and end marks."""
    encoding = tokenizer().encode(text, add_special_tokens=False)
    starts: list[int] = []
    ends: list[int] = []
    ids: list[int] = []
    shapes: list[int] = []
    breaks: list[int] = []
    before = 0
    for piece, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
        if end <= start or start < before:  # a piece that owns no characters of its own
            continue
        ids.append(piece)
        starts.append(start)
        ends.append(end)
        shapes.append(_shape(text[start:end]))
        breaks.append(_break(text[before:start]))
        before = end
    if breaks:
        breaks[0] = LINE_BREAK
    return Pieces(*(np.asarray(column, dtype=np.int64) for column in (ids, starts, ends, shapes, breaks)))


def _shape(piece: str) -> int:
    if piece.islower():
        return LOWER
    if len(piece) > 1 and piece.isupper():
        return UPPER
    if piece[0].isupper():
        return TITLE
    return LOWER if any(c.isalpha() for c in piece) else NO_LETTER


def _break(gap: str) -> int:
    if not gap:
        return JOINED
    return LINE_BREAK if "\n" in gap or "\r" in gap else SPACE
