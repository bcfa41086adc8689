from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.trace.copies import copies_of, fingerprints, links_of
from tests.trace.copies.stories import DAM, indexed, kept


def seconds(text: str) -> float:
    start = time.process_time()
    report = kept("later", text, "1921-05-04")
    index = indexed([kept("first", text + " Indeed."), report])
    copies_of(report, index)
    links_of(report, index)
    return time.process_time() - start


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, "said " * 40_000, "ab " * 60_000, "1 2 3 4 5 6 7 8 9 " * 10_000, "x\n" * 100_000, "é̂" * 100_000],
    ids=["one letter", "one word", "short words", "figures", "lines", "accents"],
)
def test_texts_that_repeat_themselves_take_no_more_than_long_ones(text: str) -> None:
    assert seconds(text) < 20


def test_the_time_grows_with_the_length_and_not_faster() -> None:
    def story(words: int) -> str:
        return " ".join(f"{'nort' if place % 7 else 'sout'}h{place * 7919 % 10007}" for place in range(words))

    seconds(story(200))
    short, long = (min(seconds(story(words)) for _ in range(2)) for words in (2_000, 20_000))
    assert long < 40 * short + 0.5


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=60, deadline=None)  # the first call builds the table of letters
def test_any_two_texts_can_be_laid_side_by_side_and_spans_lie_within_them(one: str, other: str) -> None:
    source, report = kept("source", DAM[:200] + one), kept("report", DAM[:200] + other, "1921-05-04")
    for copy in copies_of(report, indexed([source, report])):
        assert 0 <= copy.span.start < copy.span.end <= len(report.report.text)
        assert 0 <= copy.source_span.start < copy.source_span.end <= len(source.report.text)
        for edit in copy.edits:
            assert edit.source.of(source.report.text) == edit.before
            assert edit.copy.of(report.report.text) == edit.after


@pytest.mark.parametrize("text", ["", " ", "\ud800", "…!?", "😀"])
def test_empty_and_wordless_reports_have_no_copies(text: str) -> None:
    assert len(fingerprints(text)) <= 1
    report = kept("report", text, "1921-05-04")
    assert copies_of(report, indexed([kept("same", text), report])) == ()
    assert links_of(report, indexed([kept("same", text), report])) == ()
