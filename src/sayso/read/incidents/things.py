"""What an incident was done with, and what it did to things."""

from __future__ import annotations

import re
from typing import Final

from sayso.read.incidents.triggers import phrases_in
from sayso.vocabulary import Span

_ENDS = re.compile(
    r"[,.;:!?()]|\s(?:in|near|by|at|after|when|while|as|during|before|with|but|who|which)\b", re.IGNORECASE
)
_BEGINS = re.compile(r"[,.;:!?()]\s*|\b(?:that|and|but|when|while|said|after|as)\s+", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+ly\s+|also\s+|badly\s+)?$", re.IGNORECASE)
_LONGEST: Final = 80  # characters of what was harmed


def weapons(text: str, sentence: Span) -> list[Span]:
    """The words of a sentence for what people were attacked with."""
    return phrases_in(text, sentence, "things", "weapons")


def damage(text: str, sentence: Span) -> list[Span]:
    """The words of a sentence that tell of things destroyed or damaged: the verb with what it was done to."""
    out = []
    for verb in phrases_in(text, sentence, "things", "harmed"):
        before = text[max(sentence.start, verb.start - _LONGEST) : verb.start]
        if passive := _PASSIVE.search(before):
            marks = list(_BEGINS.finditer(before, 0, passive.start()))
            start = verb.start - len(before) + (marks[-1].end() if marks else 0)
            out.append(Span(start + len(text[start : verb.end]) - len(text[start : verb.end].lstrip()), verb.end))
            continue
        stop = min(sentence.end, verb.end + _LONGEST)
        end = _ENDS.search(text, verb.end, stop)
        out.append(_trimmed(text, Span(verb.start, end.start() if end else stop)))
    return out


def _trimmed(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip()))
