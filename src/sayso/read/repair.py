"""Corrections of attributions by what their text shows: quotation marks and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sayso.read import nesting, stance
from sayso.read.attribution import Attribution
from sayso.read.names import Name
from sayso.vocabulary import Span

_MARK = re.compile(r"“|”|«|»|„|‹|›|``|''|\"|‘|’|'")
_OPENS_SENTENCE = re.compile(r"[.!?:][\"”’'»]*\s+(?:“|\"|«|„|``|''|‘|')$")
_DETERMINERS = re.compile(r"(?:the|a|an|its|his|her|their|this|that|these|those)", re.IGNORECASE)
# An alias is no statement: "previously known as", "also called".
_ALIAS = re.compile(
    r"^(?:(?:previously|formerly|also|better|commonly|once|otherwise|then|now|locally)\s+)+(?:known|called|named|dubbed)(?:\s+as)?$"
    r"|^known\s+as$",
    re.IGNORECASE,
)
# A content that covers this share of a quotation means all of it.
MOST: Final = 0.15
# Quotations shorter than this are words within a sentence, not statements of their own.
_STATEMENT: Final = 40


def corrected(
    found: Sequence[Attribution], text: str, sentences: Sequence[Span], quoted: Sequence[Span], names: Sequence[Name]
) -> list[Attribution]:
    """The attributions with whole quotations and whole sources."""
    kept = [a for a in found if not _only_hearsay(text, a) and not _ALIAS.search(a.cue[0].of(text))]
    kept = [_whole_quotations(a, text, quoted) for a in kept]
    kept = _with_lone_quotations(kept, text, sentences, quoted)
    kept = _with_following_quotations(kept, text, quoted)
    return [replace(a, source=tuple(_whole_source(text, s, names) for s in a.source)) for a in kept]


def _only_hearsay(text: str, item: Attribution) -> bool:
    """Whether "reportedly" alone is the cue: the outlet speaks, hedged, and no statement is made."""
    cue = item.cue[0]
    return any(span == cue for span in stance.hearsay(text, cue))


def _whole_quotations(item: Attribution, text: str, quoted: Sequence[Span]) -> Attribution:
    """An attribution whose content, where it covers enough of a quotation, covers all of it, marks included."""
    spans = list(item.content)
    for quote in quoted:
        touching = [s for s in spans if s.start < quote.end and quote.start < s.end]
        blocked = nesting.overlap((*item.cue, *item.source), [quote])
        if touching and not blocked and nesting.overlap(touching, [quote]) >= MOST * (quote.end - quote.start):
            marked = _with_marks(text, quote)
            whole = Span(min(marked.start, *(s.start for s in touching)), max(marked.end, *(s.end for s in touching)))
            spans = [s for s in spans if s not in touching] + [whole]
    return replace(item, content=tuple(sorted(spans)))


def _with_marks(text: str, quote: Span) -> Span:
    before = 2 if text[max(0, quote.start - 2) : quote.start] in ("``", "''") else 1
    after = 2 if text[quote.end : quote.end + 2] == "''" else int(_MARK.match(text, quote.end) is not None)
    return Span(quote.start - before, quote.end + after)


def _with_following_quotations(found: list[Attribution], text: str, quoted: Sequence[Span]) -> list[Attribution]:
    """Give a quotation that is nobody's, and opens a sentence, to the quoted speaker before it on the same line.

    "We won," she said. "We won twice." is one statement in two pieces.
    """
    for quote in quoted:
        if any(nesting.overlap(a.content, [quote]) >= MOST * (quote.end - quote.start) for a in found):
            continue
        if not _OPENS_SENTENCE.search(text, max(0, quote.start - 8), quote.start):
            continue
        before = [a for a in found if _end(a) <= quote.start and _runs_on(text[_end(a) - 1 : quote.start])]
        last = max(before, key=_end, default=None)
        if last is None or nesting.overlap(last.cue, quoted):
            continue
        if nesting.overlap(last.content, quoted) or ":" in text[_end(last) - 1 : quote.start]:
            longer = replace(last, content=(*last.content, _with_marks(text, quote)))
            found = [longer if a is last else a for a in found]
    return found


def _runs_on(gap: str) -> bool:
    """Whether a quotation goes on after this gap: on the same line, or after a colon on the line before."""
    return "\n" not in gap or re.fullmatch(r"[^\n]{0,80}:\s*\n\s*\W*", gap) is not None


def _end(item: Attribution) -> int:
    return max(span.end for span in (*item.source, *item.cue, *item.content))


def _with_lone_quotations(
    found: list[Attribution], text: str, sentences: Sequence[Span], quoted: Sequence[Span]
) -> list[Attribution]:
    """Give a quotation that is nobody's to the surest cue of its own sentence; others' claims on it are dropped."""
    for quote in quoted:
        if quote.end - quote.start < _STATEMENT:
            continue
        outside = [a for a in found if not nesting.overlap(a.cue, [quote])]
        least = MOST * (quote.end - quote.start)
        holders = [a for a in outside if nesting.overlap(a.content, [quote]) >= least]
        here = [s for s in sentences if s.start < quote.end + 2 and quote.start - 2 < s.end]
        near = [a for a in outside if here and here[0].start <= a.cue[0].start < here[-1].end]
        if not near or (holders and not _contested(holders[0], near)):
            continue
        chosen = max(near, key=lambda a: (a.score, -a.cue[0].start))
        outer = tuple(s for s in chosen.content if not nesting.overlap([s], [quote]))
        kept = outer if nesting.size(chosen.content) and _beside(chosen, quote, outer) else ()
        whole = replace(chosen, content=tuple(sorted((*kept, _with_marks(text, quote)))))
        rivals = [
            a for a in near if a is not chosen and nesting.overlap(a.content, (quote, *chosen.cue, *chosen.source))
        ]
        found = [whole if a is chosen else a for a in found if not any(a is r for r in rivals)]
    return found


def _contested(holder: Attribution, near: Sequence[Attribution]) -> bool:
    """Whether a surer cue beside a quotation took its holder's source or cue for what was said."""
    own = (*holder.source, *holder.cue)
    return any(a.score > holder.score and nesting.overlap(a.content, own) for a in near if a is not holder)


def _beside(item: Attribution, quote: Span, pieces: Sequence[Span]) -> bool:
    """Whether the rest of a content is a clause of its own, not a cue that was taken for one."""
    return nesting.size(pieces) > 0.25 * (quote.end - quote.start)


def _whole_source(text: str, source: Span, names: Sequence[Name]) -> Span:
    """A source that is only an article, with the name after it."""
    if not _DETERMINERS.fullmatch(source.of(text).strip()):
        return source
    following = [n.span for n in names if source.end <= n.span.start <= source.end + 1 or n.span.start == source.start]
    return Span(source.start, max((n.end for n in following), default=source.end))
