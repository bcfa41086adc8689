import logging
from pathlib import Path

import pytest

from sayso.gazetteer import gazetteer
from sayso.gazetteer.lists import countries_by_code, divisions_by_code
from sayso.gazetteer.pack import open_pack, verify
from sayso.gazetteer.store import default_pack
from sayso.vocabulary import PlaceLevel


@pytest.mark.parametrize(
    ("name", "country", "level"),
    [
        ("Syria", "SY", PlaceLevel.COUNTRY),
        ("Kenyan", "KE", PlaceLevel.COUNTRY),
        ("UK", "GB", PlaceLevel.COUNTRY),
        ("U.S.", "US", PlaceLevel.COUNTRY),
        ("UAE", "AE", PlaceLevel.COUNTRY),
        ("DRC", "CD", PlaceLevel.COUNTRY),
        ("Ivorians", "CI", PlaceLevel.COUNTRY),
        ("Idlib", "SY", PlaceLevel.PROVINCE),
        ("Bavaria", "DE", PlaceLevel.PROVINCE),
        ("Idlib", "SY", PlaceLevel.SETTLEMENT),
        ("Kiev", "UA", PlaceLevel.SETTLEMENT),
    ],
)
def test_the_default_knows_countries_peoples_divisions_and_towns(name: str, country: str, level: PlaceLevel) -> None:
    found = {(hit.toponym.country, hit.toponym.level) for hit in gazetteer().exact(name)}
    assert (country, level) in found


@pytest.mark.parametrize(
    ("name", "country", "meant"),
    [
        ("Deir Ezzor", "SY", "Deir ez-Zor"),
        ("Dayr az Zawr", "SY", "Deir ez-Zor"),
        ("Hodeidah", "YE", "Al Ḩudaydah"),
        ("Kharkov", "UA", "Kharkiv"),
        ("Sheikh Miskeen", "SY", "Shaykh Miskīn"),
        ("Banghazi", "LY", "Benghazi"),
        ("Qunduz", "AF", "Kunduz"),
    ],
)
def test_the_default_knows_towns_in_other_transliterations(name: str, country: str, meant: str) -> None:
    assert meant in {hit.toponym.name for hit in gazetteer().alike(name, (country,))}


def test_a_capital_is_told_from_other_towns() -> None:
    (capital,) = (hit.toponym for hit in gazetteer().exact("Damascus") if hit.toponym.code == "PPLC")
    assert capital.country == "SY"


def test_a_town_says_its_division_and_a_division_lies_among_its_towns() -> None:
    places = gazetteer()
    (town,) = (hit.toponym for hit in places.exact("Saraqib") if hit.toponym.country == "SY")
    assert town.admin1 == "Idlib"
    division = places.division("SY", "Idlib")
    assert division is not None
    assert abs(division.lat - town.lat) < 1
    assert len(places.within("SY")) == 14


def test_towns_for_a_map_are_the_largest_around() -> None:
    assert gazetteer().near(48.86, 2.35, 30, 1)[0].name == "Paris"


def test_names_that_are_alike_by_chance_rarely_match() -> None:
    """Towns of one country are asked for in another, far away: what is found is found by chance."""
    places = gazetteer()
    strangers = {town.name for town in places.near(61.5, 25.0, 200, 400) if town.country == "FI"}
    found = {name for name in strangers if places.alike(name, ("SY",))}
    assert len(strangers) > 100
    assert len(found) / len(strangers) < 0.05


def test_every_country_has_its_people_and_every_division_a_name() -> None:
    countries, divisions = countries_by_code(), divisions_by_code()
    without = {code for code, country in countries.items() if not country.demonyms}
    assert without <= set("BV CC GS HM JE MF MP PM SJ SX TC TF UM VG".split())
    assert {country for country, _ in divisions} <= set(countries)
    assert all(name.strip() for names, _ in divisions.values() for name in names)
    ids = [number for _, number in divisions.values()]
    assert len(ids) == len(set(ids))


def test_the_default_is_built_elsewhere_where_the_cache_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path / "file" / "cache"))
    with caplog.at_level(logging.WARNING, "sayso"):
        pack = default_pack()
    assert "for this run alone" in caplog.text
    verify(pack.info.path)
    assert pack.info.size < 60e6


def test_a_damaged_default_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = gazetteer().packs[0].info.path
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path))
    monkeypatch.setattr(
        "sayso.gazetteer.embedded.build_default", lambda path: path.write_bytes(good.read_bytes()), raising=True
    )
    (tmp_path / good.name).write_bytes(good.read_bytes()[:1000])
    assert default_pack().info.toponyms == open_pack(good).info.toponyms
