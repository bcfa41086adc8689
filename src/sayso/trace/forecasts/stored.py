"""Forecasts in the ledger: what `derive` makes of a reading is kept with its report, and `StoredForecasts` answers.

What became of a forecast is worked out when it is asked for, from the accounts there are by then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from sayso.ledger import numbers
from sayso.ledger.derived import forecasts as schema
from sayso.ledger.derived.columns import columns_of_reports
from sayso.trace.beside import pack, unpacked
from sayso.trace.forecasts.facets import facets
from sayso.trace.forecasts.foretold import Foretold, foretold
from sayso.trace.forecasts.outcomes import CARRIED, STRETCH, block_of, is_unbroken
from sayso.trace.hashing import hashed
from sayso.trace.people.called import called, keys_in, tokens
from sayso.trace.people.stored import StoredNames
from sayso.trace.voices.restoring import bare, restored
from sayso.vocabulary import ForecastRef, KnownActorId, Reading, ReportId

_NO_REPORT: Final = ReportId("")
_decoder: Final = msgspec.msgpack.Decoder(tuple[str | None, str, tuple[Foretold, ...]])


@dataclass(frozen=True, slots=True)
class Derived:
    """The rows that a reading gives, without the number of its report; `data` is None where it gives none."""

    data: bytes | None
    blocks: tuple[tuple[int, int, int], ...]
    facets: tuple[tuple[int, int, int], ...]


def derive(reading: Reading) -> Derived:
    """What a report foretells, as rows."""
    found = tuple(foretold(reading, tokens(reading)))
    report = reading.report
    blocks, listed = [], set()
    for place, it in enumerate(found):
        day = it.made.toordinal() if it.made is not None else 0
        blocks.append((hashed(block_of(it)), day, place))
        listed |= {(hashed(facet), day, place) for facet in facets(it)}
    data = pack((report.outlet, found[0].trail.day, [_bare(it) for it in found]), report.text) if found else None
    return Derived(data, tuple(blocks), tuple(sorted(listed)))


def take_all(connection: Connection, taken: Sequence[tuple[int, ReportId, Derived]]) -> None:
    """Keep what was derived of reports."""
    telling = [(number, derived) for number, _, derived in taken if derived.data is not None]
    if not telling:
        return
    connection.execute(schema.foretold.insert(), [{"report": number, "data": it.data} for number, it in telling])
    blocks = [
        {"block": block, "day": day, "report": number, "forecast": place}
        for number, it in telling for block, day, place in it.blocks
    ]  # fmt: skip
    listed = [
        {"facet": facet, "day": day, "report": number, "forecast": place}
        for number, it in telling for facet, day, place in it.facets
    ]  # fmt: skip
    for table, rows in ((schema.forecast_blocks, blocks), (schema.forecast_facets, listed)):
        if rows:
            connection.execute(table.insert(), rows)


def drop(connection: Connection, number: int) -> None:
    """Take out what there is of a report; what hangs on it is worked out anew when it is asked for."""
    for table in schema.TABLES:
        for column in columns_of_reports(table):
            connection.execute(table.delete().where(column == number))


def _bare(it: Foretold) -> Foretold:
    """A forecast without what is said of its report beside it."""
    return replace(it, ref=replace(it.ref, report=_NO_REPORT, outlet=None), trail=bare(it.trail))


class _Place(NamedTuple):
    """Where a forecast stands in a block: its day, its report by its number, and its place among the report's."""

    day: int
    report: int
    forecast: int


class _Unnamed(NamedTuple):
    """What a report foretells, without who the voices are across reports."""

    report: ReportId
    outlet: str | None
    day: str
    found: tuple[Foretold, ...]


