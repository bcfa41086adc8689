"""Keys under which statements of one proposition meet: pairs of names, pairs of long words, cells of their embedding.

Two statements may be compared if they share a key. Keys depend on the statement alone, never on what else is known, so
that the same pairs are compared in whatever order statements come in. Of the statements under a key only the nearest
in time are looked at (see joining), so that a key may be as common as it likes: the pairs and the finer cells are for
what lies far back, the coarser cells for a paraphrase of the same days.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Final

import numpy as np

from sayso.trace.claims.naming import sound
from sayso.trace.claims.proposition import Proposition
from sayso.trace.claims.words import content
from sayso.trace.embedding import WIDTH, Floats, Vectors

Keys = tuple[int, ...]

_MOST_NAMED: Final = 4  # of what a statement names, and of its long words, so that its keys stay bounded
_MOST_WORDS: Final = 3
_COARSE: Final = (2, 48)  # tables, and directions in each: a table has twice as many cells
_FINE: Final = (1, 16)  # tables of pairs of cells
_SEED: Final = 20221


def keys(proposition: Proposition, vector: Vectors) -> Keys:
    """The keys a statement is kept and looked up under: signed 32-bit numbers, in order, each once."""
    return tuple(sorted(set(map(_number, (*_named(proposition), *_worded(proposition), *_cells(vector))))))


def _named(proposition: Proposition) -> Iterator[str]:
    names = sorted({key for actor in proposition.actors for name in actor for key in sound(name)})
    places = sorted({key for place in proposition.places for key in sound(place.name)})
    numbers = [f"q {number.measure}:{number.value:g}" for number in proposition.numbers]
    named = [*(f"n {key}" for key in dict.fromkeys((*names, *places))), *numbers][:_MOST_NAMED]
    for one, other in combinations(named, 2):
        yield f"{one} {other}"


def _worded(proposition: Proposition) -> Iterator[str]:
    # Longer words are mostly rarer ones, and need no count of how often each is used.
    longest = sorted(set(content(proposition.stems)), key=lambda word: (-len(word), word))[:_MOST_WORDS]
    for one, other in combinations(sorted(longest), 2):
        yield f"w {one} {other}"


def _cells(vector: Vectors) -> Iterator[str]:
    """For each table the direction nearest to the embedding (cross-polytope hashing, Andoni et al. 2015)."""
    coarse, fine, finer = _directions()
    for table, cell in enumerate(_nearest(coarse, vector)):
        yield f"c {table} {cell}"
    for table, pair in enumerate(zip(_nearest(fine, vector), _nearest(finer, vector), strict=True)):
        yield f"f {table} {pair[0]} {pair[1]}"


def _nearest(directions: Floats, vector: Vectors) -> list[int]:
    """For each table the cell: the direction, from 1, with its sign."""
    turned = directions @ vector.astype(np.float32)
    cells = np.abs(turned).argmax(1)
    signs = np.sign(turned[np.arange(len(cells)), cells]).astype(np.int64)
    return list((signs * (cells + 1)).tolist())


@cache
def _directions() -> tuple[Floats, Floats, Floats]:
    drawn = np.random.default_rng(_SEED)
    return _drawn(drawn, *_COARSE), _drawn(drawn, *_FINE), _drawn(drawn, *_FINE)


def _drawn(source: np.random.Generator, tables: int, count: int) -> Floats:
    """Directions [tables, count, WIDTH] of length 1, in whole numbers of thousandths so that sums of them are exact."""
    rows = source.standard_normal((tables, count, WIDTH))
    return np.asarray(np.round(rows / np.linalg.norm(rows, axis=2, keepdims=True) * 1000), dtype=np.float32)


def _number(key: str) -> int:
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big", signed=True)
