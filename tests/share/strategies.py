"""Hypothesis strategies for readings over any text at all."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Anchor,
    Certainty,
    Confidence,
    Count,
    Entry,
    Forecast,
    ForecastId,
    Form,
    Harm,
    Incident,
    IncidentId,
    IncidentType,
    Label,
    Link,
    Part,
    PartRole,
    Passage,
    People,
    Place,
    PlaceId,
    PlaceLevel,
    PlacePrecision,
    PlaceUse,
    Published,
    ReaderVersion,
    Reading,
    Region,
    Report,
    ReportId,
    Role,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Standing,
    Statement,
    StatementId,
    Status,
    Tally,
    TallyId,
    TallyPart,
    Time,
    TimeId,
    TimeKind,
    TimePrecision,
    Whereabouts,
    passage,
)
from tests.share.hostile import OTHERS

_Item = TypeVar("_Item")
# A high surrogate followed by a low one would be one character in JSON; gather never lets either through.
words = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.sampled_from(OTHERS[:27]))
maybe_words = st.none() | words
texts = st.lists(words, min_size=1, max_size=6).map(" \n".join)
_IDS = tuple(f"i{n}" for n in range(4))
_ids = st.sampled_from(_IDS)
_days = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)
_lows, _highs = st.integers(0, 300), st.none() | st.integers(0, 300)
_scores = st.integers(0, 10_000).map(lambda score: score / 10_000)
_lats, _lons = st.floats(-90, 90), st.floats(-180, 180)
regions = st.builds(Region, _lats, _lons, st.floats(0, 25_000))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading whose spans lie inside its text; parents and actors may point anywhere, also in rings."""
    text = draw(texts)
    edge = st.integers(0, len(text))
    span = st.tuples(edge, edge).map(lambda pair: Span(min(pair), max(pair)))
    spans = st.lists(span, max_size=3).map(tuple)
    report = Report(
        ReportId(draw(words)),
        text,
        title=draw(maybe_words),
        outlet=draw(maybe_words),
        author=draw(maybe_words),
        published=draw(st.none() | st.builds(Published, words, words, maybe_words)),
        url=draw(maybe_words),
        language=draw(maybe_words),
        flags=tuple(draw(st.lists(words, max_size=2))),
        origin=draw(words),
    )
    actors = draw(st.lists(_actors(span), max_size=3, unique_by=lambda actor: actor.id))
    statements = draw(st.lists(_statements(text, span, spans), max_size=4, unique_by=lambda item: item.id))
    return Reading(
        report,
        draw(st.builds(ReaderVersion, words, words, words)),
        tuple(actors),
        tuple(statements),
        draw(spans),
        draw(spans),
        tuple(draw(st.lists(_times(span), max_size=2, unique_by=lambda time: time.id))),
        tuple(draw(st.lists(_places(span), max_size=3, unique_by=lambda place: place.id))),
        tuple(draw(st.lists(_incidents(span, spans), max_size=3))),
        tuple(draw(st.lists(_tallies(span), max_size=2))),
        tuple(draw(st.lists(_forecasts(text, span, spans), max_size=2))),
    )


def _actors(span: st.SearchStrategy[Span]) -> st.SearchStrategy[Actor]:
    label = st.builds(Label, words, span, st.sampled_from((*_IDS, "outlet")))
    return st.builds(
        Actor,
        st.sampled_from(_IDS).map(ActorId),
        words,
        st.sampled_from(ActorKind),
        st.lists(words, max_size=3).map(tuple),
        st.lists(st.builds(Role, words, span), max_size=2).map(tuple),
        st.lists(span, max_size=2).map(tuple),
        st.lists(label, max_size=2).map(tuple),
    )


def _statements(
    text: str, span: st.SearchStrategy[Span], spans: st.SearchStrategy[tuple[Span, ...]]
) -> st.SearchStrategy[Statement]:
    actor = st.none() | st.sampled_from(_IDS).map(ActorId)
    parts: st.SearchStrategy[Passage] = spans.map(lambda found: passage(text, found))
    return st.builds(
        Statement,
        st.sampled_from(_IDS).map(StatementId),
        st.builds(
            Speaker,
            st.sampled_from(SpeakerKind),
            words,
            actor,
            st.lists(st.sampled_from(_IDS).map(ActorId), max_size=2).map(tuple),
        ),
        parts,
        parts,
        parts,
        st.none() | st.sampled_from(_IDS).map(StatementId),
        st.sampled_from(Form),
        st.sampled_from(Stance),
        st.builds(Certainty, st.sampled_from(Confidence), spans),
        st.booleans(),
        st.lists(st.builds(Link, words, actor, st.none() | span, words), max_size=3).map(tuple),
        _scores,
    )


