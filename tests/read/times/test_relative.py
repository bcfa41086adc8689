import pytest

from sayso.vocabulary import Anchor, TimeKind
from tests.read.times.asking import WEDNESDAY, read, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained today.", "2013-03-06"),
        ("It rained yesterday.", "2013-03-05"),
        ("It will rain tomorrow.", "2013-03-07"),
        ("It rained the day before yesterday.", "2013-03-04"),
        ("It rained last week.", "2013-W09"),
        ("It rains this week.", "2013-W10"),
        ("It will rain next week.", "2013-W11"),
        ("It rained last month.", "2013-02"),
        ("It will rain early next month.", "2013-04"),
        ("It rained last year.", "2012"),
        ("It rained earlier this year.", "2013"),
        ("It rained last summer.", "2012-SU"),
        ("It rained last May.", "2012-05"),
        ("It rained two days ago.", "2013-03-04"),
        ("It rained two weeks ago.", "2013-02-20"),
        ("It rained three months ago.", "2012-12"),
        ("It rained two years ago.", "2011"),
        ("It rained twenty-five years ago.", "1988"),
        ("It rained a decade ago.", "2003"),
        ("It rained a year and a half ago.", "2011-09"),
        ("It rained this past weekend.", "2013-W09-WE"),
        ("It rained in the fourth quarter.", "2012-Q4"),
        ("It rained last night.", "2013-03-05TNI"),
        ("It rained this morning.", "2013-03-06TMO"),
        ("It will rain tonight.", "2013-03-06TNI"),
        ("It rained at the weekend.", "2013-W09-WE"),
        ("It rained at the end of the month.", "2013-03"),
    ],
)
def test_relative_times_are_counted_from_the_publication_date(text: str, expected: str) -> None:
    (found,) = read(text).values()
    assert found.value == expected
    assert found.anchor is Anchor.PUBLISHED
    assert found.basis == WEDNESDAY.basis


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council met on Wednesday.", "2013-03-06"),
        ("The council met on Monday.", "2013-03-04"),
        ("The council met on Friday.", "2013-03-01"),
        ("The council will meet on Friday.", "2013-03-08"),
        ("The council is expected to meet on Monday.", "2013-03-11"),
        ("The council met last Wednesday.", "2013-02-27"),
        ("The council meets next Friday.", "2013-03-08"),
        ("The council met on Friday of last week.", "2013-03-01"),
    ],
)
def test_a_weekday_is_today_or_the_last_unless_the_words_look_ahead(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hall burned down in October.", "2012-10"),
        ("The hall burned down in February.", "2013-02"),
        ("The hall will open in October.", "2013-10"),
        ("The hall burned down on 12 December.", "2012-12-12"),
        ("The hall will open on 12 May.", "2013-05-12"),
        ("The hall opened on Feb. 20.", "2013-02-20"),
    ],
)
def test_a_date_without_its_year_is_the_last_unless_the_words_look_ahead(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The strike began on 3 May 1998. Two days later, it ended.", "Two days later", "1998-05-05"),
        ("The strike began on 3 May 1998 and ended the same day.", "the same day", "1998-05-03"),
        ("The strike began on 3 May 1998 and ended the next day.", "the next day", "1998-05-04"),
        ("The strike began on 3 May 1998; the day before, it snowed.", "the day before", "1998-05-02"),
        ("The strike began on 3 May 1998 and ended the following Monday.", "the following Monday", "1998-05-04"),
        ("The strike began in May 1998 and ended the following month.", "the following month", "1998-06"),
        ("The strike began in May 1998, and that year it snowed.", "that year", "1998"),
    ],
)
def test_what_points_back_is_counted_from_the_date_told_last(text: str, words: str, expected: str) -> None:
    found = read(text)
    assert found[words].value == expected
    assert found[words].anchor is Anchor.NARRATIVE
    span = found[words].anchor_span
    assert span is not None
    assert "1998" in span.of(text)


def test_a_day_is_not_counted_from_a_year() -> None:
    found = read("The strike began in 1998. Two days later, it ended.")
    assert found["Two days later"].start is None
    assert found["Two days later"].anchor is Anchor.UNRESOLVED


def test_a_year_ago_in_a_report_on_a_quarter_is_that_quarter_a_year_ago() -> None:
    found = read("The mill earned little in the fourth quarter, up from nothing a year ago.")
    assert found["the fourth quarter"].value == "2012-Q4"
    assert found["a year ago"].value == "2011-Q4"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mill is now closed.", "PRESENT_REF"),
        ("The mill is currently closed.", "PRESENT_REF"),
        ("The mill recently closed.", "PAST_REF"),
        ("The mill had closed in the past.", "PAST_REF"),
        ("The mill will close in the future.", "FUTURE_REF"),
        ("The mill will soon close.", "FUTURE_REF"),
        ("The mill closed several years ago.", "PAST_REF"),
    ],
)
def test_vague_times_keep_the_references_of_timex3(text: str, expected: str) -> None:
    (found,) = read(text).values()
    assert found.value == expected
    assert (found.start, found.end) == (None, None)


def test_soon_in_a_tale_of_the_past_is_no_future() -> None:
    assert read("The mill was soon closed.") == {}


@pytest.mark.parametrize(
    ("text", "expected", "mod"),
    [
        ("The siege lasted two years.", "P2Y", None),
        ("The siege lasted more than four hours.", "PT4H", "MORE_THAN"),
        ("The siege lasted nearly forty years.", "P40Y", "LESS_THAN"),
        ("The siege lasted up to 180 days.", "P180D", "EQUAL_OR_LESS"),
        ("The siege lasted at least 20 more years.", "P20Y", "EQUAL_OR_MORE"),
        ("The siege lasted about two weeks.", "P2W", "APPROX"),
        ("The siege lasted two and a half years.", "P2.5Y", None),
        ("The siege lasted half an hour.", "PT30M", None),
        ("The siege lasted a few days.", "PXD", None),
        ("The siege lasted for months.", "PXM", None),
        ("It was an eight-year siege.", "P8Y", None),
        ("The siege lasted a hundred and thirty days.", "P130D", None),
        ("The siege lasted a fortnight.", "P2W", None),
    ],
)
def test_durations(text: str, expected: str, mod: str | None) -> None:
    (found,) = read(text).values()
    assert (found.kind, found.value, found.mod) == (TimeKind.DURATION, expected, mod)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rains every night.", "XXXX-XX-XXTNI"),
        ("It rains each July.", "XXXX-07"),
        ("It rains every Monday.", "XXXX-WXX-1"),
        ("It rains every day.", "P1D"),
        ("It rains daily.", "P1D"),
        ("It rains every two weeks.", "P2W"),
        ("It rains twice a week.", "P1W"),
        ("It rains on Mondays.", "XXXX-WXX-1"),
        ("The ticket costs $5 a year.", "P1Y"),
    ],
)
def test_sets_have_no_place_in_the_calendar(text: str, expected: str) -> None:
    (found,) = read(text).values()
    assert (found.kind, found.value) == (TimeKind.SET, expected)
    assert (found.start, found.end) == (None, None)
