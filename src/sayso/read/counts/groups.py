"""Phrases for people: a number, an article or a name with the noun it counts, as in "three injured police officers"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache
from typing import Final

from sayso.read.counts.happenings import happening_at
from sayso.read.counts.lexicon import Kind, PersonNoun, grammar, kinds, people_nouns, people_words
from sayso.read.counts.numbers import Numeral, number_starts, numeral_at
from sayso.read.counts.tokens import Tokens
from sayso.vocabulary import People

_LONGEST: Final = 14  # tokens of a noun phrase after its number
_AHEAD: Final = 3  # tokens a modifier may stand before its noun
_AGENTS: Final = ("er", "ers", "or", "man", "men")  # "cattle grazer": a thing before them does not make them one


class Humanity(Enum):
    """Whether a noun phrase is of people."""

    NO = auto()
    MAYBE = auto()
    YES = auto()


@dataclass(frozen=True, slots=True)
class Group:
    """A noun phrase over tokens `first` to `stop`; its number words are `number`, the rest is `people`.

    `told` says that a number, an article or a name gives the size; `other` that others were counted before. A
    `headless` one is a mere number ("two others"), a `bare` one has no number or article ("policeman").
    """

    first: int
    stop: int
    number: tuple[int, int]
    low: int
    high: int | None
    who: People = People.PEOPLE
    human: Humanity = Humanity.MAYBE
    people: tuple[int, int] | None = None
    told: bool = True
    other: bool = False
    definite: bool = False
    named: bool = False
    pronoun: bool = False
    headless: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Opening:
    """How a phrase opens: at `first`, with a number or article from `number` on, its noun from `noun` on."""

    first: int
    number: int
    noun: int
    numeral: Numeral | None
    single: bool
    other: bool
    definite: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """The nouns and names after the opening, up to `stop`, with the last `noun` for people at `head`."""

    stop: int
    head: int | None
    noun: PersonNoun | None
    thing: bool
    named: bool
    unknown: bool
    other: bool


def group_at(line: Tokens, at: int, capitals: list[bool], *, led: bool) -> Group | None:
    """The noun phrase that begins at a token, if one does; `led` where a preposition stands before it."""
    word = line.words[at]
    if word in grammar("pronouns_one"):
        return Group(at, at + 1, (at, at + 1), 1, 1, human=Humanity.YES, definite=True, pronoun=True)
    if word in grammar("pronouns_many"):
        number = (at, at + 1)
        return Group(at, at + 1, number, 2, None, human=Humanity.YES, told=False, definite=True, pronoun=True)
    opening = _opening(line, at)
    if opening is None:
        return None
    run = _run(line, opening, capitals, led=led or opening.noun > at)
    if run.stop == opening.noun and not (opening.numeral or opening.other or opening.single):
        return None
    collective = run.head is not None and line.words[run.head] in people_words("collectives")
    if collective and not opening.numeral and line.words[run.stop : run.stop + 1] == ["of"]:
        inner = group_at(line, run.stop + 1, capitals, led=True) if run.stop + 1 < len(line) else None
        if inner and not inner.named and inner.human is not Humanity.NO and (inner.told or inner.human is Humanity.YES):
            return replace(inner, first=at, definite=opening.definite, bare=False)
    return _group(line, opening, run, collective=collective) if run.stop > at else None


def _opening(line: Tokens, at: int) -> _Opening | None:
    words = line.words
    begin, definite = at, False
    while begin < len(words) and words[begin] in grammar("determiners") and begin - at < 2:
        if words[begin] == "some" and numeral_at(line, begin):
            break
        definite = definite or words[begin] in grammar("definite")
        begin += 1
    if words[begin : begin + 1] == ["all"]:
        definite = definite or words[begin + 1 : begin + 2] == ["the"]
        begin += 2 if words[begin + 1 : begin + 2] == ["the"] else 1
    if begin >= len(words):
        return None
    if definite and words[begin] in grammar("ordering") and begin + 1 < len(words) and numeral_at(line, begin + 1):
        begin += 1
    if numeral := numeral_at(line, begin):
        return _Opening(at, begin, numeral.stop, numeral, False, numeral.other, definite)
    other = words[begin] in grammar("other")
    single = words[begin] in grammar("one") or words[begin] == "another"
    return _Opening(at, begin, begin + 1 if other or single else begin, None, single, other, definite)


def _run(line: Tokens, opening: _Opening, capitals: list[bool], *, led: bool) -> _Run:
    words = line.words
    things, collectives = people_words("things"), people_words("collectives")
    stop, limit = opening.noun, min(len(words), opening.noun + _LONGEST)
    head: int | None = None
    noun: PersonNoun | None = None
    thing = named = unknown = False
    other = opening.other
    while stop < limit:
        word = words[stop]
        if (person := _person(word)) is not None:
            if noun is not None and not noun.singular and not capitals[stop]:
                break
            noun, head, thing, unknown = _classed(person, noun, words[stop - 1] if stop else ""), stop, False, False
            if word.endswith("-old") and _before_person(words, stop):
                noun = None
            stop += 1
        elif not word[0].isalnum():
            length = _inside_name(words, stop, capitals) if stop > opening.noun else 0
            if not length:
                break
            stop += length
        elif happening_at(words, stop):
            if named or thing or noun or not ((led or stop > opening.noun) and _before_person(words, stop)):
                break
            stop += 1
        elif word in grammar("other"):
            other, stop = True, stop + 1
        elif word in things and (not capitals[stop] or noun is None or word in times()):
            if noun is not None and (not noun.singular or stop > (head or 0) + 1):
                break
            head, noun, thing, stop = stop, None, True, stop + 1
        elif word in collectives:
            head, noun, thing, stop = stop, None, False, stop + 1
            if words[stop : stop + 1] == ["of"]:
                break
        elif word in kinds():
            modifier = kinds()[word] in (Kind.PARTICIPLE, Kind.ADVERB)
            if not modifier or not led or noun is not None or not _before_person(words, stop):
                break
            stop += 1
        elif capitals[stop]:
            named = named or (noun is None and not thing)
            unknown, stop = False, stop + 1
        elif not _continues(words, stop, noun, led=led, named=named, thing=thing):
            break
        else:
            if not word.endswith(("ed", "ing", "ly")) or len(word) < 5:
                unknown, thing = True, thing and not word.endswith(_AGENTS)
            stop += 1
    return _Run(stop, head, noun, thing, named, unknown, other)


def _continues(words: list[str], at: int, noun: PersonNoun | None, *, led: bool, named: bool, thing: bool) -> bool:
    """Whether a word of no list carries a noun phrase on."""
    word = words[at]
    followed = at + 1 < len(words) and _content(words[at + 1])
    if word.endswith(("ed", "ing")) and len(word) > 4:
        return noun is None and led and not thing and followed
    if (word[0].isdigit() and "-" not in word) or (noun is not None and not noun.singular):
        return False
    if not led and not named and noun is None and not _before_person(words, at):
        return False
    return not word.endswith("ly") or (led and noun is None and followed)


def _classed(person: PersonNoun, earlier: PersonNoun | None, before: str) -> PersonNoun:
    """A noun with the class its modifier gives it: "police officer", "army personnel"."""
    if person.who is not People.PEOPLE:
        return person
    if earlier is not None:
        return replace(person, who=earlier.who)
    return replace(person, who=People.SOLDIERS) if before in grammar("armed") else person


def _inside_name(words: list[str], at: int, capitals: list[bool]) -> int:
    """How many tokens a mark within a phrase takes: "(SF)" before its noun, the point of an initial; else 0."""
    if words[at] == "(" and words[at + 2 : at + 3] == [")"] and capitals[at + 1]:
        return 3 if at + 3 < len(words) and _content(words[at + 3]) else 0
    initial = words[at] == "." and len(words[at - 1]) <= 4 and capitals[at - 1]
    return 1 if initial and at + 1 < len(words) and words[at + 1][0].isalnum() else 0


def _group(line: Tokens, opening: _Opening, run: _Run, *, collective: bool) -> Group:
    first, stop, noun = opening.first, run.stop, run.noun
    empty = stop == opening.noun
    human = Humanity.MAYBE
    if run.thing:
        human = Humanity.NO
    elif (noun and not run.unknown) or (empty and run.other):
        human = Humanity.YES
    low, high, told = _size(line, opening, run, collective=collective)
    number = (opening.number, opening.numeral.stop) if opening.numeral else (first, stop)
    plain = noun is None and not run.named and not run.unknown and not run.thing
    return Group(
        first,
        stop,
        number,
        low,
        high,
        noun.who if noun else People.PEOPLE,
        human,
        None if empty else (opening.noun, stop),
        told,
        run.other,
        opening.definite,
        named=run.named and noun is None and not run.unknown and opening.numeral is None,
        headless=empty or plain,
        bare=first == opening.noun and noun is not None and (not run.named or run.head == stop - 1),
    )


def _size(line: Tokens, opening: _Opening, run: _Run, *, collective: bool) -> tuple[int, int | None, bool]:
    """The least and the most, and whether the words tell them rather than a mere plural."""
    if opening.numeral:
        return opening.numeral.low, opening.numeral.high, True
    if opening.single:
        return 1, 1, True
    many: tuple[int, int | None, bool] = (2, None, False)
    last = line.words[run.stop - 1]
    if run.noun is not None:
        with_name = run.noun.singular and (run.named or _name_at(line, run.stop - 1))
        return (1, 1, True) if not run.noun.plural or with_name else many
    if run.named:
        return 1, 1, not collective
    plural = last.endswith("s") and not last.endswith(("ss", "'s"))
    return many if collective or run.other or plural else (1, 1, opening.first < opening.noun)


def _name_at(line: Tokens, at: int) -> bool:
    return line.text[line.starts[at]].isupper() and line.words[at] not in people_nouns()


def _person(word: str) -> PersonNoun | None:
    nouns = people_nouns()
    if (found := nouns.get(word)) is not None:
        return found
    if "-" in word:
        if word.endswith(("-old", "-olds")):
            return PersonNoun(People.PEOPLE, word.endswith("d"), word.endswith("s"))
        last = word.rpartition("-")[2]
        return None if last in people_words("collectives") else nouns.get(last)
    if word.endswith(("ist", "ists")) and len(word) > 5:
        return PersonNoun(People.PEOPLE, word.endswith("t"), word.endswith("s"))
    return None


def _content(word: str) -> bool:
    if not word[0].isalpha() or word in number_starts():
        return False
    return (word in people_nouns() or word not in kinds()) and not happening_at([word], 0)


def _before_person(words: list[str], at: int) -> bool:
    """Whether a modifier stands before a noun for people: "two injured men"."""
    for word in words[at + 1 : at + 1 + _AHEAD]:
        if _person(word):
            return True
        if not _content(word):
            return False
    return False


@cache
def times() -> frozenset[str]:
    """Nouns for times, which may follow a verb and are not its object."""
    return people_words("times")
