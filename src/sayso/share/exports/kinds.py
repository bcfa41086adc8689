"""What can be exported of a ledger, and by which conditions each kind is narrowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final


class ExportKind(StrEnum):
    """What is exported."""

    REPORTS = "reports"
    READINGS = "readings"
    STATEMENTS = "statements"
    INCIDENTS = "incidents"
    INCIDENT_REPORTS = "incident-reports"
    TALLIES = "tallies"
    CLAIMS = "claims"
    COPIES = "copies"
    VOICES = "voices"
    EVENTS = "events"
    FORECASTS = "forecasts"
    FINDINGS = "findings"
    DECISIONS = "decisions"


CONDITIONS: Final[Mapping[str, str]] = {
    "outlet": "published by it, as the reports write it",
    "since": "on this day or later (2022-08-19, 2022-08 or 2022)",
    "until": "on this day or before",
    "language": "in it (en, de, …)",
    "place": "a place by name, or one that lies in it",
    "actor": "who speaks, has a part in it, foretold it, or is named",
    "stance": "what a speaker does with the content (says, claims, denies, warns, …)",
    "certainty": "stated, hedged or negated",
    "type": "the sub-event type of ACLED, or a part of its name",
    "status": "how far an incident got: happened, attempted, threatened, planned or alleged",
    "state": "what became of a forecast: open, followed, lapsed or unclear",
    "as_of": "the day for which it is told what became of forecasts (default: today)",
    "words": 'all of these words; "side by side"; -without; begin*',
    "report": "of this report alone, by its id (r-…)",
    "claim": "of this claim alone, by its id (c-…)",
}
"""What an export may be narrowed by, with what each condition means."""

_NAMED: Final = frozenset("outlet since until language".split())
_REPORTS: Final = _NAMED | frozenset("place actor stance certainty words report".split())
_TALLIES: Final = _NAMED | frozenset("place actor type report".split())
_EVENTS: Final = frozenset("since until place actor type".split())
NARROWED: Final[Mapping[ExportKind, frozenset[str]]] = {
    ExportKind.REPORTS: _REPORTS,
    ExportKind.READINGS: _REPORTS,
    ExportKind.STATEMENTS: _REPORTS,
    ExportKind.INCIDENTS: _TALLIES | {"status"},
    ExportKind.INCIDENT_REPORTS: _TALLIES | {"status"},
    ExportKind.TALLIES: _TALLIES,
    ExportKind.CLAIMS: frozenset({"claim"}),
    ExportKind.COPIES: _NAMED | {"words", "report"},
    ExportKind.VOICES: frozenset({"claim"}),
    ExportKind.EVENTS: _EVENTS,
    ExportKind.FORECASTS: _EVENTS | {"state", "as_of"},
    ExportKind.FINDINGS: frozenset(),
    ExportKind.DECISIONS: frozenset({"report"}),
}
"""The conditions that narrow each kind; it refuses the others, so that none is passed over in silence."""


def misfit(kind: ExportKind, asked: Collection[str]) -> tuple[str, str, str] | None:
    """The first condition that does not narrow this kind, what is wrong with it, and the cure; None where all do."""
    unfit = sorted(set(asked) - NARROWED[kind])
    if not unfit:
        return None
    known = ", ".join(sorted(NARROWED[kind])) or "nothing"
    return unfit[0], f"An export of {kind} is not narrowed by {', '.join(unfit)}", f"It is narrowed by: {known}"
