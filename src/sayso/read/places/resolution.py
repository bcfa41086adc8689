"""Which entry of the gazetteer a name means: one sense per name and text, by what is said and by what else is named.

A candidate is scored by what it is (kind, population), by what the text says of it ("county", "a village in Idlib
province"), and by the company it keeps: entries that other names of the text mean, weighted by how sure that is.
The company is settled in rounds. Nothing is compared pair by pair: the cost is names times candidates, both capped.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from sayso.gazetteer import Toponym
from sayso.read.places.lookup import Candidate
from sayso.read.places.products import product
from sayso.vocabulary import PlaceLevel

Floats = npt.NDArray[np.float64]

ROUNDS: Final = 2
_COMPANY: Final = 80  # names that count as company, the most frequent first
_SEAT: Final = 5_000  # people; a smaller town is hardly what a division is named after
_RADIUS: Final = 6371.0088
_LEVELS: Final = tuple(PlaceLevel)
_HOWS: Final = ("name", "alias", "demonym", "skeleton", "spelled out", "longer", "shorter")
_CODES: Final = ("PPLC", "PPLA", "ADM2", "CONT", "RGN")
OWN: Final = (
    "population", "nobody", "most people", "share of people", "only", "many", "similarity",
    "level agrees", "level clashes",
    "container agrees", "container clashes",
    "outlet country", "outlet name", "dateline", "repeated", "lower division",
    "neighbours", "most neighbours", "is its seat", "has its seat",
    *(f"level {level}" for level in _LEVELS), *(f"how {how}" for how in _HOWS), *(f"code {code}" for code in _CODES),
)  # fmt: skip
COMPANY: Final = (
    "same country", "same division", "same district", "near 30", "near 160", "nearest", "holds others",
    "division named", "district named", "country named", "alone", "other countries", "is outside",
)  # fmt: skip
FEATURES: Final = (*OWN, *COMPANY)
NOTHING: Final = ("bias", "candidates", "none", "most people")  # features of the answer "none of these"


@dataclass(frozen=True, slots=True)
class Named:
    """A name as the text uses it.

    `containers` are the numbers of the names that the text puts it in; `level` is what the text calls it; `dateline`
    says that it opens the text, `outlet` that the outlet bears it.
    """

    name: str
    count: int
    candidates: tuple[Candidate, ...]
    level: PlaceLevel | None = None
    containers: tuple[int, ...] = ()
    dateline: bool = False
    outlet: bool = False


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name means: its candidate (None where nothing fits) with the chance that it does, of 1."""

    candidate: Candidate | None
    chance: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranker:
    """A small network over a candidate's features: one layer of rectified units, and a linear one."""

    first: Floats  # [features + 1, units], the last row is the bias
    second: Floats  # [units + 1]
    nothing: Floats  # [features of NOTHING]

    def scores(self, features: Floats) -> Floats:
        """A score for each row of features."""
        hidden = np.maximum(product(features, self.first[:-1]) + self.first[-1], 0)
        out: Floats = product(hidden, self.second[:-1]) + self.second[-1]
        return out


@dataclass(frozen=True, slots=True)
class Table:
    """The candidates of all names in columns. `of` is the number of the name of each row."""

    rows: tuple[Candidate, ...]
    of: npt.NDArray[np.int64]
    vectors: Floats  # [rows, 3], unit vectors
    country: npt.NDArray[np.int64]
    division: npt.NDArray[np.int64]
    district: npt.NDArray[np.int64]
    level: npt.NDArray[np.int64]
    people: Floats
    self_country: npt.NDArray[np.int64]  # what a row is as a container, -1 where it is none
    self_division: npt.NDArray[np.int64]
    self_district: npt.NDArray[np.int64]


def table(names: Sequence[Named]) -> Table:
    """The candidates of all names, numbered so that they can be compared at once."""
    rows = tuple(candidate for name in names for candidate in name.candidates)
    tops = [row.hit.toponym for row in rows]
    of = np.repeat(np.arange(len(names)), [len(name.candidates) for name in names])
    numbers: dict[tuple[str, ...], int] = {}

    def number(*key: str | None) -> int:
        if key[-1] is None or key[0] is None:
            return -1
        return numbers.setdefault(tuple(part or "" for part in key), len(numbers))

    lat, lon = np.radians([t.lat for t in tops]), np.radians([t.lon for t in tops])
    return Table(
        rows,
        of,
        np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        if tops
        else np.zeros((0, 3)),
        np.asarray([number(t.country) for t in tops], dtype=np.int64),
        np.asarray([number(t.country, t.admin1) for t in tops], dtype=np.int64),
        np.asarray([number(t.country, t.admin1, t.admin2) for t in tops], dtype=np.int64),
        np.asarray([_LEVELS.index(t.level) for t in tops], dtype=np.int64),
        np.asarray([math.log10(1 + max(0, t.population)) for t in tops]),
        np.asarray([number(t.country) if t.level is PlaceLevel.COUNTRY else -1 for t in tops], dtype=np.int64),
        np.asarray(
            [number(t.country, t.admin1 or t.name) if t.level is PlaceLevel.PROVINCE else -1 for t in tops],
            dtype=np.int64,
        ),
        np.asarray(
            [number(t.country, t.admin1, t.admin2 or t.name) if t.code == "ADM2" else -1 for t in tops], dtype=np.int64
        ),
    )


