"""Trails as they are kept beside their report: without what that says itself, and with names in the place of actors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sayso.trace.voices.trails import Step, Trail, same_step
from sayso.vocabulary import KnownActorId, ReportId


def bare(trail: Trail) -> Trail:
    """A trail without what is said of its report beside it."""
    return replace(trail, report=ReportId(""), outlet=None, day="")


def restored(
    trail: Trail,
    report: ReportId,
    outlet: str | None,
    day: str,
    known: Callable[[KnownActorId | None], KnownActorId | None],
) -> Trail:
    """A trail that was kept, with who its steps are by now; two steps in a row that are one by now are one step."""
    steps: list[Step] = []
    for kept in trail.steps:
        step = kept if kept.known is None else replace(kept, known=known(kept.known))
        if not steps or not same_step(step, steps[-1]):
            steps.append(step)
    return Trail(report, outlet, day, trail.statement, tuple(steps), trail.spans)
