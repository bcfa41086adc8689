"""Two propositions side by side: what agrees, what differs, and what makes them two whatever their words.

The same sentence said of another day, another town or another number is another claim; a paraphrase, or a name in
another spelling, is the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import Final

from sayso.read.places.geodesy import kilometres
from sayso.trace.claims.naming import any_same, same_name
from sayso.trace.claims.proposition import Ground, Proposition
from sayso.trace.claims.quantities import Quantity
from sayso.trace.claims.words import content, lists, stem_of

_NEAR: Final = 5.0  # kilometres: two entries of one town
_ROUNDED: Final = 0.005  # numbers this near to one another are one, rounded
_LONG_AFTER: Final = 45  # days between reports that name no day: may be another time
_BE: Final = frozenset(map(stem_of, "is are was were be been being".split()))
_PAST: Final = "0000-01-01"
_FUTURE: Final = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two propositions have in common. `features` are the scorer's, `agrees` and `differs` are reasons in words.

    `apart` says why they are two claims; `unsure` why no machine should call them one. `opposite` says that one is
    worded as the other's negation.
    """

    features: tuple[float, ...]
    opposite: bool
    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    apart: tuple[str, ...]
    unsure: tuple[str, ...]


FEATURES: Final = (
    "cosine", "words shared", "words contained", "order of words", "actors shared", "actors on one side",
    "places shared", "places on one side", "days shared", "days on one side", "numbers shared",
    "numbers on one side", "long after",
)  # fmt: skip
# The most each can be; None for the cosine and the words, which cost little to know.
MOST: Final = (None, None, None, None, 2, 3, 1, 3, 1, 1, 2, 3, 1)


def days_apart(one: Proposition, other: Proposition) -> bool:
    """Whether two propositions are of other days, and so two claims."""
    return bool(one.days) and bool(other.days) and not any(_meet(a, b) for a in one.days for b in other.days)


def other_numbers(one: Proposition, other: Proposition) -> bool:
    """Whether two propositions give other numbers for something measured alike, so that no machine should join them."""
    if not one.numbers or not other.numbers:
        return False
    alone, alone_other = _alone(one.numbers, other.numbers)
    return not {a.measure for a in alone}.isdisjoint(b.measure for b in alone_other)


@lru_cache(maxsize=10_000)
def day_of(moment: str) -> int:
    """The day of a moment, counted from the first there is; 0 where it is not known."""
    try:
        return date.fromisoformat(moment[:10]).toordinal()
    except ValueError:
        return 0


def is_long_after(one: int, other: int) -> bool:
    """Whether so much time lies between two days that what names no day may be of another time."""
    return bool(one and other) and abs(one - other) > _LONG_AFTER


def compare(one: Proposition, other: Proposition, cosine: float) -> Comparison:
    """Compare two propositions whose embeddings have this cosine; either order gives the same."""
    one, other = sorted((one, other), key=lambda proposition: proposition.order)
    reasons = _Reasons()
    shared, contained, ordered = shared_words(one, other)
    actors = _actors(one, other, reasons)
    places = _places(one.places, other.places, reasons)
    _named_alone(reasons)
    days = _days(one.days, other.days, reasons)
    numbers = _numbers(one.numbers, other.numbers, reasons)
    late = not (one.days and other.days) and is_long_after(day_of(one.moment), day_of(other.moment))
    if late:
        reasons.differs.append(f"published over {_LONG_AFTER} days apart, and no day is named on both sides")
    contrary = _facing("opposites", one.stems, other.stems)
    if contrary:
        reasons.differs.append(f"contrary words: {contrary}")
    if one.negated != other.negated:
        reasons.differs.append("one is negated, the other is not")
    features = (cosine, shared, contained, ordered, *actors, *places, *days, *numbers, float(late))
    opposite = (one.negated != other.negated) != bool(contrary)
    agrees = (f"alike in meaning ({cosine:.2f})", f"{shared:.0%} of the words shared", *reasons.agrees)
    return Comparison(features, opposite, agrees, tuple(reasons.differs), tuple(reasons.apart), tuple(reasons.unsure))


