from __future__ import annotations

from datetime import date

import pytest

from sayso.share.happenings import happenings, letters, range_words
from sayso.share.moments import Interval, interval, moments
from tests.page.valley import valley


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2031-05-03", "2031-05-03", "3 May 2031"),
        ("2031-05-03", "2031-05-09", "3–9 May 2031"),
        ("2031-05-28", "2031-06-02", "28 May – 2 Jun 2031"),
        ("2030-12-30", "2031-01-02", "30 Dec 2030 – 2 Jan 2031"),
        ("2031-02-01", "2031-02-28", "Feb 2031"),
        ("2031-03-01", "2031-05-31", "Mar–May 2031"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("1985-01-01", "1989-12-31", "1985–1989"),
        ("2031-05-03", None, "since 3 May 2031"),
        (None, "2031-05-03", "until 3 May 2031"),
        ("9999-12-01", "9999-12-31", "Dec 9999"),
    ],
)
def test_intervals_are_written_as_a_person_would(start: str | None, end: str | None, shown: str) -> None:
    assert str(interval(start, end)) == shown


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), ("", ""), ("soon", None), ("2031-05-09", "2031-05-03"), ("0000-01-01", None)]
)
def test_what_is_no_interval_is_none(start: str | None, end: str | None) -> None:
    assert interval(start, end) is None


def test_moments_run_by_the_calendar_with_what_happened_on_them() -> None:
    reading = valley()
    found = moments(reading, happenings(reading))
    assert [(str(it.interval), [h.letter for h in it.happenings]) for it in found] == [
        ("1985–1989", []),
        ("1987", ["F"]),
        ("Mar–May 2031", ["C"]),
        ("1 May 2031", []),
        ("1–2 May 2031", ["B"]),
        ("3 May 2031", ["A"]),
        ("6–16 May 2031", ["D"]),
        ("20 May 2031", ["E"]),
        ("None", []),
    ]
    assert [it.key for it in found if not it.times] == [""]
    assert [it.is_throughout for it in found[:2]] == [True, False]


def test_a_single_day_is_a_day() -> None:
    day = date(2031, 5, 3)
    assert Interval(day, day).is_day
    assert not Interval(day, None).is_day


def test_letters_go_on_after_z() -> None:
    assert [letters(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_ranges_are_worded() -> None:
    assert [range_words(*it) for it in ((3, 3), (5, None), (0, 5), (20, 30))] == [
        "3",
        "at least 5",
        "up to 5",
        "20 to 30",
    ]
