import pytest

from sayso.vocabulary import Anchor, TimeKind, TimePrecision
from tests.read.times.asking import days, read, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge opened on 12 May 1998.", "1998-05-12"),
        ("The bridge opened on May 12, 1998.", "1998-05-12"),
        ("The bridge opened on the 12th of May, 1998.", "1998-05-12"),
        ("The bridge opened on Tuesday, May 12, 1998.", "1998-05-12"),
        ("The bridge opened on 1998-05-12.", "1998-05-12"),
        ("The bridge opened on 22/05/1998.", "1998-05-22"),
        ("The bridge opened on 05/22/1998.", "1998-05-22"),
        ("The bridge opened on 22.05.1998.", "1998-05-22"),
        ("THE BRIDGE OPENED ON 9 JAN 90 AT LAST.", "1990-01-09"),
        ("The bridge opened in May 1998.", "1998-05"),
        ("The bridge opened in May of 1998.", "1998-05"),
        ("The bridge opened in 1998.", "1998"),
        ("The bridge opened in '98.", "1998"),
        ("The bridge opened in nineteen ninety-eight.", "1998"),
        ("The bridge opened in the year two thousand.", "2000"),
        ("The bridge opened in the 1980s.", "198"),
        ("The bridge opened in the '80s.", "198"),
        ("The bridge opened in the nineties.", "199"),
        ("The bridge opened in the 19th century.", "18"),
        ("The bridge opened in the summer of 1998.", "1998-SU"),
        ("The bridge opened in fiscal 1989.", "1989"),
        ("The bridge opened in the first quarter of 1998.", "1998-Q1"),
        ("The bridge opened in the first half of 1998.", "1998-H1"),
        ("The bridge opened in 490 BC.", "BC0490"),
    ],
)
def test_a_date_that_tells_all_needs_no_anchor(text: str, expected: str) -> None:
    (found,) = read(text).values()
    assert found.value == expected
    assert found.anchor is Anchor.ABSOLUTE
    assert found.basis is None


@pytest.mark.parametrize(
    ("text", "mod", "expected"),
    [
        ("The bridge opened in early 1998.", "START", "1998"),
        ("The bridge opened in mid-1998.", "MID", "1998"),
        ("The bridge opened in late May 1998.", "END", "1998-05"),
        ("The bridge opened at the end of 1998.", "END", "1998"),
        ("The bridge opened at the beginning of May 1998.", "START", "1998-05"),
        ("The bridge opened around May 12, 1998.", "APPROX", "1998-05-12"),
    ],
)
def test_early_mid_late_and_about_are_modifiers_of_the_same_value(text: str, mod: str, expected: str) -> None:
    (found,) = read(text).values()
    assert (found.value, found.mod) == (expected, mod)


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("It rained on 12 May 1998.", ("1998-05-12", "1998-05-12"), TimePrecision.DAY),
        ("It rained in February 2012.", ("2012-02-01", "2012-02-29"), TimePrecision.MONTH),
        ("It rained in 1998.", ("1998-01-01", "1998-12-31"), TimePrecision.YEAR),
        ("It rained in the 1980s.", ("1980-01-01", "1989-12-31"), TimePrecision.DECADE),
        ("It rained in the 19th century.", ("1800-01-01", "1899-12-31"), TimePrecision.CENTURY),
        ("It rained in the winter of 1998.", ("1998-12-01", "1999-02-28"), TimePrecision.SEASON),
        ("It rained in the third quarter of 1998.", ("1998-07-01", "1998-09-30"), TimePrecision.PERIOD),
        ("It rained last week.", ("2013-02-25", "2013-03-03"), TimePrecision.WEEK),
    ],
)
def test_the_interval_holds_every_day_of_the_value(
    text: str, expected: tuple[str, str], precision: TimePrecision
) -> None:
    (found,) = read(text).values()
    assert (found.start, found.end) == expected
    assert found.precision is precision


def test_a_date_that_no_calendar_has_stays_open() -> None:
    (found,) = read("It rained on 29 February 2013.").values()
    assert (found.start, found.end) == (None, None)
    assert found.anchor is Anchor.UNRESOLVED
    assert "no such day in the calendar" in found.flags


def test_the_days_of_a_range_share_month_and_year() -> None:
    found = read("It rained on 12-14 July 1950.")
    assert [item.value for item in found.values()] == ["1950-07-12", "1950-07-14"]
    found = read("It rained on July 12-14, 1950.")
    assert [item.value for item in found.values()] == ["1950-07-12", "1950-07-14"]
    found = read("It rained from 26 June to 4 August 1952.")
    assert [item.value for item in found.values()] == ["1952-06-26", "1952-08-04"]


@pytest.mark.parametrize(
    "text",
    [
        "He may march on the city with 2000 soldiers.",
        "The fall of the old wall cost $1998.",
        "Jan and Sun sat in the second row, and Mar was late.",
        "The score was 3:2 in the end, by 1,500 votes to 12.",
        "Call 555-1998 or write to box 20/3.",
        "Three quarters of the members voted; he won on points.",
        "Her 34-year-old brother repairs clocks.",
    ],
)
def test_words_and_numbers_that_are_no_time_are_left_alone(text: str) -> None:
    assert read(text) == {}


def test_the_number_of_a_day_alone_is_of_the_month_the_text_tells_of() -> None:
    found = read("The fair opened on 3 May 1998. On the 5th, it closed.")
    assert found["the 5th"].value == "1998-05-05"
    assert found["the 5th"].anchor is Anchor.NARRATIVE


def test_kinds_are_those_of_timex3() -> None:
    found = read("On Monday at noon, for two years, every night.")
    assert [item.kind for item in found.values()] == [TimeKind.TIME, TimeKind.DURATION, TimeKind.SET]


def test_years_before_the_era_have_no_interval_and_nothing_is_counted_from_them() -> None:
    found = read("The wall fell in 480 BC. Two years later, the town was built again.")
    assert found["480 BC"].value == "BC0480"
    assert all(item.start is None for item in found.values())


def test_ids_count_in_the_order_of_the_text() -> None:
    found = read("On Monday and on Tuesday, in May 1998.")
    assert [item.id for item in found.values()] == ["t1", "t2", "t3"]


def test_the_day_of_a_value_in_the_text_is_a_single_day() -> None:
    assert days("It rained today.") == ("2013-03-06", "2013-03-06")
    assert value("It rained today.") == "2013-03-06"
