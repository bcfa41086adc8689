"""Numbers that may count people, as ranges."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.counts import numbers

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(value: int) -> str:
    if value < 20:
        return _UNITS[value]
    if value < 100:
        return _TENS[value // 10 - 2] + (f"-{_UNITS[value % 10]}" if value % 10 else "")
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = f" and {spelled(value % size)}" if value % size else ""
            return f"{spelled(value // size)} {name}{rest}"
    raise AssertionError


def read(text: str) -> list[tuple[str, int, int | None]]:
    return [(number.words, number.low, number.high) for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1,200 villagers", 1200, 1200),
        ("1.5 million people", 1_500_000, 1_500_000),
        ("2,50,000 people", 250_000, 250_000),
        ("FIVE MEN", 5, 5),
        ("twenty-three men", 23, 23),
        ("a dozen men", 12, 12),
        ("two dozen men", 24, 24),
        ("half a dozen men", 6, 6),
        ("a hundred men", 100, 100),
        ("a couple of men", 2, 2),
        ("both men", 2, 2),
        ("family of five", 5, 5),
        ("nobody", 0, 0),
        ("no casualties", 0, 0),
        ("two others", 2, 2),
        ("another three", 3, 3),
        ("either three or four men", 3, 4),
        ("between 30 and 40 men", 30, 40),
        ("30-40 men", 30, 40),
        ("30 to 40 men", 30, 40),
        ("fewer than 10 men", 1, 9),
        ("up to 20 men", 1, 20),
        ("as many as 12 men", 1, 12),
        ("nearly 100 men", 90, 100),
        ("about 40 men", 36, 44),
        ("some twenty men", 18, 22),
        ("about five men", 5, 5),
        ("a policeman", 1, 1),
        ("an elderly woman", 1, 1),
    ],
)
def test_a_number_allows_what_its_words_allow(text: str, low: int, high: int) -> None:
    assert [(first, last) for _, first, last in read(text)] == [(low, high)]


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("at least 58 men", 58),
        ("no fewer than 9 men", 9),
        ("more than 300 men", 301),
        ("over 300 men", 301),
        ("three or more men", 3),
        ("dozens of men", 24),
        ("scores of men", 40),
        ("hundreds of men", 200),
        ("several men", 3),
        ("a few men", 3),
        ("several hundred men", 300),
        ("tens of thousands of men", 20_000),
    ],
)
def test_some_numbers_have_no_upper_bound(text: str, low: int) -> None:
    assert [(first, last) for _, first, last in read(text)] == [(low, None)]


@pytest.mark.parametrize(
    "text",
    [
        "on October 3",
        "on 3 October 2015",
        "in 2010",
        "the 45-year-old",
        "Lars Holm, 33, left",
        "Anna Berg (34)",
        "at 9.30 am",
        "at 10:30",
        "the 20th battalion",
        "5% of it",
        "12 percent",
        "$40",
        "Rs 500",
        "122 mm rockets",
        "an AK-47",
        "Resolution 2254",
        "Route 66",
        "No. 12",
        "15 km away",
        "no money",
        "a house",
        "a policy",
    ],
)
def test_what_counts_no_people_is_no_number(text: str) -> None:
    assert read(text) == []


def test_the_words_before_a_number_are_part_of_it() -> None:
    assert read("They saw at least 58 men.") == [("at least 58", 58, None)]


@given(st.integers(min_value=2, max_value=9_999_999))
def test_a_spelled_out_integer_is_given_back(value: int) -> None:
    assert [(low, high) for _, low, high in read(f"{spelled(value)} people")] == [(value, value)]


@given(st.integers(min_value=2, max_value=999_999))
def test_digits_with_separators_are_given_back(value: int) -> None:
    assert [(low, high) for _, low, high in read(f"{value:,} people")] == [(value, value)]


@given(st.lists(st.sampled_from("at least 5 two dozen of - or to 30 , . a hundred and several no people %".split())))
def test_numbers_are_ranges_in_order_within_the_text(words: list[str]) -> None:
    text = " ".join(words)
    found = numbers(text)
    assert all(number.span.of(text) == number.words and number.words for number in found)
    assert all(number.high is None or 0 <= number.low <= number.high for number in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
