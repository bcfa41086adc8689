"""The file: one graph, report by report, each with where it comes from and a page of the annotations on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sayso.share.contract_spans import JsonObject
from sayso.share.exports.annotations.decided import of_made, taken_back
from sayso.share.exports.annotations.names import CONTEXT, of_page
from sayso.share.exports.annotations.provenance import reading_node, report_nodes
from sayso.share.exports.annotations.targets import Ground
from sayso.share.exports.annotations.told import of_incident, of_statement
from sayso.share.exports.forms import encoded
from sayso.share.exports.found import captured, decisions_of, together
from sayso.share.exports.identity import identities
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.json_text import json_text
from sayso.share.paging import INCIDENT, STATEMENT
from sayso.share.telling import known
from sayso.vocabulary import Reading, Report, ReportId

DROPS: Final[Mapping[ExportKind, tuple[str, ...]]] = {
    ExportKind.STATEMENTS: ("who an unknown speaker may be", "roles and labels of actors"),
    ExportKind.INCIDENTS: ("what else a place may be", "what is in no words, such as the day alone"),
    ExportKind.DECISIONS: ("what items become", "decisions made in bulk as one"),
}
"""What of each kind has no room in it."""


def written(selection: Selection) -> Iterator[bytes]:
    """The bytes of the graph."""
    return encoded(_lines(selection))


def _lines(selection: Selection) -> Iterator[str]:
    yield f'{{"@context":{json_text(CONTEXT)},"@graph":['
    before = "\n"
    for node in _NODES[selection.kind](selection):
        yield before + json_text(node)
        before = ",\n"
    yield "\n]}\n"


def _statements(selection: Selection) -> Iterator[JsonObject]:
    for reading, places in together(selection, STATEMENT):
        ground = Ground(reading.report, captured(selection, reading.report.id))
        found = (it for place in places for it in of_statement(ground, reading, reading.statements[place]))
        yield from _read(ground, reading, found)


def _incidents(selection: Selection) -> Iterator[JsonObject]:
    for reading, places in together(selection, INCIDENT):
        ground = Ground(reading.report, captured(selection, reading.report.id))
        index, names = known(reading), identities(reading).incidents
        found = (it for place in places for it in of_incident(ground, index, names[place], reading.incidents[place]))
        yield from _read(ground, reading, found)


def _read(ground: Ground, reading: Reading, found: Iterable[JsonObject]) -> Iterator[JsonObject]:
    yield from report_nodes(ground)
    yield reading_node(reading)
    yield {"id": of_page(reading.report.id), "type": "AnnotationPage", "items": [*found]}


def _decisions(selection: Selection) -> Iterator[JsonObject]:
    told: set[ReportId] = set()
    for made in decisions_of(selection):
        grounds = {it: Ground(_report(selection, it), captured(selection, it)) for it in made.reports}
        for report in grounds.keys() - told:
            yield from report_nodes(grounds[report])
        told |= grounds.keys()
        yield from of_made(made, grounds)
        yield from taken_back(made)


def _report(selection: Selection, report: ReportId) -> Report:
    return selection.ledger.report(report)


_NODES: Final = {
    ExportKind.STATEMENTS: _statements,
    ExportKind.INCIDENTS: _incidents,
    ExportKind.DECISIONS: _decisions,
}
