"""A text and a finding side by side, as numbers: what the matcher weighs, and the words that explain it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.trace.claims.proposition import is_negated
from sayso.trace.claims.quantities import Quantity, quantities
from sayso.trace.claims.words import content, raw_words, stem_of, stems
from sayso.vocabulary import Finding

Floats = npt.NDArray[np.float32]

FEATURES: Final = (
    "lexical", "lexical to best", "lexical rank", "dense claim", "dense title", "dense to best", "dense rank",
    "text covered", "claim covered", "title covered", "covered by claim or title", "pairs shared", "names shared",
    "numbers shared", "numbers differ", "negation differs", "both strong", "claimants around",
    "claim dated", "claim days apart", "claim same days", "claim later", "check dated", "check days apart",
    "check earlier",
)  # fmt: skip
_SAME_DAYS: Final = 2
_LATER: Final = 7  # days: more than a slip of the date


@dataclass(frozen=True, slots=True)
class Wording:
    """A short text as it is compared: stems, content stems and their pairs, capitalised words, numbers, negation."""

    stems: tuple[str, ...]
    content: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    names: frozenset[str]
    numbers: tuple[Quantity, ...]
    negated: bool


@lru_cache(maxsize=50_000)
def wording(text: str) -> Wording:
    """The wording of a text."""
    words = stems(text)
    kept = content(words)
    # The first word of a text is capitalised whatever it is.
    names = frozenset(stem_of(word) for word in raw_words(text)[1:] if word[:1].isupper())
    return Wording(words, frozenset(kept), frozenset(pairwise(kept)), names, quantities(text), is_negated(text))


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a text: the day it was said (ISO, "" if unknown) and the names of who says it."""

    day: str = ""
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sides:
    """A query and its candidates in numbers: rows are candidates, in order."""

    lexical: Floats  # BM25 over claim and title, as a share of the query's own worth
    claims: Floats  # cosines with the claims as checked
    titles: Floats  # cosines with the titles


def features(
    query: Wording,
    candidates: Sequence[tuple[Finding, Wording, Wording]],
    sides: Sides,
    worth: Callable[[str], float],
    day: str,
    around: Sequence[float],
) -> Floats:
    """Features [candidates, FEATURES]. `around` says how much each candidate's claimant is met around the query.

    `day` is when the query was said (ISO, "" if unknown).
    """
    best = np.maximum(sides.claims, sides.titles)
    rows = np.zeros((len(candidates), len(FEATURES)), dtype=np.float32)
    places = [ranks(values) for values in (sides.lexical, best)]
    tops = [max(float(values.max(initial=0)), 1e-6) for values in (sides.lexical, best)]
    for at, (found, claim, title) in enumerate(candidates):
        both = claim.content | title.content
        covered = _covered(query.content, both, worth)
        rows[at] = (
            sides.lexical[at],
            sides.lexical[at] / tops[0],
            1 / places[0][at],
            sides.claims[at],
            sides.titles[at],
            max(best[at], 0.0) / tops[1],
            1 / places[1][at],
            covered,
            _covered(claim.content, query.content, worth),
            _covered(title.content, query.content, worth),
            _covered(both, query.content, worth),
            _share(query.pairs, claim.pairs | title.pairs),
            _covered(query.names, claim.names | title.names | both, worth),
            *_numbers(query.numbers, (*claim.numbers, *title.numbers)),
            float(query.negated != claim.negated),
            best[at] * covered,
            around[at],
            *_claimed(_apart(day, found.claimed)),
            *_checked(_apart(day, found.published)),
        )
    return rows


def ranks(values: Floats) -> npt.NDArray[np.int64]:
    """The place of each value, the highest first; equal ones share the first of theirs."""
    return np.asarray(np.searchsorted(np.sort(-values), -values) + 1, dtype=np.int64)


def _covered(words: frozenset[str], by: frozenset[str], worth: Callable[[str], float]) -> float:
    """How much of what words are worth stands among others."""
    total = sum(map(worth, words))
    return sum(worth(word) for word in words if word in by) / total if total else 0.0


def _share(pairs: frozenset[tuple[str, str]], others: frozenset[tuple[str, str]]) -> float:
    return len(pairs & others) / max(1, min(len(pairs), len(others)))


def _numbers(one: Sequence[Quantity], other: Sequence[Quantity]) -> tuple[float, float]:
    shared = sum(number in other for number in one)
    measures = {number.measure for number in one} & {number.measure for number in other}
    return float(min(shared, 3)), float(bool(measures) and not shared)


def _apart(said: str, other: str | None) -> int | None:
    """Days from when the text was said to another day; None where one is not known."""
    try:
        return (date.fromisoformat((other or "")[:10]) - date.fromisoformat(said[:10])).days
    except ValueError:
        return None


def _claimed(days: int | None) -> tuple[float, float, float, float]:
    """Whether the claim's day is known, how far it is off, whether nearly the text's, whether clearly after it."""
    if days is None:
        return 0.0, 0.0, 0.0, 0.0
    return 1.0, _scaled(days), float(abs(days) <= _SAME_DAYS), float(days > _LATER)


def _checked(days: int | None) -> tuple[float, float, float]:
    """Whether the check's day is known, how far it is off, whether it came clearly before the text."""
    return (0.0, 0.0, 0.0) if days is None else (1.0, _scaled(days), float(days < -_LATER))


def _scaled(days: int) -> float:
    return float(np.log1p(abs(days))) / 8  # eight years are 1
