"""Fingerprints of a text: hashes of short runs of it, few enough to store, so chosen that shared passages share some.

Two channels, told apart by the hash's lowest bit. Runs of four words are winnowed (Schleimer, Wilkerson and Aiken
2003): of every four neighbouring runs the one with the least hash is kept, so any seven words in a row that two texts
share give both the same fingerprint. Runs of eight letters are kept where their hash is a multiple of a power of
two: the choice looks at nothing beside the run itself, so a run survives damage around it, as scanning and
misspelling do, which spoils nearly every run of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from sayso.trace.copies.letters import Hashes, Ints, Letters, grams, letters, word_hashes

WORDS: Final = 4
WINDOW: Final = 4
LETTERS: Final = 8
ONE_IN: Final = 8
MOST: Final = 4096  # of each channel, for one report; longer ones keep the hashes with the most zero bits
BITS: Final = 42  # of a stored fingerprint; the lowest one tells the channel
_CHANNEL: Final = np.uint64(1)


@dataclass(frozen=True, slots=True)
class Prints:
    """The fingerprints of a report: hashes of 42 bits, each once, ascending, and where each first begins."""

    hashes: Ints
    positions: Ints

    def __len__(self) -> int:
        return len(self.hashes)


def fingerprints(text: str) -> Prints:
    """The fingerprints of a text; none where it has fewer than eight letters."""
    return prints_of(letters(text))


def prints_of(found: Letters) -> Prints:
    """The fingerprints of a text whose letters are known."""
    shingles = grams(word_hashes(found), WORDS) | _CHANNEL
    kept_shingles = _winnowed(shingles)
    runs = grams(found.points, LETTERS) & ~_CHANNEL
    kept_runs = np.flatnonzero((runs >> np.uint64(1)) % np.uint64(ONE_IN) == 0)
    parts = (
        _bounded(shingles[kept_shingles], found.at[found.firsts[kept_shingles]]),
        _bounded(runs[kept_runs], found.at[kept_runs]),
    )
    hashes, first = np.unique(np.concatenate([_short(part[0]) for part in parts]), return_index=True)
    return Prints(hashes, np.concatenate([part[1] for part in parts])[first])


def _short(hashes: Hashes) -> Ints:
    """The hashes as they are stored, without the bits by which they were chosen."""
    return (hashes >> np.uint64(8) << np.uint64(1) & np.uint64((1 << BITS) - 1) | hashes & _CHANNEL).astype(np.int64)


def _winnowed(hashes: Hashes) -> Ints:
    """Indices of the least hash, the rightmost of equals, of every window; of all of them where they are fewer."""
    if not len(hashes):
        return np.zeros(0, dtype=np.int64)
    size = min(WINDOW, len(hashes))
    windows = sliding_window_view(hashes[::-1], size)
    least = np.arange(len(windows)) + np.argmin(windows, axis=1)
    return np.unique(len(hashes) - 1 - least)


def _bounded(hashes: Hashes, positions: Ints) -> tuple[Hashes, Ints]:
    """At most `MOST`: those divisible by ever higher powers of two, so that two long texts keep the same ones."""
    high = np.uint64(63)
    while len(hashes) > MOST:
        kept = (hashes >> high) & np.uint64(1) == 0
        hashes, positions, high = hashes[kept], positions[kept], high - np.uint64(1)
        if high < np.uint64(32):
            return hashes[:MOST], positions[:MOST]
    return hashes, positions
