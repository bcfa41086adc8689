from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.share.segments import Mark, MarkKind, paragraphs, segments
from sayso.vocabulary import Span

TEXT = "abcdefghij"


def cut(*marks: tuple[int, int]) -> list[tuple[str, list[int]]]:
    """The segments of TEXT as their words and the marks' places."""
    placed = [Mark(Span(*edges), MarkKind.CONTENT, place) for place, edges in enumerate(marks)]
    found = segments(Span(0, len(TEXT)), placed)
    return [(piece.span.of(TEXT), sorted(mark.owner for mark in piece.marks)) for piece in found]


def test_nested_marks() -> None:
    assert cut((0, 8), (2, 5)) == [("ab", [0]), ("cde", [0, 1]), ("fgh", [0]), ("ij", [])]


def test_overlapping_marks() -> None:
    assert cut((0, 5), (3, 8)) == [("abc", [0]), ("de", [0, 1]), ("fgh", [1]), ("ij", [])]


def test_marks_outside_the_text_or_empty_do_not_count() -> None:
    assert cut((4, 4), (8, 99), (50, 60)) == [("abcdefgh", []), ("ij", [1])]


@given(st.lists(st.tuples(st.integers(-3, 13), st.integers(-3, 13)), max_size=8))
def test_segments_are_the_whole_text_and_carry_exactly_the_marks_over_them(
    edges: list[tuple[int, int]],
) -> None:
    marks = [Mark(Span(*pair), MarkKind.CUE, place) for place, pair in enumerate(edges)]
    found = list(segments(Span(0, len(TEXT)), marks))
    assert "".join(piece.span.of(TEXT) for piece in found) == TEXT
    for piece in found:
        over = {m.owner for m in marks if m.span.start <= piece.span.start and piece.span.end <= m.span.end}
        assert {mark.owner for mark in piece.marks} == over


def test_no_text_has_no_segments() -> None:
    assert list(segments(Span(0, 0), [Mark(Span(0, 3), MarkKind.CUE)])) == []


def test_paragraphs_are_lines_with_words_whatever_ends_them() -> None:
    text = "one\r\ntwo\n\n \t\nthree\u2028four\rfive"
    assert [line.of(text) for line in paragraphs(text)] == ["one", "two", "three", "four", "five"]
    assert paragraphs("") == ()
    assert paragraphs("\n\n") == ()
