"""One telling of one happening: a trigger in its sentence, with how far it got and whose words tell of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sayso.read.incidents.kinds import incident_type
from sayso.read.incidents.triggers import Trigger, tokens, triggers
from sayso.vocabulary import Form, IncidentType, Span, Stance, Statement, StatementId, Status

# What a report says or wants done is a statement; only what happens in the world is an incident.
_HAPPENINGS_BESIDE_CONFLICT: Final = frozenset({"natural", "accident", "crime", "expel"})
_FORWARD: Final = frozenset(
    "will would could may might shall plan plans planned planning prepare prepares preparing intend intends intending "
    "plot plots plotted plotting threaten threatens threatened threatening vow vowed vows aim aims aimed if unless "
    "should must can call calls called demand demanded urge urged possible potential potentially future imminent "
    "staging stage seek seeks risk fear feared prevent preventing avoid pretext pretexts fabricate".split()
)
_TRIED: Final = frozenset(
    "attempt attempts attempted attempting try tries tried trying foil foils foiled thwart thwarts thwarted fail fails "
    "failed unsuccessful unsuccessfully repel repelled averted avert".split()
)
_DOUBTED: Final = frozenset(
    "alleged allegedly suspected supposed supposedly purported purportedly apparent reportedly reported presumed "
    "rumoured rumored unconfirmed so - called accused allegation allegations".split()
) - {"-", "so", "called"}
_FOILED: Final = frozenset("foil foils foiled thwart thwarts thwarted averted avert repelled".split())
_HEARD: Final = frozenset({"reportedly", "allegedly", "apparently", "supposedly", "purportedly"})
_THREAT: Final = frozenset({"threaten", "threatens", "threatened", "threatening"})
_SUPPORT: Final = frozenset({"carry", "launch", "stage", "conduct", "mount", "commit", "perpetrate", "fabricate"})
_HABIT: Final = frozenset("repeatedly routinely often regularly always frequently constantly usually".split())
_NOT: Final = frozenset("no not never neither nor without denied denies deny denying cannot".split())
_PAST_HELP: Final = frozenset(
    "carried conducted launched occurred happened took place staged began started erupted continued broke killed "
    "killing wounded wounding injured injuring left hit targeted mounted suffered was were been had has after during "
    "following since resulted caused claimed rocked ripped struck reported recorded toll reached rose destroyed "
    "damaged responsible".split()
)
_DEFINITE: Final = frozenset("the this that these those its their his her same another latest".split())
_REACH: Final = 7  # words before a trigger in which its helpers stand
_CLAUSE_END = re.compile(r"[;:]|,\s+(?:while|but|although|and (?:that|who))\b|\b(?:because|although|whereas)\b")


@dataclass(frozen=True, slots=True)
class Account:
    """A trigger with its sentence, its type and status, and the innermost statement whose content holds it.

    `definite` when its words point back ("the attack"), `purpose` when it is what something else was done for;
    `leaning` when it tells of nothing by itself, but may belong to what is told elsewhere.
    """

    trigger: Trigger
    sentence: int
    type: IncidentType
    status: Status
    statement: Statement | None
    definite: bool
    leaning: bool = False
    purpose: bool = False
    doubts: tuple[Span, ...] = ()  # the words by which it is only alleged


def accounts(text: str, sentences: Sequence[Span], statements: Sequence[Sequence[Statement]]) -> list[Account]:
    """Every telling of something that happened, was tried, threatened or planned, in reading order.

    `statements` has for each sentence those whose content touches it.
    """
    out: list[Account] = []
    for number, sentence in enumerate(sentences):
        found = [t for t in triggers(text, sentence) if _is_happening(t)]
        for trigger in found:
            account = _account(text, number, sentence, trigger, statements[number])
            if account is not None:
                out.append(account)
    return out


def _is_happening(trigger: Trigger) -> bool:
    conflict = trigger.kind.type is not IncidentType.OTHER
    return conflict or trigger.kind.name in _HAPPENINGS_BESIDE_CONFLICT


def _account(
    text: str, number: int, sentence: Span, trigger: Trigger, statements: Sequence[Statement]
) -> Account | None:
    statement = innermost(statements, trigger.span)
    clause = _clause(text, _reported(sentence, statement, trigger.span), trigger.span)
    leading = tokens(text, Span(clause.start, trigger.span.start))
    lead = [t.word for t in leading]
    before = lead[-_REACH:]
    doubts = [t.span for t in leading[-_REACH:] if t.word in _DOUBTED] + [t.span for t in leading if t.word in _HEARD]
    after = [t.word for t in tokens(text, Span(trigger.span.end, clause.end))][: 2 * _REACH]
    status = _status(before, lead, trigger, statement)
    if status is None:
        return None
    definite = bool(before) and (before[-1] in _DEFINITE or (len(before) > 1 and before[-2] in _DEFINITE))
    told = trigger.verbal or bool({*before, *after} & _PAST_HELP) or status is not Status.HAPPENED
    purpose = trigger.verbal and before[-1:] == ["to"]
    leaning = status is Status.HAPPENED and (purpose or not told or _is_agent(text, trigger))
    kind = incident_type(trigger, text, clause)
    return Account(trigger, number, kind, status, statement, definite, leaning, purpose, tuple(sorted(set(doubts))))


def _is_agent(text: str, trigger: Trigger) -> bool:
    """Whether a noun is for those who do it: protesters make no protest of a sentence."""
    return not trigger.verbal and trigger.span.of(text).lower().endswith(("er", "ers", "or", "ors"))


def _reported(sentence: Span, statement: Statement | None, at: Span) -> Span:
    """The part of a sentence that a statement reports: "denied that" in front of it denies the statement's content."""
    if statement is None or statement.form is Form.VOICE:
        return sentence
    part = next(s for s in statement.content.spans if s.start <= at.start and at.end <= s.end)
    return Span(max(sentence.start, part.start), min(sentence.end, part.end))


