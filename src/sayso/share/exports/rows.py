"""A selection as CSV: a head and a row for each thing, cells that no spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from sayso.record.findings import FIELDS
from sayso.review.decisions import Decision
from sayso.share.answer_rows import EVENTS, FORECASTS, event_rows, forecast_rows
from sayso.share.answer_words import edit_words
from sayso.share.exports import acled, companions
from sayso.share.exports.cells import record, text_cell
from sayso.share.exports.forms import encoded
from sayso.share.exports.found import (
    claims_of,
    copies_of,
    decisions_of,
    events_of,
    findings_of,
    forecasts_of,
    items_of,
    reports_of,
    together,
    voices_of,
)
from sayso.share.exports.identity import identities
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.json_text import json_text
from sayso.share.paging import INCIDENT, STATEMENT, TALLY
from sayso.share.units import Offsets, answer_in_utf16, utf16
from sayso.trace.answers.sayings import chain_names, speaker_name
from sayso.vocabulary import Reading, Report, Span

REPORTS: Final = ("id", "published", "outlet", "title", "url", "language")
STATEMENTS: Final = (
    "id", "report", "outlet", "url", "published", "statement", "speaker", "speaker_kind", "stance", "form", "certainty",
    "chain", "words", "spans",
)  # fmt: skip
CLAIMS: Final = ("claim", "wording", "report", "statement", "polarity", "words")
COPIES: Final = (
    "report", "outlet", "published", "kind", "words", "spans", "source", "source_outlet", "source_published",
    "source_spans", "older_by", "edits",
)  # fmt: skip
VOICES: Final = ("claim", "wording", "polarity", "voice", "kind", "name", "actor", "through", "reports", "why")
FINDINGS: Final = ("id", "kind", *FIELDS)
DECISIONS: Final = (
    "decision", "when", "who", "verdict", "kind", "reports", "words", "spans", "before", "after", "why", "undoes",
    "bulk",
)  # fmt: skip
Row = tuple[str, ...]
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a kind, and its rows: cells as they stand in the file."""

    columns: Row
    rows: Callable[[Selection], Iterable[Row]]


def written(selection: Selection) -> Iterator[bytes]:
    """The rows of a selection, with their head."""
    return encoded(_records(SHEETS[selection.kind], selection))


def _records(sheet: Sheet, selection: Selection) -> Iterator[str]:
    yield record(sheet.columns)
    yield from map(record, sheet.rows(selection))


def _reports(selection: Selection) -> Iterator[Row]:
    return (_cells(*_report_cells(it.report)) for it in reports_of(selection))


def _report_cells(it: Report) -> Row:
    return (it.id, _when(it), it.outlet or "", it.title or "", it.url or "", it.language or "")


def _statements(selection: Selection) -> Iterator[Row]:
    for item in items_of(selection, STATEMENT):
        reading, report = item.reading, item.reading.report
        it, move = reading.statements[item.place.ordinal], _move(selection, report)
        yield _cells(
            f"{report.id}:{it.id}", report.id, report.outlet or "", report.url or "", _when(report), it.id,
            speaker_name(reading, it), it.speaker.kind, it.stance, it.form, it.certainty.value,
            " ← ".join(chain_names(reading, it)), it.content.text, _spans(map(move, it.content.spans)),
        )  # fmt: skip


def _incidents(selection: Selection) -> Iterator[Row]:
    for reading, places in together(selection, INCIDENT):
        names = identities(reading).incidents
        yield from _of({names[it] for it in places}, acled.rows(reading))


def _fields(selection: Selection) -> Iterator[Row]:
    """The companion of the ACLED rows: every field by source, with offsets as they were asked for."""
    for reading, places in together(selection, INCIDENT):
        names = identities(reading).incidents
        rows = _of({names[it] for it in places}, companions.incident_reports(reading))
        yield from _counted(rows, companions.REPORTS, reading, selection.offsets)


def _tallies(selection: Selection) -> Iterator[Row]:
    for reading, places in together(selection, TALLY):
        names = identities(reading).tallies
        rows = _of({names[it] for it in places}, companions.tallies(reading))
        yield from _counted(rows, companions.TALLIES, reading, selection.offsets)


def _of(wanted: set[str], rows: Iterable[Row]) -> Iterator[Row]:
    """Those rows that begin with one of the wanted names."""
    return (row for row in rows if row[0] in wanted)


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


def _claims(selection: Selection) -> Iterator[Row]:
    for claim in claims_of(selection):
        yield from (_cells(claim.id, claim.text, it.report, it.statement, it.polarity, it.text) for it in claim.members)


def _copies(selection: Selection) -> Iterator[Row]:
    for found in map(_moved(selection), copies_of(selection)):
        it, own, source = found.passage, found.report, found.passage.source
        yield _cells(
            own.report, own.outlet or "", own.published or "", it.kind, it.text, _spans((it.span,)), source.report,
            source.outlet or "", source.published or "", _spans((it.source_span,)), it.precedence,
            " | ".join(map(edit_words, it.edits)),
        )  # fmt: skip


