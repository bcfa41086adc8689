"""Keys under which statements of one proposition meet: pairs of what they name, and cells of their embedding in time.

Two statements are compared if they share a key. Keys depend on the statement alone, never on what else is known, so
that the same pairs are compared in whatever order statements come in. What two statements name in pairs (an actor and
a place, a place and a number, a name and a long word) brings them together across any time; the cells of the
embedding, which catch a paraphrase that names nothing, hold within a month and its neighbours, so that a cell does not
grow with the years.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.trace.claims.naming import sound
from sayso.trace.claims.proposition import Proposition
from sayso.trace.claims.words import content
from sayso.trace.embedding import WIDTH

Vector = npt.NDArray[np.float16]

_TABLES: Final = 8
_DIRECTIONS: Final = 48  # a table has twice as many cells
_MOST_NAMED: Final = 6  # of what a statement names, so that its keys stay bounded
_MOST_WORDS: Final = 4
_SEED: Final = 20221


def keys(proposition: Proposition, vector: Vector) -> tuple[int, ...]:
    """The keys a statement is kept under: signed 64-bit numbers, in order, each once."""
    return tuple(
        sorted({_number(key) for key in (*_named(proposition), *_cells(vector, _months(proposition.moment)[:1]))})
    )


def probes(proposition: Proposition, vector: Vector) -> tuple[int, ...]:
    """The keys a statement is looked up by: its own, and its cells in the months before and after."""
    return tuple(sorted({_number(key) for key in (*_named(proposition), *_cells(vector, _months(proposition.moment)))}))


def _named(proposition: Proposition) -> Iterator[str]:
    names = sorted({key for actor in proposition.actors for name in actor for key in sound(name)})
    places = sorted({key for place in proposition.places for key in sound(place.name)})
    numbers = [f"{number.measure}:{number.value:g}" for number in proposition.numbers]
    named = [*(f"n {key}" for key in dict.fromkeys((*names, *places))), *(f"q {number}" for number in numbers)]
    named = named[:_MOST_NAMED]
    for one, other in combinations(named, 2):
        yield f"{one} {other}"
    # Longer words are mostly rarer ones, and need no count of how often each is used.
    longest = sorted(set(content(proposition.stems)), key=lambda word: (-len(word), word))[:_MOST_WORDS]
    for one in named:
        for word in longest:
            yield f"{one} w {word}"


def _cells(vector: Vector, months: Iterable[str]) -> Iterator[str]:
    """For each table the direction nearest to the embedding (cross-polytope hashing, Andoni et al. 2015)."""
    turned = _directions() @ vector.astype(np.float32)
    cells = np.abs(turned).argmax(1)
    for month in months:
        for table, cell in enumerate(cells.tolist()):
            yield f"c {table} {cell} {'+' if turned[table, cell] > 0 else '-'} {month}"


@cache
def _directions() -> npt.NDArray[np.float32]:
    drawn = np.random.default_rng(_SEED).standard_normal((_TABLES, _DIRECTIONS, WIDTH))
    lengths = np.linalg.norm(drawn, axis=2, keepdims=True)
    return np.asarray(drawn / lengths, dtype=np.float32)


def _months(moment: str) -> list[str]:
    """The month of a moment, the one before and the one after; one of its own for what has no time."""
    if len(moment) < 7 or not (moment[:4].isdecimal() and moment[5:7].isdecimal()):
        return ["none"]
    at = int(moment[:4]) * 12 + int(moment[5:7]) - 1
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in (at, at - 1, at + 1)]


def _number(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
