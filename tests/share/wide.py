"""A reading made by hand of a text with letters beyond the basic plane, right-to-left words and combined signs."""

from __future__ import annotations

from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Form,
    Link,
    Published,
    Reading,
    Report,
    ReportId,
    Span,
    Statement,
    StatementId,
)
from tests.share.examples import READER, at, said_by, span

WIDE = "📉📉 Ida Holm of محمد said: “no café is shut — 👩🏽‍🚀 none”, she said. The end 🏁 of it."


def wide() -> Reading:
    """One statement with everything before, in and after it that offsets may be counted wrong by."""
    report = Report(
        ReportId("wide"), WIDE, "Wide <b>news</b>", "Ulmen & Sons", url="javascript:alert(1)", language="en",
        published=Published("2023-06-09T10:00:00+02:00", "given"),
    )  # fmt: skip
    holm = Actor(ActorId("a1"), "Ida Holm", ActorKind.PERSON, ("Ida Holm",), mentions=(span(WIDE, "Ida Holm"),))
    statement = Statement(
        StatementId("s1"), said_by("a1", "Ida Holm"), at(WIDE, "no café is shut — 👩🏽‍🚀 none"),
        source=at(WIDE, "Ida Holm"), cue=at(WIDE, "said"), form=Form.DIRECT,
        chain=(Link("Ida Holm", ActorId("a1"), span(WIDE, "Ida Holm")),), score=0.9,
    )  # fmt: skip
    return Reading(report, READER, (holm,), (statement,), (Span(0, len(WIDE)),))
