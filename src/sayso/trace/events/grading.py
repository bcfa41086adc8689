"""How an event is vouched for: its voices, who denies, whom they blame, and a grade by a published rule.

The rule is after the grades of Airwars, counted over voices instead of reports:

contested      two voices lay it on different named actors, or somebody who is not the accused denies that it happened.
fair           two or more voices, at least one named or an outlet's own, of which two state it as having happened.
single source  one voice, named or an outlet's own.
weak           voices, but none of them named or an outlet's own; or two or more of which fewer than two state it.
unvouched      nobody who could be told says so.

A denial by the accused does not change the grade and is told beside it. There is no "confirmed" and no "discounted":
whether a party has accepted what it did, and whether it happened, is for people to judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.trace.events.accounts import Account, doer
from sayso.trace.voices import Shared, summary, voices
from sayso.vocabulary import Grade, Grading, PartRole, ReportId, Standing, StatementId, Voice, VoiceKind, Voices

RULE: Final = "sayso-grade-1"
_LAID: Final = frozenset({Standing.FACT, Standing.ACCUSED, Standing.ACCUSED_BY_AUTHORITIES, Standing.CLAIMED})
_NAMED: Final = 3  # names shown of each side


@dataclass(frozen=True, slots=True)
class Vouching:
    """Who stands behind an event: the voices that tell of it, those that deny it happened, and the grade.

    `blamed` names each named actor on whom it is laid, with the voices that do; `disowned` are those accused who deny.
    """

    told: Voices
    denied: Voices
    blamed: Mapping[str, tuple[Voice, ...]]
    disowned: tuple[str, ...]
    grading: Grading


def vouching(accounts: Sequence[Account], copies: Iterable[Shared] = ()) -> Vouching:
    """The voices behind the accounts of one event, and its grade with reasons."""
    shared = tuple(copies)
    trails = {trail: account for account in accounts for trail in account.affirming}
    told = voices(trails, shared)
    denied = voices((trail for account in accounts for trail in account.denying), shared)
    firm = _firm(told, accounts)
    blamed = _blamed(told, accounts)
    disowned = sorted({b.name for it in accounts for b in it.blames if b.standing is Standing.DENIED})
    return Vouching(told, denied, blamed, tuple(disowned), _graded(told, denied, firm, blamed, disowned))


def _firm(told: Voices, accounts: Sequence[Account]) -> list[Voice]:
    """The voices of which some report tells without doubt."""
    stated = {(trail.report, trail.statement) for it in accounts if it.firm for trail in it.affirming}
    return [v for v in told.voices if any((c.report, c.statement) in stated for c in v.carriers)]


def _blamed(told: Voices, accounts: Sequence[Account]) -> dict[str, tuple[Voice, ...]]:
    """Each named actor that it is laid on, with the voices of the statements that do so."""
    by: dict[tuple[ReportId, StatementId | None], set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for blame in (b for it in accounts for b in it.blames):
        if blame.role is PartRole.PERPETRATOR and blame.standing in _LAID and (key := doer(blame)):
            names[key] = max(names.get(key, ""), blame.name, key=lambda name: (len(name), name))
            for statement in blame.by or (None,):
                by[blame.telling.report, statement].add(key)
    out: dict[str, list[Voice]] = defaultdict(list)
    for voice in told.voices:
        for key in sorted({key for it in voice.carriers for key in by.get((it.report, it.statement), ())}):
            out[names[key]].append(voice)
    return {name: tuple(found) for name, found in sorted(out.items())}


def _graded(
    told: Voices, denied: Voices, firm: Sequence[Voice], blamed: Mapping[str, Sequence[Voice]], disowned: Sequence[str]
) -> Grading:
    solid = [voice for voice in told.voices if voice.kind is not VoiceKind.UNNAMED]
    reasons = [
        f"told by {summary(told)}: {_listed([v.name for v in told.voices])}"
        if told.voices
        else "told by nobody who could be told"
    ]
    if len(firm) < len(told.voices):
        reasons.append(f"{len(firm)} of them state it, the others doubt or allege it")
    if denied.voices:
        reasons.append(f"denied by {_listed([v.name for v in denied.voices])}")
    for name, found in blamed.items():
        reasons.append(f"laid on {name} by {_listed([v.name for v in found])}")
    if disowned:
        reasons.append(
            f"{_listed(disowned)} {'denies' if len(disowned) == 1 else 'deny'} a part in it, which changes no grade"
        )
    rivals = _are_rivals(blamed)
    if rivals or denied.voices:
        why = "voices lay it on different actors" if rivals else "somebody denies that it happened"
        return Grading(Grade.CONTESTED, RULE, (why, *reasons))
    if not told.voices:
        return Grading(Grade.UNVOUCHED, RULE, tuple(reasons))
    if not solid:
        return Grading(Grade.WEAK, RULE, ("no voice is named or an outlet's own", *reasons))
    if len(told.voices) == 1:
        return Grading(Grade.SINGLE_SOURCE, RULE, ("there is one voice", *reasons))
    if len(firm) < 2:
        return Grading(Grade.WEAK, RULE, ("fewer than two voices state it", *reasons))
    return Grading(Grade.FAIR, RULE, ("two or more voices state it", *reasons))


def _are_rivals(blamed: Mapping[str, Sequence[Voice]]) -> bool:
    """Whether two voices lay it on different actors, each on one that the other does not name."""
    sides = [frozenset(voice.id for voice in found) for found in blamed.values()]
    return any(a - b and b - a for i, a in enumerate(sides) for b in sides[i + 1 :])


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        shown.append(f"{len(names) - _NAMED} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