class _Reasons:
    """Reasons in words, as they are met."""

    def __init__(self) -> None:
        self.agrees: list[str] = []
        self.differs: list[str] = []
        self.apart: list[str] = []
        self.unsure: list[str] = []
        self.alone: tuple[list[str], list[str]] = ([], [])  # names of actors and places that only one side has


def shared_words(one: Proposition, other: Proposition) -> tuple[float, float, float]:
    """Content words shared (Dice), the share of the shorter that the longer has, and pairs of neighbours shared."""
    (left, pairs), (right, others) = _word_sets(one.stems), _word_sets(other.stems)
    both, total, least = len(left & right), len(left) + len(right), min(len(left), len(right))
    ordered = 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs or others else 0.0
    return (2 * both / total if total else 0.0), (both / least if least else 0.0), ordered


@lru_cache(maxsize=5_000)
def _word_sets(stems: tuple[str, ...]) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    words = content(stems)
    return frozenset(words), frozenset(pairwise(words))


def _actors(one: Proposition, other: Proposition, reasons: _Reasons) -> tuple[float, float]:
    crossed = product(enumerate(one.actors), enumerate(other.actors))
    pairs = [(i, j) for (i, names), (j, held) in crossed if any_same(names, held)]
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    alone = [names[0] for i, names in enumerate(one.actors) if i not in left]
    alone_other = [names[0] for j, names in enumerate(other.actors) if j not in right]
    reasons.agrees += [f"both about {_either(one.actors[i][0], other.actors[j][0])}" for i, j in pairs]
    reasons.alone[0].extend(alone)
    reasons.alone[1].extend(alone_other)
    passive = _is_passive(one.stems) != _is_passive(other.stems)
    if len(pairs) > 1 and _turned_round(pairs) != (passive != bool(_facing("converses", one.stems, other.stems))):
        reasons.unsure.append("who does it to whom may be the other way round")
    return float(min(len(left), 2)), float(min(len(alone) + len(alone_other), 3))


def _turned_round(pairs: Sequence[tuple[int, int]]) -> bool:
    matched = dict(reversed(pairs))
    order = [matched[i] for i in sorted(matched)]
    return len(set(order)) > 1 and order != sorted(order)


def _is_passive(stems: Sequence[str]) -> bool:
    """Whether a form of "be" stands before "by": then the doer comes last."""
    last = len(stems) - 1 - stems[::-1].index("by") if "by" in stems else 0
    return not _BE.isdisjoint(stems[:last])


def _places(one: Sequence[Ground], other: Sequence[Ground], reasons: _Reasons) -> tuple[float, float]:
    left, right = _finest(one), _finest(other)
    same = [(a, b) for a in left for b in right if _same_place(a, b)]
    held = [(a, b) for a in left for b in right if not _same_place(a, b) and (_holds(a, b) or _holds(b, a))]
    reasons.agrees += [f"both at {_either(a.name, b.name)}" for a, b in same]
    reasons.agrees += [f"{a.name} and {b.name} lie within one another" for a, b in held]
    met = [*same, *held]
    alone = [a.name for a in left if all(a is not x for x, _ in met)]
    alone_other = [b.name for b in right if all(b is not x for _, x in met)]
    reasons.alone[0].extend(alone)
    reasons.alone[1].extend(alone_other)
    if left and right and not met:
        reasons.apart.append(f"other places: {_list(alone)} / {_list(alone_other)}")
    return float(bool(same)) + 0.5 * float(bool(held) and not same), float(min(len(alone) + len(alone_other), 3))


def _named_alone(reasons: _Reasons) -> None:
    """Names that only one side has: a place here may be an actor there, where no gazetteer knows it."""
    left, right = reasons.alone
    others = [name for name in right if not any(same_name(name, held) for held in left)]
    own = [name for name in left if not any(same_name(name, held) for held in right)]
    if own and others:
        reasons.unsure.append(f"other names: {_list(own)} / {_list(others)}")
    elif own or others:
        reasons.differs.append(f"only one names {_list(own or others)}")


