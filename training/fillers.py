"""Decode the heads for templates: who did it, to what and whom, with what, in the roles of MUC-4.

A filler comes with the kinds of attack it may belong to, how surely a perpetrator is one, what became of a target or
victim, and a vector by which two fillers are judged to belong to one incident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.read.names import best_tags, chunks
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
# Most words have no role, and the heads lean that way by about this much.
_AGAINST_NONE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Heads:
    """What the heads for templates say of one window: arrays with one row per piece of the window."""

    window: Window
    fillers: Floats  # [pieces, 11]: begin / inside of each role
    kinds: Floats  # [pieces, 6]: log-odds of each Attack
    standing: Floats  # [pieces, 5]
    effect: Floats  # [pieces, 7]
    together_query: Floats  # [pieces, width]
    together_key: Floats  # [pieces, width]


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


def fillers(words: Words, scores: Sequence[Heads]) -> list[Filler]:
    """The fillers of a text in reading order."""
    out: list[Filler] = []
    for each in scores:
        window = each.window
        lo = int(np.searchsorted(words.first, window.start, "left"))
        hi = int(np.searchsorted(words.first, window.end, "left"))
        own = int(np.searchsorted(words.first, window.own, "left"))
        at = words.first[lo:hi] - window.start
        tags = each.fillers[at]
        tags[:, 0] -= _AGAINST_NONE
        chance = np.exp(tags - tags.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        for first, last, role in chunks(best_tags(tags, len(_ROLES))):
            if first + lo < own:
                continue
            inside = slice(first, last + 1)
            sure = chance[inside][:, [2 * role + 1, 2 * role + 2]].sum(1)
            here = at[inside]
            out.append(
                Filler(
                    words.span(first + lo, last + lo),
                    _ROLES[role],
                    float(sure.mean()),
                    tuple(float(x) for x in (1 / (1 + np.exp(-each.kinds[here].mean(0))))),
                    STANDINGS[int(each.standing[here].mean(0).argmax())],
                    tuple(Effect)[int(each.effect[here].mean(0).argmax())],
                    each.together_query[here[0]],
                    each.together_key[here[0]],
                )
            )
    return out


def together(one: Filler, other: Filler) -> float:
    """The probability that two fillers belong to one incident; `one` stands first."""
    return float(1 / (1 + np.exp(-(one.query @ other.key) / 8.0)))
