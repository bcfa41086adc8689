"""The overall figures of a report, or of one account in it, from its counts.

Counts of one sentence add up, save parts ("including 12 children"), pronouns, and bodies beside deaths. A later
sentence adds where it says so ("another", "also") or tells of the other side; otherwise it repeats or spells out
what was told, or brings a rival figure. In a later paragraph nothing adds: a report tells its total first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sayso.read.counts.numbers import Range
from sayso.read.sentences import sentences
from sayso.vocabulary import Count, Harm, People, Span

_LOOK_BACK: Final = 400  # characters before a count that may tell it is only recalled
_NAMES_BACK: Final = 4000  # characters before a sentence in which a name may have stood
_PART: Final = re.compile(
    r"\b(?:includ\w+|among\w*|compris\w+|of (?:them|whom|these|those)|especially|notably|namely)\b", re.I
)
_OTHER: Final = re.compile(r"\b(?:another|(?<!the )others?|more|second)\b", re.I)
_ALSO: Final = re.compile(r"\b(?:also|additional|further|separate\w*|elsewhere|too)\b", re.I)
_BACKGROUND: Final = re.compile(
    r"\b(?:involve(?:d|ment) in|in connection with|wanted (?:in|for|by)|accused (?:of|in)|responsib\w+ (?:for|of)|"
    r"roles? in|masterminded|charged with|in the past|last (?:year|month)|(?:years?|months?) ago|anniversary|"
    r"convicted|suspected (?:of|in)|admitted|confessed|interrogation|recalled)\b",
    re.I,
)
# Words just before the words of harm that make them the reason or the time of something else.
_BESIDE: Final = re.compile(
    r"\b(?:retaliat\w+ (?:for|to|against|of)|aveng\w+|reveng\w+ (?:for|of)|protest\w*(?: against)?|following|since|"
    r"cases? of|earlier|previously|despite|mourn\w*|condemn\w*) (?:\w+ ){0,4}$",
    re.I,
)
_RELATIVE: Final = re.compile(r"\b(?:where|which|who|whom|that)\s+(?:\w+\s+){0,4}$", re.I)
_OVER_TIME: Final = re.compile(
    r"\b(?:last|past) (?:\w+ )?(?:years?|months?|decades?)|so far|this year|since (?:19|20)\d\d", re.I
)
_DATED: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:ago|last year|last month|so far)\b|\b(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December) \d",
    re.I,
)
_BODY: Final = re.compile(r"bod(?:y|ies)|corpses?|remains", re.I)
_PRONOUNS: Final = frozenset("he she him her they them his their it we us i me".split())
# Classes that are never the same people under another word, by the side they stand on.
_SIDE: Final = {
    People.SOLDIERS: "forces",
    People.POLICE: "forces",
    People.FIGHTERS: "fighters",
    People.CIVILIANS: "others",
    People.OFFICIALS: "others",
    People.CHILDREN: "others",
    People.JOURNALISTS: "others",
    People.MEDICS: "others",
}


@dataclass(frozen=True, slots=True)
class _Account:
    """What has been added up: `spelled` is what later sentences told again, `weak` a figure that any other replaces."""

    low: int
    high: int | None
    who: frozenset[People] = field(default_factory=frozenset)
    added: bool = False
    weak: bool = False
    spelled: int = 0


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a text, with all its counts."""

    text: str
    span: Span
    counts: Sequence[Count]


def totals(counts: Sequence[Count], text: str) -> dict[Harm, Range]:
    """The overall figure for each harm: the least and the most, where sources give rival totals."""
    told = _by_sentence(counts, text)
    figures = {harm: _figure(told, harm, None) for harm in dict.fromkeys(count.harm for count in counts)}
    return {harm: figure for harm, figure in figures.items() if figure is not None}


def class_totals(counts: Sequence[Count], text: str) -> dict[tuple[Harm, People], Range]:
    """The overall figure for each harm and class of people, parts of larger groups included."""
    told = _by_sentence(counts, text)
    pairs = dict.fromkeys((count.harm, count.who) for count in counts)
    figures = {(harm, who): _figure(told, harm, who) for harm, who in pairs}
    return {pair: figure for pair, figure in figures.items() if figure is not None}


def _by_sentence(counts: Sequence[Count], text: str) -> list[_Sentence]:
    bounds = sentences(text) or [Span(0, len(text))]
    starts = [span.start for span in bounds]
    told: dict[int, list[Count]] = {}
    for count in counts:
        told.setdefault(max(0, bisect_right(starts, count.span.start) - 1), []).append(count)
    return [_Sentence(text, bounds[index], group) for index, group in told.items()]


