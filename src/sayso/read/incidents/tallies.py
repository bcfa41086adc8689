"""Tallies: a counted set of happenings over a period, which is neither one incident nor so many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sayso.read.counts.numbers import Number
from sayso.read.incidents.accounts import Account, voucher
from sayso.read.incidents.parts import is_doer, parts
from sayso.read.incidents.scene import Scene
from sayso.read.incidents.triggers import side, tokens
from sayso.vocabulary import Place, PlaceId, Span, Tally, TallyId, TallyPart, TimeKind

# "five counts of shelling", "12 separate attacks"; people and things that were counted are not happenings.
_COUNTED: Final = frozenset(
    "count counts case cases instance instances incident incidents act acts episode episodes".split()
)
_BETWEEN: Final = frozenset(
    "separate different such more other new further additional deadly consecutive simultaneous major minor of "
    "confirmed reported recorded documented alleged suspected".split()
)
_SMALL_WORDS: Final = frozenset(
    "in by during after as at on for with from to and or were was had have been a the".split()
)
_TIMES = re.compile(r"\s*(?:\w+\s+){0,2}(?:occasions|times)\b", re.IGNORECASE)
_OF_WHICH = re.compile(r"(?:of which|of these|of them|including|among them|among which)\s*,?\s*$", re.IGNORECASE)
_SOMEWHERE = re.compile(r"\s+(?:\w+\s+){0,2}?(?:in|at|on|near|over|against)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"\s*(?:of them|of which|of these|of those)\b", re.IGNORECASE)
_EVENTS: Final = tuple(
    word + end
    for word in "attack strike airstrike raid shelling bombing explosion blast clash incident killing kidnapping "
    "abduction protest demonstration rally arrest violation assault bombardment murder execution".split()
    for end in ("", "s", "es")
)
_NEAR: Final = 100  # characters between a number and what it counts
_LEAST: Final = 2  # one happening is an incident


def tallies(scene: Scene, accounts: Sequence[Account]) -> list[tuple[Tally, Account]]:
    """The tallies of a text, each with the account whose trigger is counted."""
    out: list[tuple[Tally, Account]] = []
    taken: set[Span] = set()
    for account in accounts:
        text, sentence = scene.text, scene.sentences[account.sentence]
        here, places = scene.numbers[account.sentence], scene.places[account.sentence]
        whole = _whole(text, account, here)
        if whole is None or whole.span in taken:
            continue
        taken.add(whole.span)
        found = tuple(_parts(text, whole, here, account.trigger.span.end, places, sentence))
        period = sorted(scene.times[account.sentence], key=lambda t: (t.kind is not TimeKind.DURATION, t.span))
        span = _span(text, whole, account.trigger.span)
        by = voucher(account.statement)
        made = Tally(
            TallyId(f"n{len(out) + 1}"), account.type, span, span.of(text), whole.low, whole.high, found,
            _sums(whole, found, text), period[0].id if period else None,
            _zone(places, found),
            tuple(p for p in parts(text, account, sentence, scene.parties[account.sentence]) if is_doer(p)),
            (by,) if by else (),
        )  # fmt: skip
        out.append((made, account))
    return out


def _span(text: str, whole: Number, trigger: Span) -> Span:
    """From the number to what is counted, or the other way about, with "times" or "occasions"."""
    occasions = _TIMES.match(text, whole.span.end)
    end = max(whole.span.end, trigger.end, occasions.end() if occasions and whole.span.start > trigger.start else 0)
    return Span(min(whole.span.start, trigger.start), end)


def _whole(text: str, account: Account, numbers: Sequence[Number]) -> Number | None:
    at = account.trigger.span
    near = [n for n in numbers if n.low >= _LEAST and abs(n.span.start - at.start) <= _NEAR]
    for number in near:
        if number.span.end <= at.start and _is_event(text, account) and _modifies(text, number.span.end, at.start):
            return number
        if account.trigger.verbal and _TIMES.match(text, number.span.end) and abs(number.span.start - at.end) < 80:
            return number
    return None


def _is_event(text: str, account: Account) -> bool:
    """Whether the trigger is a noun for something that happens, not for a weapon or a man."""
    words = [t.word for t in tokens(text, account.trigger.span)]
    return not account.trigger.verbal and any(word.endswith(_EVENTS) for word in words)


def _modifies(text: str, start: int, end: int) -> bool:
    """Whether only words that may stand between a number and the thing counted stand between."""
    gap = [t.word for t in tokens(text, Span(start, end))]
    if len(gap) > 4 or any(not word.isalpha() and word != "-" for word in gap):
        return False
    if set(gap) & _COUNTED and gap[-1] == "of":
        return True
    free = [word for word in gap if word not in _BETWEEN]
    return len(free) <= 2 and not set(gap) & _SMALL_WORDS and not side(text, Span(start, end), "armed")


def _parts(
    text: str, whole: Number, numbers: Sequence[Number], after: int, places: Sequence[Place], sentence: Span
) -> list[TallyPart]:
    later = [n for n in numbers if n.span.start >= after and n.span != whole.span]
    out: list[TallyPart] = []
    for i, number in enumerate(later):
        lead = text[max(sentence.start, number.span.start - 24) : number.span.start]
        listed = re.search(r"[,:;—–]\s*$", lead) is not None and _SOMEWHERE.match(text, number.span.end) is not None
        follows = listed or (out and re.search(r"(?:,|and)\s*$", lead) is not None)
        if not (_OF_WHICH.search(lead) or _OF_THEM.match(text, number.span.end) or follows):
            continue
        stop = later[i + 1].span.start if i + 1 < len(later) else sentence.end
        near = tuple(p.id for p in places if number.span.end <= p.span.start and p.span.end <= stop)
        out.append(TallyPart(number.low, number.high, number.span.of(text), number.span, near))
    return out


def _sums(whole: Number, parts: Sequence[TallyPart], text: str) -> bool | None:
    if not parts or whole.high is None or any(part.high is None for part in parts):
        return None
    low, high = sum(p.low for p in parts), sum(p.high or 0 for p in parts)
    agree = low <= whole.high and whole.low <= high
    lead = text[max(0, parts[0].span.start - 24) : parts[0].span.start]
    return agree if len(parts) > 1 and not _OF_WHICH.search(lead) else (True if agree else None)


def _zone(places: Sequence[Place], parts: Sequence[TallyPart]) -> tuple[PlaceId, ...]:
    taken = {place for part in parts for place in part.places}
    return tuple(p.id for p in places if p.id not in taken)
