"""Words that tell what a place is, where it lies, and what is no place: the lists of `data/places_words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sayso.vocabulary import PlaceLevel


@cache
def lists() -> MappingProxyType[str, Any]:
    """The tables of the file."""
    data = resources.files("sayso.read") / "data" / "places_words.toml"
    return MappingProxyType(tomllib.loads(data.read_text(encoding="utf-8")))


@cache
def words(name: str) -> frozenset[str]:
    """A list of single words."""
    return frozenset(lists()["words"][name].split())


@cache
def level_words() -> MappingProxyType[str, PlaceLevel]:
    """Words that say what a place is ("town", "province", "river"), with the level they tell."""
    told = {word: PlaceLevel(level) for level, listed in lists()["levels"].items() for word in listed.split()}
    return MappingProxyType(told)


@cache
def relation_words(name: str) -> frozenset[str]:
    """A list of the words that tell how places lie to each other."""
    return frozenset(lists()["relations"][name].split())


@cache
def use_words(name: str) -> frozenset[str]:
    """A list of the words that tell a government from a place."""
    return frozenset(lists()["uses"][name].split())


CLASSES: Final = (
    "street", "inside", "linking", "article", "compass", "organisation", "title", "said", "resident", "month", "be",
    "pronoun", "settlement", "district", "province", "country", "region", "feature", "facility",
)  # fmt: skip


@cache
def classes() -> tuple[MappingProxyType[str, int], npt.NDArray[np.float32]]:
    """For each listed word its row in a table with a column per class of CLASSES; row 0 is for words not listed."""
    levels = lists()["levels"]
    member = {name: set((levels[name] if name in levels else lists()["words"][name]).split()) for name in CLASSES}
    known = sorted(set().union(*member.values()))
    table = np.zeros((len(known) + 1, len(CLASSES)), dtype=np.float32)
    for column, name in enumerate(CLASSES):
        table[1:, column] = [word in member[name] for word in known]
    return MappingProxyType({word: row for row, word in enumerate(known, 1)}), table
