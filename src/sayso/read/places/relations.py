"""How a place is said to lie to others: "10 kilometers northeast of X", "near X", "between X and Y", "southern X"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.read.places import clues
from sayso.read.places.uses import between_parties
from sayso.read.words import Words

_LONGEST_BRIDGE: Final = 8
_LONGEST_LEVEL: Final = 5  # words of "de-escalation zone" and the like


@dataclass(frozen=True, slots=True)
class Relation:
    """The words `first` to `last` say how something lies to the places `anchors` (indices of mentions).

    `kind` is that of Whereabouts. `located` is the mention that lies so, None where nothing named does. `bearing`
    is in degrees, `distance` in kilometres.
    """

    kind: str
    first: int
    last: int
    anchors: tuple[int, ...]
    located: int | None = None
    bearing: float | None = None
    distance: float | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    first: int
    bearing: float | None = None
    distance: float | None = None


def relations(words: Words, mentions: Sequence[range]) -> list[Relation]:
    """The relations of a text, in order of their first word; `mentions` are the words of each place, in order."""
    ending = {mention.stop - 1: number for number, mention in enumerate(mentions)}
    out = []
    for number, mention in enumerate(mentions):
        found = _before(words, mention.start) or _after(words, mention)
        if found is None:
            continue
        anchors: tuple[int, ...] = (number,)
        last = mention.stop - 1
        last = max(last, _level_end(words, mention))
        if found.kind == "between":
            second = _second(words, mentions, number)
            if second is None:
                continue
            anchors, last = (number, second), mentions[second].stop - 1
        located = _located(words, ending, found.first, number)
        out.append(Relation(found.kind, found.first, last, anchors, located, found.bearing, found.distance))
    return sorted(out, key=lambda relation: relation.first)


def _before(words: Words, anchor: int) -> _Found | None:
    """What the words that lead up to word `anchor` say."""
    at = _skip_title(words, anchor - 1)
    if at < 0 or words.after_break[at + 1]:
        return None
    word = words.lower[at]
    if word in ("of", "from"):
        return _of(words, at - 1)
    if word == "to" and at and words.lower[at - 1] in ("close", "next", "adjacent", "near"):
        return _Found("near", at - 1)
    if word in ("outside", "off") and (told := _distance(words, at - 1)):
        return _Found("distance", told[0], None, told[1])
    if word == "between" and not between_parties(words, range(at + 1, at + 2)):
        return _Found("between", at)
    if word in _relation("near"):
        return _Found("near", at - 1 if at and words.lower[at - 1] in ("just", "right") else at)
    bearing = _bearing(words, at)
    # "The northern province of X" is all of X; "northern X" is a part of it.
    whole = "of" in words.lower[at + 1 : anchor]
    if bearing and bearing[2] and not whole and not words.raw(bearing[0])[0].isupper():
        return _Found("part", bearing[0], bearing[1])
    if word == "central" and words.raw(at).islower():
        return _Found("part", at)
    return None


def _of(words: Words, at: int) -> _Found | None:
    """What stands before "of" or "from": a bearing, a part, a distance, the outskirts."""
    if at < 0:
        return None
    if words.lower[at] == "away":
        at -= 1
    if told := _distance(words, at):
        return _Found("distance", told[0], None, told[1])
    if bearing := _bearing(words, at):
        first, degrees, _ = bearing
        before = words.lower[first - 1] if first else ""
        if before == "the" and first > 1 and words.lower[first - 2] in ("in", "across", "throughout", "from"):
            return _Found("part", first - 1, degrees)
        if before == "the" and first > 1 and words.lower[first - 2] == "to":
            first -= 2
        if told := _distance(words, first - 1):
            return _Found("distance", told[0], degrees, told[1])
        return _Found("direction", first, degrees)
    if words.lower[at] in _relation("part") and at and (bearing := _bearing(words, at - 1)):
        return _Found("part", _with_article(words, bearing[0]), bearing[1])
    if words.lower[at] in _relation("part") and at and words.lower[at - 1] == "central":
        return _Found("part", _with_article(words, at - 1))
    if words.lower[at] in _relation("near_of"):
        return _Found("near", _with_article(words, at))
    return None


def _after(words: Words, mention: range) -> _Found | None:
    """What the word after a name says: "X countryside", "X outskirts"."""
    following = words.lower[mention.stop] if mention.stop < len(words) else ""
    return _Found("near", mention.start) if following in _relation("near_after") else None


def _level_end(words: Words, mention: range) -> int:
    """The last word of what a name is called: "Idlib de-escalation zone", "Hama countryside"; -1 where nothing is."""
    for at in range(mention.stop, min(mention.stop + _LONGEST_LEVEL, len(words))):
        if words.lower[at] in clues.level_words() or words.lower[at] in _relation("near_after"):
            return at
        if words.lower[at] not in clues.words("zoned"):
            return -1
    return -1


def _with_article(words: Words, first: int) -> int:
    return first - 1 if first and words.lower[first - 1] == "the" else first


def _skip_title(words: Words, at: int) -> int:
    """Back over "the capital", "the town of", "the": the first word before what a name is called."""
    level = clues.level_words()
    for _ in range(2):
        if at > 0 and words.lower[at] == "of" and words.lower[at - 1] in level and not _is_part(words, at - 1):
            at -= 2
        elif at >= 0 and words.lower[at] in level and words.lower[at] not in _relation("near_of"):
            at -= 1
    return at - 1 if at >= 0 and words.lower[at] == "the" else at


def _is_part(words: Words, at: int) -> bool:
    """Whether the word is the "area" or "region" of "the southern area of X"."""
    told = _bearing(words, at - 1) if at else None
    return (told is not None and words.lower[at] in _relation("part")) or words.lower[at] in _relation("near_of")


def _bearing(words: Words, at: int) -> tuple[int, float, bool] | None:
    """The bearing that ends at word `at`: its first word, degrees, and whether it is an adjective ("southern")."""
    if at < 0:
        return None
    bearings: Mapping[str, float] = clues.lists()["bearings"]
    word = words.lower[at]
    if word not in bearings:
        return None
    first, degrees = at, bearings[word]
    back = at - 2 if at > 1 and words.lower[at - 1] == "-" else at - 1
    if back >= 0 and words.lower[back] in ("north", "south", "east", "west") and not words.after_break[at]:
        first, degrees = back, _middle(bearings[words.lower[back]], degrees)
    return first, degrees, word.endswith("ern")


def _middle(one: float, other: float) -> float:
    """The bearing half way between two, on the shorter side."""
    return (one + ((other - one + 180) % 360 - 180) / 2) % 360


def _distance(words: Words, at: int) -> tuple[int, float] | None:
    """The distance that ends at word `at`: its first word and kilometres."""
    if at < 0:
        return None
    units: Mapping[str, float] = clues.lists()["kilometres"]
    word = words.lower[at]
    if word not in units:
        digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
        unit = word[len(digits) :]
        if not (digits.isascii() and digits.isdecimal() and unit in units and len(digits) < 6):
            return None
        return at, int(digits) * units[unit]
    back = at - 2 if at > 1 and words.lower[at - 1] == "-" else at - 1
    number = _number(words, back)
    return (number[0], number[1] * units[word]) if number else None


def _number(words: Words, at: int) -> tuple[int, float] | None:
    """The number that ends at word `at`: its first word and value."""
    if at < 0:
        return None
    if words.lower[at] in ("a", "an") and at and words.lower[at - 1] == "half":
        return at - 1, 0.5
    if words.lower[at].isascii() and words.lower[at].isdecimal() and len(words.lower[at]) < 6:
        first = at
        if at > 1 and words.lower[at - 1] in (".", ",") and words.lower[at - 2].isdecimal() and _glued(words, at - 1):
            first = at - 2
        written = words.text[words.starts[first] : words.ends[at]].replace(",", "")
        return (first, float(written)) if written.isascii() and len(written) < 12 else None
    numbers: Mapping[str, float] = clues.lists()["numbers"]
    value = numbers.get(words.lower[at])
    if value is None:
        return None
    if at > 1 and words.lower[at - 1] == "-" and numbers.get(words.lower[at - 2], 0) >= 20:
        return at - 2, numbers[words.lower[at - 2]] + value
    if value in (12, 100) and at and words.lower[at - 1] in numbers:
        return at - 1, numbers[words.lower[at - 1]] * value
    return at, float(value)


def _glued(words: Words, mark: int) -> bool:
    """Whether a mark stands between two words without white space."""
    return bool(words.ends[mark - 1] == words.starts[mark] and words.ends[mark] == words.starts[mark + 1])


def _second(words: Words, mentions: Sequence[range], number: int) -> int | None:
    """The other side of "between X and Y"."""
    if number + 1 == len(mentions):
        return None
    gap = words.lower[mentions[number].stop : mentions[number + 1].start]
    level = clues.level_words()
    plain = len(gap) <= 6 and "and" in gap and all(w in level or w in ("and", "the", "of") for w in gap)
    return number + 1 if plain else None


def _located(words: Words, ending: Mapping[int, int], first: int, anchor: int) -> int | None:
    """The mention that the relation which begins at word `first` tells of."""
    level, bridge = clues.level_words(), _relation("bridge")
    for at in range(first - 1, max(-1, first - 1 - _LONGEST_BRIDGE), -1):
        if at in ending:
            return ending[at] if ending[at] != anchor else None
        if words.lower[at] not in bridge and words.lower[at] not in level:
            return None
    return None


def _relation(name: str) -> frozenset[str]:
    return clues.relation_words(name)
