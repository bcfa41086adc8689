"""Cases: each closes a set of reports to a team. Whoever is not in it, admins aside, sees the ledger without these.

A report that stands in several cases is seen by those who are in the teams of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Table, func, select

from sayso.errors import SaysoError
from sayso.ledger.identity import report_id_bytes, report_name
from sayso.web.accounts.audit import By, moment, note
from sayso.web.accounts.store import Store, changing, looking
from sayso.web.accounts.tables import cases, closed, members, meta, users

_LONGEST: Final = 80
_AT_ONCE: Final = 400
_REVISION: Final = "revision"


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its name, its team, how many reports it closes, who made it and when."""

    name: str
    team: tuple[str, ...]
    reports: int
    by: str
    made: str


def add(store: Store, name: str, team: Iterable[str], by: By) -> None:
    """Make a case that closes nothing yet. Raises SaysoError."""
    named = " ".join(name.split())
    if not 0 < len(named) <= _LONGEST or "/" in named:
        raise SaysoError("This cannot be the name of a case", f"Use at most {_LONGEST} characters, and no /")
    with changing(store) as connection:
        if connection.execute(select(cases.c.name).where(cases.c.name == named)).first() is not None:
            raise SaysoError(f"There is a case {named} already", "Choose another name, or close more reports to it")
        connection.execute(cases.insert().values(name=named, by=by.who, made=store.now))
        note(connection, store.now, by, "case made", named)
        for user in team:
            _let_in(connection, store, named, user, by)
        _revise(connection)


def all_cases(store: Store) -> tuple[Case, ...]:
    """The cases by their names."""
    with looking(store) as connection:
        counted = connection.execute(select(closed.c.case, func.count().label("many")).group_by(closed.c.case))
        many: dict[str, int] = {row.case: row.many for row in counted}
        team: dict[str, list[str]] = {}
        for row in connection.execute(select(members).order_by(members.c.user)):
            team.setdefault(row.case, []).append(row.user)
        rows = connection.execute(select(cases).order_by(cases.c.name)).all()
    return tuple(
        Case(it.name, tuple(team.get(it.name, ())), many.get(it.name, 0), it.by, moment(it.made)) for it in rows
    )


def reports_of(store: Store, case: str, most: int) -> tuple[str, ...]:
    """The ids of reports that a case closes, in their order, at most so many. Raises SaysoError."""
    query = select(closed.c.report).where(closed.c.case == case).order_by(closed.c.report).limit(most)
    with looking(store) as connection:
        _found(connection, cases, case)
        return tuple(report_name(bytes(it)) for it in connection.execute(query).scalars())


def close(store: Store, case: str, reports: Iterable[str], by: By) -> int:
    """Close reports to the team of a case; how many it had not closed before. Raises SaysoError."""
    wanted = _ids(reports)
    with changing(store) as connection:
        _found(connection, cases, case)
        there = set(map(bytes, connection.execute(select(closed.c.report).where(closed.c.case == case)).scalars()))
        fresh = [{"case": case, "report": it} for it in wanted if it not in there]
        if fresh:
            connection.execute(closed.insert(), fresh)
        note(connection, store.now, by, "reports closed", f"{len(fresh)} to {case}")
        _revise(connection)
    return len(fresh)


def open_again(store: Store, case: str, reports: Iterable[str], by: By) -> int:
    """Take reports out of a case; how many were in it. Raises SaysoError."""
    wanted = _ids(reports)
    with changing(store) as connection:
        _found(connection, cases, case)
        gone = 0
        for start in range(0, len(wanted), _AT_ONCE):
            part = closed.c.report.in_(wanted[start : start + _AT_ONCE])
            gone += connection.execute(closed.delete().where(closed.c.case == case, part)).rowcount
        note(connection, store.now, by, "reports opened", f"{gone} of {case}")
        _revise(connection)
    return gone


def let_in(store: Store, case: str, user: str, by: By) -> None:
    """Take somebody into the team of a case. Raises SaysoError."""
    with changing(store) as connection:
        _found(connection, cases, case)
        _let_in(connection, store, case, user, by)
        _revise(connection)


def put_out(store: Store, case: str, user: str, by: By) -> None:
    """Take somebody out of the team of a case. Raises SaysoError."""
    with changing(store) as connection:
        _found(connection, cases, case)
        connection.execute(members.delete().where(members.c.case == case, members.c.user == user))
        note(connection, store.now, by, "put out", f"{user} of {case}")
        _revise(connection)


def remove(store: Store, case: str, by: By) -> None:
    """Remove a case: everybody sees its reports again, unless another closes them. Raises SaysoError."""
    with changing(store) as connection:
        _found(connection, cases, case)
        for table in (closed, members):
            connection.execute(table.delete().where(table.c.case == case))
        connection.execute(cases.delete().where(cases.c.name == case))
        note(connection, store.now, by, "case removed", case)
        _revise(connection)


def closed_to(connection: Connection, user: str) -> tuple[str, ...]:
    """The names of the cases whose reports somebody does not see, if they are no admin."""
    own = select(members.c.case).where(members.c.user == user)
    return tuple(
        connection.execute(select(cases.c.name).where(cases.c.name.not_in(own)).order_by(cases.c.name)).scalars()
    )


def revision(connection: Connection) -> str:
    """What changes with every change of a case."""
    return str(connection.execute(select(meta.c.value).where(meta.c.key == _REVISION)).scalar() or "0")


def ids_in(connection: Connection, names: Iterable[str]) -> frozenset[bytes]:
    """The ids of all reports that some cases close."""
    query = select(closed.c.report).where(closed.c.case.in_([*names]))
    return frozenset(map(bytes, connection.execute(query).scalars()))


def _let_in(connection: Connection, store: Store, case: str, user: str, by: By) -> None:
    _found(connection, users, user)
    here = (members.c.case == case) & (members.c.user == user)
    if connection.execute(select(members.c.user).where(here)).first() is None:
        connection.execute(members.insert().values(case=case, user=user))
    note(connection, store.now, by, "let in", f"{user} to {case}")


def _revise(connection: Connection) -> None:
    now = int(revision(connection)) + 1
    connection.execute(meta.delete().where(meta.c.key == _REVISION))
    connection.execute(meta.insert().values(key=_REVISION, value=str(now)))


def _found(connection: Connection, table: Table, name: str) -> None:
    if connection.execute(select(table.c.name).where(table.c.name == name)).first() is None:
        what = "case" if table is cases else "user"
        raise SaysoError(f"There is no {what} {name[:_LONGEST]}", f"See the list of {what}s")


def _ids(reports: Iterable[str]) -> list[bytes]:
    found: dict[bytes, None] = {}
    for it in reports:
        id_ = report_id_bytes(it)
        if id_ is None:
            raise SaysoError(f"{it[:80]!r} is no id of a report", "Ids begin with r-; see sayso reports")
        found[id_] = None
    return [*found]