@dataclass(slots=True)
class StoredForecasts:
    """The forecasts of a ledger as one transaction sees them, remembered as long as this lives."""

    connection: Connection
    names: StoredNames
    _reports: dict[int, tuple[Foretold, ...]] = field(default_factory=dict)
    _unnamed: dict[int, _Unnamed] = field(default_factory=dict)
    _numbers: dict[ReportId, int] = field(default_factory=dict)
    _places: dict[ForecastRef, tuple[int, int]] = field(default_factory=dict)
    _stretches: dict[tuple[int, int], tuple[_Place, ...]] = field(default_factory=dict)

    def blocks(self) -> Iterator[str]:
        """The keys of all blocks."""
        self.load(self.connection.execute(select(schema.foretold.c.report)).scalars().all())
        yield from {block_of(it): None for found in self._reports.values() for it in found}

    def block(self, key: str) -> Collection[Foretold]:
        """The forecasts of a block."""
        table = schema.forecast_blocks.c
        query = select(table.day, table.report, table.forecast).where(table.block == hashed(key))
        return self._taken_out([_Place(*row) for row in self.connection.execute(query)])

    def around(self, it: Foretold) -> Collection[Foretold]:
        """Those of its block since the last days in a row without any, or since a stretch of the calendar without such,
        and up to the last it may be carried on. It is not told who their voices are.
        """
        rows = self._near(it)
        self._decode({row.report for row in rows})
        return [self._unnamed[row.report].found[row.forecast] for row in rows]

    def look_around(self, wanted: Iterable[Foretold]) -> None:
        """Look up at once what `around` will tell of some forecasts one by one."""
        self._decode({row.report for it in wanted for row in self._near(it)})

    def these(self, wanted: Iterable[ForecastRef]) -> list[Foretold]:
        """Some forecasts, of those there are."""
        refs = list(wanted)
        found = {it.ref: it for it in self.of_reports(ref.report for ref in refs)}
        return [found[ref] for ref in refs if ref in found]

    def forecast(self, ref: ForecastRef) -> Foretold | None:
        """A forecast of a report."""
        return next((it for it in self.of_reports([ref.report]) if it.ref.forecast == ref.forecast), None)

    def of_reports(self, reports: Iterable[ReportId]) -> list[Foretold]:
        """The forecasts of some reports."""
        wanted = list(dict.fromkeys(reports))
        fresh = [report for report in wanted if report not in self._numbers]
        self._numbers |= numbers.numbers(self.connection, fresh) if fresh else {}
        known = [self._numbers[report] for report in wanted if report in self._numbers]
        self.load(known)
        return [it for number in known for it in self._reports[number]]

    def place_of(self, ref: ForecastRef) -> tuple[int, int]:
        """The place in the tables of a forecast that was taken out."""
        return self._places[ref]

    def at(self, number: int, place: int) -> Foretold:
        """A forecast by its place in the tables."""
        self.load([number])
        return self._reports[number][place]

    def of_number(self, number: int) -> Sequence[Foretold]:
        """The forecasts of a report by its number."""
        self.load([number])
        return self._reports[number]

    def load(self, wanted: Iterable[int]) -> None:
        """Take out the forecasts of reports, by their numbers, with who their voices are."""
        missing = [number for number in wanted if number not in self._reports]
        if not missing:
            return
        self._decode(missing)
        self._reports |= dict.fromkeys(missing, ())
        decoded = {number: self._unnamed[number] for number in missing if number in self._unnamed}
        steps = [step.known for kept in decoded.values() for it in kept.found for step in it.trail.steps]
        self.names.meet_names(keys_in(filter(None, steps)))
        for number, kept in decoded.items():
            self._reports[number] = tuple(self._restored(it, kept.report, kept.outlet, kept.day) for it in kept.found)
            self._places |= {it.ref: (number, place) for place, it in enumerate(self._reports[number])}

    def _decode(self, wanted: Iterable[int]) -> None:
        """Take out the forecasts of reports, by their numbers, without a look at who their voices are."""
        for number, beside in unpacked(self.connection, schema.foretold, set(wanted) - self._unnamed.keys()).items():
            outlet, day, kept = _decoder.decode(beside.data)
            refs = [ForecastRef(beside.report, it.ref.forecast, outlet) for it in kept]
            found = tuple(replace(it, ref=ref) for it, ref in zip(kept, refs, strict=True))
            self._unnamed[number] = _Unnamed(beside.report, outlet, day, found)
            self._numbers[beside.report] = number

    def _near(self, it: Foretold) -> list[_Place]:
        key, made = hashed(block_of(it)), it.made.toordinal() if it.made is not None else 0
        return self._between(key, self._first(key, made), made + CARRIED)

    def _first(self, key: int, made: int) -> int:
        """The first day of the unbroken run that a day is in: none before it is near enough to matter."""
        first = made
        for stretch in range(made // STRETCH, -1, -1):
            for row in reversed(self._listed(key, stretch)):
                if first - row.day > CARRIED:
                    return first
                first = min(first, row.day)
            begin = stretch * STRETCH
            if first - begin > CARRIED:
                return first
            if is_unbroken([row.day for row in self._listed(key, stretch - 1)], stretch - 1):
                return begin
        return first

    def _between(self, key: int, first: int, last: int) -> list[_Place]:
        stretches = range(first // STRETCH, last // STRETCH + 1)
        return [row for stretch in stretches for row in self._listed(key, stretch) if first <= row.day <= last]

    def _listed(self, key: int, stretch: int) -> Sequence[_Place]:
        """What a block has on the days of a stretch, in their order."""
        if (key, stretch) not in self._stretches:
            table, first = schema.forecast_blocks.c, stretch * STRETCH
            days = table.day.between(first, first + STRETCH - 1)
            query = select(table.day, table.report, table.forecast).where(table.block == key, days)
            self._stretches[key, stretch] = tuple(
                _Place(*row) for row in self.connection.execute(query.order_by(*query.selected_columns))
            )
        return self._stretches[key, stretch]

    def _taken_out(self, rows: Sequence[_Place]) -> list[Foretold]:
        self.load({row.report for row in rows})
        return [self._reports[row.report][row.forecast] for row in rows]

    def _restored(self, it: Foretold, report: ReportId, outlet: str | None, day: str) -> Foretold:
        def known(token: KnownActorId | None) -> KnownActorId | None:
            found = None if token is None else called(token)
            return token if found is None else self.names.class_called(report, found)[0]

        return replace(it, trail=restored(it.trail, report, outlet, day, known))
