"""The names of a report's actors as keys that other reports' names can be held against.

A name *identifies* an actor across reports if it is more than a surname or an office: two words of a person's name
that are no title, particle or initial; two words of a group's, or one, unless every word of it is one that many
countries' bodies have ("Defence Ministry"). What identifies nobody never joins reports.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final

from sayso.gazetteer.folding import bare, fold, skeleton
from sayso.read import lexicon
from sayso.read.aliases import acronym, key
from sayso.vocabulary import Actor, ActorKind, ActorRef, Reading

PERSON: Final = "person"
BODY: Final = "body"
_PARTICLES: Final = frozenset(
    "al el ad as ash at az an abu umm bin ibn bint abd abdel abdul de da di del della der den van von la le".split()
)
ARTICLES: Final = frozenset("the a an al el ad as ash at az of for and in on".split())
_COMMON: Final = frozenset(
    "ministry ministries minister department office bureau agency authority authorities administration government "
    "cabinet parliament senate assembly congress council committee commission court courts tribunal army armed forces "
    "force navy air military militia police guard guards coastguard coast border security intelligence general staff "
    "command headquarters defence defense interior foreign affairs health justice finance education transport state "
    "national federal central public civil high supreme local regional provincial city town municipal board inquiry "
    "union party opposition coalition alliance front group organization company centre center hospital "
    "university press news spokesman spokeswoman spokesperson harbour port customs fire brigade "
    "service services affairs republic presidency president governor mayor palace embassy consulate".split()
)
_AMERICAN: Final = {"defence": "defense", "centre": "center", "labour": "labor", "programme": "program"}
_ACRONYM: Final = re.compile(r"[^\W\d_](?:\.?[^\W\d_]){1,6}\.?")


@dataclass(frozen=True, slots=True)
class Name:
    """A name that identifies: its key ("person:ilse maran"), and as it was written."""

    key: str
    written: str
    is_acronym: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words of the name."""
        return tuple(self.key.partition(":")[2].split())

    @property
    def sort(self) -> str:
        """What it names: a "person" or a "body"."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Appearance:
    """An actor of one report: the names that identify it, all its names, and the words of its roles."""

    ref: ActorRef
    outlet: str | None
    day: str | None
    name: str
    kind: ActorKind
    identified: tuple[Name, ...]
    written: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What joins call it."""
        return appearance_key(self.ref)


def appearance_key(ref: ActorRef) -> str:
    """What joins call an actor of a report."""
    return f"report {ref.report}, actor {ref.actor}"


def appearances(reading: Reading) -> tuple[Appearance, ...]:
    """The named actors of a report."""
    return tuple(_appearance(reading, actor) for actor in reading.actors if called(actor))


def called(actor: Actor) -> tuple[str, ...]:
    """The names of an actor; a description all of whose words have a capital ("The Free Trawlers") is one."""
    if actor.names:
        return actor.names
    plain = re.sub(r"^(?:the|a|an)\s+", "", actor.name, flags=re.IGNORECASE)
    words = [word for word in plain.split() if word.lower() not in ARTICLES]
    return (plain,) if len(words) > 1 and all(word[0].isupper() for word in words) else ()


def _appearance(reading: Reading, actor: Actor) -> Appearance:
    report = reading.report
    names = called(actor)
    found = {name.key: name for written in names if (name := identifying(written, actor.kind)) is not None}
    day = report.published.value[:10] if report.published else None
    words = frozenset(word for role in actor.roles for word in fold(role.text).split() if word not in ARTICLES)
    order = [name for name in sorted(found.values(), key=fullness, reverse=True) if not _is_short(name, found.values())]
    return Appearance(
        ActorRef(report.id, actor.id), report.outlet, day, actor.name, actor.kind, tuple(order), names, words
    )


def _is_short(name: Name, names: Collection[Name]) -> bool:
    """Whether a body's name is one word of another of its names: "the League", which may be another one elsewhere."""
    if name.sort == PERSON or name.is_acronym or len(name.words) > 1:
        return False
    return any(name.words[0] in other.words for other in names if len(other.words) > 1)


def fullness(name: Name) -> tuple[bool, int, int, str]:
    """Orders names by how much they say: acronyms last, then by words and length."""
    return not name.is_acronym, len(name.words), len(name.key), name.key


def identifying(written: str, kind: ActorKind) -> Name | None:
    """The key of a name that identifies its actor across reports; None where it does not."""
    words = [_spelt_alike(word) for word in fold(" ".join(key(written))).split()]
    sort = PERSON if kind is ActorKind.PERSON else BODY
    counted = [w for w in words if len(w) > 1 and w not in _PARTICLES]
    if sort == PERSON:
        return Name(f"{PERSON}:{' '.join(words)}", written) if len(counted) > 1 else None
    if _is_acronym(written):
        return Name(f"{BODY}:{fold(written).replace(' ', '')}", written, is_acronym=True)
    if not counted or all(is_common(word) for word in words):
        return None
    if len(counted) == 1 and (len(counted[0]) < 4 or not written[:1].isupper()):
        return None
    return Name(f"{BODY}:{' '.join(word for word in words if word != 'the')}", written)


def name_of(key: str, written: str) -> Name:
    """The name with this key that was written so."""
    return Name(key, written, key.startswith(f"{BODY}:") and _is_acronym(written))


def _spelt_alike(word: str) -> str:
    """One spelling of words that British and American English spell in two ways."""
    word = word.replace("isation", "ization")
    return _AMERICAN.get(word, word)


def is_common(word: str) -> bool:
    """Whether a folded word names what many countries or towns have, an office, or nothing."""
    return word in _COMMON or word in ARTICLES or word in lexicon.roles()


def _is_acronym(written: str) -> bool:
    plain = re.sub(r"^(?:[Tt]he)\s+|['’]s$", "", written).strip()
    letters = plain.replace(".", "")
    return _ACRONYM.fullmatch(plain) is not None and letters.isupper()


@cache
def sound(word: str) -> str:
    """The consonants by which a word's transliterations agree."""
    return skeleton(bare(word))


def sounds(name: Name) -> str:
    """The key that the transliterations of a name share; "" where its script is not known."""
    parts = [sound(word) for word in name.words if word not in ARTICLES]
    return f"{name.sort}:{' '.join(parts)}" if parts and all(parts) else ""


def ends(name: Name) -> str:
    """First and last word of a person's name: what "Ida Holm" and "Ida Maria Holm" share."""
    words = [word for word in name.words if word not in _PARTICLES]
    return f"{words[0]} {words[-1]}" if name.sort == PERSON and len(words) > 1 else ""


def initials(name: Name) -> frozenset[str]:
    """The acronyms that a body's name of several words may have, in lower case."""
    if name.sort != BODY or name.is_acronym or len(name.words) < 2:
        return frozenset()
    return frozenset(letters.lower() for letters in acronym(name.written) if len(letters) > 2)


def shares_a_word(one: Name, other: Name) -> bool:
    """Whether two names have a word in common, in whatever transliteration."""
    first, second = ({sound(w) or w for w in n.words if w not in _PARTICLES} for n in (one, other))
    return bool(first & second)
