"""What is asked: a report, a claim or an event by its id, a text not in the ledger, or what words may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sayso.errors import SaysoError
from sayso.gather.decode import without_surrogates
from sayso.record import Context
from sayso.trace.answers.claiming import (
    Bearing,
    ClaimAnswer,
    ClaimBrief,
    bounds,
    briefs,
    claim_answer,
    findings,
    matched,
)
from sayso.trace.answers.happenings import EventAnswer, event_answers
from sayso.trace.answers.holdings import Holdings
from sayso.trace.answers.reporting import ReportAnswer, report_answer, stranger_answer
from sayso.vocabulary import ClaimId, EventId, Reading, ReportId, Tier

LONGEST: Final = 2_000  # code points of a question; what is longer is a report
_SOUGHT: Final = 20
_ANSWERED: Final = 3  # claims told in full
_ID: Final = re.compile(r"([rce])-[0-9a-f]{16}(?:[0-9a-f]{16})?")


class Subject(StrEnum):
    """What a question is about."""

    WORDS = "words"
    REPORT = "report"
    CLAIM = "claim"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer to a question. Nothing fits it where all parts are empty: then the ledger does not know.

    `claims` are those that are surely meant, the likeliest first, or the one that most likely is, where none is: its
    match says which. `suggested` are others that may be meant. `findings` bear on the words of the question itself.
    """

    question: str
    subject: Subject
    claims: tuple[ClaimAnswer, ...] = ()
    suggested: tuple[ClaimBrief, ...] = ()
    report: ReportAnswer | None = None
    events: tuple[EventAnswer, ...] = ()
    findings: tuple[Bearing, ...] = ()

    @property
    def found(self) -> bool:
        """Whether anything in the ledger answers the question."""
        own = self.report is not None and (self.report.is_kept or self.report.stated or self.report.passages)
        return bool(self.claims or self.suggested or self.events or self.findings or own)


def answer(question: str, held: Holdings, *, limit: int, as_of: date) -> Trace:
    """The answer to words, or to the id of a report (`r-…`), claim (`c-…`) or event (`e-…`).

    At most `limit` carriers of a claim are told one by one; `as_of` is the day for which forecasts are told. Raises
    SaysoError where there is nothing to look for, or nothing with this id.
    """
    asked, day = worded(question), as_of
    if kind := _ID.fullmatch(asked):
        return {"r": _of_report, "c": _of_claim, "e": _of_event}[kind[1]](asked, held, limit, day)
    if held.copies.kept(ReportId(asked)) is not None:
        return _of_report(asked, held, limit, day)
    if not any(map(str.isalnum, asked)):
        raise SaysoError("There is nothing to look for", "Give some words, a file, or an id")
    if len(asked) > LONGEST:
        raise SaysoError(f"A question has at most {LONGEST} characters", "Put a longer text into a file and name that")
    return _of_words(asked, held, limit, day)


def worded(asked: str) -> str:
    """Words as they are looked for: what is no text (a lone surrogate, NUL) is a sign or a space."""
    return without_surrogates(asked).text.replace("\0", " ").strip()


def hold_against(reading: Reading, held: Holdings, *, as_of: date) -> Trace:
    """What the ledger has of a report: all of one that is in it under this id, else what it shares with others."""
    asked = reading.report.title or reading.report.origin
    kept = held.copies.kept(reading.report.id)
    told = stranger_answer(reading, held) if kept is None else report_answer(kept, as_of, held)
    return Trace(asked, Subject.REPORT, report=told)


def _of_words(asked: str, held: Holdings, limit: int, day: date) -> Trace:
    sought = [*held.seek(asked, "", _SOUGHT)]
    if all(link.tier is not Tier.CONFIDENT for link in sought):
        known = {link.claim for link in sought}
        sought += [link for link in held.holding(asked, _SOUGHT) if link.claim not in known]
        sought.sort(key=lambda link: -link.score)
    told = [link for link in sought if link.tier is Tier.CONFIDENT][:_ANSWERED] or sought[:1]
    left = sorted((link for link in sought if link not in told), key=lambda link: -link.score)
    within = bounds(limit, max(1, len(told)))
    answers = (claim_answer(link.claim, matched(link), day, within, held) for link in told)
    others = briefs(((link.claim, link) for link in left), held)
    return Trace(
        asked, Subject.WORDS, tuple(filter(None, answers)), tuple(filter(None, others)),
        findings=findings([asked], Context(), held),
    )  # fmt: skip


def _of_report(asked: str, held: Holdings, _: int, day: date) -> Trace:
    kept = held.copies.kept(ReportId(asked))
    if kept is None:
        raise SaysoError(f"There is no report {asked} in the ledger", "See sayso reports")
    return Trace(asked, Subject.REPORT, report=report_answer(kept, day, held))


def _of_claim(asked: str, held: Holdings, limit: int, day: date) -> Trace:
    told = claim_answer(ClaimId(asked), None, day, bounds(limit), held)
    if told is None:
        raise SaysoError(
            f"There is no claim {asked} in the ledger", "Claims are found by their words: sayso trace TEXT"
        )
    return Trace(asked, Subject.CLAIM, (told,))


def _of_event(asked: str, held: Holdings, _: int, __: date) -> Trace:
    event = held.event(EventId(asked))
    if event is None:
        raise SaysoError(f"There is no event {asked} in the ledger", "See sayso events")
    return Trace(asked, Subject.EVENT, events=event_answers([event], held))