def _times(span: st.SearchStrategy[Span]) -> st.SearchStrategy[Time]:
    return st.builds(
        Time,
        _ids.map(TimeId),
        span,
        words,
        st.sampled_from(TimeKind),
        words,
        _days,
        _days,
        st.sampled_from(TimePrecision),
        st.sampled_from(Anchor),
        st.none() | span,
        maybe_words,
        maybe_words,
        maybe_words,
        maybe_words,
        st.lists(words, max_size=2).map(tuple),
    )


def _places(span: st.SearchStrategy[Span]) -> st.SearchStrategy[Place]:
    """Places that lie in and are told from others, also in rings."""
    others = _tuples(_ids.map(PlaceId))
    countries = st.none() | st.sampled_from(("NO", "FJ", "ZZ", "XK"))
    levels = st.sampled_from(PlaceLevel)
    entry = st.builds(Entry, words, _lats, _lons, levels, st.none() | _lows, countries, _tuples(words))
    lies = st.builds(Whereabouts, words, others, span, st.none() | st.floats(0, 360), st.none() | st.floats(0, 1000))
    return st.builds(
        Place,
        _ids.map(PlaceId),
        span,
        words,
        st.sampled_from(PlaceUse),
        levels,
        st.sampled_from(PlacePrecision),
        st.none() | entry,
        others,
        st.none() | lies,
        st.none() | regions,
        _scores,
        _tuples(words),
    )


def _incidents(
    span: st.SearchStrategy[Span], spans: st.SearchStrategy[tuple[Span, ...]]
) -> st.SearchStrategy[Incident]:
    people = st.sampled_from(People)
    voucher = st.none() | _ids.map(StatementId)
    harms = st.sampled_from(Harm)
    count = st.builds(Count, span, words, _lows, _highs, harms, people, st.none() | span, st.none() | span, voucher)
    return st.builds(
        Incident,
        _ids.map(IncidentId),
        st.sampled_from(IncidentType),
        st.sampled_from(Status),
        spans,
        maybe_words,
        _tuples(_ids.map(TimeId)),
        _days,
        _days,
        _tuples(_ids.map(PlaceId)),
        _tuples(_parts(span)),
        spans,
        _tuples(count),
        spans,
        _tuples(_ids.map(StatementId)),
        st.builds(Certainty, st.sampled_from(Confidence), spans),
        st.booleans(),
        _scores,
    )


def _tallies(span: st.SearchStrategy[Span]) -> st.SearchStrategy[Tally]:
    return st.builds(
        Tally,
        _ids.map(TallyId),
        st.sampled_from(IncidentType),
        span,
        words,
        _lows,
        _highs,
        _tuples(st.builds(TallyPart, _lows, _highs, words, span, _tuples(_ids.map(PlaceId)))),
        st.none() | st.booleans(),
        st.none() | _ids.map(TimeId),
        _tuples(_ids.map(PlaceId)),
        _tuples(_parts(span)),
        _tuples(_ids.map(StatementId)),
    )


def _forecasts(
    text: str, span: st.SearchStrategy[Span], spans: st.SearchStrategy[tuple[Span, ...]]
) -> st.SearchStrategy[Forecast]:
    return st.builds(
        Forecast,
        _ids.map(ForecastId),
        st.sampled_from(Stance),
        spans.map(lambda found: passage(text, found)),
        st.none() | _ids.map(StatementId),
        st.sampled_from(IncidentType),
        _tuples(_ids.map(PlaceId)),
        _tuples(_ids.map(TimeId)),
        _tuples(_parts(span)),
    )


def _parts(span: st.SearchStrategy[Span]) -> st.SearchStrategy[Part]:
    return st.builds(
        Part,
        st.sampled_from(PartRole),
        words,
        span,
        st.none() | _ids.map(ActorId),
        st.none() | st.sampled_from(People),
        st.sampled_from(Standing),
        _tuples(_ids.map(StatementId)),
    )


def _tuples(items: st.SearchStrategy[_Item]) -> st.SearchStrategy[tuple[_Item, ...]]:
    return st.lists(items, max_size=2).map(tuple)