def _clause(text: str, sentence: Span, at: Span) -> Span:
    """The clause of a sentence that a trigger stands in, roughly."""
    start, end = sentence
    for mark in _CLAUSE_END.finditer(text, *sentence):
        if mark.end() <= at.start:
            start = mark.end()
        elif mark.start() >= at.end:
            end = mark.start()
            break
    return Span(start, end)


def _status(before: Sequence[str], lead: Sequence[str], trigger: Trigger, statement: Statement | None) -> Status | None:
    """How far it got, by the words `before` it and all that lead up to it; None where they say it did not happen."""
    near = set(before)
    if near & _FOILED:
        return Status.ATTEMPTED
    if _is_forward(before, trigger, statement):
        threat = statement is not None and statement.stance is Stance.THREATENS
        return Status.THREATENED if threat or near & _THREAT else Status.PLANNED
    if near & _TRIED:
        return Status.ATTEMPTED
    if (near & _NOT and "only" not in near) or set(lead) & _HABIT:
        return None
    accused = statement is not None and statement.stance in (Stance.ACCUSES, Stance.DENIES, Stance.CLAIMS)
    if near & _DOUBTED or accused or set(lead) & _HEARD:
        return Status.ALLEGED
    return Status.HAPPENED


def _is_forward(before: Sequence[str], trigger: Trigger, statement: Statement | None) -> bool:
    if set(before) & _FORWARD:
        return True
    purpose = any(a == "to" and b in _SUPPORT for a, b in pairwise(before))
    infinitive = trigger.verbal and "to" in before and statement is not None and statement.about_future
    return purpose or infinitive


def innermost(statements: Sequence[Statement], span: Span) -> Statement | None:
    """The statement with the smallest content around a span, the outlet's own voice among them."""
    holding = [s for s in statements for part in s.content.spans if part.start <= span.start and span.end <= part.end]
    return min(holding, key=lambda s: sum(p.end - p.start for p in s.content.spans), default=None)


def voucher(statement: Statement | None) -> StatementId | None:
    """The statement that vouches; None for the outlet's own voice."""
    return statement.id if statement is not None and statement.stance is not Stance.ASSERTS else None
