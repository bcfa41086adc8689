"""One telling of one happening: a trigger in its sentence, with how far it got and whose words tell of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sayso.read.incidents.kinds import incident_type
from sayso.read.incidents.status import is_purpose, status
from sayso.read.incidents.triggers import Trigger, phrases_in, side, tokens, triggers
from sayso.vocabulary import Form, IncidentType, Span, Stance, Statement, StatementId, Status

# What a report says or wants done is a statement; only what happens in the world is an incident.
_HAPPENINGS_BESIDE_CONFLICT: Final = frozenset({"natural", "accident", "crime", "expel"})
_PAST_HELP: Final = frozenset(
    "carried conducted launched occurred happened took place staged began started erupted continued broke killed "
    "killing wounded wounding injured injuring left hit targeted mounted suffered was were been had has after during "
    "following since resulted caused claimed rocked ripped struck reported recorded toll reached rose destroyed "
    "damaged responsible".split()
)
_DEFINITE: Final = frozenset("the this that these those its their his her same another latest".split())
# Words that tell of an attack only where something else in the clause does: a weapon, armed people, casualties.
_AMBIGUOUS: Final = frozenset(
    "strike strikes striking struck fight fights fought fighting battle battles battled battling offensive shoot "
    "shoots shot shooting storm storms stormed storming target targets targeted targeting explode explodes "
    "exploded exploding blast blasts burn burns burned burning burnt steal steals stole stolen stealing damage "
    "damages damaged damaging destroy destroys destroyed destroying raid raids raided assault assaults assaulted "
    "execution executions execute executed clash clashes clashed attack attacks encounter".split()
)
# Being hurt is how an attack ends, and an accident too.
_HURT: Final = frozenset("wound wounds wounded wounding injure injures injured injuring maimed".split())
_EVENTFUL: Final = frozenset("attack attacks clash clashes clashed raid raids raided assault assaults".split())
_REACH: Final = 7  # words before a trigger in which its helpers stand
_WINDOW: Final = 300  # characters around a trigger that tell what it was
_CLAUSE_END = re.compile(
    r"[;:]|,\s+(?:while|but|although|and (?:that|who))\b|\b(?:because|although|whereas|before|where)\b"
)


_VIOLENT: Final = frozenset(
    "chemical suicide_bomb air_strike shelling grenade sexual abduction explosive mob force clash killing claim".split()
)
# What is said of games, markets, weather and health in the words of war.
_PEACEFUL = re.compile(
    r"\b(?:heart|panic|asthma|bull|bear|shares|stocks|prices|goal|goals|penalty|striker|league|match|coach|season|"
    r"halftime|album|film|movie|novel|song|box office|inflation|virus|disease|cancer|campaign trail|critics|"
    r"lawsuit|editorial|ad|ads|tweet|tweets|debate|rhetoric|verbal|personal)\b",
    re.IGNORECASE,
)


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
    named: bool = True  # by words; otherwise the phrase of one whom it befell stands for them


def accounts(
    text: str, sentences: Sequence[Span], statements: Sequence[Sequence[Statement]], names: Sequence[Span] = ()
) -> list[Account]:
    """Every telling of something that happened, was tried, threatened or planned, in reading order.

    `statements` has for each sentence those whose content touches it; `names` are those of people and organisations,
    of which no word tells of anything ("Merrill Lynch").
    """
    out: list[Account] = []
    for number, sentence in enumerate(sentences):
        found = [t for t in triggers(text, sentence) if _is_happening(t) and not _is_of_a_name(t.span, names)]
        for trigger in found:
            account = _account(text, number, sentence, trigger, statements[number])
            if account is not None:
                out.append(account)
    return out


def _is_of_a_name(word: Span, names: Sequence[Span]) -> bool:
    at = bisect_right(names, word.start, key=lambda name: name.start) - 1
    return at >= 0 and word.end <= names[at].end and word != names[at]


def _is_happening(trigger: Trigger) -> bool:
    conflict = trigger.kind.type is not IncidentType.OTHER
    return conflict or trigger.kind.name in _HAPPENINGS_BESIDE_CONFLICT


def _account(
    text: str, number: int, sentence: Span, trigger: Trigger, statements: Sequence[Statement]
) -> Account | None:
    at = trigger.span
    statement = innermost(statements, at)
    near = Span(max(sentence.start, at.start - _WINDOW), min(sentence.end, at.end + _WINDOW))
    clause = _clause(text, _reported(near, statement, at), at)
    leading = tokens(text, Span(clause.start, at.start))
    before = [t.word for t in leading[-_REACH:]]
    after = [t.word for t in tokens(text, Span(at.end, clause.end))][: 2 * _REACH]
    got, doubts = status(leading, after, text, trigger, statement)
    word = at.of(text).lower()
    hurt_alone = word in _HURT and not _is_evident(text, trigger, clause)
    if got is None or (word in _AMBIGUOUS and not _is_evident(text, trigger, clause)):
        return None
    definite = bool(before) and (before[-1] in _DEFINITE or (len(before) > 1 and before[-2] in _DEFINITE))
    told = trigger.verbal or bool({*before, *after} & _PAST_HELP) or got is not Status.HAPPENED
    purpose = is_purpose(leading, trigger)
    leaning = got is Status.HAPPENED and (
        purpose or not told or hurt_alone or _is_agent(text, trigger) or trigger.kind.name == "toll"
    )
    kind = incident_type(trigger, text, clause)
    return Account(trigger, number, kind, got, statement, definite, leaning, purpose, doubts)


def _is_evident(text: str, trigger: Trigger, clause: Span) -> bool:
    """Whether a word that tells of many things tells of an attack here: prices are hit and ferrymen hurt too."""
    word = trigger.span.of(text).lower()
    around = (Span(clause.start, trigger.span.start), Span(trigger.span.end, clause.end))
    if any(side(text, part, "armed") or phrases_in(text, part, "things", "weapons") for part in around):
        return True
    others = [t for part in around for t in triggers(text, part)]
    told = any(t.kind.name in _VIOLENT and t.span.of(text).lower() not in _AMBIGUOUS for t in others)
    return told or (word in _EVENTFUL and not _PEACEFUL.search(text, *clause))


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


def innermost(statements: Sequence[Statement], span: Span) -> Statement | None:
    """The statement with the smallest content around a span, the outlet's own voice among them."""
    holding = [s for s in statements for part in s.content.spans if part.start <= span.start and span.end <= part.end]
    return min(holding, key=lambda s: sum(p.end - p.start for p in s.content.spans), default=None)


def voucher(statement: Statement | None) -> StatementId | None:
    """The statement that vouches; None for the outlet's own voice."""
    return statement.id if statement is not None and statement.stance is not Stance.ASSERTS else None
