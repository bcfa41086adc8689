"""Forecasts: warnings, plans, threats, promises and predictions, never a thing that happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sayso.read.incidents.accounts import Account
from sayso.read.incidents.parts import Party
from sayso.read.incidents.scene import Scene, inside
from sayso.read.incidents.status import TO_COME
from sayso.vocabulary import (
    Forecast,
    ForecastId,
    IncidentType,
    Part,
    PartRole,
    Span,
    Stance,
    Standing,
    Statement,
    StatementId,
)

_FORWARD: Final = frozenset({Stance.WARNS, Stance.PLANS, Stance.THREATENS, Stance.PROMISES, Stance.BELIEVES})
_OWN: Final = frozenset({Stance.PLANS, Stance.THREATENS, Stance.PROMISES})  # what the speaker is to do
_SUBJECT: Final = 200  # characters before "are planning" in which those who plan are named
# Whom the foretold deed is to be laid on: "to implicate the army".
_LAID_ON = re.compile(
    r"\b(?:implicat|incriminat|accus|blam|fram|discredit)\w*\s+|\bpin\s+\w+\s+on\s+|\bblame\s+on\s+", re.IGNORECASE
)
_DOING = re.compile(
    r"\b(?:plan|plans|planning|prepar\w+|plot\w*|intend\w*|threaten\w*|will|would|may|could|about\s+to|going\s+to|set\s+to)\b",
    re.IGNORECASE,
)


def forecasts(scene: Scene, statements: Sequence[Statement], accounts: Sequence[Account]) -> list[Forecast]:
    """What is foretold, one forecast for each innermost statement that tells of what is to come."""
    out: list[Forecast] = []
    parents = {s.parent for s in statements if s.about_future and s.parent is not None}
    told: dict[StatementId, list[Account]] = {}
    for account in accounts:
        if account.statement is not None:
            told.setdefault(account.statement.id, []).append(account)
    for statement in statements:
        here = told.get(statement.id, [])
        coming = [a for a in here if a.status in TO_COME]
        warned = coming and statement.stance in _FORWARD
        if statement.id in parents or not (statement.about_future or warned):
            continue
        if statement.stance is Stance.ASSERTS and not coming:
            continue
        spans = statement.content.spans
        kind = _type(scene.text, coming, here)
        # To be about to send a mediator is no accusation.
        grave = kind is not IncidentType.OTHER or statement.stance in (Stance.WARNS, Stance.ACCUSES)
        standing = Standing.ACCUSED if grave else Standing.POSSIBLE
        out.append(
            Forecast(
                ForecastId(f"f{len(out) + 1}"),
                statement.stance,
                statement.content,
                None if statement.stance is Stance.ASSERTS else statement.id,
                kind,
                tuple(p.id for p in inside(scene.places, spans, scene.sentences)),
                tuple(t.id for t in inside(scene.times, spans, scene.sentences)),
                tuple(_blamed(scene.text, statement, inside(scene.parties, spans, scene.sentences), standing)),
            )
        )
    return out


def _type(text: str, coming: Sequence[Account], here: Sequence[Account]) -> IncidentType:
    told = coming or [a for a in here if _ends_forward(text, a)]
    return told[0].type if told else IncidentType.OTHER


def _ends_forward(text: str, account: Account) -> bool:
    """Whether what is told of follows closely on a word that looks ahead."""
    return _DOING.search(text, max(0, account.trigger.span.start - 60), account.trigger.span.start) is not None


def _blamed(text: str, statement: Statement, parties: Sequence[Party], standing: Standing) -> list[Part]:
    """Those who are to do it, and those on whom it is to be laid; `parties` are those of the statement's content."""
    spans = statement.content.spans
    by = (statement.id,) if statement.stance is not Stance.ASSERTS else ()
    out: list[Part] = []
    if statement.stance in _OWN and statement.source:
        who = statement.source.spans[0]
        out.append(_part(text, PartRole.PERPETRATOR, Party(who, statement.speaker.actor), Standing.CLAIMED, by))
    for span in spans:
        doing = _DOING.search(text, *span)
        if doing is not None:
            first = max(span.start, doing.start() - _SUBJECT)
            before = [p for p in parties if p.acts and first <= p.span.start and p.span.end <= doing.start()]
            out += [_part(text, PartRole.PERPETRATOR, p, standing, by) for p in before[:3]]
        for mark in _LAID_ON.finditer(text, *span):
            near = [p for p in parties if mark.end() <= p.span.start <= mark.end() + 80]
            chain = [p for i, p in enumerate(near) if i == 0 or _listed(text, near[i - 1].span, p.span)]
            out += [_part(text, PartRole.TARGET, p, Standing.POSSIBLE, by) for p in chain[:3]]
    return out


def _listed(text: str, first: Span, second: Span) -> bool:
    return re.fullmatch(r"[\w\s]{0,12}(?:,|and|or)[\w\s]{0,12}", text[first.end : second.start]) is not None


def _part(text: str, role: PartRole, party: Party, standing: Standing, by: tuple[StatementId, ...]) -> Part:
    return Part(role, party.span.of(text), party.span, party.actor, standing=standing, by=by)
