"""What a gazetteer holds and what it answers with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sayso.vocabulary import PlaceLevel

_REGIONS: Final = frozenset("CONT RGN RGNE RGNH RGNL TERR ZN ZNB".split())


@dataclass(frozen=True, slots=True)
class Toponym:
    """One entry of a gazetteer.

    `id` is the GeoNames id, negative where GeoNames has none. `code` is the GeoNames feature code ("PPLC", "ADM1",
    "PCLI"), `country` an ISO 3166-1 alpha-2 code; `admin1` and `admin2` name the divisions it lies in. `lat` and
    `lon` are degrees (WGS 84).
    """

    id: int
    name: str
    lat: float
    lon: float
    level: PlaceLevel
    code: str
    country: str | None
    admin1: str | None
    admin2: str | None
    population: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A toponym that a name may mean.

    `how` is "name", "alias", "demonym" or "skeleton" (alike in another transliteration); `similarity` is 1.0 for
    the first three, and for the last how near the spellings are, between 0 and 1.
    """

    toponym: Toponym
    how: str
    similarity: float


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row of a source that could not be used: where it is and why."""

    source: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class PackInfo:
    """What a pack holds: counts, where it came from, and the rows that were left out (the first of them in `bad`)."""

    path: Path
    name: str
    sources: tuple[str, ...]
    toponyms: int
    names: int
    size: int
    built: str
    bad_rows: int = 0
    bad: tuple[BadRow, ...] = ()


def level_of(feature_class: str, code: str) -> PlaceLevel:
    """The level of a GeoNames feature class and code."""
    if code in _REGIONS:
        return PlaceLevel.REGION
    if feature_class == "A":
        if code.startswith("PCL"):
            return PlaceLevel.COUNTRY
        return PlaceLevel.PROVINCE if code.startswith("ADM1") else PlaceLevel.DISTRICT
    if feature_class == "P":
        return PlaceLevel.SETTLEMENT
    if feature_class == "S":
        return PlaceLevel.FACILITY
    return PlaceLevel.FEATURE if feature_class in tuple("HLRTUV") else PlaceLevel.UNKNOWN
