"""Names for incidents, tallies and forecasts that are the same whenever the same report is exported."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sayso.vocabulary import Reading, Report, Span, text_digest

_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Identities:
    """The names of a reading's incidents, tallies and forecasts, each in the reading's order."""

    incidents: tuple[str, ...]
    tallies: tuple[str, ...]
    forecasts: tuple[str, ...]


def report_identity(report: Report) -> str:
    """A digest of a report's id, address and text."""
    return text_digest("\n".join((report.id, report.url or "", text_digest(report.text))))


def identities(reading: Reading) -> Identities:
    """Names made from the report, the type and the words' places: not from what else was found, or when."""
    seed = report_identity(reading.report)
    return Identities(
        _names(f"{seed} incident {item.type} {_spans(item.mentions)}" for item in reading.incidents),
        _names(f"{seed} tally {item.type} {_spans((item.span,))}" for item in reading.tallies),
        _names(f"{seed} forecast {item.stance} {_spans(item.content.spans)}" for item in reading.forecasts),
    )


def _names(keys: Iterable[str]) -> tuple[str, ...]:
    """A name for each key; the same key for the second time gets another one."""
    met: Counter[str] = Counter()
    names = []
    for key in keys:
        met[key] += 1
        digest = hashlib.sha256(f"{key} {met[key]}".encode()).hexdigest()
        names.append(f"sayso:{digest[:_DIGITS]}")
    return tuple(names)


def _spans(spans: tuple[Span, ...]) -> str:
    return ",".join(f"{span.start}-{span.end}" for span in spans)
