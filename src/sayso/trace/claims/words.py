"""The words of a short text as matching sees them: folded, cut to a light stem, function words told apart."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from sayso.gazetteer.folding import fold

LONGEST: Final = 20_000  # code points of a text that are looked at: a statement or claim is short
_ADDRESS: Final = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S{1,2000}", re.IGNORECASE)
# "#NoFlyZone" and "alQaida" are words written together; so is a word run into the next one's capital.
_JOINED: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD: Final = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_VOWEL: Final = re.compile(r"[aeiouy]")


def raw_words(text: str) -> list[str]:
    """The words of a text as written, without addresses of pages and marks."""
    return _WORD.findall(_JOINED.sub(" ", _ADDRESS.sub(" ", text[:LONGEST])))


def stems(text: str) -> tuple[str, ...]:
    """The light stems of all words of a text, in order, function words included."""
    return tuple(stem for word in raw_words(text) if (stem := stem_of(word)))


def content(words: tuple[str, ...]) -> tuple[str, ...]:
    """The stems that carry content: no function words."""
    return tuple(word for word in words if word not in function_stems())


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """A word in lower case without accents and its commonest English endings: "Cities" and "city" are one."""
    return _stem(fold(re.sub(r"['’]s$|['’]$", "", word)).replace(" ", ""))


def _stem(word: str) -> str:
    """An S-stemmer (Harman 1991) that also takes off -ing, -ed and -ly where a word is left."""
    if len(word) < 4 or not word.isalpha() or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, least in (("ing", 6), ("ed", 5), ("ly", 6)):
        if word.endswith(ending) and len(word) >= least and _VOWEL.search(word[: -len(ending)]):
            word = word[: -len(ending)]
            if ending != "ly" and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


@cache
def function_stems() -> frozenset[str]:
    """Stems of words that join others and say little of what a text is about."""
    return frozenset(stem_of(word) for word in lists()["function"]["words"].split())


@cache
def lists() -> dict[str, dict[str, str]]:
    """The word lists of `data/claims.toml`."""
    source = resources.files("sayso.trace.claims") / "data" / "claims.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
