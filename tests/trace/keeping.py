"""Readings kept in a ledger one report at a time, and the same in memory all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from sayso.ledger import Ledger, numbers
from sayso.trace.copies import stored as copies
from sayso.trace.events import Happenings, accounts
from sayso.trace.events import stored as events
from sayso.trace.events.stored import StoredScenes
from sayso.trace.forecasts import Foretellings, foretold
from sayso.trace.forecasts import stored as forecasts
from sayso.trace.forecasts.stored import StoredForecasts
from sayso.trace.people import Register, appearances, known_as
from sayso.trace.people import stored as people
from sayso.trace.people.decisions import Decided
from sayso.trace.people.stored import StoredNames
from sayso.trace.voices.copied import Copied
from sayso.vocabulary import ActorRef, KnownActorId, Reading, ReportId

_NOTHING = Decided()


@dataclass(frozen=True)
class Stored:
    """What a ledger has, as one transaction sees it."""

    names: StoredNames
    scenes: StoredScenes
    forecasts: StoredForecasts
    copied: Copied


@dataclass(frozen=True)
class Held:
    """The same in memory, made of all readings at once."""

    names: Register
    scenes: Happenings
    forecasts: Foretellings


def kept(ledger: Ledger, readings: Iterable[Reading]) -> list[Reading]:
    """Add reports and keep what comes of their readings, one after another; the readings as the ledger has them."""
    given = list(readings)
    ledger.add_readings(Reading(it.report, it.reader) for it in given)
    by_outlet = {report.outlet: report for report in ledger.reports()}
    found = [replace(it, report=by_outlet[it.report.outlet]) for it in given]
    with ledger.writing() as connection:
        for reading in found:
            take(connection, reading)
    return found


def take(connection: Connection, reading: Reading) -> None:
    """Keep what comes of a reading."""
    report = reading.report
    (number,) = numbers.numbers(connection, [report.id]).values()
    copies.take_all(connection, [(number, report.id, copies.derive(report))])
    copies.link(connection, [report.id])
    people.take_all(connection, [(number, report.id, people.derive(reading))])
    events.take_all(connection, [(number, report.id, events.derive(reading))])
    forecasts.take_all(connection, [(number, report.id, forecasts.derive(reading))])


def drop(connection: Connection, report: ReportId) -> None:
    """Take out what was kept of a report."""
    (number,) = numbers.numbers(connection, [report]).values()
    for part in (forecasts, events, people, copies):
        part.drop(connection, number)


def stored(connection: Connection) -> Stored:
    """What a transaction sees."""
    names, copied = StoredNames(connection), Copied(connection, copies.StoredIndex(connection))
    return Stored(names, StoredScenes(connection, names, copied), StoredForecasts(connection, names), copied)


def held(readings: Sequence[Reading], copied: Copied, decided: Decided = _NOTHING) -> Held:
    """All readings in memory, with the sources of copies and the decisions that a ledger has."""
    register, happenings, foretellings = Register(), Happenings(), Foretellings()
    for reading in readings:
        register.add(appearances(reading))

    def known(ref: ActorRef) -> KnownActorId | None:
        actor = known_as(ref, register, decided.undone, decided.added)
        return actor.id if actor is not None else None

    for reading in readings:
        happenings.add(accounts(reading, known, copied.lineage(reading.report.id)[0]))
        foretellings.add(foretold(reading, known))
    return Held(register, happenings, foretellings)