def own_features(names: Sequence[Named], each: Table, home: str | None) -> Floats:
    """What each candidate is, and what the text says of its name; `home` is the outlet's country."""
    at = {name: column for column, name in enumerate(OWN)}
    out = np.zeros((len(each.rows), len(OWN)))
    start = 0
    for name in names:
        stop = start + len(name.candidates)
        if start == stop:
            continue
        people = each.people[start:stop]
        block = out[start:stop]
        block[:, at["population"]] = people / 5
        block[:, at["nobody"]] = people == 0
        settled = np.where(each.level[start:stop] == 0, 10**people, 0)
        block[:, at["most people"]] = people >= people.max()
        block[:, at["share of people"]] = settled / max(1.0, settled.sum())
        block[:, at["only"]] = stop - start == 1
        block[:, at["many"]] = math.log(stop - start) / 4
        block[:, at["dateline"]] = name.dateline
        block[:, at["repeated"]] = math.log(name.count) / 2
        divisions = {(c.hit.toponym.country, c.hit.toponym.name) for c in name.candidates if _is_division(c)}
        seats = {
            (c.hit.toponym.country, c.hit.toponym.admin1)
            for c in name.candidates
            if c.hit.toponym.level is PlaceLevel.SETTLEMENT and c.hit.toponym.population > _SEAT
        }
        said = name.level is not None and name.level is not PlaceLevel.UNKNOWN
        for row, candidate in enumerate(name.candidates):
            hit, top = candidate.hit, candidate.hit.toponym
            block[row, at["similarity"]] = hit.similarity
            block[row, at["level agrees"]] = said and top.level is name.level
            block[row, at["level clashes"]] = said and top.level is not name.level
            block[row, at["outlet country"]] = home is not None and top.country == home
            block[row, at["outlet name"]] = name.outlet
            if top.level is PlaceLevel.SETTLEMENT and top.population > _SEAT:
                block[row, at["is its seat"]] = (top.country, top.admin1) in divisions
            elif _is_division(candidate):
                block[row, at["has its seat"]] = (top.country, top.name) in seats
            block[row, at["lower division"]] = top.code in ("ADM3", "ADM4", "ADM5", "ADMD", "PPLX")
            block[row, at[f"level {top.level}"]] = 1
            block[row, at[f"how {candidate.how}"]] = 1
            for code in _CODES:
                if top.code.startswith(code):
                    block[row, at[f"code {code}"]] = 1
                    break
        start = stop
    _said_containers(names, each, out, at["container agrees"], at["container clashes"])
    close = _neighbours(names, each)
    out[:, at["neighbours"]] = np.minimum(close, 4) / 2
    bounds = np.searchsorted(each.of, np.arange(len(names) + 1))
    for lo, hi in pairwise(bounds.tolist()):
        if hi - lo > 1 and close[lo:hi].max() > 0:
            out[lo:hi, at["most neighbours"]] = close[lo:hi] >= close[lo:hi].max() - 0.05
    return out


def _neighbours(names: Sequence[Named], each: Table) -> Floats:
    """How many other names have a candidate within about a degree; names that may be many places count for less.

    Counted by squares of one degree, so that the cost is that of the candidates and not of their pairs.
    """
    local = ~np.isin(each.level, [_LEVELS.index(level) for level in (PlaceLevel.COUNTRY, PlaceLevel.REGION)])
    lat = np.floor(np.degrees(np.arcsin(np.clip(each.vectors[:, 2], -1, 1)))).astype(np.int64)
    lon = np.floor(np.degrees(np.arctan2(each.vectors[:, 1], each.vectors[:, 0]))).astype(np.int64)
    squares: dict[tuple[int, int], dict[int, float]] = {}
    for row in np.nonzero(local)[0].tolist():
        number = int(each.of[row])
        weight = 1 / (1 + math.log(len(names[number].candidates)))
        squares.setdefault((int(lat[row]), int(lon[row])), {})[number] = weight
    around: dict[tuple[int, int], tuple[dict[int, float], float]] = {}
    out = np.zeros(len(each.rows))
    for row in np.nonzero(local)[0].tolist():
        square = int(lat[row]), int(lon[row])
        if square not in around:
            found: dict[int, float] = {}
            for north in (-1, 0, 1):
                for east in (-1, 0, 1):
                    found.update(squares.get((square[0] + north, square[1] + east), {}))
            around[square] = found, sum(found.values())
        near, total = around[square]
        out[row] = total - near[int(each.of[row])]
    return out


