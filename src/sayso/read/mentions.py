"""Mentions of people, organisations and places: names, noun phrases that describe, and pronouns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sayso.read import lexicon
from sayso.read.names import Name
from sayso.read.words import Words
from sayso.vocabulary import Span


class Sort(StrEnum):
    """How a mention points: by name, by description, by pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


PERSON, ORGANISATION, PLACE, DEMONYM = "PER", "ORG", "LOC", "NAT"
_PHRASE_TYPES: Final = {"person": PERSON, "organization": ORGANISATION, "place": PLACE}

HE: Final = frozenset({"he", "him", "his", "himself"})
SHE: Final = frozenset({"she", "her", "hers", "herself"})
IT: Final = frozenset({"it", "its", "itself"})
THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
PRONOUNS: Final = HE | SHE | IT | THEY
FIRST_PERSON: Final = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_WHO: Final = frozenset({"who", "which", "that", "whom", "this", "these", "those", "you", "whoever", "what"})
_DETERMINERS: Final = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their", "said"})
_COLLECTIVE: Final = frozenset(
    [
        "group",
        "organization",
        "organisation",
        "party",
        "company",
        "agency",
        "army",
        "militia",
        "movement",
        "network",
        "outfit",
        "force",
        "government",
        "regime",
        "team",
        "union",
        "ministry",
        "council",
        "committee",
        "alliance",
        "coalition",
        "front",
        "brigade",
        "police",
        "military",
        "opposition",
        "press",
        "media",
        "family",
        "crowd",
        "public",
        "outlet",
        "newspaper",
        "paper",
        "station",
        "channel",
        "firm",
        "campaign",
        "court",
        "bank",
        "monitor",
        "watchdog",
    ]
)
_NOT_NAMES: Final = PRONOUNS | FIRST_PERSON | _WHO | {"and", "or", "the", "a", "an", "of", "for", "in", "said"}
_PART = re.compile(r"[\w'’.&/-]+")
TITLES: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "lord",
        "lady",
        "dame",
        "prof",
        "professor",
        "gen",
        "general",
        "maj",
        "major",
        "lt",
        "lieutenant",
        "col",
        "colonel",
        "sgt",
        "sergeant",
        "capt",
        "captain",
        "cmdr",
        "commander",
        "adm",
        "admiral",
        "brig",
        "brigadier",
        "cpl",
        "corporal",
        "sen",
        "senator",
        "rep",
        "representative",
        "gov",
        "governor",
        "president",
        "vice",
        "prime",
        "minister",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "bishop",
        "archbishop",
        "imam",
        "sheikh",
        "sheik",
        "ayatollah",
        "rabbi",
        "judge",
        "justice",
        "secretary",
        "ambassador",
        "chief",
        "chairman",
        "chairwoman",
        "speaker",
        "deputy",
        "former",
        "ex",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "director",
        "foreign",
        "defense",
        "defence",
        "interior",
        "finance",
        "state",
        "acting",
        "then",
        "head",
        "mayor",
        "congressman",
        "congresswoman",
        "rev",
        "reverend",
        "father",
        "sister",
        "brother",
        "saint",
        "engineer",
        "analyst",
        "activist",
        "journalist",
        "reporter",
        "officer",
        "detective",
        "inspector",
        "officials",
        "official",
        "envoy",
        "leader",
        "lawmaker",
        "expert",
        "doctor",
        "nurse",
    ]
)
_TAIL = re.compile(
    r"\s+(?:of|in|on|at|from|for|with|who|which|that|to|by|near|inside|close|about|familiar|near)\b|[,(:;–—]"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention. `head` is its head word in lower case, `plural` whether it stands for several."""

    span: Span
    sort: Sort
    type: str
    head: str
    plural: bool
    definite: bool
    sentence: int
    is_source: bool = False
    name_words: tuple[str, ...] = ()


def mentions(
    words: Words,
    names: Sequence[Name],
    phrases: Sequence[Name],
    sources: Sequence[Span],
    sentences: Sequence[Span],
) -> list[Mention]:
    """All mentions in order of their start; where two overlap, names win over descriptions."""
    text = words.text
    starts = [sentence.start for sentence in sentences]
    taken: list[Span] = []
    found: list[Mention] = []

    def add(span: Span, sort: Sort, kind: str) -> None:
        head = head_word(span.of(text)) if sort is not Sort.PRONOUN else span.of(text).lower()
        definite = span.of(text).split()[0].lower() in _DETERMINERS
        sentence = max(0, bisect_right(starts, span.start) - 1)
        is_source = any(s.start <= span.start and span.end <= s.end for s in sources)
        named = tuple(re.findall(r"[^\W\d_]+", span.of(text).lower())) if sort is Sort.NAME else ()
        plural = sort is not Sort.NAME and _is_plural(span.of(text), head)
        taken.append(span)
        found.append(Mention(span, sort, kind, head, plural, definite, sentence, is_source, named))

    for name in sorted(names, key=lambda n: n.span):
        span = core_name(text, name)
        if name.kind != DEMONYM and span and not _crosses(span, taken):
            add(span, Sort.NAME, name.kind)
    for i, word in enumerate(words.lower):
        if word in PRONOUNS and not _crosses(words.span(i, i), taken):
            add(words.span(i, i), Sort.PRONOUN, ORGANISATION if word in IT else PERSON)
    named_spans = [m.span for m in found]
    for source in sorted(set(sources)):
        described = _described(text, source, named_spans)
        if described and described not in taken:
            add(described, Sort.NOMINAL, guess_type(text, source, phrases))
    for phrase in phrases:
        span = _without_possessive(text, phrase.span)
        if words.lower[words.within(span)[0]] not in FIRST_PERSON | _WHO and not _crosses(span, taken):
            add(span, Sort.NOMINAL, _PHRASE_TYPES[phrase.kind])
    return sorted(found, key=lambda m: (m.span.start, -m.span.end))


def _crosses(span: Span, taken: Sequence[Span]) -> bool:
    return span.end <= span.start or any(t.start < span.end and span.start < t.end for t in taken)


def core_name(text: str, name: Name) -> Span | None:
    """A name without titles, possessive or trailing description; None where nothing of a name is left."""
    span = _without_possessive(text, name.span)
    parts = list(_PART.finditer(text, span.start, span.end))
    if name.kind == PERSON:
        while len(parts) > 1 and parts[0].group().lower().strip(".") in TITLES:
            parts = parts[1:]
        while len(parts) > 1 and parts[-1].group().islower() and not parts[0].group().islower():
            parts = parts[:-1]
    while parts and parts[0].group().lower() in _NOT_NAMES:
        parts = parts[1:]
    while parts and parts[-1].group().lower() in _NOT_NAMES:
        parts = parts[:-1]
    return Span(parts[0].start(), parts[-1].end()) if parts else None


def _described(text: str, source: Span, names: Sequence[Span]) -> Span | None:
    """The description that a source is ("a source in the army"), unless its head word is part of a name."""
    core = _nominal_core(text, source)
    words = source.of(text).lower().split()
    if not words or (len(words) == 1 and words[0] in PRONOUNS | FIRST_PERSON | _WHO):
        return None
    cut = _TAIL.search(text, core.start, core.end)
    head = Span(core.start, cut.start() if cut and cut.start() > core.start else core.end)
    last = text[head.start : head.end].rstrip()
    at = head.start + len(last) - 1
    if any(name.start <= at < name.end for name in names):
        return None
    return core


def guess_type(text: str, source: Span, phrases: Sequence[Name]) -> str:
    """The type of a source that holds no name: that of its first phrase, or by its head word."""
    head = head_word(source.of(text))
    if head in lexicon.roles():
        return PERSON
    if head in _COLLECTIVE:
        return ORGANISATION
    for phrase in phrases:
        if phrase.span.start >= source.start and phrase.span.end <= source.end:
            return _PHRASE_TYPES[phrase.kind]
    return PERSON if not _is_plural(source.of(text), head) and head.endswith(("man", "or", "er")) else ORGANISATION


def head_word(phrase: str) -> str:
    """The head noun of a noun phrase, in lower case: "a source in the army" gives "source"."""
    core = _TAIL.split(phrase, maxsplit=1)[0] if _TAIL.search(phrase) else phrase
    found = re.findall(r"[^\W\d_][\w'’-]*", core) or re.findall(r"\w+", phrase)
    word = found[-1].lower() if found else phrase.lower()
    return re.sub(r"['’]s?$", "", word)


def _is_plural(phrase: str, head: str) -> bool:
    if head in THEY:
        return True
    if head in PRONOUNS:
        return False
    if head in ("people", "police", "media", "men", "women", "children", "others", "many", "some", "most"):
        return True
    if re.search(r"\band\b", phrase):
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is")) and head not in ("news",)


def _without_possessive(text: str, span: Span) -> Span:
    found = re.search(r"['’]s?$", span.of(text))
    return Span(span.start, span.start + found.start()) if found and found.start() else span


def _nominal_core(text: str, source: Span) -> Span:
    """A source without what follows its head: its mention is the description, not the whole clause."""
    found = re.search(r"[,(–—]|\s+(?:who|which|that)\b", source.of(text))
    return Span(source.start, source.start + len(source.of(text)[: found.start()].rstrip())) if found else source
