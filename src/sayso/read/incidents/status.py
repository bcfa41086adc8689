"""How far a happening got, by the verb group and the words just before what names it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from sayso.read.incidents.triggers import Token, Trigger
from sayso.vocabulary import Span, Stance, Statement, Status

TO_COME: Final = frozenset({Status.PLANNED, Status.THREATENED})
_MODALS: Final = frozenset("will would 'll shall might could should must may cannot can".split())
_PLANNING: Final = frozenset(
    "plan plans planned planning prepare prepares prepared preparing intend intends intended intending plot plots "
    "plotted plotting threaten threatens threatened threatening vow vows vowed aim aims aimed want wants wanted seek "
    "seeks sought agree agreed promise promised expected due set going likely about ready order ordered urged asked "
    "called decided refuse refused".split()
)
_COMING: Final = frozenset("planned possible potential imminent future threatened impending looming expected".split())
_LEADS: Final = frozenset(
    {
        ("warned", "of"), ("warns", "of"), ("warning", "of"), ("warned", "against"), ("risk", "of"), ("fear", "of"),
        ("fears", "of"), ("threat", "of"), ("threats", "of"), ("plan", "for"), ("plans", "for"), ("call", "for"),
        ("calls", "for"), ("called", "for"), ("calling", "for"), ("pretext", "for"), ("pretexts", "for"),
        ("prevent", "a"), ("prevent", "an"), ("avoid", "a"), ("avert", "a"), ("against", "attacking"),
    }
)  # fmt: skip
_BE: Final = frozenset("is are was were".split())
_DUE: Final = frozenset("likely expected planned possible imminent unlikely due scheduled feared looming".split())
_SUPPORT: Final = frozenset({"carry", "launch", "stage", "conduct", "mount", "commit", "perpetrate"})
_FOILED: Final = frozenset("foil foils foiled thwart thwarts thwarted averted avert repelled".split())
_TRIED: Final = frozenset("attempt attempts attempted attempting try tries tried trying failed unsuccessful".split())
_DOUBTED: Final = frozenset(
    "alleged suspected supposed purported apparent reported presumed rumoured rumored unconfirmed".split()
)
_HEARD: Final = frozenset("reportedly allegedly apparently supposedly purportedly presumably".split())
_THREAT: Final = frozenset({"threaten", "threatens", "threatened", "threatening"})
_HABIT: Final = frozenset("routinely often regularly always frequently constantly usually".split())
_NOT: Final = frozenset("no not never neither nor n't".split())
_NOT_LESS: Final = frozenset("fewer less longer sooner later matter".split())
_REACH: Final = 8  # words before a trigger in which a plan for it stands
_GROUP: Final = 3  # words of a verb group, or of a noun's adjectives


def status(
    leading: Sequence[Token], following: Sequence[str], text: str, trigger: Trigger, statement: Statement | None
) -> tuple[Status | None, tuple[Span, ...]]:
    """How far it got and the words by which it is only alleged; None where the words say that it did not happen.

    `leading` are the words of the clause before the trigger, as far as they belong to the same statement, and
    `following` those after it.
    """
    words = [_cased(token, text) for token in leading]
    near, group = words[-_REACH:], words[-_GROUP:]
    doubts = _doubts(leading, trigger)
    if set(near) & _FOILED:
        return Status.ATTEMPTED, doubts
    if set(group) & _MODALS and "have" in group:
        return Status.ALLEGED, doubts or tuple(t.span for t in leading[-_GROUP:] if t.word in _MODALS)
    if _is_coming(words, trigger, statement) or (not trigger.verbal and _is_due(following)):
        threat = statement is not None and statement.stance is Stance.THREATENS
        return (Status.THREATENED if threat or set(near) & _THREAT else Status.PLANNED), doubts
    if set(group) & _TRIED:
        return Status.ATTEMPTED, doubts
    if (set(group) & _NOT and not set(near) & _NOT_LESS) or set(words) & _HABIT:
        return None, ()
    accused = statement is not None and statement.stance in (Stance.ACCUSES, Stance.DENIES)
    if doubts or accused:
        return Status.ALLEGED, doubts
    return Status.HAPPENED, ()


def is_purpose(leading: Sequence[Token], trigger: Trigger) -> bool:
    """Whether it is what something else is done for: "used rockets to attack"."""
    return trigger.verbal and bool(leading) and leading[-1].word == "to"


def _cased(token: Token, text: str) -> str:
    """The word in lower case; the month and the name May are no verb."""
    return "May" if token.word == "may" and text[token.span.start].isupper() else token.word


def _is_coming(words: Sequence[str], trigger: Trigger, statement: Statement | None) -> bool:
    group, near = words[-_GROUP:], words[-_REACH:]
    if set(group) & _MODALS:
        return True
    ahead = statement is not None and statement.about_future
    if trigger.verbal:
        return "to" in group[-2:] and (bool(set(near) & _PLANNING) or ahead)
    if set(group) & _COMING or any(pair in _LEADS for pair in pairwise(near[-5:])):
        return True
    return any(a == "to" and b in _SUPPORT for a, b in pairwise(near))


def _is_due(following: Sequence[str]) -> bool:
    """Whether a noun's own verb puts it ahead: "an attack is planned", "an offensive was likely"."""
    return any(verb in _BE and said in _DUE for verb, said in pairwise(following[: 2 * _REACH]))


def _doubts(leading: Sequence[Token], trigger: Trigger) -> tuple[Span, ...]:
    """Adjectives of doubt before a noun, adverbs of hearsay anywhere before."""
    adjectives = () if trigger.verbal else tuple(t.span for t in leading[-_GROUP - 1 :] if t.word in _DOUBTED)
    return tuple(sorted({*adjectives, *(t.span for t in leading if t.word in _HEARD)}))
