"""What a report tells of the world beside its places: its times, incidents, tallies and forecasts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sayso.read.counts import counts
from sayso.read.incidents.fillers import PEOPLE
from sayso.read.incidents.happenings import happenings
from sayso.read.incidents.parts import Party
from sayso.read.incidents.settling import settled
from sayso.read.incidents.templates import templates
from sayso.read.parts import Part
from sayso.read.times import dateline, times
from sayso.read.times.anchors import day_of
from sayso.vocabulary import Reading, Span


def with_world(read: Part) -> Reading:
    """The reading with the times, incidents, tallies and forecasts of its report."""
    reading, report = read.reading, read.reading.report
    furniture = set(reading.boilerplate)
    opening = dateline(report.text, report.published)
    begins = opening.span.end if opening is not None else 0
    body = [Span(max(s.start, begins), s.end) for s in reading.sentences if s not in furniture and s.end > begins]
    when = times(report.text, published=report.published, sentences=reading.sentences)
    called = [span for actor in reading.actors for span in actor.mentions if span.of(report.text) in actor.names]
    told = happenings(
        report.text,
        body,
        reading.statements,
        parties(reading, (*read.phrases, *(f.span for f in read.fillers if f.role in PEOPLE)), read.spots),
        reading.places,
        [time for time in when if not _is_of_a_name(time.span, called)],
        counts(report.text, body),
        day.isoformat() if (day := day_of(report.published)) is not None else None,
        templates(report.text, [f for f in read.fillers if _is_told(f.span, furniture)], reading.actors),
        read.names,
    )
    return settled(
        replace(reading, times=when, incidents=told.incidents, tallies=told.tallies, forecasts=told.forecasts)
    )


def _is_told(span: Span, furniture: Collection[Span]) -> bool:
    return not any(s.start <= span.start < s.end for s in furniture)


def _is_of_a_name(time: Span, names: Sequence[Span]) -> bool:
    """Whether a day is part of a name: "the 19 April Movement"."""
    return any(name.start < time.end < name.end for name in names)


def parties(reading: Reading, phrases: Sequence[Span], spots: Sequence[Span]) -> list[Party]:
    """Every phrase that may name someone who acts or suffers, with the actor of the reading that it points to."""
    found = {span: Party(span, None, acts=False) for span in spots}
    found |= {span: Party(span, None) for span in phrases}
    found |= {span: Party(span, actor.id) for actor in reading.actors for span in actor.mentions}
    return [found[span] for span in sorted(found)]
