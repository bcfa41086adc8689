"""People joined to what happened to them, in one sentence cut into items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.read.counts.clauses import (
    BEFORE_VERB,
    after_adverbs,
    before_adverbs,
    passive_chain,
    people,
    subjects,
)
from sayso.read.counts.lexicon import HarmWord, grammar
from sayso.read.counts.objects import listed, parts
from sayso.read.counts.phrases import Group, Humanity, Item, Kind, times
from sayso.read.counts.tokens import Tokens
from sayso.vocabulary import Harm


@dataclass(frozen=True, slots=True)
class Joined:
    """A group of people and what happened to them by tokens `first` to `stop`; `perhaps` where it only may have."""

    group: Group
    harm: Harm
    first: int
    stop: int
    perhaps: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence; `objects` has, for each word of harm before its object, the item of that object's first group."""

    line: Tokens
    items: Sequence[Item]
    objects: dict[int, int]

    def word(self, i: int) -> str:
        return self.line.words[self.items[i].first] if 0 <= i < len(self.items) else ""


@dataclass(frozen=True, slots=True)
class _Verb:
    """How a word of harm is used as a verb. `start` is where its verb group begins."""

    passive: bool
    singular: bool
    unreal: bool
    perhaps: bool
    start: int


@dataclass(frozen=True, slots=True)
class _Claim:
    """The items of the groups something happened to; `subject` where they are what the verb is said of."""

    groups: Sequence[int] = ()
    subject: bool = False
    perhaps: bool = False


_NOBODY = _Claim()


def join(line: Tokens, items: Sequence[Item]) -> list[Joined]:
    """Every group of people of the sentence that something happened to, in order of the words of harm."""
    sentence = _Sentence(line, items, _objects(line, items))
    found: list[Joined] = []
    taken: set[tuple[int, Harm]] = set()
    said_of: dict[int, Sequence[int]] = {}
    for at, item in enumerate(items):
        for reading in item.harms:
            claim = _claim(sentence, at, reading, said_of)
            if claim.subject:
                said_of[at] = claim.groups
            for index in (part for whole in claim.groups for part in (whole, *parts(items, whole))):
                group = items[index].group
                negated = index > 0 and items[index - 1].kind is Kind.NEGATION  # "neither driver was hurt"
                if group is not None and not negated and (index, reading.harm) not in taken:
                    taken.add((index, reading.harm))
                    found.append(Joined(group, reading.harm, item.first, item.stop, claim.perhaps))
    return found


def _claim(sentence: _Sentence, at: int, reading: HarmWord, said_of: dict[int, Sequence[int]]) -> _Claim:
    match reading.form:
        case "toll":
            return _toll(sentence, at)
        case "adjective":
            return _adjective(sentence, at, said_of)
        case "to death":
            return _to_death(sentence, at)
        case "noun" | "suffered":
            return _noun(sentence, at)
        case "counted":
            return _counted(sentence, at)
        case _:
            return _verbal(sentence, at, reading, said_of)


def _verbal(sentence: _Sentence, at: int, reading: HarmWord, said_of: dict[int, Sequence[int]]) -> _Claim:
    items = sentence.items
    if reading.form == "past" and sentence.word(at - 1) in grammar("determiners") and items[at - 1].kind is Kind.OTHER:
        return _NOBODY  # "the injured"
    verb = _verb(sentence.line, items, at, reading)
    if verb.unreal:
        return _NOBODY
    if not reading.transitive or verb.passive:
        return _Claim(subjects(items, verb.start, singular=verb.singular), True, verb.perhaps)
    if reading.form == "ing" and sentence.word(at + 1) == "of":
        return _noun(sentence, at)
    if (target := sentence.objects.get(at)) is not None:
        return _Claim(listed(items, target, of=False), perhaps=verb.perhaps)
    if reading.form == "past" and (before := _coordinated(items, at)) in said_of:
        return _Claim(said_of[before], True, verb.perhaps)
    if (shared := _shared_object(sentence, at)) is not None:
        return _Claim(listed(items, shared, of=False))
    return _reduced(sentence, at) if reading.form == "past" else _NOBODY


def _reduced(sentence: _Sentence, at: int) -> _Claim:
    """A participle without "was": "12 people killed", "two others, among them a nurse, injured"."""
    items = sentence.items
    active = _object_follows(sentence, at)
    if not active and (left := _described_group(items, at)) is not None:
        return _Claim(_with_joined(items, left), True)
    before = before_adverbs(items, at - 1)
    set_off = not active and before >= 0 and items[before].kind in (Kind.COMMA, Kind.CLOSE)
    if set_off and (chosen := subjects(items, before + 1, singular=False)):
        return _Claim(chosen, True)
    if (chain := passive_chain(items, at)) is not None:
        return _Claim(subjects(items, chain, singular=_singular(sentence, chain, at)), True)
    return _NOBODY


