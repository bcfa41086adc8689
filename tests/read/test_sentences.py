"""Sentences end where a reader would say they do, and own every character that is not white space."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.sentences import sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gen. Orla Vance spoke. She left.", 2),
        ("The U.S. envoy met Mr. Dole at 5 p.m. Friday in St. Anne.", 1),
        ("He lives in the U.S. She does not.", 2),
        ("“Stop!” he said. “Now.”", 2),
        ("“Will it rain?” asked nobody. It did.", 2),
        ("It cost 3.5 million. No. 4 won.", 2),
        ("J. R. Hale spoke… and stopped.", 1),
        ("First line without a stop\nSecond line", 2),
        ("Wait... what? Yes.", 2),
        ("", 0),
        ("  \n\n ", 0),
    ],
)
def test_sentences_are_counted_as_a_reader_would(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert split("“We won.” They lost.") == ["“We won.”", "They lost."]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_every_visible_character_belongs_to_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    outside = "".join(text[a.end : b.start] for a, b in pairwise(spans))
    assert not outside.strip()
    assert not spans or not (text[: spans[0].start] + text[spans[-1].end :]).strip()
