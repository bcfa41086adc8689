"""Everything of one kind as a stream of lines: JSON Lines, CSV, and GeoJSON for maps.

A stream ends whole or is seen to be broken: JSON Lines end with a line that says how many came before it, a
FeatureCollection with its closing bracket, and over HTTP/1.1 and later no broken stream gets its last chunk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final, TypeVar

from sqlalchemy import Connection, exists, select

from sayso.ledger import Ledger, Where
from sayso.ledger.derived.claims import claim_reports
from sayso.ledger.identity import report_name
from sayso.ledger.kept import a_few
from sayso.ledger.schema import reports
from sayso.record.findings import FIELDS
from sayso.record.store import all_findings
from sayso.share.answer_json import answer_to_json
from sayso.share.answer_rows import EVENTS, FORECASTS, event_rows, forecast_rows
from sayso.share.contract_spans import JsonObject
from sayso.share.exports import acled, companions, geojson
from sayso.share.exports.cells import record, text_cell
from sayso.share.exports.identity import identities
from sayso.share.json_text import json_text
from sayso.trace.answers.sayings import chain_names, speaker_name
from sayso.trace.claims import asking
from sayso.trace.claims.joining import claim_id
from sayso.trace.claims.order import tag
from sayso.trace.events.asking import Wanted as WantedEvents
from sayso.trace.forecasts.asking import Wanted as WantedForecasts
from sayso.vocabulary import Claim, Reading, Report, Span
from sayso.web.api.lists import Some, events_from, forecasts_from
from sayso.web.api.objects import answer_object, finding_object, item_lines, reading_object, report_object
from sayso.web.api.paging import INCIDENT, STATEMENT, TALLY, Item, Kind, items
from sayso.web.api.units import Offsets, answer_in_utf16, utf16

END: Final = "sayso/end/1"
REPORTS: Final = ("id", "published", "outlet", "title", "url", "language")
STATEMENTS: Final = (
    "id", "report", "outlet", "url", "published", "statement", "speaker", "speaker_kind", "stance", "form", "certainty",
    "chain", "words", "spans",
)  # fmt: skip
CLAIMS: Final = ("claim", "wording", "report", "statement", "polarity", "words")
FINDINGS: Final = ("id", "kind", *FIELDS)
_AT_ONCE: Final = 50  # events or forecasts looked up together
_Item = TypeVar("_Item")
Row = tuple[str, ...]


class ExportKind(StrEnum):
    """What is exported."""

    REPORTS = "reports"
    READINGS = "readings"
    STATEMENTS = "statements"
    INCIDENTS = "incidents"
    INCIDENT_REPORTS = "incident-reports"
    TALLIES = "tallies"
    CLAIMS = "claims"
    EVENTS = "events"
    FORECASTS = "forecasts"
    FINDINGS = "findings"


class Format(StrEnum):
    """How an export is written."""

    JSON_LINES = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a ledger is exported, and how its offsets count."""

    ledger: Ledger
    connection: Connection
    where: Where
    words: str
    events: WantedEvents
    forecasts: WantedForecasts
    as_of: date
    offsets: Offsets

    def text(self, report: str) -> str:
        """The text of a report."""
        return self.ledger.report(report).text


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of export: by which parameters it is narrowed, and how it is written in each format it has."""

    narrowed: frozenset[str]
    formats: Mapping[Format, Callable[[Wish], Iterator[str]]]


def _json_lines(objects: Callable[[Wish], Iterable[JsonObject]]) -> Callable[[Wish], Iterator[str]]:
    def written(wish: Wish) -> Iterator[str]:
        number = 0
        for found in objects(wish):
            number += 1
            yield f"{json_text(found)}\n"
        yield f"{json_text({'schema': END, 'records': number})}\n"

    return written


def _csv(columns: Row, rows: Callable[[Wish], Iterable[Row]]) -> Callable[[Wish], Iterator[str]]:
    def written(wish: Wish) -> Iterator[str]:
        yield record(columns)
        yield from map(record, rows(wish))

    return written


def _reports(wish: Wish) -> Iterator[JsonObject]:
    return (report_object(it) | {"text": it.text} for it in wish.ledger.reports(wish.where))


def _report_rows(wish: Wish) -> Iterator[Row]:
    return (tuple(map(text_cell, _report_cells(it))) for it in wish.ledger.reports(wish.where))


def _report_cells(it: Report) -> Row:
    return (it.id, _when(it), it.outlet or "", it.title or "", it.url or "", it.language or "")


def _readings(wish: Wish) -> Iterator[JsonObject]:
    return (reading_object(it, wish.offsets) for it in wish.ledger.current_readings(wish.where))


def _lines(kind: Kind) -> Callable[[Wish], Iterator[JsonObject]]:
    return lambda wish: item_lines(_items(wish, kind), kind, wish.offsets)


def _items(wish: Wish, kind: Kind) -> Iterator[Item]:
    return items(wish.connection, kind, wish.where, wish.words)


def _together(wish: Wish, kind: Kind) -> Iterator[tuple[Reading, Sequence[int]]]:
    """Each reading with those of its items that fit, by their places."""
    for _, group in groupby(_items(wish, kind), key=lambda it: it.place.report):
        found = list(group)
        yield found[0].reading, [it.place.ordinal for it in found]


def _statement_rows(wish: Wish) -> Iterator[Row]:
    for item in _items(wish, STATEMENT):
        reading, report = item.reading, item.reading.report
        it = reading.statements[item.place.ordinal]
        move = utf16(report.text) if wish.offsets is Offsets.UTF_16 else _same
        yield tuple(map(text_cell, (
            f"{report.id}:{it.id}", report.id, report.outlet or "", report.url or "", _when(report), it.id,
            speaker_name(reading, it), it.speaker.kind, it.stance, it.form, it.certainty.value,
            " ← ".join(chain_names(reading, it)), it.content.text,
            " ".join(f"{start}-{end}" for start, end in map(move, it.content.spans)),
        )))  # fmt: skip


def _incident_rows(rows: Callable[[Reading], Iterable[Row]]) -> Callable[[Wish], Iterator[Row]]:
    def found(wish: Wish) -> Iterator[Row]:
        for reading, places in _together(wish, INCIDENT):
            names = identities(reading).incidents
            wanted = {names[it] for it in places}
            yield from (row for row in rows(reading) if row[0] in wanted)

    return found


def _fields(wish: Wish) -> Iterator[Row]:
    """The companion of the ACLED rows: every field by source, with offsets as they were asked for."""
    for reading, places in _together(wish, INCIDENT):
        names = identities(reading).incidents
        wanted = {names[it] for it in places}
        rows = (row for row in companions.incident_reports(reading) if row[0] in wanted)
        yield from _counted(rows, companions.REPORTS, reading, wish.offsets)


def _tally_rows(wish: Wish) -> Iterator[Row]:
    for reading, places in _together(wish, TALLY):
        names = identities(reading).tallies
        wanted = {names[it] for it in places}
        rows = (row for row in companions.tallies(reading) if row[0] in wanted)
        yield from _counted(rows, companions.TALLIES, reading, wish.offsets)


def _counted(rows: Iterable[Row], columns: Row, reading: Reading, offsets: Offsets) -> Iterator[Row]:
    """Rows with the columns start and end, in the offsets that were asked for."""
    move = utf16(reading.report.text) if offsets is Offsets.UTF_16 else _same
    at = columns.index("start")
    for row in rows:
        if not row[at]:
            yield row
            continue
        start, end = move(Span(int(row[at]), int(row[at + 1])))
        yield (*row[:at], str(start), str(end), *row[at + 2 :])


def _map(wish: Wish) -> Iterator[str]:
    before = '{"type":"FeatureCollection","features":[\n'
    for reading, places in _together(wish, INCIDENT):
        names = identities(reading).incidents
        wanted = {names[it] for it in places}
        for feature in geojson.features(reading):
            if feature["id"] in wanted:
                yield before + json_text(feature)
                before = ",\n"
    yield f"{before}\n]}}\n" if before != ",\n" else "\n]}\n"


def _claims(wish: Wish) -> Iterator[Claim]:
    """All claims, each where the report of its anchor stands among the reports, latest first."""
    told = exists(select(claim_reports.c.report).where(claim_reports.c.report == reports.c.number))
    query = select(reports.c.id).where(told).order_by(reports.c.day.desc().nulls_last(), reports.c.id)
    for row in a_few(wish.connection, query):
        report = report_name(bytes(row.id))
        for id_, _ in asking.stated_in(wish.connection, report):
            if not id_.startswith(f"c-{tag(report):08x}"):
                continue
            claim = asking.claim(wish.connection, id_)
            if claim is not None and any(claim_id(it.report, it.statement) == id_ for it in claim.members):
                yield claim


def _claim_objects(wish: Wish) -> Iterator[JsonObject]:
    for claim in _claims(wish):
        yield answer_to_json(claim)


def _claim_rows(wish: Wish) -> Iterator[Row]:
    for claim in _claims(wish):
        for it in claim.members:
            cells = (claim.id, claim.text, it.report, it.statement, it.polarity, it.text)
            yield tuple(map(text_cell, cells))


def _all_of(page: Callable[[str | None], Some[_Item]]) -> Iterator[_Item]:
    after: str | None = None
    while True:
        found = page(after)
        yield from found.items
        after = found.next
        if after is None:
            return


def _events(wish: Wish) -> Iterator[JsonObject]:
    found = _all_of(lambda after: events_from(wish.connection, wish.events, _AT_ONCE, after))
    return (answer_object(it, wish.offsets, wish.text) for it in found)


def _event_rows(wish: Wish) -> Iterator[Row]:
    for it in _all_of(lambda after: events_from(wish.connection, wish.events, _AT_ONCE, after)):
        yield from event_rows((_moved(it, wish),))


def _forecasts(wish: Wish) -> Iterator[JsonObject]:
    found = _all_of(lambda after: forecasts_from(wish.connection, wish.forecasts, wish.as_of, _AT_ONCE, after))
    return (answer_object(it, wish.offsets, wish.text) for it in found)


def _forecast_rows(wish: Wish) -> Iterator[Row]:
    for it in _all_of(lambda after: forecasts_from(wish.connection, wish.forecasts, wish.as_of, _AT_ONCE, after)):
        yield from forecast_rows((_moved(it, wish),))


def _findings(wish: Wish) -> Iterator[JsonObject]:
    return map(finding_object, all_findings(wish.connection))


def _finding_rows(wish: Wish) -> Iterator[Row]:
    for it in all_findings(wish.connection):
        yield tuple(text_cell(str(getattr(it, name) or "")) for name in FINDINGS)


def _moved(answer: _Item, wish: Wish) -> _Item:
    return answer_in_utf16(answer, wish.text) if wish.offsets is Offsets.UTF_16 else answer


def _same(span: Span) -> Span:
    return span


def _when(report: Report) -> str:
    return report.published.value if report.published else ""


_REPORT: Final = frozenset("outlet since until language place actor stance certainty".split())
_TALLY: Final = frozenset("outlet since until language place actor type".split())
_FORECAST: Final = frozenset("since until place actor type state as_of".split())

EXPORTS: Final[Mapping[ExportKind, Export]] = {
    ExportKind.REPORTS: Export(
        _REPORT,
        {Format.JSON_LINES: _json_lines(_reports), Format.CSV: _csv(REPORTS, _report_rows)},
    ),
    ExportKind.READINGS: Export(_REPORT, {Format.JSON_LINES: _json_lines(_readings)}),
    ExportKind.STATEMENTS: Export(
        _REPORT | {"words"},
        {Format.JSON_LINES: _json_lines(_lines(STATEMENT)), Format.CSV: _csv(STATEMENTS, _statement_rows)},
    ),
    ExportKind.INCIDENTS: Export(
        _TALLY | {"status"},
        {
            Format.JSON_LINES: _json_lines(_lines(INCIDENT)),
            Format.CSV: _csv(acled.COLUMNS, _incident_rows(acled.rows)),
            Format.GEOJSON: _map,
        },
    ),
    ExportKind.INCIDENT_REPORTS: Export(_TALLY | {"status"}, {Format.CSV: _csv(companions.REPORTS, _fields)}),
    ExportKind.TALLIES: Export(
        _TALLY, {Format.JSON_LINES: _json_lines(_lines(TALLY)), Format.CSV: _csv(companions.TALLIES, _tally_rows)}
    ),
    ExportKind.CLAIMS: Export(
        frozenset(), {Format.JSON_LINES: _json_lines(_claim_objects), Format.CSV: _csv(CLAIMS, _claim_rows)}
    ),
    ExportKind.EVENTS: Export(
        _TALLY - {"outlet", "language"},
        {Format.JSON_LINES: _json_lines(_events), Format.CSV: _csv(EVENTS, _event_rows)},
    ),
    ExportKind.FORECASTS: Export(
        _FORECAST, {Format.JSON_LINES: _json_lines(_forecasts), Format.CSV: _csv(FORECASTS, _forecast_rows)}
    ),
    ExportKind.FINDINGS: Export(
        frozenset(), {Format.JSON_LINES: _json_lines(_findings), Format.CSV: _csv(FINDINGS, _finding_rows)}
    ),
}
"""The kinds of export by their names."""
