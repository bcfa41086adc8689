"""Mentions of people, organisations and places: names, noun phrases that describe, and pronouns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
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
    "group organization organisation party company agency army militia movement network outfit force "
    "government regime team union ministry council committee alliance coalition front brigade police "
    "military opposition press media family crowd public outlet newspaper paper station channel firm "
    "campaign court bank monitor watchdog".split()
)
_NOT_NAMES: Final = PRONOUNS | FIRST_PERSON | _WHO | {"and", "or", "the", "a", "an", "of", "for", "in", "said"}
_PARTICLES: Final = frozenset("al el bin ibn bint van von der den de la le di da du dos do abu ul af ap y e".split())
_AND_OTHERS = re.compile(r"\s+(?:and|with|along with)\s+(?:its|their|his|her|other|others)\b", re.IGNORECASE)
_APPOSED = re.compile(r",\s*(?:[^\W\da-z_][\w.]*\s+)*$")
_PART = re.compile(r"[\w'’.&/-]+")
TITLES: Final = frozenset(
    "mr mrs ms miss dr sir lord lady dame prof professor gen general maj major lt lieutenant col colonel "
    "sgt sergeant capt captain cmdr commander adm admiral brig brigadier cpl corporal sen senator rep "
    "representative gov governor president vice prime minister chancellor king queen prince princess pope "
    "bishop archbishop imam sheikh sheik ayatollah rabbi judge justice secretary ambassador chief "
    "chairman chairwoman speaker deputy former ex spokesman spokeswoman spokesperson director foreign "
    "defense defence interior finance state acting then head mayor congressman congresswoman rev reverend "
    "father sister brother saint engineer analyst activist journalist reporter officer detective "
    "inspector officials official envoy leader lawmaker expert doctor nurse".split()
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
    taken = bytearray(len(text))  # 1 where a mention stands already
    placed: set[Span] = set()
    found: list[Mention] = []

    def add(span: Span, sort: Sort, kind: str) -> None:
        head = head_word(span.of(text)) if sort is not Sort.PRONOUN else span.of(text).lower()
        definite = span.of(text).split()[0].lower() in _DETERMINERS
        sentence = max(0, bisect_right(starts, span.start) - 1)
        is_source = any(s.start <= span.start and span.end <= s.end for s in sources)
        named = tuple(re.findall(r"[^\W\d_]+", span.of(text).lower())) if sort is Sort.NAME else ()
        plural = sort is not Sort.NAME and _is_plural(span.of(text), head)
        taken[span.start : span.end] = b"\x01" * (span.end - span.start)
        placed.add(span)
        found.append(Mention(span, sort, kind, head, plural, definite, sentence, is_source, named))

    for name in sorted(names, key=lambda n: n.span):
        span = core_name(text, name)
        if not span or _crosses(span, taken):
            continue
        if name.kind != DEMONYM:
            add(span, Sort.NAME, name.kind)
        elif span.of(text).endswith("s"):  # a people: "the Norlanders"
            add(span, Sort.NOMINAL, ORGANISATION)
    for i, word in enumerate(words.lower):
        if word in PRONOUNS and not _crosses(words.span(i, i), taken):
            add(words.span(i, i), Sort.PRONOUN, ORGANISATION if word in IT else PERSON)
    named_spans = [m.span for m in found]
    people = [m.span for m in found if m.sort is Sort.NAME and m.type == PERSON]
    for source in sorted(set(sources)):
        described = _described(text, source, named_spans, people)
        if described and described not in placed:
            add(described, Sort.NOMINAL, guess_type(text, source, phrases))
    for phrase in phrases:
        span = _without_possessive(text, phrase.span)
        if not span.of(text).strip():
            continue
        if words.lower[words.within(span)[0]] not in FIRST_PERSON | _WHO and not _crosses(span, taken):
            add(span, Sort.NOMINAL, _PHRASE_TYPES[phrase.kind])
    return sorted(found, key=lambda m: (m.span.start, -m.span.end))


def _crosses(span: Span, taken: bytearray) -> bool:
    return span.end <= span.start or any(taken[span.start : span.end])


def core_name(text: str, name: Name) -> Span | None:
    """A name without titles, labels, possessive or description around it; None where nothing of a name is left."""
    span = _without_possessive(text, name.span)
    if name.kind != PERSON:
        return _core(text, span, person=False)
    parts = _between_commas(text, span)
    cores = [(core, part) for part in parts if (core := _core(text, part, person=True))]
    return max(cores, key=lambda pair: _likeness(text, *pair), default=(None, None))[0]


def _likeness(text: str, core: Span, part: Span) -> tuple[bool, int, int]:
    """How much a part of an apposition looks like the name in it: two words or more, little description around."""
    described = sum(word.islower() for word in part.of(text).split())
    return " " in core.of(text), -described, -core.start


def _between_commas(text: str, span: Span) -> list[Span]:
    cuts = [m.start() for m in re.finditer(r",\s", span.of(text))]
    edges = [span.start, *(span.start + cut for cut in cuts), span.end]
    return [Span(a, b) for a, b in pairwise(edges)]


def _core(text: str, span: Span, *, person: bool) -> Span | None:
    parts = list(_PART.finditer(text, span.start, span.end))
    capital = any(part.group()[0].isupper() for part in parts)
    while parts and (parts[0].group().lower() in _NOT_NAMES or (capital and parts[0].group().islower())):
        parts = parts[1:]
    if person:
        if len(parts) > 3 and parts[0].group().lower() in TITLES and parts[1].group() == "of":
            parts = parts[-2:]  # "Head of the Security Council N. N."
        while len(parts) > 1 and parts[0].group().lower().strip(".") in TITLES:
            parts = parts[1:]
        plain = [i for i, part in enumerate(parts) if part.group().islower() and part.group() not in _PARTICLES]
        parts = parts[: plain[0]] if plain and capital else parts
    while parts and parts[-1].group().lower() in _NOT_NAMES:
        parts = parts[:-1]
    if not parts:
        return None
    last = parts[-1].group()
    stop = len(last) > 4 and last.endswith(".") and "." not in last[:-1]
    return Span(parts[0].start(), parts[-1].end() - stop)


def _described(text: str, source: Span, names: Sequence[Span], people: Sequence[Span]) -> Span | None:
    """The description that a source is ("a source in the army"), unless its head word is part of a name.

    With a name in apposition ("the head of the harbour, Captain N. N.") the name is the source.
    """
    for person in people:
        if source.start < person.start < source.end and _APPOSED.search(text, source.start, person.start):
            return None
    core = _nominal_core(text, source)
    if any(name.start - source.start in (0, 4) and _AND_OTHERS.match(text, name.end, source.end) for name in names):
        return None
    words = source.of(text).lower().split()
    if not words or (len(words) == 1 and words[0] in PRONOUNS | FIRST_PERSON | _WHO):
        return None
    cut = _TAIL.search(text, core.start, core.end)
    head = Span(core.start, cut.start() if cut and cut.start() > core.start else core.end)
    if not core.of(text).strip():
        return None
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
