"""The outlet's own voice: what a report asserts with nobody vouching, and what is no part of the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sayso.vocabulary import Span

_BOILERPLATE = re.compile(
    r"""^\W*(?:
    by\s+(?:(?-i:[A-Z])[\w'’.-]+\s*(?:,|and|&|\||/)?\s*){1,6}(?:for\s+[\w\s]+)?$ |
    (?:read|see|watch|listen|click|view)\s+(?:more|also|next|on|here|related|the\s+full|it\s+here|below|now)\b.{0,120}$ |
    (?:also\s+read|related|recommended|more\s+on\s+this|most\s+read|trending|you\s+may\s+(?:also\s+)?like|see\s+also)\b.{0,120}$ |
    (?:share|tweet|pin|email|print|comment|save|reply|like|post)(?:\s+(?:this|on|via|to|it|with|article|story|page|\w+)){0,5}\W*$ |
    (?:follow|like|join|contact|email|subscribe|sign\s+up|donate|support|download)\s+(?:us|to|on|our|for|the\s+author|@|now|here|@?\w+\s+on)\b.{0,140}$ |
    (?:photo|image|picture|file\s+photo|video|credit|source|via|getty|caption|graphic|illustration)\s*(?:[:/©|]|by\b|courtesy).{0,140}$ |
    (?:copyright|©|\(c\)|all\s+rights\s+reserved|terms\s+of|privacy\s+policy|cookie).{0,200}$ |
    (?:reporting|editing|writing|additional\s+reporting|edited|compiled|translated|with\s+reporting)\s+by\b.{0,200}$ |
    \((?:reporting|editing|writing|additional)\s.{0,240}\)$ |
    (?:advertisement|sponsored|loading|published|updated|last\s+(?:updated|modified)|posted|comments?|tags?|topics?|filed\s+under|categories)\b\s*(?:[:|,–-].{0,120})?$ |
    --?\s*(?:with\s+)?(?-i:[A-Z])[\w./\s]{1,30}$ |
    (?:this\s+(?:article|story|post|report)\s+(?:was|has\s+been|first|originally)\s+(?:first\s+|originally\s+)?(?:published|appeared|updated|posted)).{0,200}$ |
    https?://\S+$ | \S+@\S+\.\w+$ | [\d\s:/.,-]+(?:[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?$ | [\W_]+$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"\w+")
# A remainder shorter than this beside a statement is its adjunct ("on Friday, at a meeting in …"), not an assertion.
LEAST_WORDS: Final = 7
_LEAST_SHARE: Final = 0.34


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence is furniture of the page: bylines, share lines, credits, read-more lines."""
    return len(sentence) < 300 and _BOILERPLATE.match(sentence.strip()) is not None


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
