"""What every source of a gazetteer is read into before it is compiled."""

from __future__ import annotations

from typing import Final, NamedTuple

_CODE_LENGTH: Final = 4  # letters of an airport or station code among the names


class Feature(NamedTuple):
    """One feature as a source gives it: its names, and its divisions as codes.

    `feature_class` and `code` are GeoNames'; `lat` and `lon` degrees; `admin1` and `admin2` are codes inside the
    country, "" for none.
    """

    id: int
    name: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    feature_class: str
    code: str
    country: str
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    demonyms: tuple[str, ...] = ()


class DivisionName(NamedTuple):
    """The name of a division that a source gives by its codes alone; `admin2` is "" for one of the first level."""

    country: str
    admin1: str
    admin2: str
    name: str


Item = Feature | DivisionName


def is_name(alias: str) -> bool:
    """Whether an alternate name is one that a text would use: no airport code, no address of a web page."""
    if "://" in alias:
        return False
    return len(alias) > _CODE_LENGTH or not (alias.isascii() and alias.isupper())
