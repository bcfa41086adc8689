"""Which words are names of places: a small network over the evidence for a word and its neighbours.

It stands on the encoder's name head and corrects what that head was not taught: places inside names of
organisations ("Aleppo University"), streets, abbreviations, names that the gazetteer knows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.gazetteer import Gazetteer
from sayso.read.encoder import Scores
from sayso.read.names import Name
from sayso.read.places import clues
from sayso.read.places.evidence import Floats, evidence, name_chances
from sayso.read.places.known import JOINING, looked_up
from sayso.read.places.products import product
from sayso.read.words import Words
from sayso.vocabulary import Span

REACH: Final = 2  # words to either side that the network sees
_NAMED: Final = 0.02  # chance of being part of a name from which on a word is looked at
_SURELY_NOT: Final = math.log(0.9)
_OVER_A_PERSON: Final = 0.8  # chance from which on a place may be part of a person's name
# Chances from which on the name head is believed where the tagger is not sure.
_AFTER_IN: Final = 0.02
_ELSEWHERE: Final = 0.3
_LONGEST_CALLED: Final = 3  # words of a name after "the village of"
_ARTICLES: Final = frozenset("al el an as ar ad ash at az ul ed er es et ez il".split())
OUTSIDE, BEGINS, CONTINUES = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Tagger:
    """One layer of rectified units over the evidence of 2 * REACH + 1 words, and a linear one over three tags."""

    first: Floats  # [window + 1, units], the last row is the bias
    second: Floats  # [units + 1, 3]

    def scores(self, rows: Floats) -> Floats:
        """Scores of the three tags for each row of evidence."""
        hidden = np.maximum(product(rows, self.first[:-1]) + self.first[-1], 0)
        out: Floats = product(hidden, self.second[:-1]) + self.second[-1]
        return out


@dataclass(frozen=True, slots=True)
class Observed:
    """The words that may be part of a place's name, and the evidence for them and their neighbours."""

    at: npt.NDArray[np.int64]
    rows: Floats


def observe(words: Words, scores: Sequence[Scores], sentences: Sequence[Span], gazetteer: Gazetteer) -> Observed:
    """Gather the evidence of a text."""
    names = name_chances(words, scores)
    named = np.exp(names[:, 0]) < 1 - _NAMED
    capital = np.asarray([words.text[start].isupper() for start in words.starts.tolist()], dtype=bool)
    shouted = words.text.isupper() or capital.mean() > 0.5 if len(words) else False
    likely = named if shouted else capital if capital.any() else named
    rows = evidence(words, scores, sentences, names, looked_up(words, likely, gazetteer))
    near = named | (capital & ~np.bool_(shouted))
    joining = np.asarray([not word.isalpha() or word in JOINING for word in words.lower], dtype=bool)
    at = np.nonzero(near | (joining & (np.roll(near, 1) | np.roll(near, -1))))[0]
    padded = np.pad(rows, ((REACH, REACH), (0, 0)))
    window = np.concatenate([padded[at + shift] for shift in range(2 * REACH + 1)], axis=1)
    return Observed(at, window)


def tag_chances(observed: Observed, tagger: Tagger) -> Floats:
    """For each observed word the log-probabilities of the three tags."""
    scores = tagger.scores(observed.rows)
    scores = scores - scores.max(axis=1, keepdims=True, initial=-1e9)
    out: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return out


def recognise(words: Words, observed: Observed, chances: Floats) -> list[tuple[range, float]]:
    """The places of a text as ranges of words, in order, each with the chance of its weakest word."""
    found: list[tuple[range, float]] = []
    breaks = np.nonzero(np.diff(observed.at) > 1)[0] + 1
    for stretch in np.split(np.arange(len(observed.at)), breaks):
        if not len(stretch) or (chances[stretch, OUTSIDE] > _SURELY_NOT).all():
            continue
        tags = _best(chances[stretch])
        begun = None
        for i, tag in enumerate([*tags, OUTSIDE]):
            if begun is not None and tag != CONTINUES:
                chance = float(np.exp(chances[stretch[begun:i], tags[begun:i]]).min())
                found.append((range(int(observed.at[stretch[begun]]), int(observed.at[stretch[i - 1]]) + 1), chance))
                begun = None
            if tag == BEGINS:
                begun = i
    return [item for item in found if any(c.isalpha() for c in words.span(item[0][0], item[0][-1]).of(words.text))]


