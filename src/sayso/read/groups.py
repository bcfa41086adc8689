"""Names of movements that begin with the Arabic, Persian or Urdu word for what they are: "Jaysh al-Bahr", "Hezb-e-Kar".

The name head takes many of them for places, and cuts them at their articles. They are told by their first word, as
"Coast Front" is by its last.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sayso.read.words import Words
from sayso.vocabulary import Span

# Front, body, army, movement, party, brigade, battalion, partisans, soldiers, corps, the free, companies, troops, call.
_HEADS: Final = frozenset(
    "jabhat jabha hayat hay'at hay’at jaysh jaish harakat haraka harkat hizb hezb liwa katibat kataib kata'ib kata’ib "
    "ansar jund junud faylaq failaq ahrar saraya lashkar sipah jamaat jama'at jama’at tehrik tehreek".split()
)
_GIVEN: Final = frozenset("hayat ansar".split())  # of people too
_ARTICLES: Final = frozenset("al el an as ar ad ash at az ul ut us ur ud un uz e i".split())
_MOST: Final = 4  # parts of a name after its first word


def groups(words: Words, named: Collection[Span], people: Collection[Span]) -> list[Span]:
    """The names of movements in a text; `named` is what the head takes for names, `people` for those of people."""
    of_names = {i for span in named for i in words.within(span)}
    of_people = {i for span in people for i in words.within(span)}
    out: list[Span] = []
    free = 0
    for first in range(len(words)):
        if first < free or words.lower[first] not in _HEADS or not words.raw(first)[0].isupper():
            continue
        if words.lower[first] in _GIVEN and first in of_people:
            continue
        last = _end(words, first, of_names)
        if last > first:
            out.append(words.span(first, last))
            free = last + 1
    return out


def _end(words: Words, first: int, of_names: Collection[int]) -> int:
    """The last word of a name that begins at `first`: with what articles join to it, and what the head gives it."""
    last = first
    for _ in range(_MOST):
        step = _joined(words, last + 1)
        if step:
            last += step
        elif last + 1 in of_names and words.raw(last + 1)[0].isupper() and not words.after_break[last + 1]:
            last += 1
        else:
            break
    return last


def _joined(words: Words, at: int) -> int:
    """How many words an article at `at` takes with what it joins: 3 for "al-Bahr", 4 for "-e-Kar", 0 without one."""
    if at + 2 < len(words) and words.lower[at] in _ARTICLES and words.lower[at + 1] == "-" and _begins(words, at + 2):
        return 3
    hyphens = at + 3 < len(words) and words.lower[at] == words.lower[at + 2] == "-"
    return 4 if hyphens and words.lower[at + 1] in _ARTICLES and _begins(words, at + 3) else 0


def _begins(words: Words, index: int) -> bool:
    return words.raw(index)[0].isupper() and not words.after_break[index]
