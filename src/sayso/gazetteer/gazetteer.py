"""Packs stacked into one gazetteer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from sayso.gazetteer import layout
from sayso.gazetteer.folding import bare, fold, skeleton
from sayso.gazetteer.likeness import similarity
from sayso.gazetteer.pack import Pack
from sayso.gazetteer.toponyms import Hit, Toponym
from sayso.vocabulary import PlaceLevel

# The fewer consonants a name has, the more names share them, and the nearer the spelling has to be.
_LEAST: Final = {2: 0.88, 3: 0.82}
_LEAST_LONG: Final = 0.78
_SHORT: Final = 2
_LIKELY: Final = 64  # candidates an answer holds at most
_RANK: Final = {"name": 0, "alias": 1, "demonym": 2, "skeleton": 3}


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Read-only look-ups over opened packs; where two hold the same GeoNames id, the later one is believed.

    Safe to share between threads. Every method raises PackBroken where a pack turns out to be damaged.
    """

    packs: tuple[Pack, ...]

    def exact(self, name: str) -> tuple[Hit, ...]:
        """What has this name, alias or demonym, whatever the case and accents; the most populous first."""
        folded = fold(name)
        if not folded:
            return ()
        key = layout.name_key(folded)
        return _stacked(Hit(pack.toponym(row), how, 1.0) for pack in self.packs for row, how in pack.named(key))

    def alike(self, name: str, countries: Collection[str]) -> tuple[Hit, ...]:
        """What may be this name in another transliteration, inside these countries; the most alike first."""
        letters = bare(fold(name))
        frame = skeleton(letters)
        if len(frame) < _SHORT:
            return ()
        least = _LEAST.get(len(frame), _LEAST_LONG)
        near: dict[str, float] = {}
        found: dict[tuple[int, int], float] = {}
        for country in sorted(set(countries)):
            key = layout.skeleton_key(country, frame)
            for number, pack in enumerate(self.packs):
                for row, spelling in pack.alike(key):
                    if spelling not in near:
                        near[spelling] = similarity(letters, spelling)
                    if near[spelling] >= least:
                        found[number, row] = max(found.get((number, row), 0.0), near[spelling])
        likely = sorted(found, key=lambda place: -found[place])[:_LIKELY]
        return _stacked(
            Hit(self.packs[number].toponym(row), "skeleton", round(found[number, row], 3)) for number, row in likely
        )

    def within(self, country: str) -> tuple[Toponym, ...]:
        """The first-level divisions of a country, by name."""
        found = {
            toponym.id: toponym
            for pack in self.packs
            for toponym in (pack.toponym(row) for _, _, row in pack.divisions(country))
        }
        return tuple(sorted(found.values(), key=lambda toponym: (toponym.name, toponym.id)))

    def near(self, lat: float, lon: float, km: float, limit: int) -> tuple[Toponym, ...]:
        """The most populous settlements no farther than `km` from a point, largest first; at most `limit`."""
        found = {
            toponym.id: toponym for pack in self.packs for toponym in map(pack.toponym, pack.near(lat, lon, km, limit))
        }
        return tuple(sorted(found.values(), key=lambda toponym: (-toponym.population, toponym.id))[:limit])

    def division(self, country: str, name: str) -> Toponym | None:
        """The first-level division of a country that a name, in any transliteration, or a GeoNames code means."""
        for pack in reversed(self.packs):
            for code, _, row in pack.divisions(country):
                if code == name:
                    return pack.toponym(row)
        hits = (*self.exact(name), *self.alike(name, (country,)))
        return next((hit.toponym for hit in hits if _is_division(hit.toponym, country)), None)


def _is_division(toponym: Toponym, country: str) -> bool:
    return toponym.level is PlaceLevel.PROVINCE and toponym.country == country


def _stacked(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits without repeats: for each toponym the later pack's entry, by its best name; best and largest first."""
    best: dict[int, Hit] = {}
    for hit in hits:
        known = best.get(hit.toponym.id)
        if known is not None and (_RANK[known.how], -known.similarity) < (_RANK[hit.how], -hit.similarity):
            hit = Hit(hit.toponym, known.how, known.similarity)
        best[hit.toponym.id] = hit
    return tuple(sorted(best.values(), key=lambda hit: (-hit.similarity, -hit.toponym.population, hit.toponym.id)))
