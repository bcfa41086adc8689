"""Deciding on joins of names across reports, by the decisions that `sayso.trace.people` keeps and heeds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from sqlalchemy import Connection

from sayso.errors import NotTaken
from sayso.ledger import Ledger
from sayso.ledger.entries import entry
from sayso.review.decisions import Verdict
from sayso.trace.people import joins_of
from sayso.trace.people.decisions import Decision as JoinDecision
from sayso.trace.people.decisions import decisions, make, undo, withdraw
from sayso.trace.people.names import appearance_key
from sayso.trace.people.stored import StoredNames
from sayso.vocabulary import ActorRef, Join, JoinId

_ENTRY: Final = "decision"


def decide_join(ledger: Ledger, join: JoinId, name: str, verdict: Verdict, who: str, why: str) -> str:
    """Reject a join of somebody who bears a name, or accept one that is only suggested; the id of the decision.

    What is derived has to be followed. Raises NotTaken where there is no such join, or nothing to decide about it.
    """
    with ledger.writing() as connection:
        found = _join(connection, join, name)
        if found is None:
            problem = f"nobody called {name[:100]!r} has the join {join[:100]}"
            raise NotTaken(ledger.name, problem, "sayso who NAME --json tells the joins there are")
        if verdict is Verdict.REJECTED:
            return _id(undo(connection, found, who, why))
        if verdict is Verdict.ACCEPTED and not found.made:
            return _id(make(connection, found.one, found.other, who, why))
        raise NotTaken(ledger.name, "a join is rejected, or accepted where it is only suggested", "Say which")


def join_actors(ledger: Ledger, one: ActorRef, other: ActorRef, who: str, why: str) -> str:
    """Say that two actors of reports are one across reports; the id of the decision."""
    with ledger.writing() as connection:
        return _id(make(connection, appearance_key(one), appearance_key(other), who, why))


def withdraw_join(ledger: Ledger, id_: str, who: str, why: str) -> str | None:
    """Take back a decision on a join by the id of its entry; the id of the new one, None where there is none such."""
    with ledger.writing() as connection:
        made = next((it for it in decisions(connection) if _id(it) == id_), None)
        return None if made is None else _id(withdraw(connection, made, who, why))


def _join(connection: Connection, join: JoinId, name: str) -> Join | None:
    names = StoredNames(connection)
    return next((it for key in names.keys_of(name) for it in joins_of(key, names) if it.id == join), None)


def _id(made: JoinDecision) -> str:
    return entry(_ENTRY, asdict(made)).id