def reconciled(
    words: Words, recognised: Sequence[tuple[range, float]], found: Sequence[Name], observed: Observed, chances: Floats
) -> list[range]:
    """What was recognised, without towns that are parts of people's names, with the head's places that are likely.

    The tagger trusts the gazetteer, and so doubts a village that is in none; the name head does not. Names are made
    whole where an Arabic article joins their parts.
    """
    people = [words.within(name.span) for name in found if name.kind == "PER"]
    person = {i for inside in people if len(inside) > 1 for i in inside}
    kept = [m for m, chance in recognised if chance >= _OVER_A_PERSON or not all(i in person for i in m)]
    taken = {i for mention in kept for i in mention}
    place = np.zeros(len(words))
    place[observed.at] = 1 - np.exp(chances[:, OUTSIDE])
    for name in found:
        inside = words.within(name.span)
        if name.kind != "LOC" or not inside or any(i in taken for i in inside):
            continue
        before = words.lower[inside[0] - 1] if inside[0] else ""
        if place[inside.start : inside.stop].min() >= (_AFTER_IN if before in clues.words("inside") else _ELSEWHERE):
            kept.append(inside)
            taken |= set(inside)
    kept += [mention for mention in _called(words) if not any(i in taken for i in mention)]
    kept = _rejoined(words, sorted(kept, key=lambda mention: mention.start))
    named = [m for m in kept if any(words.lower[i] not in clues.words("compass") for i in m)]  # not "downtown" alone
    return _apart([_whole(words, mention) for mention in named])


def _rejoined(words: Words, mentions: Sequence[range]) -> list[range]:
    """The mentions in order, with what was cut asunder put together: "San Luis | de | la Reina", "El | Salvador"."""
    out: list[range] = []
    for found in mentions:
        mention = found
        if out and 0 <= mention.start - out[-1].stop <= 2:
            gap = words.lower[out[-1].stop : mention.start]
            if gap and gap[0] in clues.words("of_in_names") and gap[-1] in clues.words("in_names"):
                mention = range(out.pop().start, mention.stop)
            elif not gap and words.lower[out[-1][-1]] in clues.words("opening"):
                before = out.pop()
                mention = range(before[-1], mention.stop)
                if any(words.lower[i] not in clues.words("compass") for i in before[:-1]):
                    out.append(before[:-1])
        out.append(mention)
    for number, mention in enumerate(out):
        following = out[number + 1].start if number + 1 < len(out) else len(words)
        unfinished = words.lower[mention[-1]] in clues.words("opening") and mention.stop < following
        if unfinished and words.raw(mention.stop)[0].isupper():
            out[number] = range(mention.start, mention.stop + 1)
    return out


def _called(words: Words) -> list[range]:
    """What the text itself calls a place: "the village of Zembulin"."""
    if words.text.isupper():
        return []
    out = []
    for of in range(1, len(words) - 1):
        if words.lower[of] != "of" or words.lower[of - 1] not in clues.words("called"):
            continue
        stop = of + 1
        while stop < min(len(words), of + 1 + _LONGEST_CALLED) and _is_capitalised(words, stop):
            stop += 1
        if stop > of + 1:
            out.append(range(of + 1, stop))
    return out


def _is_capitalised(words: Words, index: int) -> bool:
    return words.raw(index)[0].isupper() and not words.after_break[index]


def _whole(words: Words, mention: range) -> range:
    """A name with the parts that an Arabic article joins to it: "Maarat al-Numan", "al-Bab"."""
    first, stop = mention.start, mention.stop
    while stop + 2 < len(words) and _joins(words, stop):
        stop += 3
    if first > 1 and _joins(words, first - 2) and not words.after_break[first]:
        first -= 2
    return range(first, stop)


def _joins(words: Words, article: int) -> bool:
    """Whether word `article` is an article that a hyphen joins to a capitalised word."""
    if words.lower[article] not in _ARTICLES or words.lower[article + 1] != "-" or words.after_break[article]:
        return False
    glued = words.ends[article] == words.starts[article + 1] and words.ends[article + 1] == words.starts[article + 2]
    return bool(glued) and words.raw(article + 2)[0].isupper()


def _apart(mentions: Sequence[range]) -> list[range]:
    """Mentions in order without those that begin inside the one before."""
    out: list[range] = []
    for mention in mentions:
        if not out or mention.start >= out[-1].stop:
            out.append(mention)
    return out


def _best(scores: Floats) -> list[int]:
    """The best tags under the rule that a name is begun before it goes on (Viterbi)."""
    best = [float(scores[0, OUTSIDE]), float(scores[0, BEGINS]), -1e9]
    back: list[tuple[int, int, int]] = []
    for outside, begins, continues in scores[1:].tolist():
        before = max(range(3), key=best.__getitem__)
        inside = BEGINS if best[BEGINS] >= best[CONTINUES] else CONTINUES
        back.append((before, before, inside))
        best = [best[before] + outside, best[before] + begins, best[inside] + continues]
    tags = [max(range(3), key=best.__getitem__)]
    for step in reversed(back):
        tags.append(step[tags[-1]])
    return tags[::-1]
