import threading
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sayso.gazetteer import Gazetteer
from sayso.gazetteer.folding import bare, fold, skeleton
from sayso.gazetteer.likeness import similarity
from sayso.vocabulary import PlaceLevel
from tests.gazetteer.dumps import COUNTRY, opened, packed, row


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return opened(packed(tmp_path_factory.mktemp("gazetteer")))


@pytest.mark.parametrize("name", ["Tall Qāsim", "tall qasim", "TALL-QASIM", "Ta'll Qasim", "  Tall   Qasim "])
def test_a_name_is_found_in_any_case_accents_and_punctuation(places: Gazetteer, name: str) -> None:
    (hit,) = places.exact(name)
    assert (hit.toponym.id, hit.how, hit.similarity) == (4, "name", 1.0)


def test_an_entry_says_where_it_is_and_what_it_lies_in(places: Gazetteer) -> None:
    (hit,) = places.exact("Tell Kasem")
    assert hit.how == "alias"
    town = hit.toponym
    assert (town.lat, town.lon, town.country, town.code, town.population) == (35.6, 36.5, "XX", "PPL", 5_000)
    assert (town.level, town.admin1, town.admin2) == (PlaceLevel.SETTLEMENT, "North Governorate", "Low Hills District")


@pytest.mark.parametrize("name", ["QSM", "https://example.org/qasim", "Nowhere", "", "'", "\ud800", "x" * 10_000])
def test_what_is_no_name_of_a_place_finds_nothing(places: Gazetteer, name: str) -> None:
    assert places.exact(name) == ()
    assert places.alike(name, ("XX",)) == ()


def test_levels_come_from_feature_codes(places: Gazetteer) -> None:
    levels = {name: places.exact(name)[0].toponym.level for name in ("Exland", "North", "Low Hills", "Jabal Aswad")}
    assert levels == {
        "Exland": PlaceLevel.COUNTRY,
        "North": PlaceLevel.PROVINCE,
        "Low Hills": PlaceLevel.DISTRICT,
        "Jabal Aswad": PlaceLevel.FEATURE,
    }


def test_another_transliteration_is_found_inside_the_plausible_countries_alone(places: Gazetteer) -> None:
    (hit,) = places.alike("Kefer Zeita", ("XX", "YY"))
    assert (hit.toponym.id, hit.how) == (5, "skeleton")
    assert 0.78 <= hit.similarity < 1
    assert places.alike("Kefer Zeita", ("YY",)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [pair.split("/") for pair in (
        "Tekad/Taqad", "Tekad/Takad", "Deir Ezzor/Dayr az Zawr", "Deir ez-Zor/Dayr az-Zawr", "Kyiv/Kiev", "Homs/Ḩimş",
        "Daraa/Dar'a", "Kharkiv/Kharkov", "Raqqa/Ar Raqqah", "Hodeidah/Al Hudaydah", "Tal Abyad/Tall Abyaḑ",
        "Mosul/Al Mawsil", "Benghazi/Banghāzī", "Kunduz/Qunduz", "Qamishli/Kamishly", "Saraqib/Saraqeb",
        "Jisr al-Shughur/Jisr ash Shughūr", "Ma'arrat al-Numan/Ma‘arrat an Nu‘mān", "Khan Sheikhoun/Khān Shaykhūn",
        "Misrata/Misratah", "Ouagadougou/Wagadugu", "Yekaterinburg/Ekaterinburg", "Харків/Kharkov",
        "تل أبيض/Tall Abyad",
    )],
)  # fmt: skip
def test_transliterations_of_one_name_share_a_skeleton_and_are_alike(one: str, other: str) -> None:
    left, right = bare(fold(one)), bare(fold(other))
    assert skeleton(left) == skeleton(right) != ""
    assert similarity(left, right) >= 0.75


@pytest.mark.parametrize("pair", ["Homs/Hama", "Aleppo/Halab", "Tartus/Idlib", "Mosul/Basra", "Kabul/Kapisa"])
def test_other_names_do_not_share_one(pair: str) -> None:
    one, other = (bare(fold(name)) for name in pair.split("/"))
    assert skeleton(one) != skeleton(other)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
