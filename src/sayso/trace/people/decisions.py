"""What people decided on joins: which two are one, which are not, who says so, when and why. Entries are only added.

A decision holds no name and no id of an actor, but only hashes of what joins call them: a report that is forgotten
leaves none of its words here, and the decisions that named it join nobody, unless another report gives the same name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import Connection

from sayso.gather.decode import without_surrogates
from sayso.ledger.entries import add_entries, entry, quoting_none
from sayso.ledger.identity import report_id_bytes
from sayso.trace.people.joining import join_id
from sayso.vocabulary import Join, JoinId, JoinRule, ReportId

_KIND: Final = "decision"
_WHEN: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class End:
    """One of two that a decision is about: `key` is the id that what joins call it would have alone.

    Where that is an actor of a report, `report` says of which.
    """

    key: str
    report: ReportId | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry: that a join holds (`made`), does not (False), or that what was said of it before is taken back (None).

    `when` is in UTC (ISO 8601), and no two decisions in a ledger have the same.
    """

    join: JoinId
    one: End
    other: End
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
    return _note(connection, join.id, end_of(join.one), end_of(join.other), join.rule, False, who, why)


def make(connection: Connection, one: str, other: str, who: str, why: str) -> Decision:
    """Note that two are one, by what joins call them: keys of names, or reports' actors."""
    first, second = sorted((one, other))
    rule = JoinRule.DECIDED
    return _note(connection, join_id(first, second, rule), end_of(first), end_of(second), rule, True, who, why)


def withdraw(connection: Connection, decision: Decision, who: str, why: str) -> Decision:
    """Take back a decision, so that the join is again what it would be without."""
    return _note(connection, decision.join, decision.one, decision.other, decision.rule, None, who, why)


def decisions(connection: Connection) -> Iterator[Decision]:
    """All entries, by when they were made. Raises LedgerDamaged."""
    found = [(each, decision) for each in quoting_none(connection) if (decision := _decision(each.said)) is not None]
    yield from (decision for _, decision in sorted(found, key=lambda it: (it[1].when, it[0].id)))


def decided(connection: Connection, key_of: Callable[[End], str | None]) -> Decided:
    """What holds now; `key_of` gives what joins call one whom a decision is about, None where nobody is called so."""
    last = {it.join: it for it in decisions(connection)}
    made = [last[join] for join in sorted(last) if last[join].made]
    ends = [(it, key_of(it.one), key_of(it.other)) for it in made]
    return Decided(
        frozenset(it.join for it in last.values() if it.made is False),
        tuple(
            Join(it.join, one, other, it.rule, 1.0, (f"{it.who} says so: {it.why}",))
            for it, one, other in ends if one is not None and other is not None
        ),
    )  # fmt: skip


def end_of(key: str) -> End:
    """What a decision keeps of what joins call somebody."""
    hashed = f"k-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    report, is_actor, _ = key.removeprefix("report ").partition(", actor ")
    is_actors = key.startswith("report ") and is_actor and report_id_bytes(report) is not None
    return End(hashed, ReportId(report) if is_actors else None)


def _note(
    connection: Connection, join: JoinId, one: End, other: End, rule: JoinRule, made: bool | None, who: str, why: str
) -> Decision:
    noted = Decision(join, one, other, rule, made, _plain(who), _plain(why), _now(connection))
    add_entries(connection, _KIND, [entry(_KIND, asdict(noted))])
    return noted


def _now(connection: Connection) -> str:
    """Now, or right after the last decision where a clock says that this was later."""
    now = datetime.now(UTC).strftime(_WHEN)
    last = max((it.when for it in decisions(connection)), default="")
    return now if now > last else _after(last)


def _decision(said: str) -> Decision | None:
    """The decision of an entry; None of what is none, which decides nothing."""
    try:
        found = msgspec.json.decode(said, type=Decision)
        _after(found.when)
    except (msgspec.ValidationError, ValueError, OverflowError):
        return None
    return found


def _after(when: str) -> str:
    return (datetime.strptime(when, _WHEN) + timedelta(microseconds=1)).strftime(_WHEN)


def _plain(words: str) -> str:
    return without_surrogates(words).text
