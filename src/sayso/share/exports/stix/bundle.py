"""A selection as one STIX bundle, written object by object; the case, a report of what it holds, comes last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from sayso.ledger.entries import canonical
from sayso.review.items import Item, Kind, passages_of
from sayso.share.exports.forms import encoded
from sayso.share.exports.found import captured, claims_of, readings_of
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.exports.stix.assigned import assignments
from sayso.share.exports.stix.claimed import claimed
from sayso.share.exports.stix.extensions import DEFINITIONS
from sayso.share.exports.stix.happened import happenings
from sayso.share.exports.stix.objects import (
    SAYSO,
    StixObject,
    kept,
    made,
    named,
    references,
    time_of,
)
from sayso.share.exports.stix.said import Told, note, told
from sayso.share.json_text import json_text
from sayso.share.visible import one_line
from sayso.vocabulary import Reading, text_digest

DROPS: Final[Mapping[ExportKind, tuple[str, ...]]] = {
    ExportKind.READINGS: (
        "the reports' text beyond quoted words",
        "tallies and forecasts",
        "incidents that were only threatened or planned",
        "places without an entry in the gazetteer (named in words)",
        "decisions but for techniques",
    ),
    ExportKind.CLAIMS: (
        "the reports' text beyond quoted words",
        "edits of copies",
        "voices and findings",
        "decisions but for techniques",
    ),
}
_CASE_TITLE: Final = 120  # code points of the title of a report without one
_SHARED: Final = frozenset({"identity", "location", "attack-pattern", "relationship", "observed-data", "url", "file"})


def written(selection: Selection) -> Iterator[bytes]:
    """The readings or claims of a selection as a bundle: the same bytes for the same ledger and selection."""
    return encoded(_pieces(selection))


def _pieces(selection: Selection) -> Iterator[str]:
    said = canonical({"kind": selection.kind.value, "asked": dict(selection.asked)})
    yield f'{{"type":"bundle","id":"{named("bundle", said)}","objects":[\n{json_text(SAYSO)}'
    for found in _once(_objects(selection)):
        yield f",\n{json_text(found)}"
    yield "\n]}\n"


def _once(objects: Iterator[StixObject]) -> Iterator[StixObject]:
    """The objects without those that were there before; only of what can come again are the ids remembered."""
    met: set[UUID] = set()
    for found in objects:
        type_, _, id_ = found["id"].partition("--")
        if type_ in _SHARED:
            key = UUID(id_)
            if key in met:
                continue
            met.add(key)
        yield found


def _objects(selection: Selection) -> Iterator[StixObject]:
    yield from DEFINITIONS
    top: list[str] = []
    last = ""
    for each in _each(selection):
        for found in each:
            yield found
            if found["type"] in ("report", "grouping"):
                top.append(found["id"])
                last = max(last, found["modified"])
    if top:
        yield _case(selection, top, last)


def _each(selection: Selection) -> Iterator[Iterator[StixObject]]:
    """The objects of each claim or each reading."""
    if selection.kind is ExportKind.CLAIMS:
        return (claimed(selection, it) for it in claims_of(selection))
    return (_read(selection, it) for it in readings_of(selection))


def _read(selection: Selection, reading: Reading) -> Iterator[StixObject]:
    """A report with all that is in it."""
    of = told(reading, time_of(reading.report, captured(selection, reading.report.id)))
    refs: list[StixObject] = [of.copy, *filter(None, (of.outlet,)), *of.people.values()]
    yield from refs
    notes: dict[object, str] = {}
    for it in reading.statements:
        found = note(of, it)
        notes[passages_of(it, reading.report.text)] = found["id"]
        refs.append(found)
        yield found
    for found in happenings(of):
        refs.append(found)
        yield found
    report = _report(of, references(refs))
    yield report

    def target(item: Item) -> str | None:
        return report["id"] if item.kind is Kind.TECHNIQUE else notes.get(item.passages)

    yield from assignments(selection.connection, reading.report.id, target)


def _report(of: Told, refs: list[str]) -> StixObject:
    """A news report. It is known by its id in the ledger, which follows from its content."""
    it = of.reading.report
    address = {"url": of.copy["value"]} if of.copy["type"] == "url" else {}
    said: dict[str, Any] = {
        "name": one_line(it.title or it.text[:_CASE_TITLE]) or it.id,
        "published": of.time,
        "object_refs": refs,
        "external_references": [
            {
                "source_name": one_line(it.outlet or "") or "Sayso",
                "external_id": it.id,
                "description": f"SHA-256 of the archived text: {text_digest(it.text)}",
                **address,
            }
        ],
    }
    if it.language:
        said["lang"] = it.language
    return kept(named("report", f"{it.id} {of.reading.reader}"), of.time, said)


def _case(selection: Selection, refs: list[str], last: str) -> StixObject:
    asked = ", ".join(f"{name} {one_line(value)}" for name, value in selection.asked.items())
    said = {
        "name": f"Sayso: {selection.kind}{f' ({asked})' if asked else ''}",
        "description": f"{len(refs)} {selection.kind} of a ledger of who says what, and on whose word. Sayso never "
        "says what is true.",
        "published": last,
        "object_refs": refs,
    }
    return made("report", last, said)
