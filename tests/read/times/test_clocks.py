import pytest

from sayso.vocabulary import TimeKind, TimePrecision
from tests.read.times.asking import read


@pytest.mark.parametrize(
    ("text", "clock", "zone", "expected"),
    [
        ("It struck at 10:30 p.m. GMT on Tuesday.", "T22:30", "GMT", "2013-03-05T22:30"),
        ("It struck at 5 a.m. today.", "T05", None, "2013-03-06T05:00"),
        ("It struck on Tuesday at 14:30.", "T14:30", None, "2013-03-05T14:30"),
        ("It struck on Tuesday at 1430 GMT.", "T14:30", "GMT", "2013-03-05T14:30"),
        ("It struck at noon on Tuesday.", "T12:00", None, "2013-03-05T12:00"),
        ("It struck at 7 o'clock on Tuesday.", "T07", None, "2013-03-05T07:00"),
        ("It struck at 9 p.m. local time on Tuesday.", "T21", "local time", "2013-03-05T21:00"),
        ("It struck at 2013-03-01T10:00Z.", "T10:00", "Z", "2013-03-01T10:00"),
        ("It struck at 12 a.m. on 3 May 1998.", "T00", None, "1998-05-03T00:00"),
    ],
)
def test_clock_times_keep_the_zone_as_written(text: str, clock: str, zone: str | None, expected: str) -> None:
    (found,) = read(text).values()
    assert found.kind is TimeKind.TIME
    assert (found.clock, found.zone, found.value) == (clock, zone, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It snowed on Tuesday morning.", "2013-03-05TMO"),
        ("It snowed at dawn on Tuesday.", "2013-03-05TMO"),
        ("It snowed overnight.", "2013-03-06TNI"),
        ("It snowed in the early hours of Tuesday.", "2013-03-05TMO"),
        ("It snowed on the evening of 3 May 1998.", "1998-05-03TEV"),
    ],
)
def test_parts_of_the_day(text: str, expected: str) -> None:
    (found,) = read(text).values()
    assert found.value == expected
    assert found.precision is TimePrecision.DAY_PART


def test_a_time_of_day_alone_is_of_the_day_told_last() -> None:
    found = read("The fair opened on 3 May 1998. At 5 p.m., it closed.")
    assert found["5 p.m."].value == "1998-05-03T17:00"


def test_an_hour_that_no_clock_shows_is_no_time() -> None:
    assert read("The ratio was 31:75 or 99 p.m. there.") == {}
