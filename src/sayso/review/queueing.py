"""What to review next: the most uncertain of what nobody settled, some reports at a time.

Reports come in the order of their ids, as good as drawn by lot and the same in every ledger. A page looks at so many of
them and says where the next one goes on, so that the work is bounded, and the same asked twice is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from sayso.errors import NotTaken
from sayso.ledger import Ledger, where
from sayso.ledger.identity import reader_data, report_id_bytes
from sayso.ledger.kept import kept_reading, kept_report, reading_query, report_query
from sayso.ledger.schema import Query, readers, readings, reports
from sayso.ledger.where import EVERYWHERE, Where
from sayso.review.decisions import decisions_on
from sayso.review.items import IN_READINGS, Item, Kind
from sayso.review.reviewed import ReviewedItem, reviewed
from sayso.review.standing import DECIDED, State
from sayso.review.uncertainty import uncertainty
from sayso.vocabulary import ReaderVersion, Reading, ReportId

AT_ONCE: Final = 100  # reports that a page looks at, unless another number is asked for
MOST_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to review: of these kinds, in reports that fit, read by this reader (else by the one met last).

    With `who` what they decided already is left out, whatever others did; else what anybody settled.
    """

    kinds: tuple[Kind, ...] = IN_READINGS
    where: Where = EVERYWHERE
    reader: ReaderVersion | None = None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """An item to review, how uncertain it is (0 to 1), and why."""

    report: ReportId
    reviewed: ReviewedItem
    uncertainty: float
    why: str

    @property
    def item(self) -> Item:
        """The item."""
        return self.reviewed.item


@dataclass(frozen=True, slots=True)
class Page:
    """The most uncertain items of some reports; how many reports were looked at and items wait in them.

    `after` is where the next page goes on; "" where there are no more reports.
    """

    items: tuple[Queued, ...]
    reports: int
    waiting: int
    after: str


EVERYTHING: Final = Wanted()


def next_items(
    ledger: Ledger, wanted: Wanted = EVERYTHING, *, limit: int = 20, at_once: int = AT_ONCE, after: str = ""
) -> Page:
    """The next to review. Contested items come first. Raises NotTaken on an `after` that no page gave, LedgerError."""
    start = cursor(ledger, after)
    with ledger.looking() as connection:
        found, onward = readings_after(connection, wanted, at_once, start)
        queued = [it for reading in found for it in _waiting(connection, reading, wanted)]
    queued.sort(key=lambda it: (it.reviewed.state is not State.CONTESTED, -it.uncertainty, it.report, it.item.id))
    return Page(tuple(queued[: max(0, limit)]), len(found), len(queued), onward)


def cursor(ledger: Ledger, after: str) -> bytes:
    """The id of the report that a page goes on after. Raises NotTaken."""
    id_ = report_id_bytes(after) if after else b""
    if id_ is None:
        raise NotTaken(ledger.name, f"{after[:100]!r} is no place to go on from", "Give what the page before said")
    return id_


def readings_after(connection: Connection, wanted: Wanted, at_once: int, start: bytes) -> tuple[list[Reading], str]:
    """The wanted readings of the next reports after an id, and where the page after goes on ("": nowhere)."""
    most = max(1, min(at_once, MOST_AT_ONCE))
    query = chosen(wanted).where(reports.c.id > start).order_by(reports.c.id).limit(most)
    found = [reading_at(connection, row.number) for row in connection.execute(query).all()]
    return found, found[-1].report.id if len(found) == most else ""


def chosen(wanted: Wanted) -> Query:
    """The numbers of the readings that are wanted, and the ids of their reports."""
    query = select(readings.c.number, reports.c.id).select_from(
        readings.join(reports, reports.c.number == readings.c.report)
    )
    if wanted.reader is None:
        query = query.where(where.current())
    else:
        of_reader = select(readers.c.number).where(readers.c.data == reader_data(wanted.reader))
        query = query.where(readings.c.reader == of_reader.scalar_subquery())
    return query.where(*where.of_report(wanted.where), *where.published(wanted.where), *where.naming(wanted.where))


def reading_at(connection: Connection, number: int) -> Reading:
    """The reading with this number. Raises LedgerDamaged."""
    row = connection.execute(reading_query().where(readings.c.number == number)).one()
    kept = connection.execute(report_query().where(reports.c.number == row.report)).one()
    return kept_reading(row, kept_report(kept).report)


def _waiting(connection: Connection, reading: Reading, wanted: Wanted) -> list[Queued]:
    report = reading.report.id
    shown = reviewed(reading, decisions_on(connection, report)).items
    return [
        Queued(report, it, *uncertainty(it.thing))
        for it in shown
        if it.item.kind in wanted.kinds and _is_open(it, wanted.who)
    ]


def _is_open(it: ReviewedItem, who: str | None) -> bool:
    if who is None:
        return it.state not in DECIDED
    return it.state is State.CONTESTED or not any(made.who == who for made in it.decisions)
