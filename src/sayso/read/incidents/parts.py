"""Who did what to whom: the parts that the grammar around a trigger gives to the people named beside it.

No parse is made: a passive verb's "by", the phrase before an active verb and the one after it, "attack by … on …",
and the words of blame. What they cannot tell is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sayso.read.incidents.accounts import Account
from sayso.read.incidents.triggers import phrases_in, tokens, triggers
from sayso.vocabulary import ActorId, Form, Part, PartRole, Span, Stance, Standing, StatementId

_BE: Final = frozenset("was were been being be is are got get gets".split())
_BETWEEN: Final = frozenset("also reportedly allegedly then later all both already being been not seriously".split())
_BY = re.compile(r"\bby\s+", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:carr(?:ied|ying) out|launch(?:ed|ing)|conduct(?:ed|ing)|stag(?:ed|ing)|mount(?:ed|ing)|committ(?:ed|ing)|"
    r"perpetrated|executed)\b",
    re.IGNORECASE,
)
_OBJECT_OF = re.compile(r"\s+(?:on|against|at|targeting|upon|in|of)\s+", re.IGNORECASE)
# "the group, formerly known as N, has attacked": N is its name, and it is the doer.
_ALIAS = re.compile(r"\b(?:known as|called|formerly|named|dubbed|alias)\s+(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|and|,\s*and)\s*(?:the\s+)?", re.IGNORECASE)
_STOP = re.compile(r"[.;:!?“”\"]|,\s+(?:and|but|while|after|when)\b")
_ITSELF = re.compile(r"(?:explod|disappear|burn|erupt|collaps)", re.IGNORECASE)
_JOINED = re.compile(r"(?:\band\b|,)\s+(?:\w+ly\s+|also\s+|then\s+)?$", re.IGNORECASE)
_LEAD: Final = 24  # characters before a verb that may join it to another
_ACTIVE: Final = 90  # characters between a verb and its subject
_BLAME = re.compile(r"\b(?:blam|claim|denied|reported|described)", re.IGNORECASE)
_BREAK = re.compile(r"[,.;:]|\b(?:on|in|at|of|near|after|before|during)\b", re.IGNORECASE)
_GAP: Final = 25  # characters between "by" and the party it brings
_NEAR: Final = 60  # characters between a trigger and what "by" or "on" brings


@dataclass(frozen=True, slots=True)
class Party:
    """A phrase that may take part: its span and the actor it points to, if it is one of the report's.

    What does not act, such as a building, may only be done to.
    """

    span: Span
    actor: ActorId | None
    acts: bool = True


def parts(text: str, account: Account, sentence: Span, parties: Sequence[Party]) -> list[Part]:
    """The parts that a sentence gives to the parties in it, for the happening that an account tells of."""
    if not account.named:
        return []
    # "attacked the base" is one trigger, and the base in it a target.
    at = account.trigger.head if account.trigger.verbal else account.trigger.span
    outside = [p for p in parties if (p.span.end <= at.start or p.span.start >= at.end) and _is_told(p, account)]
    agent, patient = (_verbal if account.trigger.verbal else _nominal)(text, at, sentence, outside)
    standing = _standing(account)
    by = (account.statement.id,) if account.statement and account.statement.stance is not Stance.ASSERTS else ()
    suffered = PartRole.VICTIM if account.trigger.kind.name == "killing" else PartRole.TARGET
    agents = _list_of(text, agent, [p for p in outside if p.acts]) if agent is not None else []
    found = [_part(text, PartRole.PERPETRATOR, each, standing, by) for each in agents]
    if patient is not None and patient not in agents:
        found.append(_part(text, suffered, patient, Standing.FACT, by))
    return found


def is_doer(part: Part) -> bool:
    """Whether a part is that of someone who is said to have done it."""
    return part.role in (PartRole.PERPETRATOR, PartRole.ORGANISATION)


def _is_told(party: Party, account: Account) -> bool:
    """Whether a party stands in the words that tell of it: who says that it happened did not do it."""
    statement = account.statement
    if statement is None or statement.form is Form.VOICE:
        return True
    return any(s.start <= party.span.start and party.span.end <= s.end for s in statement.content.spans)


def _list_of(text: str, last: Party, parties: Sequence[Party]) -> list[Party]:
    """A party and those listed before it: "A, B and C"."""
    out = [last]
    for party in sorted(parties, key=lambda p: -p.span.end):
        if party.span.end <= out[-1].span.start and _AND.fullmatch(text[party.span.end : out[-1].span.start]):
            out.append(party)
    return out[::-1]


def independent(parties: Sequence[Party]) -> list[Party]:
    """The parties that stand in no other; one that holds another keeps what is known of the one it holds."""
    out: list[Party] = []
    for party in sorted(parties, key=lambda p: (p.span.start, -p.span.end)):
        if out and party.span.end <= out[-1].span.end:
            out[-1] = Party(out[-1].span, out[-1].actor or party.actor, out[-1].acts)
        elif not out or party.span.start >= out[-1].span.end:
            out.append(party)
    return out


def _part(text: str, role: PartRole, party: Party, standing: Standing, by: tuple[StatementId, ...]) -> Part:
    return Part(role, party.span.of(text), party.span, party.actor, standing=standing, by=by)


def _standing(account: Account) -> Standing:
    stance = account.statement.stance if account.statement is not None else Stance.ASSERTS
    return Standing.ACCUSED if stance in (Stance.ACCUSES, Stance.CLAIMS) else Standing.FACT


def _verbal(text: str, at: Span, sentence: Span, parties: Sequence[Party]) -> tuple[Party | None, Party | None]:
    before = [t.word for t in tokens(text, Span(max(sentence.start, at.start - _ACTIVE), at.start))]
    while before and (before[-1] in _BETWEEN or before[-1].endswith("ly")):
        if before[-1] in _BE:
            break
        before.pop()
    right = _first_after(text, at.end, parties)
    acting = [p for p in parties if p.acts]
    if before and before[-1] in _BE:
        return _brought_by(text, at.end, acting, _BY), _last_before(text, at.start, parties)
    if phrases_in(text, at, "things", "weapons") or _ITSELF.match(text, *at):
        return None, right  # "rockets landed", "homes burned": nobody is said to have done it
    joined = _JOINED.search(text, max(sentence.start, at.start - _LEAD), at.start)
    if joined is not None:  # "killed two and wounded five" has one subject, and "two" is not it
        near = Span(max(sentence.start, joined.start() - _ACTIVE), joined.start())
        verbs = [t.head for t in triggers(text, near) if t.verbal]
        if verbs:
            return _last_before(text, verbs[-1].start, acting), right
    left = _last_before(text, at.start, acting)
    if text[at.start : at.end].endswith("ing") and left is None:
        return None, right
    return left, right


def _nominal(text: str, at: Span, sentence: Span, parties: Sequence[Party]) -> tuple[Party | None, Party | None]:
    acting = [p for p in parties if p.acts]
    agent = _brought_by(text, at.end, acting, _BY)
    if agent is not None and agent.span.start - at.end > len(" by the "):
        # "an attack reported by …" has another author than "an attack launched by …"
        agent = agent if _DONE.search(text, at.end, agent.span.start) else None
    if agent is None:
        owner = _last_before(text, at.start, acting)
        if owner is not None:
            gap = text[owner.span.end : at.start].strip().lower()
            carried = _DONE.search(gap)
            if gap in ("", "'s", "’s", "'", "’") or carried:
                agent = owner
    return agent, _brought_by(text, at.end, parties, _OBJECT_OF)


def _last_before(text: str, start: int, parties: Sequence[Party]) -> Party | None:
    left = [p for p in parties if p.span.end <= start and start - p.span.end <= _ACTIVE]
    if not left:
        return None
    proper = [p for p in left if not _ALIAS.search(text, max(0, p.span.start - 24), p.span.start)] or left
    nearest = max(proper, key=lambda p: p.span.end)
    between = Span(nearest.span.end, start)
    # What stands nearer is the subject: another happening, or a weapon.
    if _STOP.search(text, *between) or triggers(text, between) or phrases_in(text, between, "things", "weapons"):
        return None
    return nearest


def _first_after(text: str, end: int, parties: Sequence[Party]) -> Party | None:
    right = [p for p in parties if p.span.start >= end]
    if not right:
        return None
    nearest = min(right, key=lambda p: p.span.start)
    gap = text[end : nearest.span.start]
    if len(gap) > _NEAR or _STOP.search(gap) or re.search(r"\b(?:in|near|by|after|when|who|from|during)\b", gap):
        return None
    return nearest


def _brought_by(text: str, end: int, parties: Sequence[Party], mark: re.Pattern[str]) -> Party | None:
    """The party that a preposition brings shortly after a trigger."""
    found = mark.search(text, end, end + _NEAR)
    if found is None or _STOP.search(text, end, found.start()) or _BLAME.search(text, end, found.start()):
        return None
    right = [p for p in parties if 0 <= p.span.start - found.end() <= _GAP]
    nearest = min(right, key=lambda p: p.span.start, default=None)
    if nearest is None or _BREAK.search(text, found.end(), nearest.span.start):
        return None
    return nearest
