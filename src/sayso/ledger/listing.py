"""The reports of a ledger a page at a time, latest first: a page costs what is on it, however far down it stands.

Beside what `Where` asks, a report may have to have a statement whose speaker nobody names, or to be new, or a copy: one
text with a report that states an earlier day.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, literal_column, or_, select

from sayso.errors import SaysoError
from sayso.ledger import fulltext, where
from sayso.ledger.derived.copies import copy_links
from sayso.ledger.fulltext import Term
from sayso.ledger.identity import report_id_bytes, report_name
from sayso.ledger.kept import kept_report, report_query
from sayso.ledger.schema import Query, readings, reports, statements
from sayso.ledger.snippets import Snippet, snippet
from sayso.ledger.where import EVERYWHERE, Condition, Where
from sayso.vocabulary import Kinship, Report, SpeakerKind

_MANY: Final = 10_000  # hits of a word from which on the other conditions lead
_WHOLE: Final = tuple(Kinship).index(Kinship.WHOLE)
_MARK: Final = re.compile(r"(?P<day>[0-9-]{0,10}):(?P<report>r-[0-9a-f]{32})")


class Novelty(StrEnum):
    """Whether a report is one text with another that states an earlier day."""

    NEW = "new"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports are asked for. `unnamed` asks for those in which somebody speaks whom nobody names."""

    where: Where = EVERYWHERE
    words: str = ""
    unnamed: bool = False
    novelty: Novelty | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in a list. `statements` is None where it was not read; `copies` are others that are one text with it."""

    report: Report
    snippet: Snippet
    statements: int | None
    copies: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some reports, and what to ask for the next ones with; None where these are the last."""

    reports: tuple[Listed, ...]
    next: str | None = None


def listing(connection: Connection, wanted: Wanted, limit: int = 20, after: str | None = None) -> Page:
    """The reports that fit, latest first, those without a day at the end. `after` is the `next` of the page before.

    Raises SaysoError where `after` is no such mark.
    """
    day, last = _marked(after)
    asked = fulltext.terms(wanted.words)
    if wanted.words.strip() and all(term.without for term in asked):
        return Page(())
    query = select(reports.c.number, reports.c.id, reports.c.day).where(*conditions(connection, wanted, asked))
    rows: list[Row[Any, Any, Any]] = []
    if day or last is None:
        dated = query.where(reports.c.day.is_not(None)).order_by(reports.c.day.desc(), reports.c.id)
        if last is not None:
            dated = dated.where(reports.c.day <= day, or_(reports.c.day < day, reports.c.id > last))
        rows += connection.execute(dated.limit(limit + 1)).all()
    if len(rows) <= limit:
        undated = query.where(reports.c.day.is_(None)).order_by(reports.c.id)
        if last is not None and not day:
            undated = undated.where(reports.c.id > last)
        rows += connection.execute(undated.limit(limit + 1 - len(rows))).all()
    shown = rows[:limit]
    end = f"{shown[-1].day or ''}:{report_name(bytes(shown[-1].id))}" if len(rows) > limit else None
    return Page(described(connection, [row.number for row in shown], asked), end)


def described(connection: Connection, numbers: Sequence[int], asked: Sequence[Term] = ()) -> tuple[Listed, ...]:
    """Reports by their numbers, in this order, as a list shows them."""
    rows = connection.execute(report_query().where(reports.c.number.in_(numbers)))
    found = {row.number: kept_report(row).report for row in rows}
    said, copies = _said(connection, numbers), _copies(connection, numbers)
    return tuple(
        Listed(found[it], snippet(found[it].text, asked), said.get(it), copies.get(it, 0))
        for it in numbers
        if it in found
    )


def numbered(connection: Connection, wanted: Sequence[Report]) -> list[int]:
    """The numbers of reports, in their order."""
    ids = [id_ for it in wanted if (id_ := report_id_bytes(it.id)) is not None]
    rows = connection.execute(select(reports.c.id, reports.c.number).where(reports.c.id.in_(ids)))
    number_of = {bytes(row.id): int(row.number) for row in rows}
    return [number_of[id_] for id_ in ids if id_ in number_of]


def _marked(after: str | None) -> tuple[str, bytes | None]:
    """The day and the id of the last report of the page before."""
    if after is None:
        return "", None
    found = _MARK.fullmatch(after)
    last = report_id_bytes(found["report"]) if found else None
    if found is None or last is None:
        raise SaysoError("This is no mark of a place in the list", "Begin at its top")
    return found["day"], last


def conditions(connection: Connection, wanted: Wanted, asked: Sequence[Term]) -> list[Condition]:
    """The conditions on a report for what is wanted; `asked` are the terms of its words."""
    asks = wanted.where
    found = [*where.of_report(asks), *where.published(asks), *where.naming(asks)]
    if asked:
        held = fulltext.matching(connection, asked)
        held = held.with_only_columns(held.selected_columns["id"])
        many = connection.execute(select(func.count()).select_from(held.limit(_MANY + 1).subquery())).scalar_one()
        number: ColumnElement[int] = literal_column("+reports.number") if many > _MANY else reports.c.number
        found.append(number.in_(held))
    if wanted.unnamed:
        found.append(_has_unnamed())
    if wanted.novelty is not None:
        copied = _is_copy()
        found.append(copied if wanted.novelty is Novelty.COPY else ~copied)
    return found


def _has_unnamed() -> Condition:
    """That the current reading of a report has a statement whose speaker nobody names."""
    query: Query = select(readings.c.number).join(statements, statements.c.reading == readings.c.number)
    unknown = statements.c.kind == SpeakerKind.UNKNOWN.value
    return exists(query.where(readings.c.report == reports.c.number, where.current(), unknown))


def _is_copy() -> Condition:
    """That a report is one text with another that states an earlier day."""
    earlier = reports.alias()
    sides = ((copy_links.c.report, copy_links.c.other), (copy_links.c.other, copy_links.c.report))
    return or_(
        *(
            exists(
                select(earlier.c.number)
                .join(copy_links, other == earlier.c.number)
                .where(one == reports.c.number, copy_links.c.kinship == _WHOLE, earlier.c.day < reports.c.day)
            )
            for one, other in sides
        )
    )


def _said(connection: Connection, numbers: Collection[int]) -> dict[int, int]:
    """How many statements the current readings of reports have."""
    joined = readings.outerjoin(statements, statements.c.reading == readings.c.number)
    query = select(readings.c.report, func.count(statements.c.ordinal).label("said")).select_from(joined)
    query = query.where(and_(readings.c.report.in_(numbers), where.current())).group_by(readings.c.report)
    return {row.report: int(row.said) for row in connection.execute(query)}


def _copies(connection: Connection, numbers: Collection[int]) -> dict[int, int]:
    """How many others are one text with each of some reports."""
    found: dict[int, int] = {}
    for one in (copy_links.c.report, copy_links.c.other):
        query = select(one.label("one"), func.count().label("many")).where(
            one.in_(numbers), copy_links.c.kinship == _WHOLE
        )
        for row in connection.execute(query.group_by(one)):
            found[row.one] = found.get(row.one, 0) + int(row.many)
    return found
