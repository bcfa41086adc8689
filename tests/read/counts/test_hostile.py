"""Time stays near linear, and nothing breaks, on text made to hurt."""

import time

import pytest

from sayso.read.counts import counts, numbers, totals
from sayso.read.sentences import sentences

_PATTERNS = {
    "numbers": "two hundred thousand and ",
    "digits": "1,",
    "harms": "killed ",
    "lists": "two men, ",
    "joined": "a man and a woman and ",
    "groups": "a group of ",
    "asides": "who was killed, ",
    "brackets": "( ",
    "passives": "were ",
    "named": "identified as Anna Berg, ",
    "to": "to have been killed ",
    "hyphens": "a-",
    "sentences": "Anna Berg was killed. ",
}


def seconds(text: str) -> float:
    begin = time.process_time()
    totals(counts(text, sentences(text)), text)
    numbers(text)
    return time.process_time() - begin


@pytest.mark.parametrize("pattern", _PATTERNS.values(), ids=_PATTERNS.keys())
def test_time_grows_no_faster_than_the_text(pattern: str) -> None:
    small = min(seconds(pattern * (10_000 // len(pattern))) for _ in range(2))
    large = min(seconds(pattern * (40_000 // len(pattern))) for _ in range(2))  # one run may meet a collection
    assert large < 10 * small + 0.5


def test_a_number_too_large_for_people_is_none() -> None:
    assert numbers("9" * 5000) == []
    assert numbers("million " * 5000) == []


def test_digits_of_other_scripts_do_no_harm() -> None:
    text = "٢ soldiers and ² men were killed, ⅔ of ५ people died."
    assert all(count.low >= 0 for count in counts(text, sentences(text)))
    assert all(number.low >= 0 for number in numbers(text))
