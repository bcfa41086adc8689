"""A selection as record batches of Arrow, a few rows held at a time, and what each kind's columns are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import pyarrow as pa

from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.tables.things import THINGS, Thing

VERSION: Final = "sayso/table/1"
_ROWS: Final = 2_000  # in a batch
_LETTERS: Final = 4_000_000  # of texts in a batch

_WORDS, _NUMBER, _SHARE, _TRUTH, _DAY = pa.string(), pa.int32(), pa.float64(), pa.bool_(), pa.date32()
_MOMENT: Final = pa.timestamp("us", tz="UTC")
_MANY_WORDS: Final = pa.list_(_WORDS)


def _row(**columns: pa.DataType) -> pa.DataType:
    return pa.struct(list(columns.items()))


def _rows(**columns: pa.DataType) -> pa.DataType:
    return pa.list_(_row(**columns))


_SPAN: Final = _row(report=_WORDS, start=_NUMBER, end=_NUMBER)
_SPANS: Final = pa.list_(_SPAN)
_REPORT: Final = {
    "report": _WORDS, "outlet": _WORDS, "title": _WORDS, "url": _WORDS, "published": _MOMENT,
    "published_text": _WORDS,
}  # fmt: skip
_TELLING: Final = {"report": _WORDS, "incident": _WORDS, "outlet": _WORDS}
_VERSIONS: Final = _rows(value=_WORDS, tellings=_rows(**_TELLING))
_PARTS: Final = _rows(
    role=_WORDS, name=_WORDS, actor=_WORDS, standing=_WORDS, harm=_WORDS, people=_WORDS, by=_MANY_WORDS, span=_SPAN
)
_QUOTES: Final = _rows(report=_WORDS, outlet=_WORDS, words=_WORDS, spans=_SPANS)
_ITEMS: Final = _rows(report=_WORDS, item=_WORDS, kind=_WORDS, words=_MANY_WORDS, spans=_SPANS)

_COLUMNS: Final[Mapping[ExportKind, Mapping[str, pa.DataType]]] = {
    ExportKind.REPORTS: _REPORT | {
        "author": _WORDS, "language": _WORDS, "published_basis": _WORDS, "published_zone": _WORDS,
        "captured": _MOMENT, "captured_text": _WORDS, "origin": _WORDS, "flags": _MANY_WORDS, "text": _WORDS,
    },
    ExportKind.STATEMENTS: _REPORT | {
        "id": _WORDS, "statement": _WORDS, "parent": _WORDS, "speaker": _WORDS, "speaker_kind": _WORDS,
        "actor": _WORDS, "stance": _WORDS, "form": _WORDS, "certainty": _WORDS, "about_future": _TRUTH,
        "chain": _MANY_WORDS, "links": _rows(text=_WORDS, actor=_WORDS, by=_WORDS, span=_SPAN), "words": _WORDS,
        "content": _SPANS, "source_words": _WORDS, "source": _SPANS, "cue_words": _WORDS, "cue": _SPANS,
        "certainty_spans": _SPANS, "score": _SHARE, "reader": _WORDS, "reader_version": _WORDS,
    },
    ExportKind.INCIDENTS: _REPORT | {
        "id": _WORDS, "incident": _WORDS, "type": _WORDS, "mode": _WORDS, "status": _WORDS, "certainty": _WORDS,
        "certainty_spans": _SPANS, "background": _TRUTH, "start": _DAY, "end": _DAY,
        "places": _rows(
            name=_WORDS, text=_WORDS, where=_WORDS, level=_WORDS, precision=_WORDS, country=_WORDS, lat=_SHARE,
            lon=_SHARE, radius=_SHARE, geonames=pa.int64(), span=_SPAN,
        ),
        "parts": _PARTS,
        "counts": _rows(
            harm=_WORDS, who=_WORDS, low=_NUMBER, high=_NUMBER, words=_WORDS, source=_WORDS, voucher=_WORDS, span=_SPAN
        ),
        "weapons": _SPANS, "damage": _SPANS, "mentions": _SPANS, "words": _MANY_WORDS, "sources": _MANY_WORDS,
        "vouchers": _MANY_WORDS, "score": _SHARE, "reader": _WORDS, "reader_version": _WORDS,
    },
    ExportKind.TALLIES: _REPORT | {
        "id": _WORDS, "tally": _WORDS, "type": _WORDS, "low": _NUMBER, "high": _NUMBER, "words": _WORDS, "span": _SPAN,
        "of_which": _rows(low=_NUMBER, high=_NUMBER, words=_WORDS, zone=_MANY_WORDS, span=_SPAN),
        "parts_add_up": _TRUTH, "period": _WORDS, "start": _DAY, "end": _DAY, "zone": _MANY_WORDS, "by": _PARTS,
        "sources": _MANY_WORDS, "vouchers": _MANY_WORDS,
    },
    ExportKind.CLAIMS: {
        "claim": _WORDS, "wording": _WORDS, "report": _WORDS, "statement": _WORDS, "polarity": _WORDS, "words": _WORDS,
        "why": _MANY_WORDS, "tier": _WORDS, "score": _SHARE, "opposite": _TRUTH, "reasons": _MANY_WORDS,
    },
    ExportKind.COPIES: _REPORT | {
        "captured": _MOMENT, "captured_text": _WORDS, "kind": _WORDS, "words": _WORDS, "span": _SPAN, "source": _WORDS,
        "source_outlet": _WORDS, "source_title": _WORDS, "source_url": _WORDS, "source_published": _MOMENT,
        "source_published_text": _WORDS, "source_span": _SPAN, "older_by": _WORDS,
        "edits": _rows(kind=_WORDS, before=_WORDS, after=_WORDS, span=_SPAN, source_span=_SPAN),
    },
    ExportKind.VOICES: {
        "claim": _WORDS, "wording": _WORDS, "polarity": _WORDS, "voice": _WORDS, "kind": _WORDS, "name": _WORDS,
        "actor": _WORDS, "through": _WORDS, "reports": _NUMBER,
        "carriers": _rows(report=_WORDS, outlet=_WORDS, statement=_WORDS, why=_MANY_WORDS),
    },
    ExportKind.EVENTS: {
        "event": _WORDS, "title": _WORDS, "start": _DAY, "end": _DAY, "background": _TRUTH, "types": _VERSIONS,
        "statuses": _VERSIONS, "days": _VERSIONS, "places": _VERSIONS,
        "tolls": _rows(
            harm=_WORDS, who=_WORDS, low=_NUMBER, high=_NUMBER,
            versions=_rows(low=_NUMBER, high=_NUMBER, words=_WORDS, voucher=_WORDS, voice=_WORDS, **_TELLING),
        ),
        "blames": _rows(
            role=_WORDS, name=_WORDS, standing=_WORDS, actor=_WORDS, voice=_WORDS, by=_MANY_WORDS, **_TELLING
        ),
        "tellings": _rows(**_TELLING), "grade": _WORDS, "rule": _WORDS, "reasons": _MANY_WORDS, "summary": _WORDS,
        "joined": _MANY_WORDS, "quotes": _QUOTES,
    },
    ExportKind.FORECASTS: {
        "voice": _WORDS, "by": _WORDS, "type": _WORDS, "made": _DAY, "start": _DAY, "end": _DAY,
        "places": _MANY_WORDS, "state": _WORDS, "reasons": _MANY_WORDS,
        "followed": _rows(event=_WORDS, days=_NUMBER, reasons=_MANY_WORDS),
        "carriers": _rows(report=_WORDS, forecast=_WORDS, outlet=_WORDS), "before": _WORDS, "quotes": _QUOTES,
    },
    ExportKind.FINDINGS: {
        "id": _WORDS, "kind": _WORDS, "claim": _WORDS, "verdict": _WORDS, "grade": _WORDS, "status": _WORDS,
        "rating": _row(value=_WORDS, best=_WORDS, worst=_WORDS), "published": _MOMENT, "published_text": _WORDS,
        "publisher": _WORDS, "url": _WORDS, "title": _WORDS, "document": _WORDS, "passage": _WORDS, "claimant": _WORDS,
        "claimed": _MOMENT, "claimed_text": _WORDS, "appearances": _MANY_WORDS, "language": _WORDS, "origin": _WORDS,
    },
    ExportKind.DECISIONS: {
        "decision": _WORDS, "when": _MOMENT, "when_text": _WORDS, "who": _WORDS, "verdict": _WORDS, "kind": _WORDS,
        "why": _WORDS, "items": _ITEMS, "results": _ITEMS, "before": _WORDS, "after": _WORDS, "reader": _WORDS,
        "reader_version": _WORDS, "finding": _WORDS, "bulk": _WORDS, "undoes": _WORDS, "settles": _MANY_WORDS,
    },
}  # fmt: skip


def schema_of(kind: ExportKind, asked: Mapping[str, str]) -> pa.Schema:
    """The columns of a kind; in its metadata the version of these, the kind, and what it was narrowed by."""
    query = json.dumps(dict(sorted(asked.items())), ensure_ascii=False)
    told = {"sayso.schema": VERSION, "sayso.kind": str(kind), "sayso.query": query}
    return pa.schema(list(_COLUMNS[kind].items()), metadata=told)


def batches_of(selection: Selection) -> Iterator[pa.RecordBatch]:
    """The rows of a selection, as many at a time as may be held."""
    schema = schema_of(selection.kind, selection.asked)
    things: Callable[[Selection], Iterable[Thing]] = THINGS[selection.kind]
    waiting: list[Thing] = []
    letters = 0
    for thing in things(selection):
        waiting.append(thing)
        letters += len(thing.get("text") or "")
        if len(waiting) >= _ROWS or letters >= _LETTERS:
            yield pa.RecordBatch.from_pylist(waiting, schema=schema)
            waiting, letters = [], 0
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, schema=schema)
