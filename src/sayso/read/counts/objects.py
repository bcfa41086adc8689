"""What stands right of a word: the lists of people it harms, and the parts of a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.read.counts.clauses import after_adverbs, people
from sayso.read.counts.phrases import Group, Humanity, Item, Kind

_JOINS = frozenset({Kind.AND, Kind.COMMA})


def listed(items: Sequence[Item], index: int, *, of: bool) -> list[int]:
    """The groups of a list that begins at an item: "three soldiers, two civilians and a child".

    After "the bodies `of`" the whole list may be the subject of what follows; an object may not.
    """
    first = people(items, index)
    if first is None:
        return []
    chosen, i, described = [index], index, False
    while True:
        j, hopped = after_phrase(items, i)
        if j >= len(items) or items[j].kind not in _JOINS:
            return chosen
        by_and = items[j].kind is Kind.AND
        if j + 1 < len(items) and items[j + 1].kind is Kind.AND:
            j, by_and = j + 1, True
        j += 1
        group, before = people(items, j), items[i].group
        if group is None or before is None or (begins_clause(items, j) and (group.headless or not of)):
            return chosen
        if not group.told and group.human is not Humanity.YES:
            return chosen
        if not by_and and before.named != group.named and before.low == 1:  # a name beside its description
            i, described = j, True
            continue
        if not by_and:
            spelled = first.low > 1 and first.low == first.high and _spells_out(items, j, first.low)
            if (before.low > 1 and group.named) or spelled:
                return chosen
            if not _and_follows(items, j):
                i = j
                continue
        elif group.bare and group.low == 1 and before.low == 1:  # one person described twice
            i = j
            continue
        elif group.named and (before.low > 1 or (hopped is not None and not _described(items, j))):
            return chosen
        elif described and group.low == 1 and not group.named and not _described(items, j):
            i = j
            continue
        elif hopped is Humanity.YES and (group.definite or group.pronoun):
            return chosen
        chosen.append(j)
        i, described = j, False


def after_phrase(items: Sequence[Item], i: int) -> tuple[int, Humanity | None]:
    """The item after a group with brackets, age, name and prepositional phrases, and what the last of these is of."""
    hopped: Humanity | None = None
    j = i + 1
    for _ in range(12):
        if j >= len(items):
            break
        if items[j].kind is Kind.OPEN:
            j = next((k + 1 for k in range(j, min(j + 12, len(items))) if items[k].kind is Kind.CLOSE), len(items))
        elif items[j].kind is Kind.PREPOSITION and j + 1 < len(items) and (group := items[j + 1].group):
            hopped = group.human
            j += 2
        elif [item.kind for item in items[j : j + 3]] == [Kind.COMMA, Kind.OTHER, Kind.COMMA]:
            j += 2
        elif (named := _naming(items, i, j)) is not None:
            j = named
        else:
            break
    return j, hopped


def begins_clause(items: Sequence[Item], i: int) -> bool:
    """Whether the group at an item is the subject of what follows it."""
    j = after_adverbs(items, after_phrase(items, i)[0])
    if j < len(items) and items[j].kind is Kind.HARM:
        return any(reading.form in ("past", "adjective", "base") for reading in items[j].harms)
    return j < len(items) and items[j].kind in (Kind.BE, Kind.HAVE, Kind.MODAL, Kind.VERB)


def parts(items: Sequence[Item], index: int) -> Iterator[int]:
    """The groups that are part of a group: "58 civilians, including 12 children and two women"."""
    i = after_phrase(items, index)[0]
    while i < len(items) and items[i].kind in (Kind.COMMA, Kind.ADVERB, Kind.OPEN, Kind.AND):
        i += 1
    if i >= len(items) or items[i].kind is not Kind.INCLUDING:
        return
    i = after_adverbs(items, i + 1)
    pronoun = people(items, i)
    if pronoun is not None and pronoun.pronoun:  # "among them"
        i = after_adverbs(items, i + 1)
    while group := people(items, i):
        if items[i - 1].kind is Kind.AND and begins_clause(items, i):
            return
        if group.told:
            yield i
        i = after_phrase(items, i)[0]
        if i >= len(items) or items[i].kind not in _JOINS:
            return
        while i < len(items) and items[i].kind in (Kind.COMMA, Kind.AND, Kind.ADVERB):
            i += 1


def _described(items: Sequence[Item], i: int) -> bool:
    """Whether a name is followed by who it is: "Anna Berg, a nurse", "Anna Berg (34)"."""
    if i + 2 >= len(items):
        return False
    after = items[i + 2].group
    aside = items[i + 1].kind is Kind.COMMA and after is not None and after.low == 1 and not after.named
    return aside or items[i + 1].kind is Kind.OPEN


def _and_follows(items: Sequence[Item], i: int) -> bool:
    inside = (Kind.COMMA, Kind.PEOPLE, Kind.OPEN, Kind.CLOSE, Kind.OTHER, Kind.PREPOSITION)
    for item in items[i + 1 : i + 8]:
        if item.kind is Kind.AND:
            return True
        if item.kind not in inside:
            return False
    return False


def _spells_out(items: Sequence[Item], j: int, size: int) -> bool:
    """Whether the groups from an item on add up to `size`: "three men, a driver and two guards"."""
    total = 0
    for k in range(j, min(j + 16, len(items))):
        if items[k].kind in (Kind.HARM, Kind.BE, Kind.VERB, Kind.SUBORDINATOR):
            break
        if (group := people(items, k)) and items[k - 1].kind is not Kind.PREPOSITION:
            total += group.low
    return total == size


def _naming(items: Sequence[Item], i: int, j: int) -> int | None:
    """The end of "identified as …" after a group, which may stand between commas."""
    group = items[i].group
    if items[j].kind is Kind.COMMA:
        j += 1
    if group is None or j + 2 >= len(items) or items[j].kind is not Kind.PARTICIPLE:
        return None
    j += 2 if items[j + 1].kind is Kind.PREPOSITION else 1
    if items[j].group is None:
        return None
    j += 1
    while j < len(items) and items[j].kind in (Kind.OPEN, Kind.CLOSE, Kind.OTHER, Kind.PARTICIPLE):
        j += 1
    return _names(items, j, group) if group.low > 1 else j


def _names(items: Sequence[Item], j: int, group: Group) -> int:
    """The end of a list of names of a group, up to its size."""
    total = 1
    for _ in range(40):
        inner = items[j + 1].group if j + 1 < len(items) else None
        if inner is None or items[j].kind not in (Kind.COMMA, Kind.AND, Kind.PREPOSITION, Kind.PARTICIPLE):
            break
        if items[j].kind in _JOINS:
            total += inner.low
            if total > group.low and inner.low > 1:
                break
        j += 2
    return j
