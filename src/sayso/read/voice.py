"""The outlet's own voice: what a report asserts with nobody vouching, and what is no part of the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sayso.read import lexicon
from sayso.vocabulary import Span

_WORD = re.compile(r"\w+")
# A remainder shorter than this beside a statement is its adjunct ("on Friday, at a meeting in …"), not an assertion.
LEAST_WORDS: Final = 7
_LEAST_SHARE: Final = 0.34


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence is furniture of the page: bylines, share lines, credits, read-more lines."""
    return len(sentence) < 300 and lexicon.boilerplate().match(sentence.strip()) is not None


def unvouched(text: str, sentence: Span, vouched: Sequence[Span]) -> tuple[Span, ...]:
    """The part of a sentence that no statement covers, if it asserts something; else nothing.

    `vouched` are the source, cue and content spans of the statements that touch the sentence.
    """
    gaps = _gaps(sentence, vouched)
    pieces = tuple(span for gap in gaps if (span := _trimmed(text, gap)) and _WORD.search(span.of(text)))
    if not vouched:
        return (sentence,)
    left = sum(len(_WORD.findall(span.of(text))) for span in pieces)
    total = len(_WORD.findall(sentence.of(text)))
    if left < LEAST_WORDS or left < _LEAST_SHARE * total:
        return ()
    return tuple(span for span in pieces if len(_WORD.findall(span.of(text))) > 2)


def _gaps(sentence: Span, covered: Sequence[Span]) -> list[Span]:
    gaps = []
    at = sentence.start
    for span in sorted(covered):
        if span.start > at:
            gaps.append(Span(at, min(span.start, sentence.end)))
        at = max(at, span.end)
    if at < sentence.end:
        gaps.append(Span(at, sentence.end))
    return [gap for gap in gaps if gap.end > gap.start]


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end) if end > start else None