def _singular(sentence: _Sentence, low: int, high: int) -> bool:
    return any(sentence.word(i) in ("was", "is", "has") for i in range(low, min(high, low + 4)))


def _verb(line: Tokens, items: Sequence[Item], at: int, reading: HarmWord) -> _Verb:
    """The voice of a word of harm, and whether it happened, from the little words before it."""
    words = line.words
    singular = unreal = perhaps = be = have = False
    start = at
    i = at - 1
    while i >= 0 and items[i].kind in BEFORE_VERB:
        kind, word = items[i].kind, words[items[i].first]
        if kind is not Kind.ADVERB:
            start = i
        if kind is Kind.BE or kind is Kind.HAVE:
            be, have = be or kind is Kind.BE, have or kind is Kind.HAVE
            singular = singular or word in ("was", "is", "has")
        elif kind is Kind.MODAL and word in grammar("perhaps") and have:
            perhaps = True
        elif kind is Kind.MODAL or kind is Kind.NEGATION:
            unreal = True
        i -= 1
    before = words[items[i].first] if i >= 0 else ""
    earlier = words[items[i - 1].stop - 1] if i > 0 else ""
    if before == "to" and (reading.form == "base" or be or have):
        real = earlier in grammar("managed") or (have and earlier not in grammar("unreal"))
        unreal = unreal or not real
        start = _start_of(items, i) if be or have else start
    elif before == "of" and have and items[i - 1].kind is Kind.PARTICIPLE:
        start = _start_of(items, i)
    avoided = reading.form in ("base", "ing") and before in ("without", "against", "from", "for")
    unreal = unreal or avoided or (i >= 0 and items[i].kind is Kind.NEGATION)
    habit = be and reading.form == "ing"  # "are killing people" tells no incident
    return _Verb(be and reading.form == "past", singular, unreal or habit, perhaps, start)


def _start_of(items: Sequence[Item], i: int) -> int:
    """Where the verb group of "is said to have been" begins, from its "to"."""
    while i > 0 and items[i - 1].kind in (Kind.VERB, Kind.PARTICIPLE, Kind.ADVERB, Kind.BE, Kind.HAVE):
        i -= 1
    return i


def _objects(line: Tokens, items: Sequence[Item]) -> dict[int, int]:
    found: dict[int, int] = {}
    for at, item in enumerate(items):
        reading = next((reading for reading in item.harms if reading.transitive), None)
        if reading is None:
            continue
        i = after_adverbs(items, at + 1)
        if i + 1 < len(items) and items[i].kind is Kind.PARTICIPLE:  # "shot dead visiting officer Berg"
            beside = people(items, i + 1)
            i += 1 if beside is not None and (beside.bare or beside.named) else 0
        group = people(items, i)
        if group is None or (not group.told and group.human is not Humanity.YES):
            continue
        if reading.strict and group.human is not Humanity.YES and not group.named and not group.headless:
            continue
        verb = _verb(line, items, at, reading)
        left = before_adverbs(items, at - 1)
        if verb.passive or (
            reading.form == "past" and verb.start == at and _belongs_next(items, i) and people(items, left)
        ):
            continue
        found[at] = i
    return found


def _belongs_next(items: Sequence[Item], i: int) -> bool:
    """Whether a group is what the next words of harm are about: "12 killed 30 wounded"."""
    after = after_adverbs(items, i + 1)
    if after >= len(items) or items[after].kind is not Kind.HARM:
        return after < len(items) and items[after].kind is Kind.BE
    forms = {reading.form for reading in items[after].harms}
    follows = people(items, after_adverbs(items, after + 1))
    return "adjective" in forms or ("past" in forms and follows is None)


def _object_follows(sentence: _Sentence, at: int) -> bool:
    """Whether any noun phrase but a time follows: then the verb is active, whomever it harms."""
    items = sentence.items
    i = after_adverbs(items, at + 1)
    if i >= len(items) or items[i].group is None or _belongs_next(items, i):
        return False
    return sentence.line.words[items[i].stop - 1] not in times()


def _described_group(items: Sequence[Item], at: int) -> int | None:
    """The group that stands right before a participle: "12 people killed", "two of them killed"."""
    i = before_adverbs(items, at - 1)
    if people(items, i) is None:
        return None
    outer = people(items, i - 2)
    if outer is not None and outer.told and items[i - 1].kind is Kind.PREPOSITION:
        return i - 2
    return i


