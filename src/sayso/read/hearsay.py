"""Phrases by which a speaker rests on word received from others, named or not."""

from __future__ import annotations

import re
from typing import Final

from sayso.read.attribution import Attribution
from sayso.vocabulary import Span

_WHAT: Final = r"(?:information|intelligence|reports?|data|word|evidence|messages?|tip-?offs?|signals|warnings?|calls?)"
RECEIVED: Final = re.compile(
    r"\b(?:(?:has|have|had|having)\s+(?:also\s+|already\s+|recently\s+)?)?"
    r"(?:received|receives|receiving|obtained|gathered|got|intercepted|been\s+given|been\s+told|learn(?:ed|t)|heard)"
    r"(?:\s+(?:\w+\s+){0,2}?" + _WHAT + r")?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    RECEIVED.pattern + r"(?:\s+(?:that|saying|indicating|suggesting|showing|according\s+to\s+which)\b)", re.I
)
# "citing hospital staff", "quoting a source in …", "on the basis of reports from …"
_CITING: Final = re.compile(
    r"\b(?:citing|quoting|quotes|cited|based\s+on|on\s+the\s+basis\s+of|relying\s+on|relies\s+on|referring\s+to|"
    r"according\s+to|from\s+information\s+(?:by|from))\s+(?P<whom>(?:(?!\b(?:said|says|that|who|which|and\s+said)\b)[^,.;:()\n]){3,90})",
    re.IGNORECASE,
)
# Who carries a statement to the outlet: "quoted by …", "in an interview with …"
_CARRIED_BY: Final = re.compile(
    r"\b(?:quoted|cited|carried|published|broadcast|aired)\s+by\s+(?P<whom>[^,.;:()\n]{2,60}?)(?=\s+(?:as|on|in)\b|[,.;:()\n])"
    r"|\bin\s+an?\s+(?:\w+\s+)?(?:interview|statement|comments|remarks)\s+(?:with|to|for|carried\s+by|published\s+by)\s+"
    r"(?P<to>[^,.;:()\n\"“]{2,60}?)(?=\s+(?:that|on|in|as)\b|[,.;:()\n\"“]|$)",
    re.IGNORECASE,
)
_THAT = re.compile(r"\W*that\s+", re.IGNORECASE)
_SENTENCE_MARK = re.compile(r"[.!?](?=\s|$|[\"”’])|[\n\r]")


def cited(text: str, within: Span) -> list[Span]:
    """Whom a stretch of text cites, further from the outlet than the speaker."""
    return [_stripped(text, Span(*m.span("whom"))) for m in _CITING.finditer(text, within.start, within.end)]


def carried_by(text: str, within: Span) -> list[Span]:
    """Who carried the words, nearer to the outlet than the speaker."""
    found = _CARRIED_BY.finditer(text, within.start, within.end)
    return [_stripped(text, Span(*m.span("whom" if m.group("whom") else "to"))) for m in found]


def _stripped(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip()))


def received(text: str, within: Span) -> Span | None:
    """The words "received information" and their like in a span: an origin that nobody names."""
    for found in RECEIVED.finditer(text, within.start, within.end):
        if re.search(_WHAT, found.group(), re.IGNORECASE) or "been told" in found.group().lower():
            return Span(*found.span())
    return None


def inside(text: str, content: Span) -> list[Attribution]:
    """Statements inside a content that rest on word received: "the centre has received information that …"."""
    out = []
    for found in _CLAUSE.finditer(text, content.start, content.end):
        cue = Span(*found.span())
        stop = _SENTENCE_MARK.search(text, cue.end, content.end)
        inside = Span(cue.end + 1, stop.start() if stop else content.end)
        if inside.end - inside.start < 8:
            continue
        begin = max((m.end() for m in _SENTENCE_MARK.finditer(text, content.start, cue.start)), default=content.start)
        subject = text[begin : cue.start]
        that = _THAT.match(subject)
        begin, subject = (begin + that.end(), subject[that.end() :]) if that else (begin, subject)
        source = Span(begin + len(subject) - len(subject.lstrip(" \"“‘«'")), begin + len(subject.rstrip()))
        if source.end > source.start and source.end - source.start < 120:
            out.append(Attribution((source,), (cue,), (_trimmed(text, inside),), 0.5, 1.0))
    return out


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in " \"“‘«'":
        start += 1
    while end > start and text[end - 1] in " \"”’»',":
        end -= 1
    return Span(start, end)
