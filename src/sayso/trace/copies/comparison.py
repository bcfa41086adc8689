"""How much of one text another has: the passages they share, and what of its facts the shorter one keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sayso.trace.copies.alignment import Aligned, align, turned
from sayso.trace.copies.body import Body
from sayso.trace.copies.facts import Facts, figures_and_names

TELLING: Final = 0.5  # of the contained text: where less is shared, nobody asks for its facts
_INDIFFERENT: Final = 1  # letters: an empty text shares nothing, and is divided by this


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts compared. Shares are of letters, 0 to 1; the *contained* text is the one with the greater share.

    `figures` and `names` are the contained text's, and what the other makes of them; none where little is shared.
    `closeness` is the number of equal letters, of all that either has. `lead` is the share of the containing text that
    stands before what the two have in common, `stretch` the share that lies from its first shared letter to its last.
    """

    passages: tuple[Aligned, ...]
    share_a: float
    share_b: float
    closeness: float
    figures: Facts
    names: Facts
    lead: float
    stretch: float

    @property
    def contained(self) -> float:
        """The share of the contained text that the other has."""
        return max(self.share_a, self.share_b)

    @property
    def containing(self) -> float:
        """The share of the containing text that the other has."""
        return min(self.share_a, self.share_b)


def compare(a: Body, b: Body) -> Comparison:
    """Compare two texts. Compared the other way round they come out the same, with `a` and `b` exchanged."""
    passages = align(a.seeds, b.seeds)
    covered = [passage.covered() for passage in passages]
    share_a = min(1.0, sum(each[0] for each in covered) / max(len(a), _INDIFFERENT))
    share_b = min(1.0, sum(each[1] for each in covered) / max(len(b), _INDIFFERENT))
    flipped = tuple(map(turned, passages))
    swapped = (share_a, len(b)) < (share_b, len(a))
    taken, size = (passages, len(a)) if swapped else (flipped, len(b))
    figures, names = Facts(), Facts()
    if max(share_a, share_b) >= TELLING:
        figures, names = figures_and_names(flipped, b, a) if swapped else figures_and_names(passages, a, b)
    first = min((passage.a[0] for passage in taken), default=0)
    last = max((passage.a[1] for passage in taken), default=0)
    size = max(size, _INDIFFERENT)
    equal = sum(passage.equal for passage in passages)
    closeness = equal / max(len(a) + len(b) - equal, _INDIFFERENT)
    return Comparison(passages, share_a, share_b, closeness, figures, names, first / size, (last - first) / size)
