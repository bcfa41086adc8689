from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.sentences import sentences
from sayso.read.times import dateline, times
from sayso.vocabulary import Published, Time, TimePrecision

_PIECES = (
    "on in at the a of and to from between since until by last next this that same previous following early late mid "
    "end start first second third quarter half day days week month year years decade century hours minutes ago later "
    "earlier before after January Feb. March May sept december Monday Fri. sun weekend morning night noon dawn tonight "
    "today yesterday tomorrow now soon every daily two twenty-five hundred few several about more than 1 3 12 31 "
    "98 '98 1998 2013 0830 10:30 p.m. GMT 03/04/2012 2012-02-30 1998-05-12T10:00Z 1980s nineties 490 BC Ramadan Eid "
    "Easter Christmas fiscal spring summer winter ended . , ( ) - -- ' / will said \n \n\n x İ ßtraße"
).split(" ")
texts = st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join)
written = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)).map(lambda day: Published(day.isoformat(), "given"))


def _check(text: str, found: tuple[Time, ...]) -> None:
    end = 0
    for item in found:
        assert end <= item.span.start < item.span.end <= len(text)
        assert item.text == item.span.of(text)
        end = item.span.end
        for day in (item.start, item.end):
            assert day is None or date.fromisoformat(day).isoformat() == day
        if item.start and item.end:
            assert item.start <= item.end
        if item.start is None and item.end is None:
            assert item.precision in (TimePrecision.UNKNOWN, TimePrecision.PERIOD)
        if item.anchor_span:
            assert 0 <= item.anchor_span.start < item.anchor_span.end <= len(text)
    assert [item.id for item in found] == [f"t{number}" for number in range(1, len(found) + 1)]


@given(texts, written)
def test_every_span_lies_in_the_text_and_no_interval_ends_before_it_starts(
    text: str, published: Published | None
) -> None:
    _check(text, times(text, published=published))
    _check(text, times(text, published=published, sentences=sentences(text)))
    line = dateline(text, published)
    assert line is None or 0 <= line.city.start < line.city.end <= len(text)


@given(st.text(max_size=80), written)
def test_any_text_can_be_read(text: str, published: Published | None) -> None:
    _check(text, times(text, published=published))


@given(
    st.dates(date(1000, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %B %Y"]),
)
def test_a_full_date_is_read_as_written(day: date, form: str) -> None:
    (found,) = times(f"It rained on {day.strftime(form)}.")
    assert found.value == found.start == found.end == day.isoformat()
    assert found.flags == ()


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 400))
def test_days_ago_go_back_that_many_days(day: date, count: int) -> None:
    (found,) = times(f"It rained {count} days ago.", published=Published(day.isoformat(), "given"))
    assert found.start is not None
    assert (day - date.fromisoformat(found.start)).days == count


_SAME = (
    "The fair opened on Friday, 3 May 1998, and closed two days later. In the past 24 hours nine fell ill; last week "
    "it was three. The hall will open in October, at 10:30 p.m. GMT, every night until Sunday. It was built in the "
    "1980s, in the first quarter of 1985, a decade ago, on Sept. 12 and in mid-1986, since March 1984."
)


@pytest.mark.parametrize("cased", [str.upper, str.lower])
def test_capitals_and_small_letters_alone_are_read_like_mixed_case(cased: object) -> None:
    assert callable(cased)
    published = Published("2013-03-06", "given")
    mixed = [(item.span, item.value, item.start, item.end) for item in times(_SAME, published=published)]
    assert len(mixed) == 14
    assert [(i.span, i.value, i.start, i.end) for i in times(cased(_SAME), published=published)] == mixed
