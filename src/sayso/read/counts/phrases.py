"""A sentence cut into items: people phrases, words of harm, and the little words between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sayso.read.counts.groups import Group, Humanity, group_at, times
from sayso.read.counts.happenings import happening_at
from sayso.read.counts.lexicon import HarmWord, Kind, joiners, kinds
from sayso.read.counts.tokens import Tokens

__all__ = ["Group", "Humanity", "Item", "Kind", "cut", "times"]

_CAPITALS: Final = 0.85  # a sentence with more of its words in capitals says nothing by them


@dataclass(frozen=True, slots=True)
class Item:
    """One item over tokens `first` to `stop`."""

    kind: Kind
    first: int
    stop: int
    group: Group | None = None
    harms: tuple[HarmWord, ...] = ()


def cut(line: Tokens) -> list[Item]:
    """The items of one sentence, in order."""
    capitals = _capitals(line)
    found: list[Item] = []
    at = 0
    while at < len(line):
        led = bool(found) and found[-1].kind is Kind.PREPOSITION
        found.append(_item(line, at, capitals, led=led))
        at = found[-1].stop
    return found


def _capitals(line: Tokens) -> list[bool]:
    """Which tokens begin with a capital; none where the whole sentence is in capitals, so that case tells nothing."""
    firsts = [line.text[start].isupper() for start in line.starts]
    letters = [first for first, word in zip(firsts, line.words, strict=True) if word[0].isalpha()]
    if len(letters) > 3 and sum(letters) > _CAPITALS * len(letters):
        return [False] * len(firsts)
    return firsts


def _item(line: Tokens, at: int, capitals: list[bool], *, led: bool) -> Item:
    words = line.words
    if found := happening_at(words, at):
        return Item(Kind.HARM, at, found[0], harms=found[1])
    if group := group_at(line, at, capitals, led=led):
        return Item(Kind.PEOPLE, at, group.stop, group)
    for rest in joiners().get(words[at], ()):
        if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
            return Item(Kind.AND, at, at + 1 + len(rest))
    return Item(kinds().get(words[at]) or _by_form(words[at], capitals[at]), at, at + 1)


def _by_form(word: str, capital: bool) -> Kind:
    if not word[0].isalpha():
        return Kind.OTHER
    if word.endswith("ly"):
        return Kind.ADVERB
    if not capital and len(word) > 4 and word.endswith("ed"):
        return Kind.VERB
    return Kind.PARTICIPLE if not capital and len(word) > 4 and word.endswith("ing") else Kind.OTHER