def _with_joined(items: Sequence[Item], index: int) -> list[int]:
    """A group and those joined to it before: "two men and a child dead"."""
    chosen = [index]
    i = index
    while i >= 2 and items[i - 1].kind in (Kind.AND, Kind.COMMA):
        before = people(items, i - 2)
        outside = items[i - 3].kind if i >= 3 else None
        if before is None or not before.told or outside in (Kind.HARM, Kind.PREPOSITION):
            break
        i -= 2
        chosen.append(i)
    return chosen[::-1]


def _coordinated(items: Sequence[Item], at: int) -> int:
    """The words of harm just before "and": "killed and wounded"; -1 where there are none."""
    i = at - 1
    while i >= 0 and items[i].kind in (Kind.ADVERB, Kind.BE):
        i -= 1
    if i < 1 or items[i].kind not in (Kind.AND, Kind.COMMA):
        return -1
    while i >= 0 and items[i].kind in (Kind.ADVERB, Kind.COMMA, Kind.AND):
        i -= 1
    return i if i >= 0 and items[i].kind is Kind.HARM else -1


def _shared_object(sentence: _Sentence, at: int) -> int | None:
    """The object of "abducted and killed two men", from the first verb."""
    i = after_adverbs(sentence.items, at + 1)
    if i < len(sentence.items) and sentence.items[i].kind in (Kind.AND, Kind.COMMA):
        return sentence.objects.get(after_adverbs(sentence.items, i + 1))
    return None


def _adjective(sentence: _Sentence, at: int, said_of: dict[int, Sequence[int]]) -> _Claim:
    items = sentence.items
    verb = _verb(sentence.line, items, at, HarmWord(Harm.KILLED, "adjective"))
    if verb.unreal:
        return _NOBODY
    if verb.start < at:
        return _Claim(subjects(items, verb.start, singular=verb.singular), True, verb.perhaps)
    if (left := _described_group(items, at)) is not None:
        return _Claim(_with_joined(items, left), True)
    return _Claim(said_of.get(_coordinated(items, at), ()), True)


def _to_death(sentence: _Sentence, at: int) -> _Claim:
    """The like of "hacked two men to death": the verb itself, with its object between, is any."""
    left = _described_group(sentence.items, at)
    return _Claim(_with_joined(sentence.items, left)) if left is not None else _NOBODY


def _noun(sentence: _Sentence, at: int) -> _Claim:
    """The like of "the killing of five workers", "the mayor's murder"."""
    if at > 0 and sentence.items[at - 1].kind is Kind.NEGATION:
        return _NOBODY
    if chosen := _of(sentence, at):
        return _Claim(chosen)
    owner = _owner(sentence, at)
    return _Claim((owner,)) if owner is not None else _NOBODY


def _counted(sentence: _Sentence, at: int) -> _Claim:
    """The like of "five deaths", "the bodies of three men", "an unidentified body", "the farmer's body"."""
    items = sentence.items
    if chosen := _of(sentence, at):
        return _Claim(chosen)
    if (owner := _owner(sentence, at)) is not None:
        return _Claim((owner,))
    left = at - 1
    while left >= max(0, at - 4) and items[left].kind in (Kind.VERB, Kind.PARTICIPLE, Kind.ADVERB, Kind.OTHER):
        left -= 1
    group = people(items, left)
    return _Claim((left,)) if group is not None and group.headless and group.told else _NOBODY


def _of(sentence: _Sentence, at: int) -> list[int]:
    joint = ("of", "among", "to") if sentence.word(at) in grammar("injuries") else ("of", "among")
    group = people(sentence.items, at + 2)
    if group is None or sentence.word(at + 1) not in joint or not (group.told or group.human is Humanity.YES):
        return []
    return listed(sentence.items, at + 2, of=True)


def _owner(sentence: _Sentence, at: int) -> int | None:
    """Whose death it is: "the farmer's body"."""
    group = people(sentence.items, at - 1)
    if group is None or not sentence.line.words[group.stop - 1].endswith(("'s", "s'")):
        return None
    return at - 1 if group.human is Humanity.YES or group.named else None


def _toll(sentence: _Sentence, at: int) -> _Claim:
    """The like of "the death toll rose from 5 to 31", "claimed 12 lives"."""
    for i in range(at + 1, min(at + 10, len(sentence.items))):
        group = sentence.items[i].group
        if group is None:
            if sentence.items[i].kind in (Kind.BREAK, Kind.COMMA, Kind.AND, Kind.SUBORDINATOR):
                break
        elif group.told and not group.named and not group.bare and group.number[1] - group.number[0] < 6:
            if group.human is not Humanity.NO and sentence.word(i - 1) != "from" and group.headless:
                return _Claim((i,))
            if sentence.word(at) in grammar("claim"):
                return _Claim((i,))
    return _NOBODY
