"""Join the names of one actor: full and short forms, acronyms, "previously known as", brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sayso.read import lexicon
from sayso.read.mentions import ORGANISATION, PERSON, PLACE, TITLES, Mention, Sort

_SMALL: Final = frozenset("of the for and in on to de la el al-".split())
_KNOWN_AS = re.compile(
    r"[\s,(]*(?:(?:which|who)\s+(?:is|are|was|were)\s+)?(?:(?:previously|formerly|once|also|better|commonly|originally|widely|"
    r"sometimes|locally|now|until recently)\s+)*(?:known(?:\s+\w+)?\s+(?:as|by)|called|named|named\s+as|a\.?k\.?a\.?|"
    r"referred\s+to\s+as|formerly|previously|dubbed|or)\s*(?:by\s+(?:its|the|their)\s+[\w-]+\s+[\w-]+\s+(?:as\s+)?)?"
    r"(?:the\s+)?[\"“'‘(]?$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"['’]?s?\s*[(\[]\s*(?:the\s+)?[\"“'‘]?$")


_NAME_FOLLOWS = re.compile(r"(?:\s+(?:of|for|at|in)\s+(?:[\w'’.-]+\s*){1,7})?,\s*(?:[^\W\da-z_][\w.]*\s+)*")
_NAME_PRECEDES = re.compile(r",\s+(?:(?:a|an|the|its|his|her|their)\s+)?")


def key(name: str) -> tuple[str, ...]:
    """The words of a name that count, in lower case: no article, possessive, title or mark."""
    found = [re.sub(r"['’]s$", "", w).strip(".'’").lower() for w in re.findall(r"[\w.'’-]+", name)]
    kept = [w for w in found if w and w != "the"]
    while len(kept) > 1 and kept[0] in TITLES:
        kept = kept[1:]
    return tuple(kept)


def acronym(name: str) -> set[str]:
    """Acronyms a name may have: initials of its capitalised words, with and without the small words'."""
    parts = [p for w in re.findall(r"[^\W\d_]+(?:['’]s)?", name) for p in [re.sub(r"['’]s$", "", w)] if p]
    capital = "".join(w[0] for w in parts if w[0].isupper())
    whole = "".join(w[0].upper() for w in parts if w.lower() != "the")
    hyphened = "".join(w[0].upper() for w in parts if w.lower() not in _SMALL and len(w) > 1)
    return {a for a in (capital.upper(), whole, hyphened) if len(a) > 1}


def joined(text: str, mentions: Sequence[Mention]) -> list[int]:
    """For each mention the index of the entity its name belongs to; -1 where it is no name.

    Entities are numbered by their first mention. A short form that fits several people goes to the last named.
    """
    entity = [-1] * len(mentions)
    keys = [key(m.span.of(text)) if m.sort is Sort.NAME else () for m in mentions]
    full = _full_names(mentions, keys)
    last: dict[tuple[str, ...], int] = {}
    first_of: dict[tuple[str, ...], int] = {}
    for i in range(len(mentions)):
        if not keys[i]:
            continue
        fits = full.get(keys[i], ())
        chosen = max(fits, key=lambda k: (last.get(k, -1), -len(k)), default=keys[i])
        last[chosen] = i
        entity[i] = first_of.setdefault(chosen, i)
    _join_apposed(text, mentions, entity)
    _join_acronyms(text, mentions, entity)
    _join_offices(text, mentions, entity)
    return entity


