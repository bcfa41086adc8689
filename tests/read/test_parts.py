"""A text of any length is read whole, in parts, and one speaker stays one."""

from hypothesis import given
from hypothesis import strategies as st

from sayso import read
from sayso.read.parts import LONGEST, part_spans
from tests.read.asking import actor
from tests.read.test_offsets import check


@given(st.text(max_size=400), st.integers(5, 60))
def test_parts_cover_the_text_without_overlap(text: str, longest: int) -> None:
    spans = part_spans(text, longest)
    assert "".join(span.of(text) for span in spans) == text
    assert all(span.end - span.start <= longest for span in spans)


def test_a_long_text_is_read_in_parts_with_right_offsets_and_one_speaker() -> None:
    filler = "The dam was built in 1931 and it holds a great deal of water. " * 1700
    text = f"“The dam will hold,” engineer Ida Holm said.\n{filler}\n“It holds still,” engineer Ida Holm said."
    assert len(text) > LONGEST
    reading = read(text)
    check(reading)
    assert any("read in 2 parts" in flag for flag in reading.report.flags)
    holm = actor(reading, "Ida Holm")
    said = [s for s in reading.statements if s.speaker.actor == holm.id]
    assert [s.content.text for s in said] == ["“The dam will hold,”", "“It holds still,”"]
    assert len({s.id for s in reading.statements}) == len(reading.statements)
    assert [a.id for a in reading.actors] == [f"a{i}" for i in range(1, len(reading.actors) + 1)]
