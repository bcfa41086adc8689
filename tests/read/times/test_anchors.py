import pytest

from sayso.read.times import dateline, times
from sayso.vocabulary import Anchor, Published, Span
from tests.read.times.asking import WEDNESDAY, read

HISTORY = (
    "The war of the two valleys began in 1611. On 3 May 1612, the lower valley crossed the river. In June, it took "
    "the mill. The upper valley burned the bridge on 12 August 1612. In January, snow closed the pass. "
    "A truce was signed on 1 March 1614. In October 1615, the valleys made peace."
)


@pytest.mark.parametrize(
    ("text", "city", "day"),
    [
        ("KABUL, Jan. 3 (Outlet) -- The market opened.", "KABUL", "2013-01-03"),
        ("AMMAN, 3 March 2013 - The market opened.", "AMMAN", "2013-03-03"),
        ("SAN SALVADOR, 9 JAN 90 (DPA) -- [TEXT] THE MARKET OPENED.", "SAN SALVADOR", "1990-01-09"),
        ("Market opens\n\nLima, 12 February (Outlet) — The market opened.", "Lima", "2013-02-12"),
        ("LIMA, Peru, Feb. 12 (Outlet) -- The market opened.", "LIMA", "2013-02-12"),
    ],
)
def test_a_dateline_gives_city_and_day(text: str, city: str, day: str) -> None:
    found = dateline(text, WEDNESDAY)
    assert found is not None
    assert found.city.of(text) == city
    assert found.day is not None
    assert found.day.isoformat() == day


def test_a_dateline_without_a_date_still_gives_the_city() -> None:
    found = dateline("LIMA (Outlet) -- The market opened.")
    assert found is not None
    assert (found.city, found.day) == (Span(0, 4), None)


@pytest.mark.parametrize(
    "text", ["", "The market opened on Monday.", "In Lima, the market opened on Jan. 3.", "\n\n\n"]
)
def test_a_text_without_a_dateline_has_none(text: str) -> None:
    assert dateline(text) is None


def test_the_publication_date_comes_first_with_its_basis() -> None:
    for text in ("A bus burned in Amman on Monday.", "AMMAN, 5 March 2009 - A bus burned on Monday."):
        found = read(text)["Monday"]
        assert (found.value, found.anchor, found.basis) == ("2013-03-04", Anchor.PUBLISHED, "metadata")


def test_a_dateline_some_days_older_is_what_weekdays_are_counted_from() -> None:
    found = read("AMMAN, 27 February 2013 - A bus burned on Monday.")["Monday"]
    assert (found.value, found.anchor) == ("2013-02-25", Anchor.DATELINE)


def test_without_a_publication_date_the_dateline_counts() -> None:
    text = "AMMAN, 3 March 2010 - A bus burned on Monday."
    found = read(text, None)["Monday"]
    assert (found.value, found.anchor, found.basis) == ("2010-03-01", Anchor.DATELINE, None)
    assert found.anchor_span is not None
    assert found.anchor_span.of(text) == "3 March 2010"


def test_with_neither_the_first_full_date_of_the_text_counts() -> None:
    text = "The fair opened on 3 May 1998. In June, it closed."
    found = read(text, None)["June"]
    assert (found.value, found.anchor) == ("1998-06", Anchor.NARRATIVE)
    assert found.anchor_span is not None
    assert found.anchor_span.of(text) == "3 May 1998"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bus burned on Monday.", "XXXX-WXX-1"),
        ("A bus burned in May.", "XXXX-05"),
        ("A bus burned on 12 May.", "XXXX-05-12"),
        ("A bus burned yesterday.", "XXXX-XX-XX"),
        ("A bus burned last year.", "XXXX"),
        ("A bus burned last week.", "XXXX-WXX"),
    ],
)
def test_with_no_date_at_all_the_value_stays_open(text: str, expected: str) -> None:
    (found,) = read(text, None).values()
    assert (found.value, found.anchor) == (expected, Anchor.UNRESOLVED)
    assert (found.start, found.end) == (None, None)


def test_a_history_is_dated_from_the_date_it_told_last() -> None:
    found = read(HISTORY)
    assert found["June"].value == "1612-06"
    assert found["January"].value == "1613-01"
    assert found["June"].anchor is Anchor.NARRATIVE


def test_one_old_date_does_not_make_news_a_history() -> None:
    found = read("The mill, built in 1611, burned down in January. It had been sold last week.")
    assert found["January"].value == "2013-01"


def test_a_publication_date_of_unknown_day_is_no_anchor() -> None:
    (found,) = times("A bus burned on Monday.", published=Published("2013", "metadata"))
    assert found.anchor is Anchor.UNRESOLVED
