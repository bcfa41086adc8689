"""Offsets fit the text, whatever is in it, and a reading is the same on every day and every thread."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso import read, read_many
from sayso.read import read_report
from sayso.read.encoder import shipped
from sayso.share import dumps
from sayso.vocabulary import Reading, Report, Span, report_id

PLAIN = "“The dam will hold,” engineer Ida Holm said. She added that the gates were shut."
HOSTILE = [
    "\u00a0", "\u200b", "\u202e", "\u0301\u0301", "👩‍🔧", "مرحبا بالعالم", "ﷺ", "e\u0301", "\u2028",
    "\t", "ẞ", "ﬁ", "İ",
    "\ufeff", "🇸🇾", "\u0345", "Ǆ", "中文", "\x1b[31m", "<b>", "­",
]  # fmt: skip


def check(reading: Reading) -> None:
    text = reading.report.text
    for statement in reading.statements:
        for part in (statement.source, statement.cue, statement.content):
            assert " … ".join(span.of(text) for span in part.spans) == part.text
            assert all(0 <= span.start < span.end <= len(text) for span in part.spans)
        for link in statement.chain:
            assert link.span is None or link.span.of(text)
        assert statement.content
    for actor in reading.actors:
        for role in actor.roles:
            assert role.span.of(text) == role.text
        for label in actor.labels:
            assert label.span.of(text) == label.text
        assert all(span.of(text).strip() for span in actor.mentions)


@given(
    pieces=st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4), min_size=1, max_size=6),
    places=st.lists(st.integers(0, len(PLAIN)), min_size=6, max_size=6),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_hostile_characters_anywhere_move_no_offset(pieces: list[str], places: list[int]) -> None:
    text = PLAIN
    for piece, place in zip(pieces, places, strict=False):
        text = text[:place] + piece + text[place:]
    check(read(text))


@pytest.mark.parametrize("mark", HOSTILE)
def test_a_hostile_character_in_front_shifts_every_offset_by_its_length(mark: str) -> None:
    shifted = read(f"{mark} {PLAIN}")
    check(shifted)
    said = [s for s in shifted.statements if "dam will hold" in s.content.text]
    assert said
    assert said[0].cue.spans[0] == Span(*(i + len(mark) + 1 for i in _cue(PLAIN)))


def _cue(text: str) -> tuple[int, int]:
    at = text.index("said")
    return at, at + 4


def test_a_non_breaking_space_reads_like_a_space() -> None:
    spaced = read(PLAIN.replace(" ", "\u00a0"))
    assert [s.cue.spans for s in spaced.statements] == [s.cue.spans for s in read(PLAIN).statements]


def test_the_same_text_gives_the_same_bytes_alone_in_a_batch_and_on_eight_threads() -> None:
    texts = [PLAIN, "The dam was built in 1931.", f"{PLAIN}\n\n{PLAIN}" * 3, "He denied it.", PLAIN.upper()]
    reports = [Report(report_id(t), t) for t in texts * 3]
    alone = [dumps(read_report(r)) for r in reports]
    assert [dumps(r) for r in read_many(reports)] == alone
    assert [dumps(r) for r in read_many(reports, jobs=8)] == alone


def test_the_threads_of_the_encoder_change_no_byte() -> None:
    report = Report(report_id(PLAIN), f"{PLAIN} {PLAIN}")
    one, eight = (dumps(read_report(report, shipped(threads))) for threads in (1, 8))
    assert one == eight


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "“", "said", "\u200b", "a" * 5000, "“" * 300, "said " * 600])
def test_texts_with_nothing_to_say_are_read_too(text: str) -> None:
    reading = read(text)
    check(reading)
    json.loads(dumps(reading))


def test_a_long_line_without_a_full_stop_is_read_to_its_end() -> None:
    text = "the water rose and " * 400 + "engineer Ida Holm said the dam would hold"
    reading = read(text)
    check(reading)
    assert any("dam would hold" in s.content.text and s.cue.text == "said" for s in reading.statements)
