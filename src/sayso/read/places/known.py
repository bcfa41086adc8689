"""Where a text has words that are a name in the gazetteer: the longest such run from each capitalised word."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.gazetteer import Gazetteer, Hit
from sayso.read.places import clues
from sayso.read.places.evidence import LOOKED_UP, Floats
from sayso.read.places.lookup import exact
from sayso.read.words import Words
from sayso.vocabulary import PlaceLevel

_LONGEST: Final = 5  # words of a name that are looked up together
_ABBREVIATION: Final = 5  # letters
JOINING: Final = frozenset("of the de la el del al and upon on in da do dos das du des le les y es a".split())
_LEVELS: Final = {
    PlaceLevel.COUNTRY: 3, PlaceLevel.PROVINCE: 4, PlaceLevel.DISTRICT: 5, PlaceLevel.SETTLEMENT: 6,
}  # fmt: skip
_OTHER, _PEOPLE, _DEMONYM, _COUNT, _LENGTH, _MAIN, _ABBREVIATED = 7, 8, 9, 10, 11, 12, 13


def looked_up(words: Words, likely: npt.NDArray[np.bool_], gazetteer: Gazetteer) -> Floats:
    """The gazetteer's part of `evidence`: LOOKED_UP numbers for each word. Only `likely` words begin a name."""
    out = np.zeros((len(words), LOOKED_UP), dtype=np.float32)
    free = 0
    for first in np.nonzero(likely)[0].tolist():
        if first < free:
            continue
        for last in _ends(words, first):
            if last == first and words.lower[first] in _never():
                continue
            name = " ".join(words.text[words.starts[first] : words.ends[last]].split())
            hits = exact(gazetteer, name)
            if hits:
                out[first : last + 1] = _row(hits, last - first + 1, "." in name)
                out[first, 0] = 1
                out[first + 1 : last + 1, 1] = 1
                out[last, 2] = 1
                free = last + 1
                break
    return out


@cache
def _never() -> frozenset[str]:
    """Words that are no place by themselves, capitalised as they may be."""
    return frozenset().union(*(clues.words(name) for name in ("article", "pronoun", "be", "linking", "said", "inside")))


def _ends(words: Words, first: int) -> Iterator[int]:
    """The last words that a name from `first` may have, the longest name first."""
    ends = [first]
    last = first
    while len(ends) < _LONGEST and last + 1 < len(words) and not words.after_break[last + 1]:
        last += 1
        word = words.lower[last]
        glued = words.starts[last] == words.ends[last - 1]
        if (
            words.raw(last)[0].isupper()
            or (glued and word.isalnum())
            or (word == "." and glued and last - ends[-1] <= 1 and words.ends[last - 1] - words.starts[last - 1] <= 5)
        ):
            ends.append(last)
        elif not (word in JOINING or (glued and word in ("-", "'", "’"))):
            break
        if last - first >= 2 * _LONGEST:
            break
    return reversed(ends)


def _row(hits: tuple[Hit, ...], length: int, abbreviated: bool) -> Floats:
    row = np.zeros(LOOKED_UP, dtype=np.float32)
    most = 0
    for hit in hits:
        top = hit.toponym
        row[_LEVELS.get(top.level, _OTHER)] = 1
        most = max(most, top.population)
        row[_DEMONYM] = max(row[_DEMONYM], hit.how == "demonym")
        row[_MAIN] = max(row[_MAIN], hit.how == "name")
    row[_PEOPLE] = math.log10(1 + most) / 6
    row[_COUNT] = math.log(len(hits)) / 4
    row[_LENGTH] = length / 4
    row[_ABBREVIATED] = abbreviated
    return row