def _is_division(candidate: Candidate) -> bool:
    return candidate.hit.toponym.level is PlaceLevel.PROVINCE and candidate.how != "demonym"


def seat(name: Named, division: Toponym) -> Candidate | None:
    """The town that a division is named after, where the name may mean it, too."""
    towns = [
        candidate
        for candidate in name.candidates
        if candidate.hit.toponym.level is PlaceLevel.SETTLEMENT
        and candidate.hit.toponym.country == division.country
        and candidate.hit.toponym.admin1 == division.name
    ]
    return max(towns, key=lambda candidate: candidate.hit.toponym.population, default=None)


def _said_containers(names: Sequence[Named], each: Table, out: Floats, agrees: int, clashes: int) -> None:
    """Whether a candidate lies in a candidate of a name that the text puts its name in."""
    bounds = np.searchsorted(each.of, np.arange(len(names) + 1))
    for number, name in enumerate(names):
        mine = slice(bounds[number], bounds[number + 1])
        for container in name.containers:
            other = slice(bounds[container], bounds[container + 1])
            if mine.start == mine.stop or other.start == other.stop:
                continue
            pairs = _lies_in(each, mine, other)
            lies = pairs.any(axis=1)
            if lies.any():
                out[mine, agrees] = np.maximum(out[mine, agrees], lies)
                out[mine, clashes] = np.maximum(out[mine, clashes], ~lies)
                # The container, in turn, is the one that holds something.
                out[other, agrees] = np.maximum(out[other, agrees], 0.5 * pairs.any(axis=0))


def _lies_in(each: Table, rows: slice, containers: slice) -> npt.NDArray[np.bool_]:
    """Which row (first axis) lies in which container (second axis)."""
    found = np.zeros((rows.stop - rows.start, containers.stop - containers.start), dtype=bool)
    for mine, theirs in (
        (each.country, each.self_country),
        (each.division, each.self_division),
        (each.district, each.self_district),
    ):
        inner, outer = mine[rows][:, None], theirs[containers][None, :]
        found |= (inner == outer) & (outer >= 0)
    found &= each.level[rows][:, None] != each.level[containers][None, :]
    return np.asarray(found, dtype=np.bool_)


