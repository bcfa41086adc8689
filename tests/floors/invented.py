"""Readings made by hand from invented texts, for tests of the scorers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Form,
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

READER = ReaderVersion("hand", "1", "none")


def spot(text: str, words: str, nth: int = 0) -> Span:
    """The nth place where the words stand in the text."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def said(
    text: str,
    number: int,
    content: str,
    *,
    by: str = "",
    words: str = "",
    form: Form = Form.INDIRECT,
    stance: Stance = Stance.SAYS,
    parent: int | None = None,
) -> Statement:
    """A statement with this content, by the actor with this id or in these words."""
    source = (spot(text, words),) if words and words in text else ()
    return Statement(
        id=StatementId(f"s{number}"),
        speaker=Speaker(SpeakerKind.ACTOR if by else SpeakerKind.UNKNOWN, words, ActorId(by) if by else None),
        content=passage(text, (spot(text, content),)),
        source=passage(text, source),
        parent=None if parent is None else StatementId(f"s{parent}"),
        form=form,
        stance=stance,
    )


def actor(
    number: str,
    name: str,
    *,
    names: Sequence[str] = (),
    mentions: Sequence[Span] = (),
    roles: Mapping[str, Span] | None = None,
) -> Actor:
    """An actor with these names, mentions and roles."""
    held = tuple(Role(text, span) for text, span in (roles or {}).items())
    return Actor(ActorId(number), name, ActorKind.UNKNOWN, tuple(names or (name,)), held, tuple(mentions))


def reading(
    text: str, *, actors: Sequence[Actor] = (), statements: Sequence[Statement] = (), name: str = "doc"
) -> Reading:
    """A reading of the text."""
    return Reading(Report(ReportId(name), text), READER, tuple(actors), tuple(statements))
