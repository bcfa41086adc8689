import time

import pytest

from sayso.read.times import dateline, times
from sayso.vocabulary import Published

_GIVEN = Published("2013-03-06", "given")
_SIZE = 12_000  # characters; the longer text has four times as many
_UNITS = (
    "at ",
    "the ",
    "9",
    "1998 ",
    "Monday ",
    "two ",
    "the last two ",
    "in the early ",
    "12-",
    "10:",
    "a hundred and ",
    "May 12 - ",
    "\n",
    "\n \t",
    "'",
    "new year ' s ",
    "eid - - - - ",
    "(",
    "AMMAN, ",
    "every ",
    "year after ",
)


def _seconds(text: str) -> float:
    begun = time.process_time()
    times(text, published=_GIVEN)
    dateline(text, _GIVEN)
    return time.process_time() - begun


@pytest.mark.parametrize("unit", _UNITS)
def test_the_time_grows_with_the_text_and_not_with_its_square(unit: str) -> None:
    short, long = unit * (_SIZE // len(unit)), unit * (4 * _SIZE // len(unit))
    _seconds(short)
    once, more = (min(_seconds(text) for _ in range(3)) for text in (short, long))  # one run may meet a collection
    assert more < 10 * once + 0.3


@pytest.mark.parametrize("unit", ["at ", "9", " ", "a hundred and "])
def test_a_megabyte_without_a_time_is_read_in_seconds(unit: str) -> None:
    assert _seconds(unit * (1_000_000 // len(unit))) < 20


def test_numbers_of_any_length_and_script_are_survived() -> None:
    text = (
        "In "
        + "1" * 100_000
        + " and ٣/٤/٢٠١٢ and ²⁰¹³, on 99/99/9999, 00:00:00, 0 BC, year 0000, 10"
        + "0" * 400
        + " years ago."
    )
    for item in times(text, published=_GIVEN):
        assert item.span.of(text) == item.text


@pytest.mark.parametrize("value", ["", "yesterday", "2013-13-45", "9999-12-31", "0001-01-01", "2013-03-06T10:00+02:00"])
def test_any_publication_date_is_taken(value: str) -> None:
    text = "Last century, 2100 years ago, next year, on Friday, in 900 weeks' time and 99 centuries ago, tomorrow."
    found = times(text, published=Published(value, "given"))
    assert {item.text for item in found} >= {"next year", "Friday"}
