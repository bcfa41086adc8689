import pytest

from sayso.vocabulary import Anchor
from tests.read.times.asking import read, value


@pytest.mark.parametrize(
    ("text", "words", "calendar"),
    [
        ("Shops close on Eid al-Fitr.", "Eid al-Fitr", "Islamic"),
        ("Shops close in Ramadan.", "Ramadan", "Islamic"),
        ("Shops close on 15 Sha'ban.", "15 Sha'ban", "Islamic"),
        ("Shops close on Nowruz.", "Nowruz", "Persian"),
        ("Shops close on 3 Farvardin.", "3 Farvardin", "Persian"),
        ("Shops close on Passover.", "Passover", "Hebrew"),
        ("Shops close on Diwali.", "Diwali", "Hindu"),
        ("Shops close on the Lunar New Year.", "Lunar New Year", "Chinese"),
    ],
)
def test_festivals_and_months_of_other_calendars_are_found_and_left_open(text: str, words: str, calendar: str) -> None:
    found = read(text)[words]
    assert found.anchor is Anchor.UNRESOLVED
    assert (found.start, found.end) == (None, None)
    assert found.value.startswith("XXXX")
    assert found.flags == (f"of the {calendar} calendar, not resolved",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shops closed on Christmas Day 2010.", "2010-12-25"),
        ("Shops closed on New Year's Eve.", "2012-12-31"),
        ("Shops closed on Easter Monday 2013.", "2013-04-01"),
        ("Shops closed last Christmas.", "2012-12-25"),
        ("Shops closed on Labor Day 2012.", "2012-09-03"),
    ],
)
def test_festivals_of_the_civil_calendar_are_days(text: str, expected: str) -> None:
    assert value(text) == expected
