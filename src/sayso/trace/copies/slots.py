"""Where two texts that share a passage word it otherwise: the words of the one and of the other, in pairs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sayso.trace.copies.alignment import Aligned
from sayso.trace.copies.body import Body

EDGE: Final = 40  # letters, about eight words, before and after a passage


class Slot(NamedTuple):
    """Words `a0` up to `a1` of the first text stand where the second has its words `b0` up to `b1`; half open.

    An `edge` lies before or after a passage, in the sentences that it begins and ends in.
    """

    a0: int
    a1: int
    b0: int
    b1: int
    edge: bool = False


def slots(passage: Aligned, a: Body, b: Body) -> Iterator[Slot]:
    """The slots of a passage in order, in whole words; neighbours that touch are one."""
    pending: Slot | None = None
    for (a0, a1), (b0, b1) in passage.gaps():
        a0, b0 = _back(a0, b0, a, b)
        a1, b1 = _on(a1, b1, a, b)
        slot = Slot(a.word_from(a0), a.word_from(a1), b.word_from(b0), b.word_from(b1))
        if pending is None:
            pending = slot
        elif slot.a0 < pending.a1 or slot.b0 < pending.b1:
            pending = Slot(pending.a0, max(slot.a1, pending.a1), pending.b0, max(slot.b1, pending.b1))
        else:
            yield pending
            pending = slot
    if pending is not None:
        yield pending


def edges(passage: Aligned, a: Body, b: Body) -> Iterator[Slot]:
    """What stands in the same sentence right before a passage and right after it, in both texts."""
    (a0, a1), (b0, b1) = inside(a, *passage.a), inside(b, *passage.b)
    yield Slot(_reach_back(a, a0), a0, _reach_back(b, b0), b0, edge=True)
    yield Slot(a1, _reach_on(a, a1), b1, _reach_on(b, b1), edge=True)


def inside(text: Body, first: int, end: int) -> tuple[int, int]:
    """The words that lie whole within the letters `first` up to `end`, half open."""
    begin = text.word_from(first)
    last = text.word_at(end - 1)
    return begin, max(begin, last + (text.lasts[last] < end))


def _reach_back(text: Body, word: int) -> int:
    if not word:
        return 0
    limit = text.lasts[word - 1] - EDGE
    first = word
    while first and text.firsts[first - 1] >= limit and not text.ends_after(first - 1):
        first -= 1
    return first


def _reach_on(text: Body, word: int) -> int:
    count = len(text.words)
    if word >= count:
        return count
    limit = text.firsts[word] + EDGE
    end = word
    while end < count and text.lasts[end] <= limit and not text.ends_after(end - 1):
        end += 1
    return end


def _back(a: int, b: int, left: Body, right: Body) -> tuple[int, int]:
    """The nearest point before, or at, both letters where both texts begin a word, going back over equal letters."""
    for _ in range(4):
        step = max(_into(left, a), _into(right, b))
        if not step:
            break
        a, b = max(a - step, 0), max(b - step, 0)
    return a - _into(left, a), b - _into(right, b)


def _on(a: int, b: int, left: Body, right: Body) -> tuple[int, int]:
    """The nearest point after, or at, both letters where both texts begin a word or end."""
    for _ in range(4):
        step = max(_left(left, a), _left(right, b))
        if not step:
            break
        a, b = min(a + step, len(left)), min(b + step, len(right))
    return a + _left(left, a), b + _left(right, b)


def _into(text: Body, letter: int) -> int:
    """How many letters of its word stand before this letter."""
    return letter - text.firsts[text.word_at(letter)] if letter < len(text) else 0


def _left(text: Body, letter: int) -> int:
    """How many letters to the next word, none where this letter begins one."""
    if letter >= len(text) or not _into(text, letter):
        return 0
    return text.lasts[text.word_at(letter)] + 1 - letter
