"""What a report tells of the world beside its places: its times, incidents, tallies and forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.read.counts import counts
from sayso.read.incidents.happenings import happenings
from sayso.read.incidents.parts import Party
from sayso.read.times import dateline, times
from sayso.read.times.anchors import day_of
from sayso.vocabulary import Reading, Span


def with_world(reading: Reading, phrases: Sequence[Span], spots: Sequence[Span]) -> Reading:
    """The reading with the times, incidents, tallies and forecasts of its report.

    `phrases` are the noun phrases and names of its text that stand for people and groups, `spots` those for places.
    """
    report = reading.report
    furniture = set(reading.boilerplate)
    opening = dateline(report.text, report.published)
    begins = opening.span.end if opening is not None else 0
    body = [Span(max(s.start, begins), s.end) for s in reading.sentences if s not in furniture and s.end > begins]
    when = times(report.text, published=report.published, sentences=reading.sentences)
    told = happenings(
        report.text,
        body,
        reading.statements,
        parties(reading, phrases, spots),
        reading.places,
        when,
        counts(report.text, body),
        day.isoformat() if (day := day_of(report.published)) is not None else None,
    )
    return replace(reading, times=when, incidents=told.incidents, tallies=told.tallies, forecasts=told.forecasts)


def parties(reading: Reading, phrases: Sequence[Span], spots: Sequence[Span]) -> list[Party]:
    """Every phrase that may name someone who acts or suffers, with the actor of the reading that it points to."""
    found = {span: Party(span, None, acts=False) for span in spots}
    found |= {span: Party(span, None) for span in phrases}
    found |= {span: Party(span, actor.id) for actor in reading.actors for span in actor.mentions}
    return [found[span] for span in sorted(found)]
