"""Decode the heads for attacks: who did it, to what and whom, with what, in the roles of MUC-4.

A filler comes with the kinds of attack it may belong to, how surely a perpetrator is one, what became of a target or
victim, and a vector by which two fillers are judged to belong to one incident.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.read.encoder import AttackScores, Scores
from sayso.read.names import NAME_KINDS, best_tags, chunks
from sayso.read.windows import Window
from sayso.read.words import Words
from sayso.vocabulary import Span, Standing

Floats = npt.NDArray[np.float32]


class FillerRole(StrEnum):
    """What a filler is in its incident, in the order of the encoder's tags."""

    PERPETRATOR = "perpetrator"
    ORGANISATION = "organisation"
    TARGET = "target"
    VICTIM = "victim"
    WEAPON = "weapon"


PEOPLE: Final = frozenset({FillerRole.PERPETRATOR, FillerRole.ORGANISATION, FillerRole.VICTIM})


class Attack(StrEnum):
    """The kinds of incident of MUC-4, in the order of the encoder's scores."""

    ATTACK = "attack"
    BOMBING = "bombing"
    KIDNAPPING = "kidnapping"
    ARSON = "arson"
    ROBBERY = "robbery"
    WORK_STOPPAGE = "forced work stoppage"


class Effect(StrEnum):
    """What became of a target or victim, in the order of the encoder's scores."""

    DEATH = "death"
    INJURY = "injury"
    UNHARMED = "unharmed"
    FREED = "freed"
    DAMAGED = "damaged"
    DESTROYED = "destroyed"
    UNDAMAGED = "undamaged"


STANDINGS: Final = (
    Standing.FACT, Standing.ACCUSED, Standing.ACCUSED_BY_AUTHORITIES, Standing.CLAIMED, Standing.POSSIBLE,
)  # fmt: skip
_ROLES: Final = tuple(FillerRole)
_EDGES: Final = frozenset("the a an and or of by with for in to at on from who which was were is are had has".split())
_LOOSE: Final = frozenset({FillerRole.PERPETRATOR, FillerRole.VICTIM, FillerRole.WEAPON})
# Most words have no role, and the heads lean that way by about this much.
_AGAINST_NONE: Final = 1.5


@dataclass(frozen=True, slots=True)
class Filler:
    """A phrase in a role. `score` is the probability of the role, `kinds` one for each Attack; vectors for pairing."""

    span: Span
    role: FillerRole
    score: float
    kinds: tuple[float, ...]
    standing: Standing
    effect: Effect
    query: Floats
    key: Floats


def fillers(words: Words, scores: Sequence[Scores]) -> list[Filler]:
    """The fillers of a text in reading order; a person's name begins one."""
    return [filler for each in scores if each.attacks for filler in _fillers(words, each.window, each.attacks)]


def _fillers(words: Words, window: Window, scores: AttackScores) -> Iterator[Filler]:
    lo = int(np.searchsorted(words.first, window.start, "left"))
    hi = int(np.searchsorted(words.first, window.end, "left"))
    own = int(np.searchsorted(words.first, window.own, "left"))
    at = words.first[lo:hi] - window.start
    named = chunks(best_tags(scores.people[at], len(NAME_KINDS)))
    begins = frozenset(first + lo for first, _, kind in named if NAME_KINDS[kind] == "PER")
    tags = scores.fillers[at].copy()
    tags[:, 0] -= _AGAINST_NONE
    chance = np.exp(tags - tags.max(1, keepdims=True))
    chance /= chance.sum(1, keepdims=True)
    found = [(first + lo, last + lo, role) for first, last, role in chunks(best_tags(tags, len(_ROLES)))]
    for first, last, role in _whole(found, begins):
        trimmed = _trimmed(words, first, last)
        if first < own or trimmed is None:
            continue
        inside = slice(trimmed[0] - lo, trimmed[1] - lo + 1)
        here = at[inside]
        yield Filler(
            words.span(*trimmed),
            _ROLES[role],
            float(chance[inside][:, [2 * role + 1, 2 * role + 2]].sum(1).mean()),
            tuple(float(x) for x in (1 / (1 + np.exp(-scores.kinds[here].mean(0))))),
            STANDINGS[int(scores.standing[here].mean(0).argmax())],
            tuple(Effect)[int(scores.effect[here].mean(0).argmax())],
            scores.together_query[here[0]],
            scores.together_key[here[0]],
        )


def _whole(found: Sequence[tuple[int, int, int]], begins: Collection[int]) -> list[tuple[int, int, int]]:
    """Chunks that the tags broke up; a person's name begins a chunk, and so may a building's or organisation's."""
    out: list[tuple[int, int, int]] = []
    for first, last, role in found:
        broken = bool(out) and out[-1][1] + 1 == first and out[-1][2] == role
        if broken and _ROLES[role] in _LOOSE and first not in begins:
            out[-1] = (out[-1][0], last, role)
        else:
            out.append((first, last, role))
    return out


def _trimmed(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """A chunk without the marks and function words at its edges; None where nothing else is in it."""
    while last >= first and _is_edge(words.lower[last]):
        last -= 1
    while first <= last and _is_edge(words.lower[first]):
        first += 1
    return (first, last) if first <= last else None


def _is_edge(word: str) -> bool:
    """Whether a word at the edge of a filler is none of its own."""
    return word in _EDGES or not word[0].isalnum()


def together(one: Filler, other: Filler) -> float:
    """The probability that two fillers belong to one incident; `one` stands first."""
    return float(1 / (1 + np.exp(-(one.query @ other.key) / 8.0)))
