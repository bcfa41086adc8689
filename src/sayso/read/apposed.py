"""Nominal statements hung onto a sentence: "…, an allegation strongly rejected by the cabinet"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sayso.read.attribution import Attribution
from sayso.vocabulary import Span

_NOUN: Final = (
    r"(?:allegation|accusation|charge|claim|assertion|report|suggestion|view|assessment|version|account|statement|"
    r"contention|conclusion|finding|position|demand|threat|warning|story|figure|number|toll)s?"
)
_VERB: Final = (
    r"(?:rejected|denied|dismissed|disputed|refuted|contested|questioned|confirmed|supported|backed|repeated|echoed|"
    r"shared|endorsed|made|disputed|challenged|condemned|welcomed|repudiated|corroborated)"
)
_PATTERN = re.compile(
    rf",\s+(?P<cue>(?:an?|the|which\s+(?:is|was)|that\s+(?:is|was))\s+(?:[\w-]+\s+)?(?:{_NOUN}\s+)(?:that\s+(?:is|was|has\s+been)\s+)?"
    rf"(?:[\w]+ly\s+|later\s+|since\s+|also\s+)*{_VERB}\s+by)\s+(?P<source>[^,.;:\n()]+?)"
    r"(?=[,.;:\n()]|\s+(?:on|in|at|as|when|while|after|and|but)\s|$)",
    re.IGNORECASE,
)


_RELATIVE = re.compile(
    r",\s+(?P<source>which|who)\s+(?P<cue>(?:also\s+|has\s+(?:long\s+)?|have\s+(?:long\s+)?)?"
    r"(?:claim|claims|claimed|purport|purports|profess|professes|insist|insists|maintain|maintains|say|says|deny|denies))"
    r"\s+(?P<content>[^,.;:\n]{6,200})"
)


def with_apposed(found: Sequence[Attribution], text: str, sentences: Sequence[Span]) -> list[Attribution]:
    """The attributions and those that these phrases make, in place of what the network made of the same words."""
    made = [*_rejections(text, sentences, found), *_relatives(text)]
    fresh = [m for m in made if not any(_same_cue(m, a) and m.score < a.score for a in found)]
    return [a for a in found if not any(_same_cue(m, a) for m in fresh)] + fresh


def _same_cue(a: Attribution, b: Attribution) -> bool:
    return a.cue[0].start < b.cue[0].end and b.cue[0].start < a.cue[0].end


def _rejections(text: str, sentences: Sequence[Span], found: Sequence[Attribution]) -> list[Attribution]:
    """What is rejected is the content of the statement before the comma, or else the whole clause.

    The phrase leaves no doubt, whatever the network saw in it.
    """
    out = []
    for match in _PATTERN.finditer(text):
        cue, source = Span(*match.span("cue")), Span(*match.span("source"))
        sentence = next((s for s in sentences if s.start <= cue.start < s.end), None)
        if sentence is None or match.start() - sentence.start <= 8:
            continue
        made = [a for a in found if sentence.start <= a.cue[0].start < match.start()]
        contents = [tuple(Span(s.start, min(s.end, match.start())) for s in a.content) for a in made[-1:]]
        content = tuple(s for s in (contents[0] if contents else ()) if s.end > s.start)
        out.append(Attribution((source,), (cue,), content or (Span(sentence.start, match.start()),), 0.99, 0.0))
    return out


def _relatives(text: str) -> list[Attribution]:
    """Relative clauses: "the group, which claims to be a charity, …"."""
    return [_attribution(found) for found in _RELATIVE.finditer(text)]


def _attribution(found: re.Match[str]) -> Attribution:
    source, cue, content = (Span(*found.span(part)) for part in ("source", "cue", "content"))
    return Attribution((source,), (cue,), (content,), 0.5, 0.0)
