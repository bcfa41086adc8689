"""Numbers are the same however they are written, and differ by what they measure."""

import pytest

from sayso.trace.claims.quantities import quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("twenty-five people", ["25"]),
        ("25 people", ["25"]),
        ("two hundred and three", ["203"]),
        ("$2 trillion over five years", ["2,000,000,000,000 in money", "5"]),
        ("70 percent of 1,200", ["70 %", "1,200"]),
        ("70 per cent", ["70 %"]),
        ("two dozen boats in 1898", ["24", "1898"]),
        ("a million", ["1,000,000"]),
        ("one of them", []),
        ("3.5 million", ["3,500,000"]),
    ],
)
def test_a_number_is_read_with_what_it_measures(text: str, found: list[str]) -> None:
    assert [str(quantity) for quantity in quantities(text)] == found


def test_a_very_long_number_or_text_is_no_trouble() -> None:
    assert quantities("9" * 100_000) == ()
    assert quantities("seven hundred thousand " * 20_000)[0].value == 700_000
