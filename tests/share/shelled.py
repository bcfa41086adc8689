"""A reading made by hand of a report that tells of one thing that happened, at a town that the gazetteer knows."""

from __future__ import annotations

from sayso.vocabulary import (
    Count,
    Entry,
    Harm,
    Incident,
    IncidentId,
    IncidentType,
    Place,
    PlaceId,
    PlaceLevel,
    PlacePrecision,
    Published,
    Reading,
    Report,
    ReportId,
    Span,
    Status,
)
from tests.share.examples import READER, span


def shelled(number: int, day: str = "2031-05-04", dead: int = 3) -> Reading:
    """One of any number of reports, by as many outlets, that Ostrel was shelled on 3 May."""
    text = f"Shells fell on Ostrel on 3 May and killed {dead} people, it was learnt by desk {number}."
    report = Report(
        ReportId(f"dale{number}"), text, f"Ostrel {number}", f"Dale Courier {number}", language="en",
        published=Published(day, "given"),
    )  # fmt: skip
    entry = Entry("Ostrel", 47.2, 14.31, PlaceLevel.SETTLEMENT, 4711, "TV", ("Upper Dale", "Tovia"))
    ostrel = Place(
        PlaceId("p1"), span(text, "Ostrel"), "Ostrel", level=PlaceLevel.SETTLEMENT, precision=PlacePrecision.EXACT,
        entry=entry,
    )  # fmt: skip
    killed = Count(span(text, str(dead)), str(dead), dead, dead, Harm.KILLED)
    incident = Incident(
        IncidentId("i1"), IncidentType.SHELLING, Status.HAPPENED, (span(text, "Shells"),), start="2031-05-03",
        end="2031-05-03", places=(PlaceId("p1"),), counts=(killed,),
    )  # fmt: skip
    return Reading(report, READER, sentences=(Span(0, len(text)),), places=(ostrel,), incidents=(incident,))
