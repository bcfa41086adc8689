"""What a text says of the places it names: what they are, what they lie in, how often; and whose outlet it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from sayso.gazetteer import Gazetteer
from sayso.read.places import clues
from sayso.read.places.lookup import candidates, exact
from sayso.read.places.resolution import Named
from sayso.read.words import Words
from sayso.vocabulary import PlaceLevel

_LONGEST_GAP: Final = 8
_SHORTEST_HOME: Final = 4  # letters of a name that an outlet may bear
_SAID_LEVELS: Final = frozenset(
    {PlaceLevel.SETTLEMENT, PlaceLevel.DISTRICT, PlaceLevel.PROVINCE, PlaceLevel.COUNTRY, PlaceLevel.FEATURE}
)
_DOMAIN: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.([a-z]{2})$", re.IGNORECASE)
_SOLD: Final = frozenset("tv co io me ai fm ly cc ws to gg sh st la am eu".split())  # country domains used by anyone


def key(name: str) -> str:
    """What mentions of one name share."""
    folded = " ".join(name.lower().split())
    return folded.removeprefix("the ")


def named(
    words: Words, mentions: Sequence[range], outlet: str | None, gazetteer: Gazetteer
) -> tuple[list[Named], list[int], list[int | None]]:
    """The names of a text; for each mention its name's number, and the mention that the text puts it in."""
    texts = [" ".join(words.span(m[0], m[-1]).of(words.text).split()) for m in mentions]
    numbers: dict[str, int] = {}
    of = [numbers.setdefault(key(text), len(numbers)) for text in texts]
    inside = containers(words, mentions)
    levels = [level_said(words, m) for m in mentions]
    compact = re.sub(r"[\W_]+", "", outlet or "").lower()
    members: list[list[int]] = [[] for _ in numbers]
    for mention, number in enumerate(of):
        members[number].append(mention)
    out = []
    for group in members:
        text = next((texts[m] for m in group if not texts[m].isupper()), texts[group[0]])
        said = Counter(level for m in group if (level := levels[m]) in _SAID_LEVELS)
        bare = re.sub(r"[\W_]+", "", text).lower()
        out.append(
            Named(
                text,
                len(group),
                tuple(candidates(gazetteer, text)),
                said.most_common(1)[0][0] if said else None,
                tuple(sorted({of[c] for m in group for c in _upwards(inside, m)} - {of[group[0]]})),
                any(_opens(words, mentions[m]) for m in group),
                len(bare) >= _SHORTEST_HOME and bare in compact,
            )
        )
    return out, of, inside


def home_country(outlet: str | None, gazetteer: Gazetteer) -> str | None:
    """The country of an outlet, by its domain or by a country or demonym in its name; None where nothing tells."""
    if not outlet:
        return None
    if domain := _DOMAIN.search(outlet.strip().rstrip("/")):
        code = domain.group(1).lower()
        return None if code in _SOLD else "GB" if code == "uk" else code.upper()
    for word in outlet.split()[:8]:
        for hit in exact(gazetteer, word) if len(word) > 3 else ():
            if hit.toponym.level is PlaceLevel.COUNTRY:
                return hit.toponym.country
    return None


def level_said(words: Words, mention: range) -> PlaceLevel | None:
    """What the words of a name or those around it say that it is: "Oxley town", "the village of Oxley"."""
    level = clues.level_words()
    last = words.lower[mention[-1]]
    if last == "." and len(mention) > 1:
        last = words.lower[mention[-2]]
    if len(mention) > 1 and (told := level.get(last) or level.get(words.lower[mention[0]])):
        return told
    after = mention.stop
    if after < len(words) and not words.after_break[after]:
        for at in range(after, min(after + 5, len(words))):
            if words.lower[at] in level and (at == after or words.lower[at - 1] not in (",", ".", "and", "to", "in")):
                return level[words.lower[at]]
            if words.lower[at] not in clues.words("zoned"):
                break
    start = mention[0]
    if start > 1 and words.lower[start - 1] == "of" and words.lower[start - 2] in level:
        told = level[words.lower[start - 2]]
        return told if told in _SAID_LEVELS else None
    if start and words.lower[start - 1] in level and words.lower[start - 1] in ("city", "town", "village", "capital"):
        return PlaceLevel.SETTLEMENT
    return None


def containers(words: Words, mentions: Sequence[range]) -> list[int | None]:
    """For each mention the one that the text puts it in: "Oxley town, in Norland province", "Norland's Oxley"."""
    out: list[int | None] = [None] * len(mentions)
    for left in range(len(mentions) - 1):
        gap = range(mentions[left].stop, mentions[left + 1].start)
        if not 0 < len(gap) <= _LONGEST_GAP:
            continue
        between = [words.lower[i] for i in gap]
        if between[0] in ("'", "’") and len(between) > 1 and between[1] == "s":
            if all(_describes(word) for word in between[2:]):
                out[left + 1] = left
        elif _leads_up(between):
            out[left] = left + 1
    return out


def _leads_up(between: Sequence[str]) -> bool:
    """Whether the words between two names put the first in the second."""
    if list(between) in ([","], ["("], [",", "in"]):
        return True
    if "in" in between or "of" in between or "(" in between or "," in between:
        rest = [word for word in between if word not in (",", "(", "a", "an", "the")]
        joins = [word for word in rest if word in ("in", "of")]
        level = clues.level_words()
        if joins == ["of"] and not any(word in level for word in rest):
            return False
        if not joins and not all(word in level or word == "and" for word in rest if word not in (")",)):
            return False
        return len(joins) <= 2 and "and" not in rest and all(_describes(word) or word in ("in", "of") for word in rest)
    return False


def _describes(word: str) -> bool:
    return word in clues.level_words() or word in clues.words("compass") or word == "-"


def _upwards(inside: Sequence[int | None], mention: int) -> list[int]:
    """The mentions that a mention is put in, one in another; at most four."""
    out: list[int] = []
    at = inside[mention]
    while at is not None and at not in out and len(out) < 4:
        out.append(at)
        at = inside[at]
    return out


def _opens(words: Words, mention: range) -> bool:
    """Whether a name stands where a dateline does, in capitals in a text that is not."""
    text = words.span(mention[0], mention[-1]).of(words.text)
    return len(text) > 3 and text.isupper() and "." not in text[:4] and not words.text.isupper()
