"""A report as an answer tells it: whose copy it is and who copied it, then its claims, events and forecasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.trace.answers.citing import Citation, citation, cite
from sayso.trace.answers.claiming import ClaimBrief, briefs, forecasts_in
from sayso.trace.answers.copying import ReportLineage, SharedPassage, lineage_of, passages, told_lineage
from sayso.trace.answers.foreseeing import ForecastAnswer, forecast_answers
from sayso.trace.answers.happenings import EventAnswer, event_answers
from sayso.trace.answers.holdings import Holdings
from sayso.trace.answers.sayings import speaker_name
from sayso.trace.claims import propositions
from sayso.trace.copies import Kept
from sayso.vocabulary import (
    CopyLink,
    Kinship,
    Outcome,
    Passage,
    Reading,
    ReportId,
    StatementId,
    Telling,
    Tier,
)

_MOST_SOUGHT: Final = 60  # statements of a report that is not kept, each of which is a search
_FEW: Final = 3  # claims that a statement of it may mean


@dataclass(frozen=True, slots=True)
class Beside:
    """Another report that shares words with one: what they are to each other, how much, and why.

    `share` is the share of this report's letters that the other has, `its_share` the other way round.
    """

    report: Citation
    kinship: Kinship
    share: float
    its_share: float
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of a report and the claim it puts, or may put."""

    statement: StatementId
    speaker: str
    content: Passage
    claim: ClaimBrief


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """All that is known of a report. One that is not kept was only held against the ledger: `is_kept` is false.

    `lineage` are the reports that are one text with it, `passages` what earlier ones have of it, `beside` all that
    share words with it. `stated` has a statement for each claim; `is_read` says whether there are readings to tell.
    """

    report: Citation
    is_kept: bool
    is_read: bool
    lineage: ReportLineage | None
    passages: tuple[SharedPassage, ...]
    beside: tuple[Beside, ...]
    stated: tuple[Stated, ...]
    events: tuple[EventAnswer, ...]
    forecasts: tuple[ForecastAnswer, ...]


def report_answer(kept: Kept, as_of: date, held: Holdings) -> ReportAnswer:
    """All that is known of a report of the ledger."""
    report = kept.report.id
    reading = held.reading(report)
    lineage = lineage_of(report, held)
    near = held.beside(report)
    held.meet_texts(it for link in near for it in (link.a, link.b))
    beside = sorted((_beside(report, link, held) for link in near), key=lambda it: -it.score)
    return ReportAnswer(
        citation(kept), True, reading is not None,
        told_lineage(lineage, held) if lineage is not None else None,
        passages(kept, held),
        tuple(beside),
        tuple(_stated(reading, held)) if reading is not None else (),
        _events(reading, held) if reading is not None else (),
        _forecasts(reading, as_of, held) if reading is not None else (),
    )  # fmt: skip


def stranger_answer(reading: Reading, held: Holdings) -> ReportAnswer:
    """What the ledger has of a text that is not in it: passages of earlier reports, and the claims it may put."""
    kept = Kept(reading.report)
    stated = tuple(_sought(reading, held))
    return ReportAnswer(citation(kept), False, True, None, passages(kept, held), (), stated, (), ())


def _beside(report: ReportId, link: CopyLink, held: Holdings) -> Beside:
    other, (its, share) = (link.a, link.shares) if link.b == report else (link.b, link.shares[::-1])
    return Beside(cite(other, held), link.kinship, share, its, link.score, link.why)


def _stated(reading: Reading, held: Holdings) -> Iterator[Stated]:
    stated = held.stated_in(reading.report.id)
    told = briefs(((name, None) for name, _ in stated), held)
    for (_, first), claim in zip(stated, told, strict=True):
        statement = reading.statement(first)
        if claim is not None and statement is not None:
            yield Stated(statement.id, speaker_name(reading, statement), statement.content, claim)


def _sought(reading: Reading, held: Holdings) -> Iterator[Stated]:
    moment = reading.report.published.value if reading.report.published else ""
    for proposition in list(propositions(reading))[:_MOST_SOUGHT]:
        statement = reading.statement(proposition.statement)
        sought = held.seek(proposition.text, moment, _FEW)
        for claim in briefs(((link.claim, link) for link in sought if link.tier is Tier.CONFIDENT), held):
            if claim is not None and statement is not None:
                yield Stated(statement.id, speaker_name(reading, statement), statement.content, claim)


def _events(reading: Reading, held: Holdings) -> tuple[EventAnswer, ...]:
    tellings = (Telling(reading.report.id, it.id, reading.report.outlet) for it in reading.incidents)
    found = {event.id: event for it in tellings if (event := held.event_of(it)) is not None}
    return event_answers([*found.values()], held)


def _forecasts(reading: Reading, as_of: date, held: Holdings) -> tuple[ForecastAnswer, ...]:
    found: dict[Outcome, None] = dict.fromkeys(
        forecasts_in(reading, [it.statement for it in reading.forecasts if it.statement], as_of, held)
    )
    return forecast_answers([*found], as_of, held)
