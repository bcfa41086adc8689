"""How far reviewers agree beyond chance: Krippendorff's alpha for nominal data, with a bootstrap interval.

Krippendorff, Content Analysis (2004), ch. 11: alpha is 1 - Do/De, the disagreement observed among the values of each
unit over the one expected if all values were dealt out anew. Units with one value pair with nothing. The interval is
that of percentiles over units drawn anew with replacement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.review.decisions import Decision
from sayso.review.items import Kind
from sayso.review.standing import about, latest, live, outcome

Floats = npt.NDArray[np.float64]

DRAWS: Final = 1_000
_CELLS: Final = 2_000_000  # of an array of draws held at once
_COVERED: Final = 0.95


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree on items of a kind: on how many that two or more decided, with how many decisions.

    `alpha` is None where nobody differs in anything, or there is nothing to compare: then it is not defined. `low` and
    `high` bound 95 % of the draws that have one. `agreed` is the share of items on which all say the same.
    """

    kind: Kind
    items: int
    decisions: int
    reviewers: tuple[str, ...]
    agreed: float | None
    alpha: float | None
    low: float | None = None
    high: float | None = None
    verdicts: tuple[tuple[str, int], ...] = ()


def agreement(
    decisions: Iterable[Decision], only: Collection[str] | None = None, seed: int = 0
) -> tuple[Agreement, ...]:
    """The agreement on each kind of item, from decisions in any order; `only` are the ids of the items of a sample.

    Of each reviewer what they last decided counts, but for what was decided in view of others' decisions. Two who
    correct agree where they correct to the same.
    """
    by_kind: dict[Kind, dict[Hashable, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    alone = [it for it in live(decisions) if not it.settles]
    for it in latest(alone, about):
        if only is None or any(item.id in only for item in it.items):
            for key in about(it):
                by_kind[it.kind][key].append(it)
    return tuple(_agreement(kind, [*by_kind[kind].values()], seed) for kind in Kind if by_kind[kind])


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha of the nominal values of units; None where it is not defined."""
    observed, counts = _table([unit for unit in units if len(unit) > 1])
    return _alpha(float(observed.sum()), counts.sum(axis=0))


def interval(units: Sequence[Sequence[Hashable]], seed: int = 0, draws: int = DRAWS) -> tuple[float, float] | None:
    """The bounds of 95 % of the alphas of units drawn anew; None where no draw has one."""
    paired = [unit for unit in units if len(unit) > 1]
    if not paired:
        return None
    observed, counts = _table(paired)
    random = np.random.default_rng(seed)
    found: list[float] = []
    while draws > 0:
        now = min(draws, max(1, _CELLS // len(paired)))
        drawn = random.multinomial(len(paired), np.full(len(paired), 1 / len(paired)), size=now)
        values = [_alpha(float(o), n) for o, n in zip(drawn @ observed, drawn @ counts, strict=True)]
        found += [value for value in values if value is not None]
        draws -= now
    if not found:
        return None
    low, high = np.quantile(found, [(1 - _COVERED) / 2, (1 + _COVERED) / 2])
    return round(float(low), 4), round(float(high), 4)


def _agreement(kind: Kind, decided: Sequence[Sequence[Decision]], seed: int) -> Agreement:
    shared = [found for found in decided if len(found) > 1]
    units = [labels(found) for found in shared]
    found = alpha(units)
    low, high = interval(units, seed) or (None, None)
    every = [it for each in shared for it in each]
    verdicts = Counter(it.verdict.value for it in every)
    return Agreement(
        kind, len(shared), len(every), tuple(sorted({it.who for it in every})),
        round(sum(len(set(unit)) == 1 for unit in units) / len(units), 4) if units else None,
        None if found is None else round(found, 4), low, high, tuple(sorted(verdicts.items())),
    )  # fmt: skip


def labels(found: Sequence[Decision]) -> list[str]:
    """What each decision on one item counts as: its verdict, told apart where two correct to different things."""
    known: dict[Hashable, str] = {}
    for it in found:
        alike = sum(label.startswith(it.verdict.value) for label in known.values())
        known.setdefault(outcome(it), f"{it.verdict.value} {alike}" if alike else it.verdict.value)
    return [known[outcome(it)] for it in found]


def _table(units: Sequence[Sequence[Hashable]]) -> tuple[Floats, Floats]:
    """Of each unit its pairs of differing values, [units], and how often it has each value, [units, values]."""
    values = {value: n for n, value in enumerate(dict.fromkeys(value for unit in units for value in unit))}
    counts = np.zeros((len(units), len(values)))
    for row, unit in enumerate(units):
        for value in unit:
            counts[row, values[value]] += 1
    sizes = counts.sum(axis=1)
    differing = (counts * (sizes[:, None] - counts)).sum(axis=1) / np.maximum(sizes - 1, 1)
    return differing, counts


def _alpha(observed: float, counts: Floats) -> float | None:
    total = float(counts.sum())
    expected = total * total - float((counts * counts).sum())
    return None if expected <= 0 else 1 - (total - 1) * observed / expected