def _voices(selection: Selection) -> Iterator[Row]:
    for side in voices_of(selection):
        for it in side.voices.voices:
            why = dict.fromkeys(reason for carrier in it.carriers for reason in carrier.why)
            reports = dict.fromkeys(carrier.report for carrier in it.carriers)
            yield _cells(
                side.claim.id, side.claim.text, side.polarity, it.id, it.kind, it.name, it.actor or "",
                it.through or "", " ".join(reports), "; ".join(why),
            )  # fmt: skip


def _events(selection: Selection) -> Iterator[Row]:
    return (row for it in map(_moved(selection), events_of(selection)) for row in event_rows((it,)))


def _forecasts(selection: Selection) -> Iterator[Row]:
    return (row for it in map(_moved(selection), forecasts_of(selection)) for row in forecast_rows((it,)))


def _findings(selection: Selection) -> Iterator[Row]:
    return (_cells(*(str(getattr(it, name) or "") for name in FINDINGS)) for it in findings_of(selection))


def _decisions(selection: Selection) -> Iterator[Row]:
    return (_decision(it, selection) for it in decisions_of(selection))


def _decision(made: Decision, selection: Selection) -> Row:
    report = made.reports[0]
    move = utf16(selection.text(report)) if selection.offsets is Offsets.UTF_16 else _same
    first = made.items[0]
    return _cells(
        made.id, made.when, made.who, made.verdict, made.kind, " ".join(made.reports),
        " | ".join(" / ".join(filter(None, it.words)) for it in made.items),
        _spans(move(span) for spans in first.passages for span in spans), json_text(dict(made.before)),
        json_text(dict(made.after)), made.why, made.undoes, made.bulk,
    )  # fmt: skip


def _moved(selection: Selection) -> Callable[[_Answer], _Answer]:
    if selection.offsets is Offsets.CODE_POINTS:
        return lambda answer: answer
    return lambda answer: answer_in_utf16(answer, selection.text)


def _move(selection: Selection, report: Report) -> Callable[[Span], Span]:
    return utf16(report.text) if selection.offsets is Offsets.UTF_16 else _same


def _same(span: Span) -> Span:
    return span


def _spans(spans: Iterable[Span]) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)


def _cells(*words: str) -> Row:
    return tuple(map(text_cell, words))


def _when(report: Report) -> str:
    return report.published.value if report.published else ""


SHEETS: Final[Mapping[ExportKind, Sheet]] = {
    ExportKind.REPORTS: Sheet(REPORTS, _reports),
    ExportKind.STATEMENTS: Sheet(STATEMENTS, _statements),
    ExportKind.INCIDENTS: Sheet(acled.COLUMNS, _incidents),
    ExportKind.INCIDENT_REPORTS: Sheet(companions.REPORTS, _fields),
    ExportKind.TALLIES: Sheet(companions.TALLIES, _tallies),
    ExportKind.CLAIMS: Sheet(CLAIMS, _claims),
    ExportKind.COPIES: Sheet(COPIES, _copies),
    ExportKind.VOICES: Sheet(VOICES, _voices),
    ExportKind.EVENTS: Sheet(EVENTS, _events),
    ExportKind.FORECASTS: Sheet(FORECASTS, _forecasts),
    ExportKind.FINDINGS: Sheet(FINDINGS, _findings),
    ExportKind.DECISIONS: Sheet(DECISIONS, _decisions),
}
"""The columns and rows of each kind that has them."""
_NO_EVENTS: Final = "what is threatened, planned, denied or of no ACLED type"
DROPS: Final[Mapping[ExportKind, tuple[str, ...]]] = {
    ExportKind.REPORTS: ("texts", "authors", "warnings"),
    ExportKind.STATEMENTS: ("spans of source, cue and certainty", "who an unknown speaker may be", "scores"),
    ExportKind.INCIDENTS: (_NO_EVENTS, "ranges and their sources (see incident-reports)", "spans"),
    ExportKind.INCIDENT_REPORTS: (_NO_EVENTS,),
    ExportKind.TALLIES: ("spans of who did it",),
    ExportKind.CLAIMS: ("how surely each is of the claim", "why each affirms or denies it"),
    ExportKind.COPIES: ("spans of edits", "titles and addresses"),
    ExportKind.VOICES: ("statements by which a voice is carried", "carriers whose voice is not known"),
    ExportKind.EVENTS: ("who is said to have done it", "which source gives which version"),
    ExportKind.FORECASTS: ("earlier forecasts of the voice", "events that followed, but for their ids"),
    ExportKind.FINDINGS: ("ratings in numbers", "appearances"),
    ExportKind.DECISIONS: ("what items become", "spans of further items"),
}
"""What of each kind has no room in it."""
