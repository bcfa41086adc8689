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


def apposed(text: str, sentences: Sequence[Span], known: Sequence[Attribution]) -> list[Attribution]:
    """Such statements where the network has marked no cue; their content is the sentence before the comma."""
    out = []
    for found in _PATTERN.finditer(text):
        cue, source = Span(*found.span("cue")), Span(*found.span("source"))
        if any(c.start < cue.end and cue.start < c.end for a in known for c in a.cue):
            continue
        sentence = next((s for s in sentences if s.start <= cue.start < s.end), None)
        if sentence is not None and found.start() - sentence.start > 8:
            out.append(Attribution((source,), (cue,), (Span(sentence.start, found.start()),), 0.75, 0.0))
    return out
