"""GeoNames dumps of an invented country, and packs made of them."""

from collections.abc import Iterable
from pathlib import Path

from sayso.gazetteer import Gazetteer, build
from sayso.gazetteer.pack import open_pack


def row(
    number: int,
    name: str,
    *,
    aliases: str = "",
    lat: float = 35.5,
    lon: float = 36.5,
    kind: str = "P.PPL",
    country: str = "XX",
    admin1: str = "01",
    admin2: str = "",
    population: int = 1000,
) -> str:
    """One row as GeoNames writes it."""
    feature_class, code = kind.split(".")
    columns = [number, name, name, aliases, lat, lon, feature_class, code, country, "", admin1, admin2, "", "",
               population, "", "", "Asia/Damascus", "2024-01-01"]  # fmt: skip
    return "\t".join(map(str, columns))


COUNTRY = (
    row(1, "Republic of Exland", aliases="Exland", kind="A.PCLI", admin1="00", population=90_000),
    row(2, "North Governorate", aliases="Shimal", kind="A.ADM1", population=60_000),
    row(3, "Low Hills District", kind="A.ADM2", admin2="0102", population=9_000),
    row(4, "Tall Qāsim", aliases="Tell Kasem,QSM,https://example.org/qasim", admin2="0102", lat=35.6, population=5_000),
    row(5, "Kafr Zaytā", lat=35.9, lon=36.9, population=700),
    row(6, "Jabal Aswad", kind="T.MT", population=0),
)


def packed(folder: Path, rows: Iterable[str] = COUNTRY, name: str = "exland") -> Path:
    """A pack compiled from rows."""
    source = folder / f"{name}.txt"
    source.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return build([source], folder / f"{name}.sayso-places").path


def opened(*paths: Path) -> Gazetteer:
    """The gazetteer of some packs alone."""
    return Gazetteer(tuple(map(open_pack, paths)))
