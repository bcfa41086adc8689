"""What of a text's figures and names another text keeps where it shares a passage, and what it puts in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

import numpy as np

from sayso.trace.copies.alignment import Aligned
from sayso.trace.copies.body import Body, Flags
from sayso.trace.copies.slots import Slot, edges, inside, slots

_ALIKE: Final = 0.6  # share of letters from which two words are one word, damaged
_LONGEST: Final = 24  # letters compared


@dataclass(frozen=True, slots=True)
class Facts:
    """Of the first text's figures, or names: how many the second keeps, has others for, and lacks."""

    kept: int = 0
    changed: int = 0
    absent: int = 0

    @property
    def share(self) -> float:
        """The share kept, with one more kept than there are, so that a single one decides little."""
        return (self.kept + 1) / (self.kept + self.changed + self.absent + 1)


def figures_and_names(passages: Sequence[Aligned], a: Body, b: Body) -> tuple[Facts, Facts]:
    """What becomes of the first text's figures and of its names in the second."""
    state = np.zeros(len(a.words), dtype=np.int8)  # 0 absent, 1 kept, 2 changed
    its = np.zeros(len(b.words), dtype=np.bool_)
    for passage in passages:
        state[slice(*inside(a, *passage.a))] = 1
        its[slice(*inside(b, *passage.b))] = True
    for passage in passages:
        for slot in (*slots(passage, a, b), *edges(passage, a, b)):
            for word in range(slot.a0, slot.a1):
                if not slot.edge or not state[word]:
                    state[word] = _state(word, slot, a, b, its)
    return tuple(  # type: ignore[return-value]
        Facts(*(int(np.count_nonzero(state[which] == value)) for value in (1, 2, 0))) for which in (a.figures, a.names)
    )


def _state(word: int, slot: Slot, a: Body, b: Body, shared: Flags) -> int:
    other = [i for i in range(slot.b0, slot.b1) if not (slot.edge and shared[i])]
    if any(a.words[word] == b.words[i] for i in other):
        return 1
    if a.figures[word]:
        return 2 if any(b.figures[i] for i in other) else 0
    if not a.names[word]:
        return 0
    written = a.word(word)
    if any(alike(written, b.word(i)) for i in other):
        return 1
    return 2 if any(b.names[i] for i in other) else 0


def alike(one: str, other: str) -> bool:
    """Whether two words may be one word, damaged or misspelt."""
    one, other = one[:_LONGEST].lower(), other[:_LONGEST].lower()
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
