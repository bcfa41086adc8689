"""A selection as JSON Lines: one object a line, nothing lost, and a last line that says how many there were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sayso.review.plain import decision_row
from sayso.share.answer_json import answer_to_json
from sayso.share.contract_spans import JsonObject
from sayso.share.exports.forms import encoded
from sayso.share.exports.found import (
    Copied,
    Sided,
    claims_of,
    copies_of,
    decisions_of,
    events_of,
    findings_of,
    forecasts_of,
    items_of,
    readings_of,
    reports_of,
    voices_of,
)
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.json_text import json_text
from sayso.share.objects import answer_object, finding_object, item_lines, reading_object, report_object
from sayso.share.paging import INCIDENT, STATEMENT, TALLY, Kind

END: Final = "sayso/end/1"


def written(selection: Selection) -> Iterator[bytes]:
    """The lines of a selection."""
    return encoded(_ended(OBJECTS[selection.kind](selection)))


def _ended(objects: Iterator[JsonObject]) -> Iterator[str]:
    number = 0
    for found in objects:
        number += 1
        yield f"{json_text(found)}\n"
    yield f"{json_text({'schema': END, 'records': number})}\n"


def _reports(selection: Selection) -> Iterator[JsonObject]:
    return (report_object(it.report) | {"text": it.report.text} for it in reports_of(selection))


def _readings(selection: Selection) -> Iterator[JsonObject]:
    return (reading_object(it, selection.offsets) for it in readings_of(selection))


def _items(kind: Kind) -> Callable[[Selection], Iterator[JsonObject]]:
    return lambda selection: item_lines(items_of(selection, kind), kind, selection.offsets)


def _claims(selection: Selection) -> Iterator[JsonObject]:
    return map(answer_to_json, claims_of(selection))


def _copies(selection: Selection) -> Iterator[JsonObject]:
    return (_copy(it, selection) for it in copies_of(selection))


def _copy(found: Copied, selection: Selection) -> JsonObject:
    told = answer_object(found, selection.offsets, selection.text)
    passage: JsonObject = told["passage"]
    return {"schema": told["schema"], "report": told["report"]} | passage


def _voices(selection: Selection) -> Iterator[JsonObject]:
    return map(_side, voices_of(selection))


def _side(found: Sided) -> JsonObject:
    told = answer_to_json(found.voices)
    head = {"schema": told["schema"], "claim": found.claim.id, "wording": found.claim.text}
    return (
        head | {"polarity": found.polarity.value} | {n: it for n, it in told.items() if n not in ("schema", "answer")}
    )


def _events(selection: Selection) -> Iterator[JsonObject]:
    return (answer_object(it, selection.offsets, selection.text) for it in events_of(selection))


def _forecasts(selection: Selection) -> Iterator[JsonObject]:
    return (answer_object(it, selection.offsets, selection.text) for it in forecasts_of(selection))


def _findings(selection: Selection) -> Iterator[JsonObject]:
    return map(finding_object, findings_of(selection))


def _decisions(selection: Selection) -> Iterator[JsonObject]:
    return map(decision_row, decisions_of(selection))


OBJECTS: Final[Mapping[ExportKind, Callable[[Selection], Iterator[JsonObject]]]] = {
    ExportKind.REPORTS: _reports,
    ExportKind.READINGS: _readings,
    ExportKind.STATEMENTS: _items(STATEMENT),
    ExportKind.INCIDENTS: _items(INCIDENT),
    ExportKind.TALLIES: _items(TALLY),
    ExportKind.CLAIMS: _claims,
    ExportKind.COPIES: _copies,
    ExportKind.VOICES: _voices,
    ExportKind.EVENTS: _events,
    ExportKind.FORECASTS: _forecasts,
    ExportKind.FINDINGS: _findings,
    ExportKind.DECISIONS: _decisions,
}
"""The objects of a selection by its kind."""
DROPS: Final[Mapping[ExportKind, tuple[str, ...]]] = dict.fromkeys(OBJECTS, ())
"""Nothing is lost, of any kind."""
