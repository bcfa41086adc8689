"""What people decided on joins: which two are one, which are not, who says so, when and why. Entries are only added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, func, select

from sayso.ledger.derived.people import join_decisions as table
from sayso.ledger.packing import record, recorded
from sayso.trace.people.joining import join_id
from sayso.vocabulary import Join, JoinId, JoinRule


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry: that a join holds (`made`), does not (False), or that what was said of it before is taken back (None).

    `when` is in UTC (ISO 8601).
    """

    join: JoinId
    one: str
    other: str
    rule: JoinRule
    made: bool | None
    who: str
    why: str
    when: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds by the last entry on each join: those that are undone, and those that somebody made."""

    undone: frozenset[JoinId] = frozenset()
    added: tuple[Join, ...] = ()


def undo(connection: Connection, join: Join, who: str, why: str) -> Decision:
    """Note that a join does not hold: the two are not one."""
    return _note(connection, join.id, join.one, join.other, join.rule, False, who, why)


def make(connection: Connection, one: str, other: str, who: str, why: str) -> Decision:
    """Note that two are one, by what joins call them: keys of names, or reports' actors."""
    first, second = sorted((one, other))
    rule = JoinRule.DECIDED
    return _note(connection, join_id(first, second, rule), first, second, rule, True, who, why)


def withdraw(connection: Connection, decision: Decision, who: str, why: str) -> Decision:
    """Take back a decision, so that the join is again what it would be without."""
    return _note(connection, decision.join, decision.one, decision.other, decision.rule, None, who, why)


def decisions(connection: Connection) -> Iterator[Decision]:
    """All entries in the order in which they were made."""
    for row in connection.execute(select(table).order_by(table.c.number)):
        yield _decision(row)


def decided(connection: Connection) -> Decided:
    """What holds now."""
    last = {it.join: it for it in decisions(connection)}
    return Decided(
        frozenset(it.join for it in last.values() if it.made is False),
        tuple(
            Join(it.join, it.one, it.other, it.rule, 1.0, (f"{it.who} says so: {it.why}",))
            for it in sorted(last.values(), key=lambda it: it.join)
            if it.made
        ),
    )


def _note(
    connection: Connection, join: JoinId, one: str, other: str, rule: JoinRule, made: bool | None, who: str, why: str
) -> Decision:
    when = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    number = int(connection.execute(select(func.coalesce(func.max(table.c.number), 0))).scalar_one()) + 1
    connection.execute(
        table.insert().values(
            number=number, id=join, made=None if made is None else int(made),
            data=record(one, other, rule.value, who, why, when),
        )
    )  # fmt: skip
    return Decision(join, one, other, rule, made, who, why, when)


def _decision(row: Row[tuple[int, str, int | None, bytes]]) -> Decision:
    one, other, rule, who, why, when = recorded(row.data)
    made = None if row.made is None else bool(row.made)
    return Decision(JoinId(row.id), one, other, JoinRule(rule), made, who, why, when)
