import pytest

from sayso.vocabulary import Published, TimePrecision
from tests.read.times.asking import read


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("Nine died in the past 24 hours.", "the past 24 hours", "2013-03-05", "2013-03-06"),
        ("Nine died in the last two weeks.", "the last two weeks", "2013-02-20", "2013-03-06"),
        ("Nine may die in the next two weeks.", "the next two weeks", "2013-03-06", "2013-03-20"),
        ("Nine have died since 2010.", "2010", "2010-01-01", "2013-03-06"),
        ("Nine have died since Monday.", "Monday", "2013-03-04", "2013-03-06"),
        ("The road stays shut until Friday.", "Friday", None, "2013-03-08"),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(text: str, words: str, start: str | None, end: str) -> None:
    found = read(text)[words]
    assert (found.start, found.end) == (start, end)
    assert found.precision is TimePrecision.PERIOD


@pytest.mark.parametrize(
    "text",
    [
        "Nine died between March and May 2012.",
        "Nine died from March to May 2012.",
        "Nine died in the months March-May 2012.",
    ],
)
def test_both_ends_of_a_range_carry_the_whole_of_it(text: str) -> None:
    found = [item for item in read(text).values() if item.value.startswith("2012")]
    assert [item.value for item in found] == ["2012-03", "2012-05"]
    assert {(item.start, item.end) for item in found} == {("2012-03-01", "2012-05-31")}


def test_two_dates_beside_each_other_are_no_range() -> None:
    found = read("It rained in March and May 2012.")
    assert found["May 2012"].start == "2012-05-01"


def test_since_without_a_day_of_writing_has_an_open_end() -> None:
    found = read("Nine have died since 2010.", None)["2010"]
    assert (found.start, found.end) == ("2010-01-01", None)


def test_the_hours_of_a_day_share_it() -> None:
    found = read("The hall was open from 10 a.m. to 5 p.m. on Monday.")
    assert [item.value for item in found.values()] == ["2013-03-04T10:00", "2013-03-04T17:00"]


def test_a_month_called_may_is_no_sign_of_the_future() -> None:
    found = read("Nine fell ill between 3 and 5 May.", Published("2013-08-19", "given"))
    assert [item.value for item in found.values()] == ["2013-05-03", "2013-05-05"]
