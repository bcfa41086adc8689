"""The report's text with everything the reading found marked in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from sayso.share.markup import Html, element, joined
from sayso.share.outline import Entry, Outline, anchor
from sayso.share.segments import Mark, MarkKind, Segment, paragraphs, segments
from sayso.share.wording import Tone, speaker_name, tone
from sayso.vocabulary import Passage, Span

_MOST_DEPTH: Final = 3  # deeper statements look like the third level; three kinds of line can still be told apart
_CLASSES: Final = {
    MarkKind.SOURCE: "source",
    MarkKind.CUE: "cue",
    MarkKind.CERTAINTY: "hedge",
    MarkKind.LABEL: "label",
    MarkKind.BOILERPLATE: "boilerplate",
}
_OWNED: Final = (MarkKind.CONTENT, MarkKind.SOURCE, MarkKind.CUE)


def prose(outline: Outline) -> Html:
    """The text, paragraph by paragraph. A statement's number stands where its content begins."""
    report = outline.reading.report
    marks = tuple(_marks(outline))
    waiting = deque(sorted(_anchors(outline)))
    written = []
    for line, pieces in _lines(report.text, marks):
        content = [_piece(outline, piece, waiting) for piece in pieces]
        written.append((line, content))
    if written and waiting:  # numbers whose words lie after the last paragraph
        written[-1][1].extend(_number(outline, waiting.popleft()[1]) for _ in tuple(waiting))
    body = (element("p", {"dir": "auto"}, *content) for _, content in written)
    attributes = {
        "id": "text",
        "class": "prose",
        "lang": report.language,
        "tabindex": "-1",
        "aria-label": "The report",
    }
    return element("article", attributes, *body)


def _lines(text: str, marks: tuple[Mark, ...]) -> Iterator[tuple[Span, list[Segment]]]:
    """Each paragraph with its segments. The text is cut once, so long reports stay quick."""
    lines = paragraphs(text)
    edges = [Mark(line, MarkKind.CONTENT, -1) for line in lines]
    pieces = iter(segments(Span(0, len(text)), (*marks, *edges)))
    piece = next(pieces, None)
    for line in lines:
        inside = []
        while piece and piece.span.start < line.end:
            if piece.span.start >= line.start:
                inside.append(Segment(piece.span, tuple(mark for mark in piece.marks if mark.owner >= 0)))
            piece = next(pieces, None)
        yield line, inside


def _marks(outline: Outline) -> Iterator[Mark]:
    for entry in outline.entries:
        statement = entry.statement
        yield from _over(statement.content, MarkKind.CONTENT, entry)
        yield from _over(statement.source, MarkKind.SOURCE, entry)
        yield from _over(statement.cue, MarkKind.CUE, entry)
        yield from (Mark(span, MarkKind.CERTAINTY, entry.number) for span in statement.certainty.spans)
    for actor in outline.reading.actors:
        yield from (Mark(label.span, MarkKind.LABEL) for label in actor.labels)
    yield from (Mark(span, MarkKind.BOILERPLATE) for span in outline.reading.boilerplate)


def _over(words: Passage, kind: MarkKind, entry: Entry) -> Iterator[Mark]:
    return (Mark(span, kind, entry.number) for span in words.spans)


def _anchors(outline: Outline) -> Iterator[tuple[int, int]]:
    for entry in outline.entries:
        place = anchor(entry.statement)
        if place is not None:
            yield place, entry.number


def _piece(outline: Outline, piece: Segment, waiting: deque[tuple[int, int]]) -> Html:
    """One segment; the numbers of statements that begin at it stand inside, so that the tint has no gap."""
    numbers = []
    while waiting and waiting[0][0] <= piece.span.start:
        numbers.append(_number(outline, waiting.popleft()[1]))
    words = piece.span.of(outline.reading.report.text)
    if not piece.marks and not numbers:
        return joined(words)
    owned = _innermost_first(outline, piece.marks)
    attributes = {
        "class": " ".join(_look(outline, piece.marks, owned)) or None,
        "data-s": " ".join(f"{mark.kind}{mark.owner}" for mark in owned) or None,
    }
    return element("span", attributes, *numbers, words)


def _innermost_first(outline: Outline, marks: Iterable[Mark]) -> list[Mark]:
    """The marks of statements: content before source before cue, the deepest statement's first."""
    owned = [mark for mark in marks if mark.kind in _OWNED]
    return sorted(owned, key=lambda m: (_OWNED.index(m.kind), -outline.entries[m.owner - 1].depth, -m.owner))


def _look(outline: Outline, marks: Iterable[Mark], owned: list[Mark]) -> list[str]:
    """The classes of a segment: tone and depth from the contents over it, then what else its words are."""
    contents = [mark.owner for mark in owned if mark.kind is MarkKind.CONTENT]
    tones = [tone(outline.entries[number - 1].statement) for number in contents]
    told = [found for found in tones if found is not Tone.VOICE]
    classes = ["seg"] if owned else []
    if told:
        classes += ["content", told[0], f"d{min(len(told), _MOST_DEPTH)}"]
    elif contents:
        classes += ["content", Tone.VOICE]
    speaking = next((mark for mark in owned if mark.kind in (MarkKind.SOURCE, MarkKind.CUE)), None)
    if speaking:
        classes.append(f"by-{tone(outline.entries[speaking.owner - 1].statement)}")
    kinds = {mark.kind for mark in marks}
    return classes + [name for kind, name in _CLASSES.items() if kind in kinds]


def _number(outline: Outline, number: int) -> Html:
    entry = outline.entries[number - 1]
    name = f"Statement {number}: {speaker_name(outline, entry.statement)} {entry.statement.stance}"
    attributes = {
        "class": f"ref {tone(entry.statement)}",
        "id": f"r{number}",
        "href": f"#n{number}",
        "aria-label": name,
    }
    return element("a", attributes, str(number))
