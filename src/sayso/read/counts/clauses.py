"""What stands left of a verb: where its clause begins, and which people the clause is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sayso.read.counts.phrases import Group, Humanity, Item, Kind

REACH: Final = 80  # items: no clause is longer
BEFORE_VERB: Final = frozenset({Kind.ADVERB, Kind.BE, Kind.HAVE, Kind.NEGATION, Kind.MODAL})
_FINITE: Final = frozenset({Kind.VERB, Kind.BE, Kind.HAVE, Kind.MODAL})
_JOINS: Final = frozenset({Kind.AND, Kind.COMMA})


def people(items: Sequence[Item], i: int) -> Group | None:
    """The group at an item, if it is or may be of people."""
    group = items[i].group if 0 <= i < len(items) else None
    return group if group is not None and group.human is not Humanity.NO else None


def after_adverbs(items: Sequence[Item], i: int) -> int:
    """The first item from `i` on that is no adverb."""
    while i < len(items) and items[i].kind is Kind.ADVERB:
        i += 1
    return i


def before_adverbs(items: Sequence[Item], i: int) -> int:
    """The last item up to `i` that is no adverb; -1 where there is none."""
    while i >= 0 and items[i].kind is Kind.ADVERB:
        i -= 1
    return i


def subjects(items: Sequence[Item], end: int, *, singular: bool) -> list[int]:
    """The groups that a verb group beginning at item `end` is said of; `singular` where it reads "was" or "has"."""
    if end > 1 and items[end - 1].kind is Kind.AND and (before := _verb_before(items, end - 1)) is not None:
        end = before
    low = _clause_start(items, end)
    inside = any(people(items, i) for i in range(low, end))
    if low > 0 and items[low - 1].kind is Kind.RELATIVE and not inside:
        return _antecedent(items, low - 1)
    heads = _heads(items, low, end)
    if heads:
        return _agreeing(items, heads, singular=singular, closed=end > 0 and items[end - 1].kind is Kind.COMMA)
    if (chain := passive_chain(items, end)) is not None and chain < end:
        return subjects(items, chain, singular=singular)
    near = before_adverbs(items, end - 1)
    return [near] if people(items, near) else []


def passive_chain(items: Sequence[Item], at: int) -> int | None:
    """Where the verb group of "was dragged out and killed" begins, from the last of its participles."""
    i = at - 1
    while i >= 0 and items[i].kind in (Kind.ADVERB, Kind.SUBORDINATOR):
        i -= 1
    if i < 0 or items[i].kind not in _JOINS:
        return None
    verbs = (Kind.VERB, Kind.HARM, Kind.ADVERB, Kind.PARTICIPLE)
    for k in range(i - 1, max(-1, i - 25), -1):
        if items[k].kind is Kind.BE and items[k + 1].kind in verbs:
            return _group_start(items, k)
        if items[k].kind in (Kind.RELATIVE, Kind.BREAK):
            return None
    return None


def _group_start(items: Sequence[Item], i: int) -> int:
    while i > 0 and items[i - 1].kind in BEFORE_VERB:
        i -= 1
    return i


def _verb_before(items: Sequence[Item], end: int) -> int | None:
    """Where the verb group before "and" begins: "she tried to help, and died"."""
    closed = False
    for i in range(end - 1, max(-1, end - 24), -1):
        kind = items[i].kind
        if kind in (Kind.BREAK, Kind.RELATIVE, Kind.SUBORDINATOR):
            return None
        if kind in (Kind.VERB, Kind.BE, Kind.HAVE) and not _in_aside(items, i, closed=closed, joined=True):
            start = _group_start(items, i)
            return start if start > 0 and items[start - 1].kind is not Kind.PREPOSITION else None
        closed = closed or kind is Kind.COMMA
    return None


def _clause_start(items: Sequence[Item], end: int) -> int:
    """Where the clause that ends before item `end` begins."""
    depth = 0
    first_join = end
    closed = joined = verbs = False
    for i in range(end - 1, max(-1, end - REACH), -1):
        kind = items[i].kind
        if kind is Kind.CLOSE:
            depth += 1
        elif kind is Kind.OPEN:
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif kind in _JOINS:
            first_join, joined = i, True
            closed = closed or kind is Kind.COMMA
        elif kind in (Kind.BREAK, Kind.SUBORDINATOR):
            return i + 1
        elif kind is Kind.RELATIVE:
            if not _relative_aside(items, i, closed=closed, verbs=verbs):
                return i + 1
            first_join = end
        elif kind in _FINITE or (kind is Kind.HARM and any(r.form in ("past", "base", "ing") for r in items[i].harms)):
            verbs = verbs or kind in (Kind.VERB, Kind.BE, Kind.HAVE)
            if not _in_aside(items, i, closed=closed, joined=joined):
                return first_join + 1 if first_join < end - 1 else i + 1
    return max(0, end - REACH)


def _in_aside(items: Sequence[Item], i: int, *, closed: bool, joined: bool) -> bool:
    """Whether a verb stands in an aside: after "who", between commas as a participle, or right after its noun.

    `closed` says that a comma follows it in the clause, `joined` that a comma or "and" does.
    """
    k = before_adverbs(items, i - 1)
    following = items[i + 1].kind if i + 1 < len(items) else None
    after_noun = k >= 0 and items[k].group is not None and following in (Kind.PREPOSITION, Kind.ADVERB)
    if items[i].kind is Kind.VERB and after_noun and not joined:
        return True
    if closed and k >= 0 and items[k].kind is Kind.COMMA and items[i].kind in (Kind.VERB, Kind.HARM):
        return True
    for k in range(i - 1, max(-1, i - REACH // 2), -1):
        kind = items[k].kind
        if kind in (Kind.COMMA, Kind.BREAK, Kind.SUBORDINATOR):
            return False
        if kind is Kind.RELATIVE:
            return closed or (k > 0 and items[k - 1].group is not None)
        if kind is Kind.INCLUDING or (kind is Kind.PARTICIPLE and k > 0 and items[k - 1].kind is Kind.COMMA):
            return closed
    return False


def _relative_aside(items: Sequence[Item], i: int, *, closed: bool, verbs: bool) -> bool:
    """Whether the clause that "who" begins ends within the outer one, and so is an aside."""
    if i == 0 or not verbs or items[i - 1].kind in (Kind.VERB, Kind.BE):
        return False
    if items[i - 1].kind is Kind.COMMA:
        return closed
    return items[i - 1].group is not None or items[i - 1].kind is Kind.CLOSE


def _heads(items: Sequence[Item], low: int, end: int) -> list[int]:
    """The groups at the top of a clause: not after a preposition, in brackets, or in an aside about a name."""
    heads: list[int] = []
    depth = 0
    aside = part = False
    for i in range(low, end):
        kind = items[i].kind
        if kind is Kind.OPEN:
            depth += 1
        elif kind is Kind.CLOSE:
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif kind in (Kind.PARTICIPLE, Kind.RELATIVE):
            aside = True
        elif kind is Kind.INCLUDING:
            part = True
        elif kind is Kind.COMMA:
            aside = False
        elif (group := people(items, i)) and not part:
            before = items[i - 1].kind if i > low else None
            first = people(items, heads[0]) if heads else None
            if before is not Kind.PREPOSITION and _is_head(items, i, group, first, before, aside=aside):
                heads.append(i)
    known = next((i for i in heads if _surely_people(items, i)), None)
    if known is not None and known != heads[0] and items[known - 1].kind is Kind.COMMA:
        return heads[heads.index(known) :]
    return heads


def _is_head(
    items: Sequence[Item], i: int, group: Group, first: Group | None, before: Kind | None, *, aside: bool
) -> bool:
    if aside and (group.named or before not in _JOINS):
        return False
    if first is None:
        return True
    if _of_them(items, i) or (aside and (not group.told or group.low == 1 < first.low)):
        return False
    return not (group.bare and group.low == 1 and before is Kind.AND)  # "a farmer and member of …" is one person


def _surely_people(items: Sequence[Item], i: int) -> bool:
    group = items[i].group
    return group is not None and (group.human is Humanity.YES or group.named or group.headless)


def _of_them(items: Sequence[Item], i: int) -> bool:
    """Whether a group is part of those just named: "three of them"."""
    whole = people(items, i + 2)
    return whole is not None and whole.pronoun and items[i + 1].kind is Kind.PREPOSITION


def _agreeing(items: Sequence[Item], heads: list[int], *, singular: bool, closed: bool) -> list[int]:
    """The heads that are subjects: names and descriptions of the first are dropped, those added to it kept."""
    groups = {index: group for index in heads if (group := items[index].group)}
    first = groups[heads[0]]
    if singular:
        return [next((i for i in heads if groups[i].low <= 1 and groups[i].human is Humanity.YES), heads[0])]
    rest = [groups[index] for index in heads[1:]]
    spelled = first.low > 1 and rest and sum(group.low for group in rest) == first.low
    if spelled and (rest[0].named or (rest[0].low == 1 and closed)):  # "two men, a driver and a cleaner, were …"
        return heads[:1]
    chosen = heads[:1]
    and_after = max((index for index in heads if items[index - 1].kind is Kind.AND), default=-1)
    for index in heads[1:]:
        group, before = groups[index], groups[chosen[-1]]
        if items[index - 1].kind is Kind.AND:
            if group.named and not first.named and before.low > 1:
                continue
            chosen.append(index)
        elif items[index - 1].kind is Kind.COMMA and and_after > index:
            beside = group.named != before.named and before.low == 1
            if not beside and not (group.named and first.low > 1):
                chosen.append(index)
    return chosen


def _antecedent(items: Sequence[Item], relative: int) -> list[int]:
    """Whom "who" at an item stands for."""
    i = relative - 1
    while i >= 0 and items[i].kind in (Kind.COMMA, Kind.ADVERB, Kind.CLOSE):
        i -= 1
    for _ in range(4):
        outer = people(items, i - 2)
        if i < 2 or items[i - 1].kind is not Kind.PREPOSITION or outer is None:
            break
        if outer.human is not Humanity.YES and not outer.headless:
            break
        i -= 2
    return [i] if people(items, i) else []
