"""Targets: words of an archived text by their position, in code points, and by their quotation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sayso.share.contract_spans import JsonObject
from sayso.share.exports.annotations.names import address, of_text
from sayso.vocabulary import Report, Span

_AROUND: Final = 32  # code points of prefix and suffix


@dataclass(frozen=True, slots=True)
class Ground:
    """A report that is annotated, and when it was first captured as far as that is known."""

    report: Report
    captured: str


def targets(ground: Ground, spans: Iterable[Span]) -> list[JsonObject]:
    """A target for each span of a report's text."""
    return [_target(ground, span) for span in spans]


def _target(ground: Ground, span: Span) -> JsonObject:
    text = ground.report.text
    found: JsonObject = {"type": "SpecificResource", "source": of_text(text)}
    if page := address(ground.report):
        found["scope"] = page
    if ground.captured:
        found["state"] = {"type": "TimeState", "sourceDate": ground.captured}
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    quotation = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - _AROUND) : span.start],
        "suffix": text[span.end : span.end + _AROUND],
    }
    return found | {"selector": [position, quotation]}