def _full_names(
    mentions: Sequence[Mention], keys: Sequence[tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Each name's words -> the fullest names they may be short for."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for mention, words in zip(mentions, keys, strict=True):
        if words:
            kinds.setdefault(words, []).append(mention.type)
    out = {}
    for words in kinds:
        fuller = [
            other
            for other in kinds
            if len(other) > len(words) and _short_for(words, other, _majority(kinds[words]), _majority(kinds[other]))
        ]
        # A short form of a short form is short for the fullest.
        out[words] = tuple(f for f in fuller if not any(set(f) < set(g) for g in fuller)) or (words,)
    return out


def _majority(kinds: Sequence[str]) -> str:
    return max(sorted(set(kinds)), key=kinds.count)


def _short_for(short: tuple[str, ...], full: tuple[str, ...], kind: str, full_kind: str) -> bool:
    if full_kind == PERSON and kind == PERSON:
        return (
            short == full[-len(short) :]
            or (short == full[: len(short)] and len(short) > 1)
            or (len(short) == 1 and short[0].removeprefix("al-") == full[-1].removeprefix("al-"))
        )
    if full_kind == ORGANISATION and kind == ORGANISATION:
        head, whole = _core(short), _core(full)
        return bool(head) and whole[-len(head) :] == head and not (len(short) == 1 and len(short[0]) < 4)
    if full_kind == PERSON and kind in (ORGANISATION, PLACE):
        return len(short) == 1 and short[0] == full[-1]
    return False


_GENERIC: Final = frozenset(
    "group organization organisation party movement militia organisation outfit network agency".split()
)


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """An organisation's name up to "of", "for" or "in", without "group" and the like behind it."""
    end = next((i for i, word in enumerate(words) if i and word in ("of", "for", "in", "on", "at")), len(words))
    core = words[:end]
    return core[:-1] if len(core) > 1 and core[-1] in _GENERIC else core


def _merge(entity: list[int], a: int, b: int) -> None:
    keep, drop = sorted((a, b))
    for i, value in enumerate(entity):
        if value == drop:
            entity[i] = keep


def _join_apposed(text: str, mentions: Sequence[Mention], entity: list[int]) -> None:
    """Join "Long Name (LN)" and "X, previously known as Y"."""
    for i, mention in enumerate(mentions):
        if mention.sort is not Sort.NAME or not i:
            continue
        j = i - 1
        while j > 0 and mentions[j].sort is Sort.PRONOUN:
            j -= 1
        before = mentions[j]
        gap = text[before.span.end : mention.span.start]
        if before.sort is not Sort.NAME or not gap or len(gap) > 90 or entity[j] == entity[i]:
            continue
        bracketed = _BRACKET.fullmatch(gap) is not None and _is_acronym(mention.span.of(text), before.span.of(text))
        if bracketed or (_KNOWN_AS.fullmatch(gap) and gap.strip(" ,(").lower() != "or"):
            _merge(entity, entity[i], entity[j])


def _is_acronym(short: str, full: str) -> bool:
    letters = re.sub(r"[^\w]", "", short)
    if letters.upper() in acronym(full):
        return True
    return (
        letters.isupper()
        and 1 < len(letters) <= 6
        and letters[0].lower() == re.sub(r"(?i)^the\s+", "", full)[0].lower()
    )


def _join_acronyms(text: str, mentions: Sequence[Mention], entity: list[int]) -> None:
    named = [(i, m.span.of(text)) for i, m in enumerate(mentions) if m.sort is Sort.NAME and m.type != PERSON]
    full = {a: entity[i] for i, name in reversed(named) if len(name.split()) > 1 for a in acronym(name)}
    for i, name in named:
        letters = re.sub(r"[.\s]|['’]s$|^(?i:the)\s", "", name)
        if letters.isupper() and 2 < len(letters) <= 7 and letters in full and full[letters] != entity[i]:
            _merge(entity, entity[i], full[letters])


def _join_offices(text: str, mentions: Sequence[Mention], entity: list[int]) -> None:
    """Join an office and the person beside it: "the head of the harbour, Captain N. N.", "N. N., its spokesman"."""
    people = {i for i, m in enumerate(mentions) if m.sort is Sort.NAME and m.type == PERSON}
    for i, mention in enumerate(mentions):
        if mention.sort is not Sort.NOMINAL or mention.plural or mention.head not in lexicon.roles():
            continue
        after = next((j for j in sorted(people) if mentions[j].span.start >= mention.span.end), None)
        before = max((j for j in people if mentions[j].span.end <= mention.span.start), default=None)
        if after is not None and _NAME_FOLLOWS.fullmatch(text[mention.span.end : mentions[after].span.start]):
            entity[i] = entity[after]
        elif before is not None and _NAME_PRECEDES.fullmatch(text[mentions[before].span.end : mention.span.start]):
            entity[i] = entity[before]
