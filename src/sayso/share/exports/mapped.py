"""A selection of incidents as one GeoJSON FeatureCollection for maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sayso.share.contract_spans import JsonObject, spans_to_json
from sayso.share.exports import geojson
from sayso.share.exports.forms import encoded
from sayso.share.exports.found import together
from sayso.share.exports.identity import identities
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.selection import Selection
from sayso.share.json_text import json_text
from sayso.share.paging import INCIDENT
from sayso.share.units import Offsets, utf16
from sayso.vocabulary import Reading, Span

DROPS: Final[Mapping[ExportKind, tuple[str, ...]]] = {
    ExportKind.INCIDENTS: ("what is threatened or planned", "spans of single fields", "what else a place may be"),
}
"""What of each kind has no room in it."""


def written(selection: Selection) -> Iterator[bytes]:
    """The features of a selection's incidents."""
    return encoded(_collected(selection))


def _collected(selection: Selection) -> Iterator[str]:
    before = '{"type":"FeatureCollection","features":[\n'
    for reading, places in together(selection, INCIDENT):
        names = identities(reading).incidents
        wanted = {names[it] for it in places}
        for feature in geojson.features(reading):
            if feature["id"] in wanted:
                yield before + json_text(_counted(feature, reading, selection.offsets))
                before = ",\n"
    yield f"{before}\n]}}\n" if before != ",\n" else "\n]}\n"


def _counted(feature: JsonObject, reading: Reading, offsets: Offsets) -> JsonObject:
    """A feature whose spans count as they were asked for."""
    if offsets is Offsets.CODE_POINTS:
        return feature
    move = utf16(reading.report.text)
    spans = spans_to_json(move(Span(start, end)) for start, end in feature["properties"]["spans"])
    return feature | {"properties": feature["properties"] | {"spans": spans}}