def _figure(told: Sequence[_Sentence], harm: Harm, who: People | None) -> Range | None:
    total: _Account | None = None
    paragraph = -1
    for sentence in told:
        group = [count for count in sentence.counts if count.harm is harm and who in (None, count.who)]
        account = _account(sentence, group, told=total is not None) if group else None
        if account is None:
            continue
        if total is None or (total.weak and not account.weak and account.low):
            total = account
            end = sentence.text.find("\n", sentence.span.start)
            paragraph = end if end >= 0 else len(sentence.text)
        else:
            total = _merged(total, account, apart=sentence.span.start > paragraph)
    return Range(total.low, total.high) if total else None


def _account(sentence: _Sentence, group: Sequence[Count], *, told: bool) -> _Account | None:
    """What one sentence adds up to; None where all it tells is only recalled."""
    text = sentence.text
    kept: list[Count] = []
    for count in group:
        part = kept and _PART.search(text, kept[-1].span.end, count.span.start)
        if not part and not _recalled(sentence, count, told=told or bool(kept)):
            kept.append(count)
    known = [count for count in kept if _known(sentence, count)]
    sized = [count for count in kept if count not in known and not _sizeless(count)]
    firm = [count for count in sized if not _pronoun(count) and not _body(count, text)]
    if chosen := firm or sized:
        high = None if any(count.high is None for count in chosen) else sum(count.high or 0 for count in chosen)
        low = sum(count.low for count in chosen)
        who = frozenset(count.who for count in chosen)
        return _Account(low, high, who, _adds(sentence, chosen[0]), weak=not firm)
    if known:
        return _Account(len(known), len(known), weak=True, spelled=len(known))
    return _Account(kept[0].low, kept[0].high, frozenset({kept[0].who}), weak=True) if kept else None


def _merged(total: _Account, account: _Account, *, apart: bool) -> _Account:
    """The total after one more sentence; `apart` where that stands in a later paragraph."""
    if account.weak or account.high == 0:
        return total
    if total.high == 0:
        return account
    sides, others = ({_SIDE.get(who) for who in each.who} for each in (total, account))
    other_side = None not in sides | others and not sides & others and account.low > 1
    spelled = total.spelled + account.low
    spells_out = total.spelled and spelled <= total.low
    if (account.added or other_side) and not apart and not spells_out:
        high = None if total.high is None or account.high is None else total.high + account.high
        return replace(total, low=total.low + account.low, high=high, who=total.who | account.who)
    if account.low > total.low:  # a rival; the highest figure that somebody gives also bounds an open one
        return replace(total, high=max(total.high or 0, account.high or account.low), spelled=spelled)
    return replace(total, spelled=spelled)


def _adds(sentence: _Sentence, count: Count) -> bool:
    """Whether a count adds to what earlier sentences told: "another was killed", "two were also killed"."""
    harm = count.harm_span or count.span
    start = max(sentence.span.start, count.span.start - 12)
    if _ALSO.search(sentence.text, start, max(count.span.end, harm.end)):
        return True
    beside = any(other.harm is not count.harm and other.span < count.span for other in sentence.counts)
    return not beside and bool(_OTHER.search(sentence.text, start, count.span.end))


def _recalled(sentence: _Sentence, count: Count, *, told: bool) -> bool:
    """Whether a count belongs to something the sentence only recalls; `told` where a figure stands before it."""
    text, bounds = sentence.text, sentence.span
    harm = count.harm_span or count.span
    begin, end = min(count.span.start, harm.start), max(count.span.end, harm.end)
    lead = text[max(bounds.start, begin - _LOOK_BACK) : begin]
    if _BACKGROUND.search(lead) or _BESIDE.search(lead[-60:]):
        return True
    if _RELATIVE.search(lead[-90:]) or _RELATIVE.search(text[max(begin, harm.start - 90) : harm.start]):
        where = told and "where" in lead[-60:].lower()
        if where or _DATED.search(text, begin, min(bounds.end, end + 80)):
            return True
    return bool(_OVER_TIME.search(text, max(bounds.start, begin - 60), min(bounds.end, end + 60)))


def _known(sentence: _Sentence, count: Count) -> bool:
    """Whether a single victim is named whose name stood earlier in the text."""
    if count.low != 1 or count.who_span is None or count.span.end < count.who_span.end:
        return False
    last = count.text.split()[-1]
    start = sentence.span.start
    return len(last) > 2 and last[0].isupper() and last in sentence.text[max(0, start - _NAMES_BACK) : start]


def _sizeless(count: Count) -> bool:
    """Whether a count rests on a mere plural: "civilians were hurt"."""
    whole = count.who_span is not None and count.span.end >= count.who_span.end
    return count.high is None and count.low == 2 and (whole or _pronoun(count))


def _pronoun(count: Count) -> bool:
    return count.text.lower() in _PRONOUNS


def _body(count: Count, text: str) -> bool:
    return bool(count.harm_span and _BODY.search(count.harm_span.of(text)))
