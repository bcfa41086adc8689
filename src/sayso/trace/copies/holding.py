"""Whether a text may hold some words of another, told by runs of letters: without laying the two side by side."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np

from sayso.trace.copies.alignment import SEED
from sayso.trace.copies.letters import Hashes, Letters, grams, letters
from sayso.vocabulary import Span

_SHARED: Final = 0.3  # of the runs of letters in some words: a text with fewer has no passage with most of them


def runs(text: str, spans: Iterable[Span]) -> Hashes:
    """The runs of letters in some words of a text, as alignment begins with them, ascending."""
    found = _letters(text)
    parts = [found.points[np.searchsorted(found.at, it.start) : np.searchsorted(found.at, it.end)] for it in spans]
    return np.unique(np.concatenate([grams(part, SEED) for part in parts] or [grams(found.points[:0], SEED)]))


def may_hold(text: str, wanted: Hashes) -> bool:
    """Whether a text has so much of some words that a passage in which most of them stand may be shared with it."""
    return bool(np.isin(wanted, _grams(text), assume_unique=True).sum() >= _SHARED * len(wanted))


def same_run(text: str, span: Span, other: str) -> Span | None:
    """The longest run of the same characters around some words, as far as it stands in another text; None if none does.

    Of several places there that have the words, the first counts.
    """
    at = other.find(span.of(text))
    if at < 0:
        return None
    before = _equal(text[: span.start][::-1], other[:at][::-1])
    after = _equal(text[span.end :], other[at + span.end - span.start :])
    return Span(span.start - before, span.end + after)


def _equal(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    both = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(both) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=256)
def _letters(text: str) -> Letters:
    return letters(text)


@lru_cache(maxsize=256)
def _grams(text: str) -> Hashes:
    """The runs of letters in a text, ascending; remembered, since a report stands beside many."""
    return np.unique(grams(_letters(text).points, SEED))
