"""The report's text with everything the reading found marked in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from sayso.share.happenings import Happening
from sayso.share.markup import Attributes, Html, element, joined
from sayso.share.outline import Entry, Outline, anchor
from sayso.share.scene import Scene
from sayso.share.segments import Mark, MarkKind, Segment, paragraphs, segments
from sayso.share.sites import KINDS
from sayso.share.wording import Tone, speaker_name, tone
from sayso.vocabulary import Passage, Span

_MOST_DEPTH: Final = 3  # deeper statements look like the third level; three kinds of line can still be told apart
_CLASSES: Final = {
    MarkKind.SOURCE: "source",
    MarkKind.CUE: "cue",
    MarkKind.CERTAINTY: "hedge",
    MarkKind.LABEL: "label",
    MarkKind.BOILERPLATE: "boilerplate",
    MarkKind.PLACE: "place",
    MarkKind.DEMONYM: "demonym",
    MarkKind.METONYM: "metonym",
    MarkKind.TIME: "time",
    MarkKind.INCIDENT: "happening",
    MarkKind.TALLY: "happening",
}
_OWNED: Final = (MarkKind.CONTENT, MarkKind.SOURCE, MarkKind.CUE)
_PLACED: Final = tuple(MarkKind)[tuple(MarkKind).index(MarkKind.PLACE) :]  # the narrowest things first

_Sign = tuple[int, int, int, Html]  # where it stands, statements before happenings, its rank among them


def prose(scene: Scene) -> Html:
    """The text, paragraph by paragraph. A statement's number and a happening's letter stand where they begin."""
    outline = scene.outline
    report = outline.reading.report
    marks = (*_marks(outline), *_scene_marks(scene))
    waiting = deque(sorted(_signs(scene)))
    written = []
    for line, pieces in _lines(report.text, marks):
        content = [_piece(outline, piece, waiting) for piece in pieces]
        written.append((line, content))
    if written and waiting:  # signs whose words lie after the last paragraph
        written[-1][1].extend(sign for *_, sign in waiting)
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


def _scene_marks(scene: Scene) -> Iterator[Mark]:
    """The words of places, times and happenings, and what else belongs to a happening."""
    for site in scene.sites:
        yield from (Mark(place.span, KINDS[place.use], site.number) for place in site.mentions)
    for number, moment in enumerate((moment for moment in scene.moments if moment.key), start=1):
        yield from (Mark(time.span, MarkKind.TIME, number) for time in moment.times)
    places = {place.id: place.span for site in scene.sites for place in site.mentions}
    times = {time.id: time.span for moment in scene.moments for time in moment.times}
    for happening in scene.happenings:
        own, detail = happening.kinds
        number = int(happening.key[1:])
        yield from (Mark(span, own, number) for span in happening.mentions)
        yield from (Mark(span, detail, number) for span in happening.details())
        yield from (Mark(places[place], detail, number) for place in happening.places if place in places)
        yield from (Mark(times[time], detail, number) for time in happening.times if time in times)


def _signs(scene: Scene) -> Iterator[_Sign]:
    for entry in scene.outline.entries:
        place = anchor(entry.statement)
        if place is not None:
            yield place, 0, entry.number, _number(scene.outline, entry)
    for rank, happening in enumerate(scene.happenings):
        place = min((span.start for span in happening.mentions), default=None)
        if place is not None:
            yield place, 1, rank, _letter(happening)


def _piece(outline: Outline, piece: Segment, waiting: deque[_Sign]) -> Html:
    """One segment; the signs of what begins at it stand inside, so that the tint has no gap."""
    signs = []
    while waiting and waiting[0][0] <= piece.span.start:
        signs.append(waiting.popleft()[-1])
    words = piece.span.of(outline.reading.report.text)
    if not piece.marks and not signs:
        return joined(words)
    owned = _innermost_first(outline, piece.marks)
    placed = sorted((mark for mark in piece.marks if mark.kind in _PLACED), key=lambda m: _PLACED.index(m.kind))
    attributes = {
        "class": " ".join(_look(outline, piece.marks, owned)) or None,
        "data-s": _keys(owned),
        "data-m": _keys(placed),
    }
    return element("span", attributes, *signs, words)


def _keys(marks: Iterable[Mark]) -> str | None:
    return " ".join(dict.fromkeys(f"{mark.kind}{mark.owner}" for mark in marks)) or None


def _innermost_first(outline: Outline, marks: Iterable[Mark]) -> list[Mark]:
    """The marks of statements: content before source before cue, the deepest statement's first."""
    owned = [mark for mark in marks if mark.kind in _OWNED]
    return sorted(owned, key=lambda m: (_OWNED.index(m.kind), -outline.entries[m.owner - 1].depth, -m.owner))


def _look(outline: Outline, marks: Iterable[Mark], owned: list[Mark]) -> list[str]:
    """The classes of a segment: tone and depth from the contents over it, then what else its words are."""
    contents = [mark.owner for mark in owned if mark.kind is MarkKind.CONTENT]
    tones = [tone(outline.entries[number - 1].statement) for number in contents]
    told = [found for found in tones if found is not Tone.VOICE]
    classes = ["seg"] if owned or any(mark.kind in _PLACED for mark in marks) else []
    if told:
        classes += ["content", told[0], f"d{min(len(told), _MOST_DEPTH)}"]
    elif contents:
        classes += ["content", Tone.VOICE]
    speaking = next((mark for mark in owned if mark.kind in (MarkKind.SOURCE, MarkKind.CUE)), None)
    if speaking:
        classes.append(f"by-{tone(outline.entries[speaking.owner - 1].statement)}")
    kinds = {mark.kind for mark in marks}
    return classes + list(dict.fromkeys(name for kind, name in _CLASSES.items() if kind in kinds))


def _number(outline: Outline, entry: Entry) -> Html:
    number = entry.number
    name = f"Statement {number}: {speaker_name(outline, entry.statement)} {entry.statement.stance}"
    attributes: Attributes = {
        "class": f"ref {tone(entry.statement)}",
        "id": f"r{number}",
        "href": f"#n{number}",
        "data-go": number,
        "aria-label": name,
    }
    return element("a", attributes, str(number))


def _letter(happening: Happening) -> Html:
    told = "Foretold" if happening.is_to_come else "Happening"
    attributes = {
        "class": f"ref letter {'foretold' if happening.is_to_come else 'happens'}",
        "id": f"r{happening.key}",
        "href": f"#{happening.key}",
        "data-go": happening.key,
        "aria-label": f"{told} {happening.letter}: {happening.name}",
    }
    return element("a", attributes, happening.letter)
