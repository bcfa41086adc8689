"""Who stands on which side of a claim, counted in voices, with why reports were or were not counted as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.trace.voices import Membership, Shared, Trail, pairings, summary, voices_by_polarity
from sayso.vocabulary import Polarity, ReportId, Voices


@dataclass(frozen=True, slots=True)
class Pairing:
    """Whether two reports are counted as one voice, and why; None where one has no voice that can be told."""

    one: ReportId
    other: ReportId
    together: bool | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """The voices that do one thing with a claim: affirm, deny, pass on or doubt it.

    `summary` is the count in words ("12 reports, 9 outlets, 2 voices"), "at least" so many where not all were counted;
    `pairs` holds every other report beside the earliest of this side.
    """

    polarity: Polarity
    summary: str
    voices: Voices
    pairs: tuple[Pairing, ...]


def sides(members: Sequence[tuple[Membership, Trail]], copies: Iterable[Shared], beyond: int) -> tuple[Side, ...]:
    """The sides of a claim in the order of `Polarity`; those on which nobody stands are left out.

    `beyond` is how many members the claim has besides these.
    """
    found = voices_by_polarity(members, copies)
    least = "at least " if beyond else ""
    return tuple(
        Side(
            polarity,
            least + summary(found[polarity]),
            found[polarity],
            _pairs(found[polarity], _reports(members, polarity)),
        )
        for polarity in Polarity
        if polarity in found
    )


def _reports(members: Sequence[tuple[Membership, Trail]], polarity: Polarity) -> list[ReportId]:
    """The reports of a side, earliest first."""
    own = [(trail.day or "~", trail.report) for member, trail in members if member.polarity == polarity]
    return list(dict.fromkeys(report for _, report in sorted(own)))


def _pairs(found: Voices, reports: Sequence[ReportId]) -> tuple[Pairing, ...]:
    told = pairings(found, reports[0], reports[1:])
    return tuple(Pairing(reports[0], other, *it) for other, it in zip(reports[1:], told, strict=True))
