"""What to look for, and the conditions of SQL it comes to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, and_, exists, func, or_, select

from sayso.ledger.schema import (
    Query,
    captures,
    names,
    parts,
    place_names,
    places,
    readings,
    reports,
    statements,
    whereabouts,
)
from sayso.ledger.words import key

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Where:
    """What to look for; what is None does not matter.

    `since` and `until` are days (ISO, both included; also 2022 or 2022-08): of publication, or of what happened where
    that is looked for. `actor` and `place` are names in any case and accents: of the speaker of a statement and of
    what its content names; of who took part and where it was; of anybody and any place a report names. A place is
    also found by the names of what it lies in.
    """

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    language: str | None = None
    actor: str | None = None
    place: str | None = None
    stance: str | None = None
    certainty: str | None = None
    type: str | None = None
    status: str | None = None


EVERYWHERE = Where()


def current() -> Condition:
    """That a reading is by the reader this ledger met last, of those that read the report."""
    other = readings.alias()
    latest = select(func.max(other.c.reader)).where(other.c.report == readings.c.report).scalar_subquery()
    return readings.c.reader == latest


def of_report(where: Where) -> list[Condition]:
    """The conditions on a report itself."""
    found: list[Condition] = []
    if where.outlet is not None:
        found.append(reports.c.outlet == where.outlet)
    if where.language is not None:
        earliest = captures.alias()  # the query itself may be one of captures
        spoken = select(earliest.c.language).where(earliest.c.number == reports.c.first).scalar_subquery()
        found.append(spoken == where.language)
    return found


def published(where: Where) -> list[Condition]:
    """The conditions on the day of publication."""
    found: list[Condition] = []
    if where.since is not None:
        found.append(reports.c.day >= where.since)
    if where.until is not None:
        found.append(reports.c.day < _after(where.until))
    return found


def naming(where: Where) -> list[Condition]:
    """The conditions on what a report's current reading holds."""
    found: list[Condition] = []
    if where.actor is not None and where.stance is None:
        found.append(_named_in(names, where.actor))
    if where.place is not None:
        found.append(_named_in(place_names, where.place))
    if where.stance is not None or where.certainty is not None:
        found.append(_read(statements, *said(where)))
    return found


def said(where: Where) -> list[Condition]:
    """The conditions on a statement's stance, certainty and speaker."""
    found: list[Condition] = []
    if where.stance is not None:
        found.append(statements.c.stance == where.stance)
    if where.certainty is not None:
        found.append(statements.c.certainty == where.certainty)
    if where.actor is not None:
        spoken = select(names.c.actor).where(
            names.c.key == key(where.actor), names.c.reading == statements.c.reading,
            names.c.actor == statements.c.speaker,
        )  # fmt: skip
        found.append(exists(spoken))
    return found


def about(where: Where) -> list[Condition]:
    """The condition that a statement's content names a place."""
    if where.place is None:
        return []
    inside = select(places.c.ordinal).join(
        place_names, and_(place_names.c.reading == places.c.reading, place_names.c.place == places.c.ordinal)
    ).where(
        place_names.c.key == key(where.place), places.c.reading == statements.c.reading,
        places.c.starts >= statements.c.starts, places.c.starts < statements.c.ends,
    )  # fmt: skip
    return [exists(inside)]


def happening(where: Where, table: Table, owner: str) -> list[Condition]:
    """The conditions on a row of incidents, tallies or forecasts; `owner` is what its parts call it."""
    found: list[Condition] = []
    if where.type is not None:
        found.append(table.c.type == where.type)
    if where.status is not None and "status" in table.c:
        found.append(table.c.status == where.status)
    if where.stance is not None and "stance" in table.c:
        found.append(table.c.stance == where.stance)
    first, last = func.coalesce(table.c.first, reports.c.day), func.coalesce(table.c.last, table.c.first, reports.c.day)
    if where.since is not None:
        found.append(or_(last >= where.since, and_(table.c.last.is_(None), first >= where.since)))
    if where.until is not None:
        found.append(first < _after(where.until))
    if where.actor is not None:
        found.append(_named(table, owner, parts, names, "actor", where.actor))
    if where.place is not None:
        found.append(_named(table, owner, whereabouts, place_names, "place", where.place))
    return found


def _named(table: Table, owner: str, link: Table, named: Table, what: str, name: str) -> Condition:
    joined = and_(named.c.reading == link.c.reading, named.c[what] == link.c[what], named.c.key == key(name))
    return exists(
        select(link.c.reading).join(named, joined)
        .where(link.c.reading == table.c.reading, link.c.owner == owner, link.c.ordinal == table.c.ordinal)
    )  # fmt: skip


def _named_in(table: Table, name: str) -> Condition:
    """That a report is one of those, looked up by the name, whose current reading has it."""
    found: Query = select(readings.c.report).join(table, table.c.reading == readings.c.number)
    return reports.c.number.in_(found.where(table.c.key == key(name), current()))


def _read(table: Table, *conditions: Condition) -> Condition:
    """That the current reading of a report has such a row."""
    found: Query = select(readings.c.number).join(table, table.c.reading == readings.c.number)
    return exists(found.where(readings.c.report == reports.c.number, current(), *conditions))


def _after(day: str) -> str:
    """What sorts after a day and all that is more precise."""
    return day + "~"