@example("𝐀")
@example("\ufdfa" * 60)
def test_keys_are_idempotent(name: str) -> None:
    folded = fold(name)
    assert fold(folded) == folded
    assert bare(bare(folded)) == bare(folded) or " " in folded


@settings(deadline=None)
@given(st.text(alphabet="abdeghiklmnorstuwyz '-", max_size=80), st.text(alphabet="abdeghiklmnorstuwyz '-", max_size=80))
def test_likeness_is_a_share_and_takes_no_sides(one: str, other: str) -> None:
    left, right = bare(fold(one)), bare(fold(other))
    assert 0 <= similarity(left, right) <= 1
    assert similarity(left, right) == pytest.approx(similarity(right, left))
    assert similarity(left, left) == 1


_NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30).map(str.strip)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            _NAMES.filter(bool),
            st.floats(-90, 90).map(lambda lat: round(lat, 5)),
            st.floats(-180, 180).map(lambda lon: round(lon, 5)),
            st.integers(0, 30_000_000),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_every_row_of_a_dump_is_found_again_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, towns: list[tuple[str, float, float, int]]
) -> None:
    rows = [row(n, name, lat=lat, lon=lon, population=people) for n, (name, lat, lon, people) in enumerate(towns, 1)]
    places = opened(packed(tmp_path_factory.mktemp("round"), rows))
    for number, (name, lat, lon, people) in enumerate(towns, 1):
        if fold(name):
            town = {hit.toponym.id: hit.toponym for hit in places.exact(name)}[number]
            assert (town.name, town.lat, town.lon, town.population) == (name, lat, lon, people)
        assert number in {town.id for town in places.near(lat, lon, 1, 100)}


def test_towns_around_a_point_come_largest_first_and_no_farther(places: Gazetteer) -> None:
    assert [town.id for town in places.near(35.6, 36.5, 60, 10)] == [4, 5]
    assert [town.id for town in places.near(35.6, 36.5, 60, 1)] == [4]
    assert [town.id for town in places.near(35.6, 36.5, 20, 10)] == [4]
    assert places.near(-35.6, 36.5, 60, 10) == ()


def test_the_date_line_and_the_poles_divide_nothing(tmp_path: Path) -> None:
    rows = [row(1, "East", lat=0.0, lon=179.9), row(2, "West", lat=0.0, lon=-179.9), row(3, "Pole", lat=89.9, lon=0.0)]
    places = opened(packed(tmp_path, rows))
    assert {town.id for town in places.near(0, 180, 50, 9)} == {1, 2}
    assert {town.id for town in places.near(0, -180, 50, 9)} == {1, 2}
    assert {town.id for town in places.near(89.9, 180.0, 50, 9)} == {3}
    assert len(places.near(10, 10, 30_000, 9)) == 3


def test_a_division_is_found_by_name_code_and_transliteration(places: Gazetteer) -> None:
    assert [division.id for division in places.within("XX")] == [2]
    for name in ("North Governorate", "north", "Shimal", "01", "Shemal"):
        division = places.division("XX", name)
        assert division is not None
        assert division.id == 2
    assert places.division("YY", "North Governorate") is None
    assert places.division("XX", "Low Hills District") is None


def test_the_pack_attached_last_is_believed_and_none_is_forgotten(tmp_path: Path) -> None:
    newer = packed(tmp_path, [row(4, "Tall Qāsim", population=7_777), row(9, "Nu Village")], "newer")
    places = opened(packed(tmp_path), newer)
    assert [hit.toponym.population for hit in places.exact("Tall Qasim")] == [7_777]
    assert [hit.toponym.population for hit in places.exact("Tell Kasem")] == [5_000]
    assert [hit.toponym.id for hit in places.exact("Nu Village")] == [9]


def test_threads_share_one_gazetteer(places: Gazetteer) -> None:
    failed: list[str] = []

    def look() -> None:
        for _ in range(50):
            if [hit.toponym.id for hit in places.exact("Tall Qasim")] != [4] or not places.alike("Kefer Zeita", ["XX"]):
                failed.append("lost")

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def test_the_country_of_the_tests_has_all_its_rows(places: Gazetteer) -> None:
    assert places.packs[0].info.toponyms == len(COUNTRY)
