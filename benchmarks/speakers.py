"""When a resolved speaker is the annotated one: names compared across articles, titles, acronyms, fullness.

Two names are the *same name* when, without case, punctuation, articles and possessive endings,

- their words are equal; or
- one is the other's initials ("OPCW"), or stands in brackets behind it ("Doctors Without Borders (MSF)"); or
- the words of the shorter are all among the longer's and both have the same head, which is the last word
  before the first preposition ("Rudskoi", "Col. Gen. Sergei Rudskoi"; "Syrian Observatory", "Syrian
  Observatory for Human Rights"; not "Syria", "Syria envoy"; not "army", "army source").

A *pointer* is a pronoun or a definite phrase of up to two lower-case words ("the group", "the foreign
minister"); it says who speaks only to someone who looks back. Pointers of ours are never right. Where the
annotated speaker is one, the resolved speaker has to be more than a pointer and

- be the same name as the annotation's role ("OPCW", "Syrian government", "unnamed military source" less
  "unnamed"); or
- be the same name as the pointer, put more fully ("the general staff": "Russian General Staff"); or
- be an actor one of whose roles is the pointer's words ("the foreign minister").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sayso.vocabulary import Reading, Statement


def _lexicon(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ARTICLES: Final = frozenset(("the", "a", "an"))
_POINTING: Final = frozenset(("the", "this", "that", "these", "those", "his", "her", "its", "their", "our"))
_PRONOUNS: Final = _lexicon(
    "i we you he she it they me us him her them who which that this these those one everyone someone many"
)
_PREPOSITIONS: Final = _lexicon("of for in at to on with without from against by about under over near")
_NO_NAMES: Final = frozenset(("unnamed", "unknown", "anonymous"))
_MINOR: Final = _ARTICLES | _PREPOSITIONS | {"and"}
_WORD: Final = re.compile(r"\w+(?:\.\w+)*")


@dataclass(frozen=True, slots=True)
class ResolvedSpeaker:
    """Whom a statement is given to: every name of the actor, and the actor's roles."""

    names: tuple[str, ...]
    roles: tuple[str, ...] = ()


def resolved_speaker(reading: Reading, statement: Statement) -> ResolvedSpeaker:
    """The statement's speaker: the actor's names and roles, or the speaker's words if there is no actor."""
    actor = reading.actor(statement.speaker.actor)
    if actor is None:
        return ResolvedSpeaker((statement.speaker.text,))
    return ResolvedSpeaker((actor.name, *actor.names), tuple(role.text for role in actor.roles))


def is_right(speaker: ResolvedSpeaker, gold_text: str, gold_role: str) -> bool:
    """Whether the resolved speaker is the annotated one."""
    names = [name for name in speaker.names if not is_pointer(name)]
    if not is_pointer(gold_text):
        return any(same_name(name, gold_text) for name in names)
    role = " ".join(word for word in gold_role.split() if word.casefold() not in _NO_NAMES)
    if any(same_name(name, role) for name in names):
        return True
    if any(same_name(name, gold_text) and len(words(name)) > len(words(gold_text)) for name in names):
        return True
    return bool(names) and any(set(words(gold_text)) <= set(words(held)) for held in speaker.roles)


def is_pointer(text: str) -> bool:
    """Whether the words say who only to someone who looks back."""
    plain = text.split()
    if not plain:
        return True
    if len(plain) == 1:
        return plain[0].islower()
    rest = plain[1:] if plain[0].casefold() in _POINTING else []
    return 0 < len(rest) <= 2 and all(word.islower() for word in rest)


def same_name(one: str, other: str) -> bool:
    """Whether two speakers' names can be one name, as the module says."""
    return any(_same(a, b) for a in _forms(one) for b in _forms(other))


def words(name: str) -> list[str]:
    """The words of a name, folded, without articles and possessive endings."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    folded = re.sub(r"'s\b", "", folded)
    return [word for word in _WORD.findall(folded) if word not in _ARTICLES]


def head(name_words: list[str]) -> str:
    """The last word before the first preposition."""
    for index, word in enumerate(name_words):
        if index and word in _PREPOSITIONS:
            return name_words[index - 1]
    return name_words[-1]


def _same(one: str, other: str) -> bool:
    a, b = words(one), words(other)
    if not a or not b or (len(a) == 1 and a[0] in _PRONOUNS) or (len(b) == 1 and b[0] in _PRONOUNS):
        return False
    if a == b:
        return True
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) == 1 and len(longer) > 1 and shorter[0].replace(".", "") == _initials(longer):
        return True
    return set(shorter) <= set(longer) and head(shorter) == head(longer)


def _initials(name_words: Iterable[str]) -> str:
    return "".join(word[0] for word in name_words if word not in _MINOR)


def _forms(name: str) -> list[str]:
    """A name as written and, where a part stands in brackets, both parts alone."""
    outside, inside = re.sub(r"\([^)]*\)", " ", name), re.findall(r"\(([^)]*)\)", name)
    return [name, outside, *inside] if inside else [name]
