"""What a speaker does with a content (stance), how firmly it is put (certainty), and whether it is yet to come."""

from __future__ import annotations

import re
from typing import Final

from sayso.read import lexicon
from sayso.vocabulary import Certainty, Confidence, Passage, Span, Stance

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A denial that is itself undone denies nothing.
_UNDONE = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|declin(?:e|es|ed|ing)|refus(?:e|es|ed|ing)|stop(?:s|ped|ping)? short|without|"
    r"(?:did|does|do|has|have|had|would|could|will|can|is|are|was|were) ?(?:not|n['’]t|never)|cannot|never|not)"
    r"\s+(?:\w+\s+)?(?:of\s+|to\s+)?(?=\w+)",
    re.IGNORECASE,
)
# Things denied: "denied allegations that …" denies what is alleged.
_KNOWN_FOR = re.compile(r"\b(?:is|are|was|were|been|being)\s+(?:\w+\s+)?known\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|['’]ll|(?:is|are|was|were|be|been|am|['’]re|['’]s)\s+(?:also\s+|reportedly\s+|now\s+)?"
    r"(?:going\s+to|about\s+to|set\s+to|due\s+to|planning|preparing|plotting|poised\s+to|expected\s+to|scheduled\s+to|"
    r"intending\s+to|likely\s+to|prepared\s+to|ready\s+to)|"
    r"(?:have|has|had)\s+(?:been\s+)?(?:planned|planning|preparing|plotted|plotting)|"
    r"plan(?:s|ned|ning)?\s+(?:to|for)|prepar(?:e|es|ed|ing)\s+(?:to|for)|intend(?:s|ed|ing)?\s+to|"
    r"aim(?:s|ed|ing)?\s+to|seek(?:s|ing)?\s+to|would\s+soon|tomorrow|next\s+(?:week|month|year))\b",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"^[\"'“‘]?(?:to|not to)\s+\w+", re.IGNORECASE)
_MAIN_CLAUSE: Final = 14  # words in which the main verb's negation stands
_SUBORDINATE = re.compile(r"[,;:—–]|\b(?:because|although|though|while|when|if|unless|which|who|whose|that)\b")
_MAY_MONTH = re.compile(r"May(?=\s+\d|,?\s+\d{4})|(?<=\d )May\b|(?<=in )May\b|(?<=last )May\b|(?<=of )May\b")
_FORWARD: Final = frozenset({Stance.PLANS, Stance.THREATENS, Stance.PROMISES})
_ACCUSING = re.compile(
    r"\b(?:(?:bears?|bore|hold|holds|held)\s+(?:\w+\s+){0,2}(?:responsib|accountab)\w+|"
    r"(?:is|are|was|were)\s+(?:\w+\s+)?(?:responsible\s+for|to\s+blame|behind)|the\s+work\s+of)\b",
    re.IGNORECASE,
)


def stance(cue: str, content: str, *, sourceless: bool = False) -> Stance:
    """The stance of a statement, from the words of its cue and, where the cue is neutral, of its content."""
    words = {word.lower().replace("’", "'") for word in _WORD.findall(cue)}
    low = cue.lower()
    if _KNOWN_FOR.search(cue):
        return Stance.ASSERTS if sourceless else Stance.SAYS
    denial = lexicon.cue_words()[0]
    for entry in lexicon.cue_words():
        hit = words & entry.words or [p for p in entry.phrases if p in low]
        if not hit:
            continue
        if entry is denial and _is_undone(cue, denial.words):
            return Stance.SAYS
        return entry.stance
    if _ACCUSING.search(content):
        return Stance.ACCUSES
    return Stance.SAYS


def _is_undone(cue: str, denials: frozenset[str]) -> bool:
    for mark in _UNDONE.finditer(cue):
        following = _WORD.match(cue, mark.end())
        if following and following.group().lower() in denials:
            return True
    return False


def about_future(found: Stance, content: str) -> bool:
    """Whether the content is about something yet to come: a plan, threat, promise, forecast."""
    if found in _FORWARD or (found is Stance.DEMANDS and _INFINITIVE.match(content)):
        return True
    return _FUTURE.search(content) is not None


def certainty(text: str, found: Stance, cue: Passage, content: Passage) -> Certainty:
    """How firmly a content is put. A denial negates; else a hedge in cue or content; else a negated main clause."""
    if found is Stance.DENIES:
        return Certainty(Confidence.NEGATED, cue.spans)
    hedged = tuple(span for part in (*cue.spans, *content.spans) for span in _hedges(text, part))
    if hedged:
        return Certainty(Confidence.HEDGED, tuple(sorted(set(hedged))))
    negated = _negation(text, content.spans[0]) if content.spans else ()
    return Certainty(Confidence.NEGATED, negated) if negated else Certainty()


def _hedges(text: str, within: Span) -> list[Span]:
    pattern = lexicon.alternatives(*lexicon.hedges().words)
    return [
        Span(*m.span())
        for m in pattern.finditer(text, within.start, within.end)
        if not _MAY_MONTH.match(text, m.start()) or m.group() != "May"
    ]


def hearsay(text: str, within: Span) -> list[Span]:
    """Adverbs by which an outlet passes on what it does not vouch for ("reportedly")."""
    pattern = lexicon.alternatives(*lexicon.hedges().hearsay)
    return [Span(*m.span()) for m in pattern.finditer(text, within.start, within.end)]


def _negation(text: str, content: Span) -> tuple[Span, ...]:
    """The word that negates the content's main clause."""
    for count, word in enumerate(_WORD.finditer(text, content.start, content.end)):
        if count >= _MAIN_CLAUSE or (count and _SUBORDINATE.match(text, word.start())):
            return ()
        low = word.group().lower().replace("’", "'")
        if low in lexicon.hedges().negations or low.endswith("n't"):
            return (Span(*word.span()),)
    return ()
