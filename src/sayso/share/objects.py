"""What answers are made of: the objects of the contracts, and the few that only the API and its lists have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from itertools import groupby
from typing import Final

from sayso.ledger import Captured, Hit
from sayso.share.answer_json import answer_to_json
from sayso.share.contract import reading_to_json
from sayso.share.contract_spans import JsonObject, span_to_json, spans_to_json
from sayso.share.exports import json_lines
from sayso.share.paging import Item, Kind
from sayso.share.units import Offsets, answer_in_utf16, line_in_utf16, reading_in_utf16, utf16
from sayso.vocabulary import Finding, ReaderVersion, Reading, Report, Span, Statement

_NOBODY: Final = ReaderVersion("", "", "")


def report_object(report: Report) -> JsonObject:
    """A report as the contract of readings has it, without its text."""
    found: JsonObject = reading_to_json(Reading(report, _NOBODY))["report"]
    return {name: value for name, value in found.items() if name != "text"}


def reading_object(reading: Reading, offsets: Offsets) -> JsonObject:
    """A reading by its contract."""
    return reading_to_json(reading_in_utf16(reading) if offsets is Offsets.UTF_16 else reading)


def reader_object(reader: ReaderVersion) -> JsonObject:
    """What made a reading."""
    return asdict(reader)


def capture_object(found: Captured) -> JsonObject:
    """A capture of a report."""
    return asdict(found) | {"headers": [list(it) for it in found.headers]}


def finding_object(finding: Finding) -> JsonObject:
    """A finding as answers tell it."""
    answer = answer_to_json(finding)
    return {name: value for name, value in answer.items() if name not in ("schema", "answer")}


def hit_object(hit: Hit, offsets: Offsets) -> JsonObject:
    """A report that was found, with its snippet."""
    move = utf16(hit.report.text) if offsets is Offsets.UTF_16 else _same
    snippet = {
        "text": hit.snippet.text,
        "span": span_to_json(move(hit.snippet.span)),
        "marked": spans_to_json(map(move, hit.snippet.marked)),
    }
    return report_object(hit.report) | {"score": round(hit.score, 4), "snippet": snippet}


def item_lines(items: Iterable[Item], kind: Kind, offsets: Offsets) -> Iterator[JsonObject]:
    """A line for each statement, incident or tally, as the JSON Lines export has it."""
    for _, group in groupby(items, key=lambda it: it.place.report):
        together = list(group)
        reading = together[0].reading
        lines = [it for it in json_lines.lines(reading) if it["kind"] == kind.name] if kind.owner else []
        for item in together:
            statement = reading.statements[item.place.ordinal] if not kind.owner else None
            line = statement_line(reading, statement) if statement else lines[item.place.ordinal]
            yield line_in_utf16(line, reading.report.text) if offsets is Offsets.UTF_16 else line


def statement_line(reading: Reading, statement: Statement) -> JsonObject:
    """A statement as the JSON Lines export has incidents: the reading narrowed to it and to whom it names."""
    speaker = statement.speaker
    wanted = {speaker.actor, *speaker.candidates, *(link.actor for link in statement.chain)}
    narrowed = Reading(
        replace(reading.report, text=""), reading.reader, statements=(statement,),
        actors=tuple(replace(it, roles=(), mentions=(), labels=()) for it in reading.actors if it.id in wanted),
    )  # fmt: skip
    spans = {
        *statement.source.spans, *statement.cue.spans, *statement.content.spans, *statement.certainty.spans,
        *(link.span for link in statement.chain if link.span is not None),
    }  # fmt: skip
    head = {"id": f"{reading.report.id}:{statement.id}", "kind": "statement"}
    words = [[*span, span.of(reading.report.text)] for span in sorted(spans)]
    return head | reading_to_json(narrowed) | {"report": report_object(reading.report), "words": words}


def answer_object(answer: object, offsets: Offsets, text_of: Callable[[str], str]) -> JsonObject:
    """An answer across reports by its contract."""
    return answer_to_json(answer_in_utf16(answer, text_of) if offsets is Offsets.UTF_16 else answer)


def _same(span: Span) -> Span:
    return span
