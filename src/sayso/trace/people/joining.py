"""Joins between names: each a record with a rule, a score and reasons, and each a function of what is registered.

Since no join depends on the order in which reports came, a batch over everything and one report at a time give the
same actors. The scores are those of the rule, raised by what else agrees; a join is made from `ENOUGH` on, and
anything less is a suggestion.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from sayso.gazetteer.folding import bare
from sayso.trace.people.names import (
    ARTICLES,
    PERSON,
    Appearance,
    Name,
    ends,
    initials,
    shares_a_word,
    sounds,
)
from sayso.trace.people.register import WITNESSES, Names
from sayso.vocabulary import Join, JoinId, JoinRule, ReportId

ENOUGH: Final = 0.7
_SAME_NAME: Final = 0.95
_CALLED_ONCE: Final = 0.75  # one outlet calls an actor by both names; each further one leaves half the doubt
_STRANGE: Final = 0.45  # … a person by two names that have no word in common: more often a reader's slip
_FULLER: Final = 0.8
_SOUNDS: Final = 0.45  # the same consonants; how nearly the letters agree, and what else does, adds to it
_LETTERS: Final = 0.25
_SAME_WORD: Final = 0.1
_SAME_ROLE: Final = 0.15
_BODY: Final = 0.1  # there are fewer bodies than people, and fewer of one name
_LEAST_LIKE: Final = 0.55  # below this, words with the same consonants are other words
_SHORT: Final = 4  # consonants that one word must have to stand for a body alone
_DERIVED: Final = 0.75  # the initials fit one name only, and no report gives both
_SPREAD: Final = 500  # names reached from one before its acronyms are left unjoined


def join_id(one: str, other: str, rule: JoinRule) -> JoinId:
    """The id of a join: from what it joins and why, whichever is named first."""
    first, second = sorted((one, other))
    return JoinId("j-" + hashlib.sha256(f"{rule}\n{first}\n{second}".encode()).hexdigest()[:16])


def joins(names: Names) -> Iterator[Join]:
    """All joins and suggestions between names, and of reports' actors to their names."""
    for key in sorted(names.keys()):
        yield from (join for join in joins_of(key, names) if join.one == key)
        yield from (bearing(it, key) for it in sorted(names.bearers(key), key=lambda it: it.key))


def bearing(appearance: Appearance, key: str) -> Join:
    """The join of a report's actor to its fullest name."""
    written = appearance.identified[0].written
    reason = f"report {appearance.ref.report} calls it {written!r}"
    return _join(appearance.key, key, JoinRule.SAME_NAME, _SAME_NAME, (reason,))


def bearing_id(actor: str, key: str) -> JoinId:
    """The id of the join of a report's actor, by what joins call it, to its fullest name."""
    return join_id(actor, key, JoinRule.SAME_NAME)


def joins_of(key: str, names: Names) -> tuple[Join, ...]:
    """The joins and suggestions of one name with others; in each, `one` is the first of the two keys."""
    name = names.name(key)
    if name is None:
        return ()
    if name.is_acronym:
        return _of_acronym(name, names)
    found = list(_plain(name, names))
    short = {other for other in (*names.alike(key), *(k for k, _ in names.called_with(key))) if _acronym(other, names)}
    for other in sorted(short):
        acronym = names.name(other)
        assert acronym is not None
        found += [join for join in _of_acronym(acronym, names) if key in (join.one, join.other)]
    return tuple(found)


def _acronym(key: str, names: Names) -> bool:
    name = names.name(key)
    return name is not None and name.is_acronym


def _plain(name: Name, names: Names) -> Iterator[Join]:
    """The joins of a name with names that are no acronyms."""
    called = {key: reports for key, reports in names.called_with(name.key) if not _acronym(key, names)}
    for key in sorted({*called, *names.alike(name.key)}):
        other = names.name(key)
        if other is None or other.is_acronym:
            continue
        if key in called:
            yield _also_called(name, other, called[key])
        elif sounds(name) and sounds(name) == sounds(other):
            yield _transliterated(name, other, names)
        elif (join := _fuller(name, other, names)) is not None:
            yield join


def _also_called(one: Name, other: Name, reports: Sequence[ReportId]) -> Join:
    strange = PERSON in (one.sort, other.sort) and not shares_a_word(one, other)
    score = 1 - (1 - (_STRANGE if strange else _CALLED_ONCE)) / 2 ** (len(reports) - 1)
    reasons = [f"{_outlets(reports)} call one actor both {one.written!r} and {other.written!r}: {min(reports)}"]
    if strange:
        reasons.append("the two names of a person have no word in common")
    return _join(one.key, other.key, JoinRule.ALSO_CALLED, score, reasons)


