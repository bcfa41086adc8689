"""What a report's tracing begins with, as the ledger keeps it, and what comes of it before the ledger is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, func, select

from sayso.errors import SaysoError
from sayso.ledger.derived.following import untraced
from sayso.ledger.kept import kept_reading, kept_report, reading_query, report_query
from sayso.ledger.schema import readings, reports
from sayso.trace.copies import stored as copies
from sayso.trace.following.parts import parts
from sayso.vocabulary import ReportId

FAILURES: Final = (SaysoError, ArithmeticError, LookupError, MemoryError, RecursionError, TypeError, ValueError)


class State(NamedTuple):
    """What a report was when it was looked at; what is derived of it holds as long as this does."""

    id: bytes
    first: int  # its earliest capture
    reading: int | None  # the current one, by its number …
    digest: bytes | None  # … and content


@dataclass(frozen=True, slots=True)
class Material:
    """A report, by its number, with its current reading, both still packed."""

    number: int
    state: State
    report: Row[Any]
    reading: Row[Any] | None


@dataclass(frozen=True, slots=True)
class Untraced:
    """A part of what should have been derived of a report, and why it could not be."""

    report: ReportId
    part: str
    problem: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was derived of a report, by the names of the parts; those that failed are not among them."""

    number: int
    state: State
    report: ReportId
    derived: dict[str, Any]
    problems: tuple[Untraced, ...] = ()


def next_numbers(connection: Connection, after: int, most: int) -> list[int]:
    """The numbers of the next reports that are to be traced."""
    query = select(untraced.c.report).where(untraced.c.report > after).order_by(untraced.c.report).limit(most)
    return [*connection.execute(query).scalars()]


def states(connection: Connection, numbers: Iterable[int]) -> dict[int, State]:
    """What each of these reports is now; those that are not there are left out."""
    latest = (
        select(readings.c.report, func.max(readings.c.reader).label("reader"))
        .where(readings.c.report.in_([*numbers])).group_by(readings.c.report).subquery()
    )  # fmt: skip
    current = select(readings).join(
        latest, (latest.c.report == readings.c.report) & (latest.c.reader == readings.c.reader)
    ).subquery()  # fmt: skip
    query = select(reports.c.number, reports.c.id, reports.c.first, current.c.number.label("reading"), current.c.digest)
    query = query.outerjoin(current, current.c.report == reports.c.number).where(reports.c.number.in_([*numbers]))
    return {
        row.number: State(bytes(row.id), row.first, row.reading, None if row.digest is None else bytes(row.digest))
        for row in connection.execute(query)
    }


def materials(connection: Connection, numbers: Iterable[int]) -> list[Material]:
    """What these reports' tracing begins with, in the order of the numbers."""
    now = states(connection, numbers)
    about = {row.number: row for row in connection.execute(report_query().where(reports.c.number.in_(now)))}
    wanted = [state.reading for state in now.values() if state.reading is not None]
    read = {row.report: row for row in connection.execute(reading_query().where(readings.c.number.in_(wanted)))}
    return [Material(number, now[number], about[number], read.get(number)) for number in sorted(now)]


def derive(material: Material) -> Outcome:
    """What a report gives by itself. A part that fails costs no other."""
    id_ = ReportId("r-" + material.state.id.hex())
    try:
        report = kept_report(material.report).report
        reading = None if material.reading is None else kept_reading(material.reading, report)
    except SaysoError as error:
        return Outcome(material.number, material.state, id_, {}, (Untraced(id_, "reading", str(error)),))
    derived: dict[str, Any] = {"copies": copies.derive(report)}
    problems = []
    for name, part in parts() if reading is not None else ():
        assert reading is not None
        try:
            derived[name] = part.derive(reading)
        except FAILURES as error:
            problems.append(Untraced(id_, name, f"{type(error).__name__}: {error}"))
    return Outcome(material.number, material.state, id_, derived, tuple(problems))
