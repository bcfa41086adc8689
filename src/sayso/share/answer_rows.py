"""Answers as rows of a table: one for each carrier of a claim, event or forecast, with every span it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sayso.share.answer_words import copied_words, edit_words, event_title, toll_words, versions
from sayso.share.exports.cells import text_cell
from sayso.trace.answers.foreseeing import ForecastAnswer
from sayso.trace.answers.happenings import EventAnswer
from sayso.trace.answers.persons import ActorAnswer
from sayso.trace.answers.questions import Trace
from sayso.vocabulary import Passage

Rows = Iterator[tuple[str, ...]]
TRACE: Final = (
    "claim", "wording", "match", "score", "report", "published", "captured", "outlet", "title", "url", "polarity",
    "speaker", "stance", "certainty", "chain", "words", "spans", "copied_from", "copied_how", "edits",
)  # fmt: skip
ACTORS: Final = ("actor", "name", "names", "reports", "report", "published", "outlet", "stance", "words", "spans")
EVENTS: Final = (
    "event", "title", "start", "end", "types", "days", "places", "tolls", "grade", "summary", "reasons", "report",
    "outlet", "published", "words", "spans",
)  # fmt: skip
FORECASTS: Final = (
    "voice", "made", "type", "places", "start", "end", "state", "reasons", "followed", "days_after", "before", "report",
    "outlet", "published", "words", "spans",
)  # fmt: skip


def trace_rows(answer: Trace) -> Rows:
    """A row for each carrier of each claim, then one for each claim that is only suggested or that a report shares."""
    for claim in answer.claims:
        match = (claim.match.tier, f"{claim.match.score:.4f}") if claim.match else ("", "")
        for told in claim.timeline:
            it, copied = told.report, told.copied
            yield _cells(
                claim.claim, claim.text, *match, it.report, it.published, it.captured, it.outlet, it.title, it.url,
                told.polarity, told.speaker, told.stance, told.certainty.value, " ← ".join(told.chain),
                *_quoted(told.content), copied.source.report if copied else "", copied_words(copied) if copied else "",
                " | ".join(map(edit_words, copied.edits)) if copied else "",
            )  # fmt: skip
    stated = answer.report.stated if answer.report is not None else ()
    for brief in (*answer.suggested, *(it.claim for it in stated)):
        match = (brief.match.tier, f"{brief.match.score:.4f}") if brief.match else ("", "")
        yield _cells(brief.claim, brief.text, *match, *[""] * (len(TRACE) - 4))


def actor_rows(answers: tuple[ActorAnswer, ...]) -> Rows:
    """A row for each statement of somebody, or one for somebody of whom there is none."""
    for answer in answers:
        one = (answer.actor.id, answer.actor.name, " | ".join(answer.actor.names), str(answer.reports))
        for it in answer.said:
            yield _cells(*one, it.report.report, it.report.published, it.report.outlet, it.stance, *_quoted(it.content))
        if not answer.said:
            yield _cells(*one, *[""] * (len(ACTORS) - len(one)))


def event_rows(answers: tuple[EventAnswer, ...]) -> Rows:
    """A row for each report that is quoted on an event."""
    for answer in answers:
        event, grading = answer.event, answer.vouching.grading
        told = (
            event.id, event_title(event), event.start, event.end, versions(event.types), versions(event.days),
            versions(event.places), " | ".join(map(toll_words, event.tolls)), grading.grade, answer.summary,
            "; ".join(grading.reasons),
        )  # fmt: skip
        for quote in answer.quotes:
            it = quote.report
            yield _cells(*told, it.report, it.outlet, it.published, *_quoted(quote.words))


def forecast_rows(answers: tuple[ForecastAnswer, ...]) -> Rows:
    """A row for each report that is quoted on a forecast."""
    for answer in answers:
        it = answer.outcome
        told = (
            it.voice, it.made, it.type, " | ".join(it.places), it.start, it.end, it.state, "; ".join(it.reasons),
            " | ".join(found.event for found in it.followed), " | ".join(str(found.days) for found in it.followed),
            answer.run,
        )  # fmt: skip
        for quote in answer.quotes:
            yield _cells(*told, quote.report.report, quote.report.outlet, quote.report.published, *_quoted(quote.words))


def _quoted(words: Passage) -> tuple[str, str]:
    return words.text, " ".join(f"{span.start}-{span.end}" for span in words.spans)


def _cells(*values: str | None) -> tuple[str, ...]:
    return tuple(text_cell(value or "") for value in values)
