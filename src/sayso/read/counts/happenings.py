"""The words of harm that begin at a token: verbs, nouns, adjectives, phrases and frames with something between."""

from __future__ import annotations

from typing import Final

from sayso.read.counts.lexicon import HarmWord, grammar, harms
from sayso.vocabulary import Harm

Found = tuple[int, tuple[HarmWord, ...]]

_WITHIN: Final = 6  # tokens in a frame such as "sustained serious bullet injuries"
_INJURED: Final = (HarmWord(Harm.INJURED, "past"),)
_DIED: Final = (HarmWord(Harm.KILLED, "past"),)
_TOLL: Final = (HarmWord(Harm.KILLED, "toll"),)
_PARTICIPLES: Final = ("ed", "en", "ing", "t", "ung")


def happening_at(words: list[str], at: int) -> Found | None:
    """The words of harm that begin at a token, longest first: the token after them and their readings."""
    word = words[at]
    lists = harms()
    if (
        word.endswith(_PARTICIPLES)
        and words[at + 1 : at + 3] == ["to", "death"]
        and word not in grammar("not_to_death")
    ):
        return at + 3, (HarmWord(Harm.KILLED, "ing" if word.endswith("ing") else "past", transitive=True),)
    for rest, reading in lists.phrases.get(word, ()):
        stop = at + 1 + len(rest)
        if tuple(words[at + 1 : stop]) == rest:
            return stop, (reading,)
    if word in grammar("frames"):
        return _frame(words, at)
    if found := lists.words.get(word):
        if word == "dead" and words[at + 1 : at + 2] and words[at + 1] in grammar("bodies"):
            return at + 2, lists.words.get(words[at + 1], found)
        return at + 1, found
    if word == "to" and words[at + 1 : at + 2] == ["death"]:
        return at + 2, (HarmWord(Harm.KILLED, "to death"),)
    return None


def _frame(words: list[str], at: int) -> Found | None:
    """The like of "sustained … injuries", "succumbed to … injuries", "beat … severely", "claimed 12 lives"."""
    word = words[at]
    stop = min(at + _WITHIN, len(words))
    if word in grammar("toll"):
        return at + 1, _TOLL
    if word == "death":
        return (at + 2, _TOLL) if words[at + 1 : at + 2] == ["toll"] else (at + 1, harms().words["death"])
    if word in grammar("claim"):
        return (at + 1, _TOLL) if "lives" in words[at + 2 : stop] else None
    if word in grammar("beat"):
        if grammar("beaten_how").isdisjoint(words[max(0, at - 2) : at] + words[at + 1 : stop - 1]):
            return None
        after = at + 2 if words[at + 1 : at + 2] == ["up"] else at + 1
        form = "ing" if word == "beating" else "past"
        return after, (HarmWord(Harm.INJURED, form, transitive=True, strict=True),)
    begin = at + 2 if words[at + 1 : at + 2] in (["to"], ["with"]) else at + 1
    injuries = next((i for i in range(begin, stop) if words[i] in grammar("injuries")), None)
    if word in grammar("succumb"):
        return (at + 1 if injuries is None else injuries + 1), _DIED
    between = words[begin:injuries] if injuries is not None else []
    if injuries is None or any(word in grammar("prepositions") or not word[0].isalpha() for word in between):
        return None
    return injuries + 1, _INJURED
