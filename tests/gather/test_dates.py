from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.gather.dates import Moment, first_published, parse_date, published
from sayso.vocabulary import Published


@pytest.mark.parametrize(
    ("written", "value", "zone"),
    [
        ("2022-08-19", "2022-08-19", None),
        (" 2022/08/19 ", "2022-08-19", None),
        ("20220819T130500Z", "2022-08-19T13:05:00+00:00", "Z"),
        ("2022-08-19T13:05:00Z", "2022-08-19T13:05:00+00:00", "Z"),
        ("2022-08-19T13:05+03:00", "2022-08-19T13:05+03:00", "+03:00"),
        ("2022-08-19 13:05:00 +0300", "2022-08-19T13:05:00+03:00", "+0300"),
        ("2022-08-19 13:05 UTC", "2022-08-19T13:05+00:00", "UTC"),
        ("2022-08-19 13:05 IST", "2022-08-19T13:05", "IST"),
        ("Fri, 19 Aug 2022 13:05:00 -0330", "2022-08-19T13:05:00-03:30", "-0330"),
        ("19 August 2022", "2022-08-19", None),
        ("Friday, August 19th, 2022, 1:05 pm GMT", "2022-08-19T13:05+00:00", "GMT"),
        ("Sept. 1, 2022 at 12:30 a.m.", "2022-09-01T00:30", None),
    ],
)
def test_dates_are_read_as_precisely_as_written(written: str, value: str, zone: str | None) -> None:
    assert parse_date(written) == Moment(value, zone)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "2022",
        "2022-08",
        "03/04/2022",
        "2022-02-30",
        "0001-01-01T00:00:00",
        "19 Octember 2022",
        "2022-08-19T25:00",
        "2022-08-19T13:05+99:00",
        "1660914300",
        "9" * 100_000,
        "19 Aug 2022 " * 1000,
    ],
)
def test_what_is_no_certain_date_is_not_guessed(written: str) -> None:
    assert parse_date(written) is None


def test_tomorrow_is_allowed_and_next_week_is_dropped() -> None:
    now = datetime.now(UTC)
    tomorrow, next_week = ((now + timedelta(days=days)).date().isoformat() for days in (1, 7))
    assert published(tomorrow, "given") == (Published(tomorrow, "given"), ())
    assert published(next_week, "given") == (None, (f"date dropped: {next_week} (given) lies in the future",))


def test_the_first_good_candidate_counts_and_bad_ones_before_it_are_named() -> None:
    found, flags = first_published([("soon", "a"), ("2022-08-19", "b"), ("2021-01-01", "c")])
    assert found == Published("2022-08-19", "b")
    assert flags == ('date dropped: "soon" (a) is not a date we can read',)


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=100) | st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?", fullmatch=True)
)
def test_any_words_give_a_valid_iso_date_or_none(written: str) -> None:
    moment = parse_date(written)
    if moment is not None:
        datetime.fromisoformat(moment.value)
    published(written, "given")
