"""Items of a model's answer -> attributions with spans: words are looked up in the text, no offset is taken on trust.

An item is refused as a whole where its words do not stand in the text, or its stance is none of the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sayso.vocabulary import ActorKind, Span, Stance

_FIELDS: Final = frozenset({"content", "source", "cue", "speaker", "kind", "stance"})
_MOST_ITEMS: Final = 500  # of a part
_MOST_PIECES: Final = 20
_NEAR: Final = 400  # characters between a content and the words that name its source


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: spans of the text. `speaker` is where the speaker's name stands, if the text tells it."""

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    speaker: Span | None
    kind: ActorKind
    stance: Stance


def found(items: Sequence[Any], text: str, part: Span) -> tuple[list[Attribution], int]:
    """The attributions that the items give in a part of the text, and how many items were refused."""
    kept: list[Attribution] = []
    taken: set[Span] = set()
    for item in items[:_MOST_ITEMS]:
        made = _attribution(item, text, part, taken)
        if made is not None:
            kept.append(made)
            taken.update(made.content)
    return kept, len(items) - len(kept)


def _attribution(item: Any, text: str, part: Span, taken: set[Span]) -> Attribution | None:  # noqa: ANN401 - any JSON
    """The attribution an item gives, or None where it is refused."""
    if not isinstance(item, dict) or not item.keys() <= _FIELDS or not _are_words(item):
        return None
    content = _pieces(item.get("content") or [], text, part, taken)
    if content is None:
        return None
    around = Span(max(part.start, content[0].start - _NEAR), min(part.end, content[-1].end + _NEAR))
    source = _nearest(item.get("source") or "", text, around, content)
    cue = _nearest(item.get("cue") or "", text, around, content)
    speaker = _name(item.get("speaker") or "", text, source)
    named = ((item.get("source"), source), (item.get("cue"), cue), (item.get("speaker"), speaker))
    if any(words and span is None for words, span in named) or (source and cue and _overlap(source, cue)):
        return None
    try:
        kind, stance = ActorKind(item.get("kind") or "unknown"), Stance(item.get("stance") or "says")
    except ValueError:
        return None
    return Attribution(content, source, cue, speaker, kind, stance)


def _are_words(item: dict[str, Any]) -> bool:
    pieces = item.get("content")
    if not isinstance(pieces, list) or not 0 < len(pieces) <= _MOST_PIECES:
        return False
    return all(isinstance(it, str) for it in pieces) and all(
        value is None or isinstance(value, str) for name, value in item.items() if name != "content"
    )


def _pieces(pieces: Sequence[str], text: str, part: Span, taken: set[Span]) -> tuple[Span, ...] | None:
    """The pieces in order, the first where no other item has it already; None where one is not there."""
    out: list[Span] = []
    at = part.start
    for words in pieces:
        places = (it for it in _places(words, text, Span(at, part.end)) if out or it not in taken)
        span = next(places, None)
        if span is None:
            return None
        out.append(span)
        at = span.end
    return tuple(out)


def _nearest(words: str, text: str, around: Span, content: Sequence[Span]) -> Span | None:
    """Where the words stand nearest to a content, outside it."""
    places = [it for it in _places(words, text, around) if not any(_overlap(it, span) for span in content)]
    return min(places, key=lambda it: max(it.start - content[-1].end, content[0].start - it.end), default=None)


def _name(words: str, text: str, source: Span | None) -> Span | None:
    """Where a speaker's name stands: in the source if it does there, else where it stands first."""
    inside = next(_places(words, text, source), None) if source else None
    return inside or next(_places(words, text, Span(0, len(text))), None)


def _places(words: str, text: str, within: Span) -> Iterator[Span]:
    """Where exactly these words stand, as whole words."""
    if not words.strip() or words != words.strip():
        return
    at = text.find(words, within.start, within.end)
    while at >= 0:
        span = Span(at, at + len(words))
        if not _is_cut(text, span.start) and not _is_cut(text, span.end):
            yield span
        at = text.find(words, at + len(words), within.end)


def _is_cut(text: str, at: int) -> bool:
    """Whether an edge goes through a word."""
    return 0 < at < len(text) and re.fullmatch(r"\w\w", text[at - 1 : at + 1]) is not None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
