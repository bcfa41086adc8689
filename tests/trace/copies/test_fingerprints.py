from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ledger.derived import postings
from sayso.trace.copies import fingerprints
from tests.trace.copies.stories import DAM, FAIR, FERRY, scanned


def shared(one: str, other: str) -> int:
    return len(np.intersect1d(fingerprints(one).hashes, fingerprints(other).hashes))


def test_a_report_of_six_hundred_words_has_a_few_hundred_fingerprints_of_42_bits() -> None:
    words = " ".join((DAM + " " + FERRY + " " + FAIR).split() * 2)
    text = " ".join(f"{word}{place % 97}" for place, word in enumerate(words.split()[:600]))
    prints = fingerprints(text)
    assert 200 < len(prints) < 800
    assert prints.hashes.dtype == np.int64
    assert 0 <= prints.hashes.min() < prints.hashes.max() < 1 << postings.BITS
    assert prints.hashes.max() > 1 << (postings.BITS - 2)


def test_no_report_has_more_than_a_bounded_number() -> None:
    text = " ".join(f"word{place * 7919 % 100003}" for place in range(60_000))
    assert len(fingerprints(text)) <= 8192
    assert shared(text, text) == len(fingerprints(text))


@pytest.mark.parametrize("place", range(0, 60, 5))
def test_any_seven_words_in_a_row_are_found_again(place: int) -> None:
    passage = " ".join(DAM.split()[place : place + 7])
    assert shared(f"Quite another beginning, {passage} and quite another end.", DAM) >= 1


def test_each_position_is_where_its_words_begin() -> None:
    moved = "Late news follows.\n\n" + DAM
    before, after = fingerprints(DAM), fingerprints(moved)
    kept, mine, moved_to = np.intersect1d(before.hashes, after.hashes, return_indices=True)
    assert len(kept) > 0.9 * len(before)
    assert set((after.positions[moved_to] - before.positions[mine]).tolist()) == {len("Late news follows.\n\n")}


def test_case_accents_and_punctuation_make_no_difference() -> None:
    plain = "The café of Señor Núñez, at Åre - said to be haunted - has burnt down twice since the spring of 1911."
    other = "THE CAFE OF SENOR NUNEZ AT ARE (SAID TO BE HAUNTED) HAS BURNT DOWN TWICE SINCE THE SPRING OF 1911"
    assert fingerprints(plain).hashes.tolist() == fingerprints(other).hashes.tolist()


def test_a_decimal_point_does_make_a_difference() -> None:
    assert shared("1.5 and 2.5", "15 and 25") == 0


def test_a_poor_scan_keeps_far_more_fingerprints_than_two_stories_share() -> None:
    assert shared(DAM, scanned(DAM, 0.1)) > 10 * max(1, shared(DAM, FERRY))


@given(st.text(max_size=300))
@settings(deadline=None)  # the first call builds the table of letters
def test_any_text_has_fingerprints_that_lie_within_it(text: str) -> None:
    prints = fingerprints(text)
    assert all(0 <= position < len(text) for position in prints.positions.tolist())
    assert np.array_equal(np.unique(prints.hashes), prints.hashes)
    assert fingerprints(text).hashes.tolist() == prints.hashes.tolist()


@pytest.mark.parametrize("text", ["", " ", "…", "\ud800", "abc", "😀" * 40])
def test_texts_of_next_to_nothing_have_next_to_no_fingerprints(text: str) -> None:
    assert len(fingerprints(text)) <= 1
