"""Ships that bear the name of a place: "the battleship Maine", "USS Cole", and "the Maine" from then on."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.gazetteer import Gazetteer
from sayso.read.places import clues
from sayso.read.places.lookup import exact
from sayso.read.words import Words
from sayso.vocabulary import PlaceLevel


def ashore(words: Words, mentions: Sequence[range], gazetteer: Gazetteer) -> list[range]:
    """The mentions, ranges of words in order, without those of ships."""
    ships = {_name(words, m) for m in mentions if _is_christened(words, m, gazetteer)}
    if not ships:
        return list(mentions)
    return [m for m in mentions if not (_name(words, m) in ships and _is_afloat(words, m))]


def _name(words: Words, mention: range) -> tuple[str, ...]:
    return tuple(words.lower[i] for i in mention)


def _before(words: Words, mention: range) -> str:
    return words.lower[mention.start - 1] if mention.start else ""


def _is_christened(words: Words, mention: range, gazetteer: Gazetteer) -> bool:
    """Whether the word before says that it is a ship; "the tanker Iran seized" speaks of a country."""
    before = _before(words, mention)
    if before in clues.words("ship_prefix"):
        return True
    if before not in clues.words("ship"):
        return False
    found = exact(gazetteer, words.span(mention[0], mention[-1]).of(words.text))
    return not any(hit.toponym.level is PlaceLevel.COUNTRY for hit in found)


def _is_afloat(words: Words, mention: range) -> bool:
    """Whether a name that a ship bears stands for it here: after its kind, or with an article as places have none."""
    before = _before(words, mention)
    return before in clues.words("ship") or before in clues.words("ship_prefix") or before in clues.words("article")
