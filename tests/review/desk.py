"""A desk to review at: reports in a ledger, what is decided on them, and what stands then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sayso.ledger import Ledger
from sayso.review import Choice, Decision, Reviewed, State, Verdict, decide, review, undo
from sayso.vocabulary import Reading, ReportId, Span
from tests.share.examples import span
from tests.share.ferry import FERRY, ferry

MEER, QUILL = "R. Meer", "A. Quill"


def laid_out(ledger: Ledger, *readings: Reading) -> ReportId:
    """Put readings in, that of the ferry where none is given; the id of the first one's report."""
    wanted = readings or (ferry(),)
    ledger.add_readings(wanted)
    by_title = {report.title: report.id for report in ledger.reports()}
    return by_title[wanted[0].report.title]


def chosen(
    ledger: Ledger, report: ReportId, item: str, verdict: Verdict = Verdict.ACCEPTED, who: str = MEER, **more: Any
) -> Decision:
    """Decide on one item; it has to be taken."""
    (made,) = decide(ledger, [Choice(report, item, verdict, **more)], who)
    assert isinstance(made, Decision), made
    return made


def taken_back(ledger: Ledger, *made: Decision, who: str = MEER) -> list[Decision]:
    """Undo decisions; each has to be taken back."""
    done = undo(ledger, [it.id for it in made], who, "a slip")
    assert all(isinstance(it, Decision) for it in done), done
    return [it for it in done if isinstance(it, Decision)]


def states(found: Reviewed) -> dict[str, State]:
    """The states of items by the ids of the things in the reading."""
    return {it.thing.id: it.state for it in found.items}


def state(ledger: Ledger, report: ReportId, item: str) -> State:
    """The state of one item."""
    return states(review(ledger, report))[item]


def where(words: str, text: str = FERRY) -> list[list[int]]:
    """The spans of a correction to these words."""
    return [[*span(text, words)]]


def changed(reading: Reading, version: str, **fields: Any) -> Reading:
    """The reading by a later reader that finds other things in it."""
    return replace(reading, reader=replace(reading.reader, version=version), **fields)


def with_item(found: Iterable[Any], id_: str, fields: Mapping[str, Any]) -> tuple[Any, ...]:
    """Things of a reading, one of them otherwise."""
    return tuple(replace(it, **fields) if it.id == id_ else it for it in found)


def spans(words: str, text: str = FERRY) -> tuple[Span, ...]:
    return (span(text, words),)
