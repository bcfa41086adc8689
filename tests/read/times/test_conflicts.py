from sayso.vocabulary import Published
from tests.read.times.asking import read

AHEAD = "lies after the publication date"
BESIDE = "conflicts with the date beside it"


def test_a_date_after_publication_is_flagged() -> None:
    found = read("The dam will open on 12 May 2014. It was begun on 12 May 2010.")
    assert found["12 May 2014"].flags == (AHEAD,)
    assert found["12 May 2010"].flags == ()


def test_a_dateline_that_contradicts_the_publication_date_is_flagged() -> None:
    found = read("AMMAN, 9 January 1990 (Outlet) -- A bus burned.")
    assert found["9 January 1990"].flags == ("conflicts with the publication date",)
    found = read("AMMAN, 5 March 2013 (Outlet) -- A bus burned.")
    assert found["5 March 2013"].flags == ()


def test_a_weekday_that_does_not_fit_its_date_is_flagged() -> None:
    assert read("It rained on Friday, March 6, 2013.")["Friday, March 6, 2013"].flags == (
        "the weekday does not fit the date",
    )
    assert read("It rained on Wednesday, March 6, 2013.")["Wednesday, March 6, 2013"].flags == ()


def test_a_day_and_the_date_beside_it_that_differ_are_both_flagged() -> None:
    found = read("It rained today, 5 March.")
    assert found["today"].flags == found["5 March"].flags == (BESIDE,)
    found = read("It rained on Tuesday (March 5).")
    assert found["Tuesday"].flags == found["March 5"].flags == ()


def test_day_and_month_that_could_be_swapped_are_read_with_a_reason() -> None:
    found = read("Rain fell on 03/04/2012 and on 13/04/2012.")["03/04/2012"]
    assert found.value == "2012-04-03"
    assert found.flags == ("day and month could be swapped: read day first, as in the other dates in numbers",)
    found = read("Rain fell on 03/04/2012 and on March 13, 2012.")["03/04/2012"]
    assert found.value == "2012-03-04"
    assert found.flags == ("day and month could be swapped: read month first, as in the dates with month names",)
    found = read("Rain fell on 03/04/2012 and on 13 March 2012.")["03/04/2012"]
    assert found.value == "2012-04-03"


def test_the_publication_date_settles_the_order_where_one_reading_lies_after_it() -> None:
    found = read("Rain fell on 05/03/2013.", Published("2013-03-06", "given"))["05/03/2013"]
    assert found.value == "2013-03-05"
    assert "read day first, so that it does not lie after the publication date" in found.flags[0]


def test_without_any_sign_month_first_is_said_to_be_a_guess() -> None:
    found = read("Rain fell on 03/04/2012.")["03/04/2012"]
    assert found.value == "2012-03-04"
    assert found.flags == ("day and month could be swapped: read month first, for want of any sign",)
