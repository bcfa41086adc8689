"""Names as keys that agree across spellings: what is written Kulit here and Kulyt there is one name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from sayso.gazetteer.folding import bare, fold, skeleton
from sayso.gazetteer.likeness import similarity
from sayso.read.aliases import acronym
from sayso.read.aliases import key as name_words

Name = tuple[str, ...]
# At and above this two spellings of a word are one name: "Kulit" and "Kulyt" are .9 alike, "Halim" and "Salim" .7.
_ALIKE: Final = 0.8
_SHORTEST: Final = 4  # letters; shorter words must be the same


@lru_cache(maxsize=50_000)
def name_key(name: str) -> Name:
    """The words of a name that count, folded; () if nothing is left."""
    folded = (bare(fold(word)) for word in name_words(name))
    return tuple(word for word in folded if word and word not in _SMALL)


_SMALL: Final = frozenset("of the and for in a an".split())


@lru_cache(maxsize=100_000)
def same_name(one: str, other: str) -> bool:
    """Whether two names may be one's: alike word by word, one the end or beginning of the other, or its acronym."""
    if one == other:
        return True
    left, right = name_key(one), name_key(other)
    if not left or not right:
        return False
    short, full = sorted((left, right), key=len)
    if _alike(short, full[-len(short) :]) or _alike(short, full[: len(short)]):
        return True
    return _is_acronym(one, other) or _is_acronym(other, one)


def sound(name: str) -> frozenset[str]:
    """What spellings of a name share, for look-up: the consonants of each word that is long enough to tell."""
    return frozenset(
        key for word in name_key(name) if len(word) >= _SHORTEST and len(key := skeleton(word) or word) > 1
    )


def any_same(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a name of the one and a name of the other may be one's."""
    held = tuple(others)
    return any(same_name(name, other) for name in names for other in held)


def _alike(one: Name, other: Name) -> bool:
    return all(_word_alike(left, right) for left, right in zip(one, other, strict=True))


@lru_cache(maxsize=200_000)
def _word_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORTEST or _begins(one) != _begins(other):
        return False
    return similarity(one, other) >= _ALIKE


@lru_cache(maxsize=50_000)
def _begins(word: str) -> str:
    return skeleton(word)[:1]


def _is_acronym(short: str, full: str) -> bool:
    letters = short.replace(".", "")
    return 2 < len(letters) <= 7 and letters.isupper() and letters in acronym(full)
