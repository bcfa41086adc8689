"""Which texts of a collection share a query's rare words: BM25 over stems (Robertson & Zaragoza 2009)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

# The usual values: how soon a repeated word says nothing new, and how much a long text is held to its length.
_SATURATION: Final = 1.2
_LENGTH: Final = 0.75
# Texts elsewhere that have none of the words: in a collection of four on one matter its own words are no common ones.
_ELSEWHERE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Lexical:
    """Postings of a collection: for each stem the texts that have it and what it is worth there."""

    texts: int
    postings: dict[str, tuple[Ints, Floats]]
    rarity: dict[str, float]

    def scores(self, stems: Iterable[str]) -> Floats:
        """The BM25 score of every text for a query's stems, each counted once."""
        out = np.zeros(self.texts, dtype=np.float32)
        for stem in set(stems):
            if (posting := self.postings.get(stem)) is not None:
                out[posting[0]] += posting[1]
        return out

    def worth(self, stem: str) -> float:
        """How much a stem tells texts apart: its inverse document frequency; a stem never met tells most."""
        return self.rarity.get(stem, _rarity(self.texts, 0))


def lexical(texts: Sequence[Sequence[str]]) -> Lexical:
    """The index of texts given as stems."""
    lengths = np.array([len(text) for text in texts], dtype=np.float32)
    norm = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / max(1.0, float(lengths.mean()) if len(texts) else 1.0))
    found: dict[str, tuple[list[int], list[int]]] = {}
    for number, text in enumerate(texts):
        for stem, count in Counter(text).items():
            rows, counts = found.setdefault(stem, ([], []))
            rows.append(number)
            counts.append(count)
    postings: dict[str, tuple[Ints, Floats]] = {}
    rarity: dict[str, float] = {}
    for stem, (rows, counts) in found.items():
        at, often = np.array(rows, dtype=np.int64), np.array(counts, dtype=np.float32)
        rarity[stem] = _rarity(len(texts), len(rows))
        postings[stem] = at, (rarity[stem] * often * (_SATURATION + 1) / (often + norm[at])).astype(np.float32)
    return Lexical(len(texts), postings, rarity)


def _rarity(texts: int, having: int) -> float:
    """The inverse document frequency of a stem that so many texts have."""
    return float(np.log(1 + (texts + _ELSEWHERE - having + 0.5) / (having + 0.5)))
