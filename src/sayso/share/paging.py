"""Statements, incidents and tallies a few at a time, those of the latest reports first, from any place on.

A place in the list is the day and id of a report and the place of the item in its reading, so that a list goes on
where it stood, whatever was added since.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, func, literal_column, or_, select

from sayso.ledger import fulltext, schema, where
from sayso.ledger.identity import report_id_bytes, report_name
from sayso.ledger.kept import a_few, kept_reading, kept_report, reading_query, report_query
from sayso.ledger.schema import Query, readings, reports
from sayso.ledger.where import Condition, Where
from sayso.ledger.words import indexed
from sayso.vocabulary import Reading

_MANY: Final = 10_000
_OWN: Final = ("stance", "certainty", "type", "status")  # conditions on the row of an item itself
_MARK: Final = re.compile(r"(?P<day>[0-9-]{0,10}):(?P<report>r-[0-9a-f]{32}):(?P<ordinal>[0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of items: its table, and what its parts call it; statements have none."""

    name: str
    table: Table
    owner: str = ""


STATEMENT: Final = Kind("statement", schema.statements)
INCIDENT: Final = Kind("incident", schema.incidents, "incident")
TALLY: Final = Kind("tally", schema.tallies, "tally")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands in the list."""

    day: str
    report: str
    ordinal: int

    def mark(self) -> str:
        """The place as a line."""
        return f"{self.day}:{self.report}:{self.ordinal}"


@dataclass(frozen=True, slots=True)
class Item:
    """An item by its place among those of its kind in a reading."""

    place: Place
    reading: Reading


@dataclass(frozen=True, slots=True)
class Page:
    """Some items, and the place of the last that was looked at; None where there are no more."""

    items: tuple[Item, ...]
    last: Place | None


def place(mark: str) -> Place | None:
    """The place that a mark names, None where it is none."""
    found = _MARK.fullmatch(mark)
    return Place(found["day"], found["report"], int(found["ordinal"])) if found else None


def page(
    connection: Connection, kind: Kind, wanted: Where, words: str, limit: int, after: Place | None, seconds: float
) -> Page:
    """The next items that fit. It ends early where these seconds were spent on what does not."""
    until = time.monotonic() + seconds
    found: list[Item] = []
    last: Place | None = None
    asked = fulltext.terms(words)
    with closing(_candidates(connection, kind, wanted, asked, after)) as candidates:
        for item in candidates:
            if len(found) == limit or (last is not None and time.monotonic() > until):
                return Page(tuple(found), last)
            last = item.place
            if _fits(item, asked):
                found.append(item)
    return Page(tuple(found), None)


def items(
    connection: Connection, kind: Kind, wanted: Where, words: str = "", report: str | None = None
) -> Iterator[Item]:
    """All items that fit, or those of one report."""
    asked = fulltext.terms(words)
    if report is None:
        return (item for item in _candidates(connection, kind, wanted, asked, None) if _fits(item, asked))
    query = _query(connection, kind, wanted, asked).where(reports.c.id == report_id_bytes(report))
    return (item for item in _decoded(connection, query.order_by(kind.table.c.ordinal)) if _fits(item, asked))


def reading_numbered(connection: Connection, number: int) -> Reading:
    """The reading with this number. Raises LedgerDamaged."""
    row = connection.execute(_ONE_READING, {"wanted": number}).one()
    kept = connection.execute(_ONE_REPORT, {"wanted": row.report}).one()
    return kept_reading(row, kept_report(kept).report)


def _fits(item: Item, asked: Sequence[fulltext.Term]) -> bool:
    """Whether the content of a statement holds the words; the index knows only that its report does."""
    if not asked:
        return True
    return fulltext.holds(indexed(item.reading.statements[item.place.ordinal].content.text), asked)


def _candidates(
    connection: Connection, kind: Kind, wanted: Where, asked: Sequence[fulltext.Term], after: Place | None
) -> Generator[Item, None, None]:
    query = _query(connection, kind, wanted, asked)
    undated = after is not None and not after.day
    if not undated:
        dated = query.where(reports.c.day.is_not(None), *_further(kind, after))
        yield from _decoded(connection, dated.order_by(reports.c.day.desc(), reports.c.id, kind.table.c.ordinal))
    rest = query.where(reports.c.day.is_(None), *(_further(kind, after) if undated else ()))
    yield from _decoded(connection, rest.order_by(reports.c.id, kind.table.c.ordinal))


def _query(connection: Connection, kind: Kind, wanted: Where, asked: Sequence[fulltext.Term]) -> Query:
    """All that fit. Where these may be many the reports lead, by their days, so that a page costs what is on it."""
    named = where.naming(Where(actor=wanted.actor, place=wanted.place))
    table = [kind.table.c[name] == value for name in _OWN if name in kind.table.c and (value := getattr(wanted, name))]
    held = _holding(connection, asked)
    narrowing: list[Query] = [select(reports.c.number).where(*named)] if named else []
    narrowing += [select(kind.table.c.reading).where(*table)] if table else []
    narrowing += [held] if held is not None else []
    few = any(_is_few(connection, it) for it in narrowing)
    number: ColumnElement[int] = reports.c.number if few else literal_column("+reports.number")
    reading: ColumnElement[int] = readings.c.number if few else literal_column("+readings.number")
    query: Query = select(readings.c.number, kind.table.c.ordinal, reports.c.id, reports.c.day).select_from(
        reports.join(readings, readings.c.report == number).join(kind.table, kind.table.c.reading == reading)
    )
    query = query.where(where.current(), *named, *_conditions(kind, wanted))
    return query if held is None else query.where(number.in_(held))


def _holding(connection: Connection, asked: Sequence[fulltext.Term]) -> Query | None:
    """The numbers of the reports that hold the words, wherever in them; None where no words are asked for."""
    singly = fulltext.singly(asked)
    if not singly:
        return None
    found = fulltext.matching(connection, singly)
    return found.with_only_columns(found.selected_columns["id"])


def _is_few(connection: Connection, query: Query) -> bool:
    """Whether a query finds few enough that sorting them costs less than going through the reports by day."""
    some = query.limit(_MANY + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one()) <= _MANY


def _conditions(kind: Kind, wanted: Where) -> list[Condition]:
    if kind.owner:
        return [*where.of_report(wanted), *where.happening(wanted, kind.table, kind.owner)]
    return [*where.of_report(wanted), *where.published(wanted), *where.said(wanted), *where.about(wanted)]


def _further(kind: Kind, after: Place | None) -> list[Condition]:
    """That an item stands further down than a place."""
    report = report_id_bytes(after.report) if after is not None else None
    if after is None or report is None:
        return []
    id_, ordinal = reports.c.id, kind.table.c.ordinal
    beyond = or_(id_ > report, and_(id_ == report, ordinal > after.ordinal))
    if not after.day:
        return [id_ >= report, beyond]
    return [reports.c.day <= after.day, or_(reports.c.day < after.day, beyond)]


def _decoded(connection: Connection, query: Query) -> Iterator[Item]:
    """The items of a query, each with its reading; one reading is held at a time."""
    number, reading = -1, None
    with closing(a_few(connection, query)) as rows:
        for row in rows:
            if reading is None or row.number != number:
                number, reading = row.number, reading_numbered(connection, row.number)
            yield Item(Place(row.day or "", report_name(bytes(row.id)), row.ordinal), reading)


_ONE_READING: Final = reading_query().where(readings.c.number == bindparam("wanted"))
_ONE_REPORT: Final = report_query().where(reports.c.number == bindparam("wanted"))
