"""What speaks for each word being part of a place's name: the name head, the word's look, its class, the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.read.encoder import Scores
from sayso.read.places import clues
from sayso.read.words import Words
from sayso.vocabulary import Span

Floats = npt.NDArray[np.float32]

_MARKS: Final = (".", ",", "-", "'’", "()[]", '"“”‘', ":;")
_MARK: Final = {mark: 9 + i for i, group in enumerate(_MARKS) for mark in group}
_SHORT: Final = 4  # letters
_LEAST: Final = -9.0  # log-probabilities below this are all the same
SHAPES: Final = 9 + len(_MARKS)
OF_TEXT: Final = 5
LOOKED_UP: Final = 14
WIDTH: Final = 9 + 7 + SHAPES + len(clues.CLASSES) + OF_TEXT + LOOKED_UP


def name_chances(words: Words, scores: Sequence[Scores]) -> Floats:
    """For each word the log-probabilities of the nine tags of the name head."""
    return _log_probabilities(_by_word(words, scores, "names", 9))


def evidence(
    words: Words, scores: Sequence[Scores], sentences: Sequence[Span], names: Floats, looked_up: Floats
) -> Floats:
    """A row of WIDTH numbers for each word; `names` is from `name_chances`, `looked_up` the gazetteer's part."""
    phrases = _log_probabilities(_by_word(words, scores, "phrases", 7))
    rows, table = clues.classes()
    classes = table[[rows.get(word, 0) for word in words.lower]]
    shape = _shapes(words, sentences)
    text = _of_text(words, names)
    return np.concatenate([names / 3, phrases / 3, shape, classes, text, looked_up], axis=1, dtype=np.float32)


def _by_word(words: Words, scores: Sequence[Scores], head: str, width: int) -> Floats:
    """A head's scores at the first piece of each word, from the window that owns it."""
    out = np.zeros((len(words), width), dtype=np.float32)
    for each in scores:
        lo, hi = np.searchsorted(words.first, [each.window.own, each.window.end], "left")
        out[lo:hi] = getattr(each, head)[words.first[lo:hi] - each.window.start]
    return out


def _log_probabilities(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=1, keepdims=True, initial=-1e9)
    out: Floats = np.maximum(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), _LEAST)
    return out


def _shapes(words: Words, sentences: Sequence[Span]) -> Floats:
    text, starts, ends = words.text, words.starts.tolist(), words.ends.tolist()
    numbers: dict[str, int] = {}
    which = [numbers.setdefault(text[start:end], len(numbers)) for start, end in zip(starts, ends, strict=True)]
    out = np.asarray([_shape(word) for word in numbers], dtype=np.float32).reshape(-1, SHAPES)[which]
    out[1:, 6] = words.starts[1:] == words.ends[:-1]
    out[:, 7] = words.after_break
    first_words = np.searchsorted(words.starts, [span.start for span in sentences], "left")
    out[first_words[first_words < len(words)], 8] = 1
    return out


def _shape(word: str) -> list[float]:
    """What a word looks like, wherever it stands."""
    row = [0.0] * SHAPES
    first = word[0]
    if first.isalpha():
        row[3 if not first.isupper() else 2 if len(word) == 1 else 0] = 1.0
        row[0] = float(first.isupper())
        row[1] = float(len(word) > 1 and word.isupper())
        row[4] = float(len(word) <= _SHORT)
    elif first.isdigit():
        row[5] = 1.0
    elif first in _MARK:
        row[_MARK[first]] = 1.0
    return row


def _of_text(words: Words, names: Floats) -> Floats:
    """How the head sees the same word elsewhere in the text: mean chances of person, organisation, place, demonym."""
    numbers: dict[str, int] = {}
    which = np.asarray([numbers.setdefault(word, len(numbers)) for word in words.lower], dtype=np.int64)
    chances = np.exp(names[:, 1::2]) + np.exp(names[:, 2::2])
    out = np.zeros((len(words), OF_TEXT), dtype=np.float32)
    if not len(words):
        return out
    often = np.bincount(which)
    for kind in range(4):
        total = np.bincount(which, chances[:, kind])
        others = (total[which] - chances[:, kind]) / np.maximum(often[which] - 1, 1)
        out[:, kind] = others
    out[:, 4] = np.log1p(often[which] - 1) / 3
    return out
