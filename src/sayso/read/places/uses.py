"""How a text uses a place's name: for the place, as an adjective of its people or state, or for its government."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sayso.read.places import clues
from sayso.read.words import Words

_SKIPPED: Final = 3  # words that may stand between a government's name and its verb


def metonyms(words: Words, mentions: Sequence[range], seats: Sequence[bool]) -> list[bool]:
    """Which mentions stand for a government. `seats`: whether a mention is a capital or a country."""
    found = [seat and _acts(words, mention) for mention, seat in zip(mentions, seats, strict=True)]
    for i in range(1, len(mentions)):  # "talks between Moscow and Ankara"
        if seats[i - 1] and seats[i] and between_parties(words, mentions[i - 1]):
            between = words.lower[mentions[i - 1].stop : mentions[i].start]
            if between == ("and",):
                found[i - 1] = found[i] = True
    for i in range(1, len(mentions)):  # "Washington, London and Paris accused": the verb is the last one's
        for a, b in ((i - 1, i), (len(mentions) - i, len(mentions) - i - 1)):
            if found[a] and not found[b] and seats[b] and _coordinated(words, mentions[min(a, b)], mentions[max(a, b)]):
                found[b] = True
    return found


def between_parties(words: Words, mention: range) -> bool:
    """Whether a name follows "talks between" and the like, which hold parties and not places."""
    start = mention.start
    if start < 2 or words.lower[start - 1] != "between":
        return False
    return any(words.lower[i] in clues.relation_words("parties") for i in range(max(0, start - 3), start - 1))


def _acts(words: Words, mention: range) -> bool:
    """Whether a name acts, speaks, is spoken to, or has what only governments have."""
    after = mention.stop
    count = len(words)
    following = words.lower[after] if after < count else ""
    before = words.lower[mention.start - 1] if mention.start else ""
    if following == "and" and after + 2 < count and words.lower[after + 1] in ("its", "the"):
        return words.lower[after + 2] in clues.use_words("allies") or _is(words, after + 3, "allies")
    if following in ("'", "’") and after + 2 < count and words.lower[after + 1] == "s":
        return words.lower[after + 2] in clues.use_words("owned") or _is(words, after + 3, "owned")
    if before in clues.use_words("addressed"):
        return before != "by" or (mention.start > 1 and words.lower[mention.start - 2] in clues.use_words("done_by"))
    if before in ("in", "at", "near", "from", "of", "to", "around", "outside", "across", "through", "into", "toward"):
        return False
    if following == "," and words.raw(mention.start)[0].isupper():
        return False
    for at in range(after, min(count, after + _SKIPPED + 1)):
        if words.lower[at] in clues.use_words("acts"):
            return True
        if words.lower[at] not in clues.use_words("skipped"):
            return False
    return False


def _is(words: Words, at: int, name: str) -> bool:
    return at < len(words) and words.lower[at] in clues.use_words(name)


def _coordinated(words: Words, one: range, other: range) -> bool:
    """Whether nothing but a comma or "and" stands between two mentions."""
    between = words.lower[one.stop : other.start]
    return 0 < len(between) <= 2 and all(word in (",", "and", "or") for word in between)
