"""A report's text as copies are sought in it: its letters, and which of its words are figures and which names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.trace.copies.alignment import Seeds, seeds
from sayso.trace.copies.letters import Hashes, Letters, among, letters, word_hashes
from sayso.vocabulary import Span

Flags = npt.NDArray[np.bool_]
_OPENING: Final = ".!?:\n\r\"“”'‘("  # a capital after one of these may be no name
_SPACE: Final = ord(" ")
_NUMBERS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred dozen"
)
_OPENERS: Final = (
    "the a an this that these those he she it they we i you his her its their our my in on at but and so as if when "
    "while after before since for from with however meanwhile earlier later there here what who where why how no not "
    "of to by under over some all both most many more among about according also another any asked because between "
    "during each even last next now one only other out such then two up until us whether which would yesterday today"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A text, its letters and a hash for each of its words. A word is a figure, a name or neither.

    `firsts` and `lasts` are those of the letters, for what asks for one word after another.
    """

    text: str
    letters: Letters
    words: Hashes
    figures: Flags
    names: Flags
    seeds: Seeds
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.letters.points)

    def word_at(self, letter: int) -> int:
        """The word that a letter belongs to."""
        return bisect_right(self.firsts, letter) - 1

    def word_from(self, letter: int) -> int:
        """The first word that begins at a letter or after it."""
        return bisect_left(self.firsts, letter)

    def word(self, which: int) -> str:
        """A word as written."""
        return self.span(which, which + 1).of(self.text)

    def ends_after(self, word: int) -> bool:
        """Whether a sentence or a line ends between a word and the next one."""
        if word < 0 or word + 1 >= len(self.words):
            return False
        at, firsts, lasts = self.letters.at, self.firsts, self.lasts
        between = self.text[int(at[lasts[word]]) + 1 : int(at[firsts[word + 1]])]
        return any(mark in between for mark in "\n.!?")

    def span(self, first: int, end: int) -> Span:
        """The code points of the words `first` up to `end`, half open; of none, the point before `first`."""
        at, firsts, lasts = self.letters.at, self.firsts, self.lasts
        if end > first:
            return Span(int(at[firsts[first]]), int(at[lasts[end - 1]]) + 1)
        point = int(at[lasts[first - 1]]) + 1 if first else 0
        return Span(point, point)


def body(text: str) -> Body:
    """A text and what its words are."""
    found = letters(text)
    hashes = word_hashes(found)
    if not len(found):
        none = np.zeros(0, dtype=np.bool_)
        return Body(text, found, hashes, none, none, seeds(found), (), ())
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = found.lasts - found.firsts + 1
    digits = np.add.reduceat((found.points >= ord("0")) & (found.points <= ord("9")), found.firsts, dtype=np.int64)
    figures = (2 * digits > lengths) | _among(hashes, _hashes(_NUMBERS))
    starts = found.at[found.firsts]
    capital = (raw[starts] != found.points[found.firsts]) & (lengths > 1) & ~figures
    before = raw[np.maximum(starts - 1, 0)]
    earlier = np.where(before == _SPACE, raw[np.maximum(starts - 2, 0)], before)
    opening = among(earlier, _OPENING) | (starts < 2)
    common = _among(hashes, _hashes(_OPENERS)) | _among(hashes, np.sort(hashes[~capital]))
    names = capital & ~(opening & common)
    firsts, lasts = tuple(found.firsts.tolist()), tuple(found.lasts.tolist())
    return Body(text, found, hashes, figures, names, seeds(found), firsts, lasts)


def _among(hashes: Hashes, others: Hashes) -> Flags:
    """Which of some hashes are among others, which ascend."""
    if not len(others):
        return np.zeros(len(hashes), dtype=np.bool_)
    found: Flags = others[np.minimum(np.searchsorted(others, hashes), len(others) - 1)] == hashes
    return found


@cache
def _hashes(listed: str) -> Hashes:
    """The hashes of the words of a list, ascending."""
    return np.sort(word_hashes(letters(listed)))
