"""The letters and digits of a text, folded to one case and without accents, each with where it stands."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

_JOINING: Final = "'’.,"  # between two letters or digits, one of these does not end a word: U.S., 1,500, don't
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, so that it has an inverse modulo 2 ** 64
_INVERSE: Final = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a text in order, with the point of 1.5, and the words they make.

    `points` are the folded characters, `at` their code-point offsets in the text, `firsts` and `lasts` the indices
    of the first and the last letter of each word.
    """

    points: Hashes
    at: Ints
    firsts: Ints
    lasts: Ints

    def __len__(self) -> int:
        return len(self.points)


def letters(text: str) -> Letters:
    """The letters and digits of a text."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    table = _table()
    folded = table[np.minimum(raw, len(table) - 1)]
    if beyond := set(raw[raw >= len(table)].tolist()):
        for point in beyond:
            folded[raw == point] = _fold(point)
    stops = np.flatnonzero(raw[1:-1] == ord(".")) + 1
    folded[stops[_digits(raw[stops - 1]) & _digits(raw[stops + 1])]] = ord(".")
    at = np.flatnonzero(folded)
    points = folded[at].astype(np.uint64)
    if not len(at):
        nothing = np.zeros(0, dtype=np.int64)
        return Letters(points, at, nothing, nothing)
    gaps = np.diff(at)
    joined = gaps == 2
    joined[joined] = among(raw[at[:-1][joined] + 1], _JOINING)
    begins = np.concatenate(([True], (gaps > 1) & ~joined))
    firsts = np.flatnonzero(begins)
    return Letters(points, at, firsts, np.append(firsts[1:], len(at)) - 1)


def among(points: npt.NDArray[np.uint32], marks: str) -> npt.NDArray[np.bool_]:
    """Which of some characters are among these marks."""
    table = _marks(marks)
    return table[np.minimum(points, len(table) - 1)]


def word_hashes(found: Letters) -> Hashes:
    """A hash of 64 bits for each word, the same for the same letters."""
    if not len(found):
        return np.zeros(0, dtype=np.uint64)
    powers, inverses = _powers(len(found) + 1)
    sums = np.zeros(len(found) + 1, dtype=np.uint64)
    np.cumsum((found.points + np.uint64(1)) * powers[:-1], out=sums[1:])
    return mixed((sums[found.lasts + 1] - sums[found.firsts]) * inverses[found.firsts])


def grams(values: Hashes, size: int) -> Hashes:
    """A hash of 64 bits for each run of `size` values; empty where there are fewer."""
    count = len(values) - size + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64)
    hashed = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        hashed = hashed * _BASE + values[offset : offset + count] + np.uint64(1)
    return mixed(hashed)


def mixed(values: Hashes) -> Hashes:
    """The values with their bits spread evenly: the finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The first `count` powers of the base, and of its inverse, modulo 2 ** 64."""
    size = 1 << max(12, (count - 1).bit_length())
    powers, inverses = _powers_up_to(size)
    return powers[:count], inverses[:count]


def _digits(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    return (points >= ord("0")) & (points <= ord("9"))


@cache
def _powers_up_to(size: int) -> tuple[Hashes, Hashes]:
    def rising(base: np.uint64) -> Hashes:
        factors = np.full(size, base, dtype=np.uint64)
        factors[0] = 1
        return np.cumprod(factors, dtype=np.uint64)

    return rising(_BASE), rising(_INVERSE)


@cache
def _marks(marks: str) -> npt.NDArray[np.bool_]:
    """For each character up to the one after the last of these marks whether it is one."""
    points = [ord(mark) for mark in marks]
    table = np.zeros(max(points) + 2, dtype=np.bool_)
    table[points] = True
    return table


@cache
def _table() -> npt.NDArray[np.uint32]:
    """What each character of the Basic Multilingual Plane folds to; 0 where it is neither letter nor digit."""
    return np.array([_fold(point) for point in range(0x10000)], dtype=np.uint32)


def _fold(point: int) -> int:
    plain = unicodedata.normalize("NFKD", chr(point)).casefold()[:1]
    return ord(plain) if plain.isalnum() else 0
