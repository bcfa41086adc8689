"""How near two spellings of one name are: an edit distance that knows what transliterations disagree about.

Vowels, half-vowels and a silent h are cheap to change or drop, letters for the same sound cheap to swap, a letter
written twice nearly free; any other consonant costs a whole edit.
"""

from __future__ import annotations

from typing import Final

_WEAK: Final = frozenset("aeiouwy")
_ALIKE: Final = frozenset(
    (one, other)
    for letters in ("qkcgx", "dz", "scz", "hk", "gh", "jgy", "vw", "vb", "bp", "fp", "td")
    for one in letters
    for other in letters
)
_NEAR: Final = frozenset((one, other) for letters in ("eiy", "ouw", "ae", "ao") for one in letters for other in letters)
_LONGEST: Final = 48
_DROP_WEAK: Final = 0.35
_SWAP_WEAK: Final = 0.45
_SWAP_NEAR: Final = 0.2
_SWAP_ALIKE: Final = 0.3
_DROP_DOUBLE: Final = 0.15


def similarity(one: str, other: str) -> float:
    """How alike two bare names are, from 0 to 1."""
    left, right = one[:_LONGEST], other[:_LONGEST]
    if left == right:
        return 1.0
    if not left or not right:
        return 0.0
    return max(0.0, 1.0 - _distance(left, right) / max(len(left), len(right)))


def _distance(left: str, right: str) -> float:
    """The cost of the cheapest way to turn one spelling into the other."""
    inserts = [_drop(right, place) for place in range(len(right))]
    above = [0.0]
    for cost in inserts:
        above.append(above[-1] + cost)
    for place, letter in enumerate(left):
        drop = _drop(left, place)
        row = [above[0] + drop]
        for column, facing in enumerate(right):
            swap = above[column] + (0.0 if letter == facing else _swap(letter, facing))
            row.append(min(swap, above[column + 1] + drop, row[column] + inserts[column]))
        above = row
    return above[-1]


def _drop(letters: str, place: int) -> float:
    letter = letters[place]
    if place and letters[place - 1] == letter:
        return _DROP_DOUBLE
    if letter in _WEAK or (letter == "h" and place):
        return _DROP_WEAK
    return 1.0


def _swap(one: str, other: str) -> float:
    if one in _WEAK and other in _WEAK:
        return _SWAP_NEAR if (one, other) in _NEAR else _SWAP_WEAK
    return _SWAP_ALIKE if (one, other) in _ALIKE else 1.0
