"""What a reading comes to, in five figures."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.share.outline import Outline
from sayso.share.wording import rests_on_unnamed
from sayso.vocabulary import SpeakerKind


@dataclass(frozen=True, slots=True)
class Summary:
    """How many statements and speakers there are, and the numbers of those worth a second look.

    `speakers` leaves out the outlet. `own_voice`, `unnamed` (its origin is nobody named) and `inner`
    (it lies inside another) hold statement numbers.
    """

    statements: int
    speakers: int
    own_voice: tuple[int, ...]
    unnamed: tuple[int, ...]
    inner: tuple[int, ...]


def summary(outline: Outline) -> Summary:
    """Count what an outline holds."""
    entries = outline.entries
    return Summary(
        statements=len(entries),
        speakers=sum(voice.kind is not SpeakerKind.OUTLET for voice in outline.voices()),
        own_voice=tuple(e.number for e in entries if e.statement.speaker.kind is SpeakerKind.OUTLET),
        unnamed=tuple(e.number for e in entries if rests_on_unnamed(outline, e.statement)),
        inner=tuple(e.number for e in entries if e.depth),
    )
