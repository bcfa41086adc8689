"""Proper names of people, organisations and places, and demonyms, from the encoder's name head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.read import lexicon
from sayso.read.encoder import Floats, Scores, shipped
from sayso.read.groups import groups
from sayso.read.pieces import split
from sayso.read.sentences import sentences
from sayso.read.windows import Window, windows
from sayso.read.words import Words, join
from sayso.vocabulary import Span

NAME_KINDS: Final = ("PER", "ORG", "LOC", "NAT")
PHRASE_KINDS: Final = ("person", "organization", "place")
_NEVER_NAMES: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december mr mrs ms dr gen maj col lt sgt capt deputy former "
    "he him his she her hers it its they them their we us our i me my you your who which that this these "
    "those the a an and or of but in on at".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name. `kind` is PER, ORG, LOC or NAT (a demonym); for phrases person, organization or place."""

    span: Span
    kind: str


def names_in(text: str) -> list[Name]:
    """The flat proper names and demonyms of a text, in order."""
    pieces = split(text)
    encoder = shipped()
    scores = encoder.run_all(pieces, windows(pieces, sentences(text)))
    return names(join(text, pieces), scores)


def names(words: Words, scores: Sequence[Scores]) -> list[Name]:
    """Decode the name head. In a text with capitals a name has one, in a word that is no pronoun or article."""
    found = _decode(words, [(s.window, s.names) for s in scores], NAME_KINDS)
    if words.text.isupper():
        found = _with_people(found, words, scores)
    found = _with_groups(found, words)
    if words.text.islower():
        return found
    return [name for name in found if any(_capital(words, i) for i in words.within(name.span))]


def spoken(words: Words, sources: Sequence[Span], found: Sequence[Name]) -> list[Name]:
    """The names and the sources that are names by their look: capitals in mid-sentence, no office, no other name."""
    out = list(found)
    for source in sources:
        inside = list(words.within(source))
        taken = any(n.span.start < source.end and source.start < n.span.end for n in found)
        if taken or not 1 <= len(inside) <= 3 or not all(_given_name(words, i) for i in inside):
            continue
        before = words.lower[inside[0] - 1] if inside[0] else "."
        if before not in {".", "!", "?", "“", '"', "”", ":", "‘"} and not words.after_break[inside[0]]:
            out.append(Name(source, "PER"))
    return sorted(out, key=lambda name: name.span)


def repeated(words: Words, found: Sequence[Name]) -> list[Name]:
    """The names and the other places where the last word of a person's name stands in capitals without a mark.

    A person named once is named everywhere: the head may miss "Head of the Council N. N." and find "N." later.
    """
    inside = {i for name in found for i in words.within(name.span)}
    people = {words.raw(last) for n in found if n.kind == "PER" if (last := words.within(n.span)[-1]) >= 0}
    people = {word for word in people if len(word) > 3 and word[0].isupper() and not word.isupper()}
    out = list(found)
    for i in range(len(words)):
        if i in inside or words.raw(i) not in people:
            continue
        first = i
        while first and first - 1 not in inside and i - first < 2 and _given_name(words, first - 1):
            first -= 1
        out.append(Name(words.span(first, i), "PER"))
    return sorted(out, key=lambda name: name.span)


def _given_name(words: Words, index: int) -> bool:
    word = words.raw(index)
    plain = word[0].isupper() and word.isalpha() and words.lower[index] not in _NEVER_NAMES
    return plain and words.lower[index] not in lexicon.roles() and not words.after_break[min(index + 1, len(words) - 1)]


def _capital(words: Words, index: int) -> bool:
    word = words.lower[index]
    return words.raw(index)[0].isupper() and word not in _NEVER_NAMES and word not in lexicon.roles()


def phrases(words: Words, scores: Sequence[Scores]) -> list[Name]:
    """Decode the noun phrase head: base noun phrases for people, organisations and places."""
    return _decode(words, [(s.window, s.phrases) for s in scores], PHRASE_KINDS)


def _with_people(found: Sequence[Name], words: Words, scores: Sequence[Scores]) -> list[Name]:
    """Names in capitals, the people by the head beside those for attacks, which has learned on such texts."""
    heads = [(s.window, s.attacks.people) for s in scores if s.attacks is not None]
    people = [name for name in _decode(words, heads, NAME_KINDS) if name.kind == "PER"]
    kept = [n for n in found if not any(p.span.start < n.span.end and n.span.start < p.span.end for p in people)]
    return sorted([*kept, *people], key=lambda name: name.span)


def _with_groups(found: Sequence[Name], words: Words) -> list[Name]:
    """The names, with those of movements whole and as what they are."""
    told = groups(words, [n.span for n in found], [n.span for n in found if n.kind == "PER"])
    kept = [n for n in found if not any(n.span.start < it.end and it.start < n.span.end for it in told)]
    return sorted([*kept, *(Name(span, "ORG") for span in told)], key=lambda name: name.span)


def _decode(words: Words, scores: Sequence[tuple[Window, Floats]], kinds: Sequence[str]) -> list[Name]:
    """Best tags under the rule that an inside tag continues its own kind (Viterbi)."""
    found: list[Name] = []
    for window, head in scores:
        lo = int(np.searchsorted(words.first, window.start, "left"))
        hi = int(np.searchsorted(words.first, window.end, "left"))
        own = int(np.searchsorted(words.first, window.own, "left"))
        tags = best_tags(head[words.first[lo:hi] - window.start], len(kinds))
        found += [Name(words.span(a + lo, b + lo), kinds[k]) for a, b, k in chunks(tags) if a + lo >= own]
    return found


def best_tags(scores: npt.NDArray[np.float32], kinds: int) -> list[int]:
    """Tags 0 (outside), 2k+1 (begins kind k), 2k+2 (inside kind k)."""
    simple = scores.argmax(1)
    before = np.concatenate([[0], simple[:-1]])
    inside = (simple > 0) & (simple % 2 == 0)
    if not (inside & (before != simple) & (before != simple - 1)).any():
        return [int(tag) for tag in simple]  # the best tag of each word already makes a path
    allowed = np.full((2 * kinds + 1, 2 * kinds + 1), 0.0, dtype=np.float32)
    for kind in range(kinds):
        inside = 2 * kind + 2
        allowed[:, inside] = -1e4
        allowed[[inside - 1, inside], inside] = 0.0
    best = scores[0].copy()
    best[2::2] -= 1e4
    back = np.empty((len(scores), 2 * kinds + 1), dtype=np.int64)
    for i in range(1, len(scores)):
        paths = best[:, None] + allowed
        back[i] = paths.argmax(0)
        best = paths.max(0) + scores[i]
    tags = [int(best.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        tags.append(int(back[i, tags[-1]]))
    return tags[::-1]


def chunks(tags: Sequence[int]) -> list[tuple[int, int, int]]:
    """(first, last, kind) of each tagged run."""
    out: list[tuple[int, int, int]] = []
    for i, tag in enumerate(tags):
        if tag % 2:
            out.append((i, i, tag // 2))
        elif tag and out:
            out[-1] = (out[-1][0], i, out[-1][2])
    return out