def _finest(places: Sequence[Ground]) -> list[Ground]:
    """The places that hold no other of the same proposition: "Houlton, Maine" is about Houlton."""
    return [place for place in places if not any(place is not inner and _holds(place, inner) for inner in places)]


def _same_place(one: Ground, other: Ground) -> bool:
    if one.entry and other.entry:
        if one.entry.geonames is not None and one.entry.geonames == other.entry.geonames:
            return True
        near = kilometres((one.entry.lat, one.entry.lon), (other.entry.lat, other.entry.lon)) <= _NEAR
        return near and one.entry.level == other.entry.level
    return same_name(one.name, other.name)


def _holds(outer: Ground, inner: Ground) -> bool:
    return any(same_name(outer.name, name) for name in inner.within)


def _days(one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]], reasons: _Reasons) -> tuple[float, float]:
    meets = [(a, b) for a in one for b in other if _meet(a, b)]
    if meets:
        reasons.agrees.append(f"days meet: {_interval(meets[0][0])} / {_interval(meets[0][1])}")
    elif one and other:
        reasons.apart.append(f"other days: {_interval(one[0])} / {_interval(other[0])}")
    elif one or other:
        reasons.differs.append(f"only one names a day ({_interval((*one, *other)[0])})")
    return float(bool(meets)), float(bool(one) != bool(other))


def _meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return _start(one) <= _end(other) and _start(other) <= _end(one)


def _start(interval: tuple[str, str]) -> str:
    return interval[0] or _PAST


def _end(interval: tuple[str, str]) -> str:
    return interval[1] or _FUTURE


def _interval(interval: tuple[str, str]) -> str:
    return interval[0] if interval[0] == interval[1] else f"{interval[0] or '…'} to {interval[1] or '…'}"


def _numbers(one: Sequence[Quantity], other: Sequence[Quantity], reasons: _Reasons) -> tuple[float, float]:
    alone, alone_other = _alone(one, other)
    both = [a for a in one if a not in alone]
    reasons.agrees += [f"same number: {a}" for a in both]
    measures = {a.measure for a in alone} & {b.measure for b in alone_other}
    if measures:
        reasons.unsure.append(f"other numbers: {_list(map(str, alone))} / {_list(map(str, alone_other))}")
    elif alone or alone_other:
        reasons.differs.append(f"only one has {_list(map(str, alone + alone_other))}")
    return float(min(len(both), 2)), float(min(len(alone) + len(alone_other), 3))


def _alone(one: Sequence[Quantity], other: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """The numbers that only one side has."""
    alone = [a for a in one if not any(_same_number(a, b) for b in other)]
    return alone, [b for b in other if not any(_same_number(a, b) for a in one)]


def _same_number(one: Quantity, other: Quantity) -> bool:
    near = abs(one.value - other.value) <= _ROUNDED * max(abs(one.value), abs(other.value))
    return one.measure is other.measure and near


def _facing(kind: str, one: Sequence[str], other: Sequence[str]) -> str:
    """A pair of words of this kind of which each side has one alone, "" where there is none."""
    left, right = set(one) - set(other), set(other) - set(one)
    for word in sorted(left):
        for facing in sorted(_pairs(kind).get(word, frozenset()) & right):
            return " / ".join(sorted((word, facing)))
    return ""


@cache
def _pairs(kind: str) -> dict[str, frozenset[str]]:
    """The words of a list of pairs, each with those it is paired with."""
    found: dict[str, set[str]] = {}
    for pair in lists()[kind]["words"].split():
        one, other = map(stem_of, pair.split("/"))
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(held) for word, held in found.items()}


def _either(one: str, other: str) -> str:
    return one if one == other else " / ".join(sorted((one, other)))


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)


def contradicts(one: Proposition, other: Proposition) -> bool:
    """Whether one of two propositions that are alike is worded as the other's negation, as `compare` tells it."""
    return (one.negated != other.negated) != bool(_facing("opposites", one.stems, other.stems))