def _transliterated(one: Name, other: Name, names: Names) -> Join:
    pairs = list(zip(_spelt(one), _spelt(other), strict=False))
    likeness = [1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio() for a, b in pairs]
    same = any(a == b for a, b in pairs) and len(pairs) > 1
    role = {*names.roles(one.key)} & {*names.roles(other.key)}
    score = _SOUNDS + _LETTERS * sum(likeness) / len(likeness) + _SAME_WORD * same + _SAME_ROLE * bool(role)
    score += _BODY * (one.sort != PERSON)
    reasons = [f"{one.written!r} and {other.written!r} have the same consonants"]
    if same:
        reasons.append(f"{next(a for a, b in pairs if a == b)!r} stands in both")
    if role:
        reasons.append(f"both are called {min(role)!r}")
    short = len(pairs) == 1 and len(sounds(one).partition(":")[2]) < _SHORT
    if min(likeness) < _LEAST_LIKE or short:
        reasons.append("their letters differ too much")
        score = min(score, 0.5)
    return _join(one.key, other.key, JoinRule.TRANSLITERATION, score, reasons)


def _spelt(name: Name) -> list[str]:
    return [bare(word) for word in name.words if word not in ARTICLES]


def _fuller(one: Name, other: Name, names: Names) -> Join | None:
    """The join of "Ida Holm" with "Ida Maria Holm", unless there is another Ida Holm with something between."""
    if not ends(one) or ends(one) != ends(other):
        return None
    short, full = sorted((one, other), key=lambda name: len(name.words))
    if len(short.words) == len(full.words) or not set(short.words) <= set(full.words):
        return None
    rivals = {k for k in names.alike(short.key) if (it := names.name(k)) and ends(it) == ends(short)}
    rivals = {k for k in rivals if k != full.key and not set(k.partition(":")[2].split()) <= set(full.words)}
    reasons = [f"{full.written!r} is {short.written!r} with more names"]
    if rivals:
        reasons.append(f"so is {min(rivals).partition(':')[2]!r}, which is somebody else")
    return _join(one.key, other.key, JoinRule.FULLER_NAME, 0.5 if rivals else _FULLER, reasons)


def _of_acronym(name: Name, names: Names) -> tuple[Join, ...]:
    """The joins of an acronym: to the body that reports give it to, else to the only one whose initials it is."""
    letters = "".join(name.words)
    called = {key: seen for key, seen in names.called_with(name.key) if not _acronym(key, names)}
    fitting = {k for k in names.alike(name.key) if (it := names.name(k)) and letters in initials(it)}
    given = set(called) or fitting
    bodies = _bodies(given, names)
    out = []
    for key in sorted(given):
        full = names.name(key)
        assert full is not None
        if key in called:
            score = 1 - (1 - _CALLED_ONCE) / 2 ** len(called[key])
            reasons = [f"{_outlets(called[key])} call {full.written!r} {name.written!r}"]
        else:
            score, reasons = _DERIVED, [f"{name.written!r} are the initials of {full.written!r}"]
        if bodies > 1:
            score = min(score, 0.5)
            reasons.append(f"it stands for {bodies} different bodies")
        out.append(_join(name.key, key, JoinRule.ACRONYM, score, reasons))
    return tuple(out)


def _bodies(keys: Collection[str], names: Names) -> int:
    """How many different bodies some names are of, by the joins that need no acronym."""
    left, bodies = set(keys), 0
    while left:
        bodies += 1
        left -= _reached(min(left), names)
    return bodies


def _reached(key: str, names: Names) -> set[str]:
    reached, edge = {key}, [key]
    while edge and len(reached) < _SPREAD:
        name = names.name(edge.pop())
        if name is None:
            continue
        for join in _plain(name, names):
            other = join.other if join.one == name.key else join.one
            if join.made and other not in reached:
                reached.add(other)
                edge.append(other)
    return reached


def _join(one: str, other: str, rule: JoinRule, score: float, reasons: Iterable[str]) -> Join:
    first, second = (one, other) if rule is JoinRule.SAME_NAME else sorted((one, other))
    rounded = round(score, 3)
    return Join(join_id(one, other, rule), first, second, rule, rounded, tuple(reasons), made=rounded >= ENOUGH)


def _outlets(reports: Sequence[ReportId]) -> str:
    more = " or more" if len(reports) == WITNESSES else ""
    return f"{len(reports)}{more} outlet" + ("s" if len(reports) > 1 else "")
