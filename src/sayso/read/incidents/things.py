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
        first = max(sentence.start, verb.start - _LONGEST)
        passive = _PASSIVE.search(text[first : verb.start])
        if passive is not None:
            marks = [m.end() for m in _BEGINS.finditer(text, first, first + passive.start())]
            out.append(_trimmed(text, Span(marks[-1] if marks else first, verb.end)))
            continue
        stop = min(sentence.end, verb.end + _LONGEST)
        end = _ENDS.search(text, verb.end, stop)
        out.append(_trimmed(text, Span(verb.start, end.start() if end else stop)))
    return out


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    return Span(span.end - len(words.lstrip()), span.start + len(words.rstrip()))
