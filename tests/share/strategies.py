"""Hypothesis strategies for readings over any text at all."""

from __future__ import annotations

from hypothesis import strategies as st

from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Certainty,
    Confidence,
    Form,
    Label,
    Link,
    Passage,
    Published,
    ReaderVersion,
    Reading,
    Report,
    ReportId,
    Role,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    StatementId,
    passage,
)
from tests.share.hostile import OTHERS

# A high surrogate followed by a low one would be one character in JSON; gather never lets either through.
words = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.sampled_from(OTHERS[:27]))
maybe_words = st.none() | words
texts = st.lists(words, min_size=1, max_size=6).map(" \n".join)
_IDS = tuple(f"i{n}" for n in range(4))


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
        st.integers(0, 10_000).map(lambda score: score / 10_000),
    )
