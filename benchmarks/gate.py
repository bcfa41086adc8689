"""The floors: which figures are pinned at what, how a measurement is judged, and when a floor may move.

Pure values and functions; `floors` is the command. A floor belongs to a corpus fingerprint: figures of two
corpora are not comparable, so a changed corpus is an error and never a pass.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

SCHEMA: Final = "sayso/floors/1"


class FloorsUnreadable(Exception):
    """The floors file is not one."""


class CorpusChanged(Exception):
    """A benchmark was measured on another corpus than its floors were pinned on. `benchmark` says which."""

    def __init__(self, benchmark: str, pinned: str, measured: str) -> None:
        super().__init__(
            f"{benchmark}: the floors were pinned on corpus {pinned}, this is {measured}; figures cannot be "
            f"compared. Use the pinned corpus, or pin anew with --allow-new-corpus {benchmark}"
        )
        self.benchmark = benchmark


class WouldLower(Exception):
    """Pinning would lower floors that were not named. `names` are the figures."""

    def __init__(self, names: Collection[str]) -> None:
        listed = " ".join(sorted(names))
        super().__init__(f"nothing pinned: these fell beyond their noise: {listed}. To lower: --allow-lower {listed}")
        self.names = tuple(sorted(names))


@dataclass(frozen=True, slots=True)
class Floor:
    """A pinned figure and how far under it a measurement may fall, in the figure's own points."""

    floor: float
    noise: float


@dataclass(frozen=True, slots=True)
class Pinned:
    """A benchmark's floors by figure, with the corpus they were measured on."""

    corpus: str
    figures: Mapping[str, Floor]


@dataclass(frozen=True, slots=True)
class Measured:
    """A benchmark's figures as measured now, and the corpus."""

    corpus: str
    figures: Mapping[str, float]


class Verdict(StrEnum):
    """How a figure stands to its floor."""

    HELD = "held"
    ROSE = "rose"
    DROPPED = "dropped"
    MISSING = "not measured"
    UNPINNED = "not pinned"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A figure's verdict; `floor` or `value` is None where there is none."""

    name: str
    verdict: Verdict
    floor: Floor | None
    value: float | None

    @property
    def fails(self) -> bool:
        """Whether the gate fails on it."""
        return self.verdict in (Verdict.DROPPED, Verdict.MISSING)


def judge(pinned: Mapping[str, Pinned], measured: Mapping[str, Measured]) -> list[Judgement]:
    """Every pinned or measured figure, "benchmark.figure", with its verdict. Raises CorpusChanged."""
    found: list[Judgement] = []
    for benchmark in sorted(pinned.keys() | measured.keys()):
        floors = pinned[benchmark].figures if benchmark in pinned else {}
        values = measured[benchmark].figures if benchmark in measured else {}
        if benchmark in pinned and benchmark in measured:
            _same_corpus(benchmark, pinned[benchmark], measured[benchmark])
        for figure in sorted(floors.keys() | values.keys()):
            floor, value = floors.get(figure), values.get(figure)
            found.append(Judgement(f"{benchmark}.{figure}", _verdict(floor, value), floor, value))
    return found


def repin(
    pinned: Mapping[str, Pinned],
    measured: Mapping[str, Measured],
    noise: Mapping[str, float],
    *,
    allow_lower: Collection[str] = (),
    allow_new_corpus: Collection[str] = (),
) -> dict[str, Pinned]:
    """The floors after this measurement: risen ones raised, named ones lowered, the others as they were.

    A figure that fell within its noise keeps its floor. Raises WouldLower if one fell further and is not
    named, CorpusChanged if a corpus changed and its benchmark is not named. `noise` is by "benchmark.figure".
    """
    after = dict(pinned)
    refused: list[str] = []
    for benchmark, now in measured.items():
        before = pinned.get(benchmark)
        if before and before.corpus != now.corpus:
            if benchmark not in allow_new_corpus:
                raise CorpusChanged(benchmark, before.corpus, now.corpus)
            before = None
        floors = dict(before.figures) if before else {}
        for figure, value in now.figures.items():
            name, old = f"{benchmark}.{figure}", floors.get(figure)
            if old and value < old.floor and name not in allow_lower:
                if _verdict(old, value) is Verdict.DROPPED:
                    refused.append(name)
                value = old.floor
            floors[figure] = Floor(math.floor(100 * value + 1e-6) / 100, noise[name])
        after[benchmark] = Pinned(now.corpus, floors)
    if refused:
        raise WouldLower(refused)
    return after


def load(path: Path) -> dict[str, dict[str, Pinned]]:
    """The pinned floors by subset and benchmark. Raises FloorsUnreadable."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["schema"] != SCHEMA:
            raise FloorsUnreadable(f"{path}: is {raw['schema']}, not {SCHEMA}. Use the Sayso that wrote it")
        return {
            subset: {name: _pinned(benchmark) for name, benchmark in benchmarks.items()}
            for subset, benchmarks in raw["subsets"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FloorsUnreadable(f"{path}: not a floors file ({error}). Restore it from git") from error


def save(path: Path, floors: Mapping[str, Mapping[str, Pinned]]) -> None:
    """Write the floors, in an order that makes small diffs."""
    subsets = {
        subset: {
            name: {
                "corpus": benchmark.corpus,
                "figures": {
                    figure: {"floor": floor.floor, "noise": floor.noise}
                    for figure, floor in sorted(benchmark.figures.items())
                },
            }
            for name, benchmark in sorted(benchmarks.items())
        }
        for subset, benchmarks in sorted(floors.items())
    }
    path.write_text(json.dumps({"schema": SCHEMA, "subsets": subsets}, indent=2) + "\n", encoding="utf-8")


def _pinned(raw: Mapping[str, Any]) -> Pinned:
    return Pinned(
        raw["corpus"],
        {name: Floor(float(item["floor"]), float(item["noise"])) for name, item in raw["figures"].items()},
    )


def _same_corpus(benchmark: str, pinned: Pinned, measured: Measured) -> None:
    if pinned.corpus != measured.corpus:
        raise CorpusChanged(benchmark, pinned.corpus, measured.corpus)


def _verdict(floor: Floor | None, value: float | None) -> Verdict:
    if floor is None:
        return Verdict.UNPINNED
    if value is None:
        return Verdict.MISSING
    if value < floor.floor - floor.noise - 1e-9:
        return Verdict.DROPPED
    return Verdict.ROSE if value > floor.floor + floor.noise + 1e-9 else Verdict.HELD