def company_features(names: Sequence[Named], each: Table, chances: Floats) -> Floats:
    """How each candidate stands to the likeliest entries of the other names; `chances` is by row."""
    out = np.zeros((len(each.rows), len(COMPANY)))
    if not len(each.rows):
        return out
    best, weight = _company(names, each, chances)
    if not len(best):
        return out
    other = each.of[:, None] != each.of[best][None, :]
    shares = np.where(other, weight[None, :], 0.0)
    total = np.maximum(shares.sum(axis=1), 1e-9)

    def share(same: npt.NDArray[np.bool_]) -> Floats:
        found: Floats = (shares * same).sum(axis=1) / total
        return found

    def strongest(same: npt.NDArray[np.bool_]) -> Floats:
        found: Floats = (np.minimum(shares, 1.0) * same).max(axis=1)
        return found

    def equal(mine: npt.NDArray[np.int64], theirs: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        same: npt.NDArray[np.bool_] = (mine[:, None] == theirs[best][None, :]) & (mine >= 0)[:, None]
        return same

    far = _RADIUS * np.arccos(np.clip(each.vectors @ each.vectors[best].T, -1, 1))
    area = np.isin(each.level[best], (_LEVELS.index(PlaceLevel.COUNTRY), _LEVELS.index(PlaceLevel.REGION)))
    alone = total <= 1e-6
    same_country = equal(each.country, each.country)
    columns = (
        share(same_country),
        share(equal(each.division, each.division)),
        share(equal(each.district, each.district)),
        strongest((far < 30) & ~area[None, :]),
        share((far < 160) & ~area[None, :]),
        np.exp(-np.where(other & ~area[None, :] & (shares > 0.2), far, 2e4).min(axis=1) / 100),
        share(
            equal(each.self_country, each.country)
            | equal(each.self_division, each.division)
            | equal(each.self_district, each.district)
        ),
        strongest(equal(each.division, each.self_division)),
        strongest(equal(each.district, each.self_district)),
        strongest(equal(each.country, each.self_country)),
        alone,
        share(~same_country & (each.country[best] >= 0)[None, :]),
        1.0 - strongest(same_country | (far < 1000)),
    )
    for column, values in enumerate(columns):
        out[:, column] = np.where(alone, 0.0, values) if column != COMPANY.index("alone") else values
    return out


def _company(names: Sequence[Named], each: Table, chances: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """The likeliest row of each of the most frequent names, and its weight."""
    bounds = np.searchsorted(each.of, np.arange(len(names) + 1))
    full = [n for n in range(len(names)) if bounds[n] < bounds[n + 1]]
    full = sorted(full, key=lambda n: -names[n].count)[:_COMPANY]
    best = np.asarray([bounds[n] + int(chances[bounds[n] : bounds[n + 1]].argmax()) for n in full], dtype=np.int64)
    weight = np.asarray([1 + math.log(names[n].count) for n in full])
    return best, weight * chances[best] if len(best) else weight


def nothing_features(name: Named) -> Floats:
    """What speaks for none of the candidates."""
    people = max((c.hit.toponym.population for c in name.candidates), default=0)
    count = len(name.candidates)
    return np.asarray([1.0, math.log1p(count) / 4, count == 0, math.log10(1 + max(0, people)) / 5])


def chances(names: Sequence[Named], each: Table, features: Floats, ranker: Ranker) -> Floats:
    """The chance of each candidate among those of its name and "none of these"."""
    scores = ranker.scores(features)
    out = np.zeros(len(scores))
    bounds = np.searchsorted(each.of, np.arange(len(names) + 1))
    for number, name in enumerate(names):
        lo, hi = bounds[number], bounds[number + 1]
        if lo == hi:
            continue
        nothing = float(nothing_features(name) @ ranker.nothing)
        top = max(float(scores[lo:hi].max()), nothing)
        powers = np.exp(scores[lo:hi] - top)
        out[lo:hi] = powers / (powers.sum() + math.exp(nothing - top))
    return out


def settle(names: Sequence[Named], home: str | None, first: Ranker, later: Ranker) -> tuple[Table, Floats, Floats]:
    """Candidates, their chances after the last round, and their features in it."""
    each = table(names)
    own = own_features(names, each, home)
    found = chances(names, each, own, first)
    features = own
    for _ in range(ROUNDS):
        features = np.concatenate([own, company_features(names, each, found)], axis=1)
        found = chances(names, each, features, later)
    return each, found, features


def senses(names: Sequence[Named], each: Table, found: Floats, features: Floats, least: float) -> list[Sense]:
    """The likeliest candidate of each name, where it is likely enough."""
    bounds = np.searchsorted(each.of, np.arange(len(names) + 1))
    out = []
    for number in range(len(names)):
        lo, hi = int(bounds[number]), int(bounds[number + 1])
        if lo == hi:
            out.append(Sense(None, 0.0, ("not in the gazetteer",)))
            continue
        best = lo + int(found[lo:hi].argmax())
        chance = float(found[best])
        reasons = _reasons(dict(zip(FEATURES, features[best].tolist(), strict=True)), hi - lo)
        if chance < least:
            out.append(Sense(None, chance, ("no namesake fits the text",)))
        else:
            out.append(Sense(each.rows[best], chance, reasons))
    return out


def _reasons(features: Mapping[str, float], count: int) -> tuple[str, ...]:
    """What spoke for a candidate, in plain words."""
    told = (
        ("container agrees", "the text puts it there"),
        ("level agrees", "the text calls it that"),
        ("division named", "its province is named"),
        ("near 30", "another place of the text is near"),
        ("country named", "its country is named"),
        ("outlet country", "the outlet's country"),
        ("same country", "most other places are in its country"),
    )
    out = [words for name, words in told if features.get(name, 0.0) > 0.5]
    out += ["another transliteration"] if features.get("how skeleton") else []
    if count == 1:
        out.append("the only entry of this name")
    elif features.get("most people"):
        out.append("the most populous of this name")
    if not out:
        out.append(f"the likeliest of {count} entries of this name")
    return tuple(out)


def area_contains(container: Toponym, inner: Toponym) -> bool:
    """Whether a country or division holds another entry, by their chains of containment."""
    if container.country is None or container.country != inner.country or container.id == inner.id:
        return False
    if container.level is PlaceLevel.COUNTRY:
        return True
    if container.level is PlaceLevel.PROVINCE:
        return inner.admin1 is not None and inner.admin1 == (container.admin1 or container.name)
    if container.code == "ADM2":
        return inner.admin2 is not None and (inner.admin1, inner.admin2) == (
            container.admin1,
            container.admin2 or container.name,
        )
    return False
