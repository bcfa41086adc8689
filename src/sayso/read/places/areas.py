"""Divisions of the second level, seas and regions; and where countries and first-level divisions lie.

A gazetteer of towns has none of them. `data/places_areas.tsv.gz` holds those of GeoNames, `data/places_regions.tsv`
those that cross borders. Entries without a GeoNames id are numbered below zero.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from sayso.gazetteer import Hit, Toponym
from sayso.gazetteer.folding import fold
from sayso.vocabulary import PlaceLevel

_DISTRICT: Final = "ADM2"
_POINTS: Final = ("PCLI", "ADM1")
_NUMBERS: Final = -2_000_000_000  # our own ids count up from here
_SEAS: Final = ("OCN", "SEA", "GULF", "BAY", "CHN", "STRT", "CNL", "RIV", "ISL")


@dataclass(frozen=True, slots=True)
class Areas:
    """`points` are by GeoNames id; `lines` by folded name, each a row of the files and how the name names it."""

    points: MappingProxyType[int, tuple[float, float]]
    lines: MappingProxyType[str, tuple[tuple[int, str], ...]]
    rows: tuple[str, ...]


@cache
def areas() -> Areas:
    """The files, indexed."""
    points: dict[int, tuple[float, float]] = {}
    lines: dict[str, tuple[tuple[int, str], ...]] = {}
    rows: list[str] = []
    for row, names, demonyms in _rows():
        number, _, _, code, lat, lon, _ = row.split("\t")
        if code in _POINTS:
            points[int(number)] = float(lat), float(lon)
            continue
        spelled = [*((fold(name), "alias" if i else "name") for i, name in enumerate(names))]
        spelled += [(fold(name), "demonym") for name in demonyms]
        for name, how in spelled:
            if name:
                lines[name] = (*lines.get(name, ()), (len(rows), how))
        rows.append(f"{row}\t{names[0]}")
    return Areas(MappingProxyType(points), MappingProxyType(lines), tuple(rows))


def _rows() -> Iterator[tuple[str, list[str], list[str]]]:
    folder = resources.files("sayso.read") / "data"
    unpacked = gzip.decompress((folder / "places_areas.tsv.gz").read_bytes()).decode("utf-8")
    for line in unpacked.splitlines():
        if not line.startswith("#"):
            row, _, names = line.rpartition("\t")
            yield row, names.split("|"), []
    for line in (folder / "places_regions.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, country, lat, lon, names, demonyms = line.split("\t")
            row = f"\t{country}\t\t{code}\t{lat}\t{lon}\t0"
            yield row, names.split("|"), [name.strip() for name in demonyms.split(",") if name.strip()]


def named(name: str) -> tuple[Hit, ...]:
    """The areas of this name."""
    known = areas()
    return tuple(Hit(_toponym(known, row), how, 1.0) for row, how in known.lines.get(fold(name), ()))


def placed(toponym: Toponym) -> Toponym:
    """A country or division where GeoNames puts it, rather than where its towns are."""
    if toponym.level not in (PlaceLevel.COUNTRY, PlaceLevel.PROVINCE):
        return toponym
    point = areas().points.get(toponym.id)
    return replace(toponym, lat=point[0], lon=point[1]) if point else toponym


def _toponym(known: Areas, row: int) -> Toponym:
    number, country, division, code, lat, lon, people, name = known.rows[row].split("\t")
    return Toponym(
        id=int(number) if number else _NUMBERS + row,
        name=name,
        lat=float(lat),
        lon=float(lon),
        level=_level(code),
        code=code,
        country=country or None,
        admin1=division or None,
        admin2=name if code == _DISTRICT else None,
        population=int(people),
    )


def _level(code: str) -> PlaceLevel:
    if code == _DISTRICT:
        return PlaceLevel.DISTRICT
    return PlaceLevel.FEATURE if code in _SEAS else PlaceLevel.REGION
