"""A claim as it is told: its wording chosen from its members' own, and what each member does with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from sayso.trace.claims.attitude import opposite
from sayso.trace.claims.joining import Placement
from sayso.trace.claims.order import Order
from sayso.trace.claims.words import content
from sayso.vocabulary import Claim, ClaimLink, Member, Polarity

_FULL: Final = range(4, 41)  # words of a wording that stands for itself: less leaves out, more says other things too


def claims(placements: Iterable[Placement]) -> tuple[Claim, ...]:
    """The claims that statements were placed in, by their anchors' canonical order."""
    groups: dict[str, list[Placement]] = {}
    for placement in sorted(placements, key=lambda placement: placement.known.proposition.order):
        groups.setdefault(placement.claim, []).append(placement)
    return tuple(claim(group) for group in groups.values())


def claim(placements: Sequence[Placement]) -> Claim:
    """The claim of the statements placed in it, anchor first."""
    worded = canonical(placements)
    facing = _opposed(worded)
    members = tuple(_member(placement, opposed=_opposed(placement) != facing) for placement in placements)
    links: tuple[ClaimLink, ...] = tuple(placement.link for placement in placements if placement.link)
    return Claim(placements[0].claim, worded.known.proposition.text, members, links)


def canonical(placements: Sequence[Placement]) -> Placement:
    """The member whose words stand for the claim.

    Words that affirm and are not negated come before others, whole sentences before scraps and long passages, words
    that most members share before rarer ones, and then what was said first.
    """
    worded = Counter(frozenset(content(placement.known.proposition.stems)) for placement in placements)

    def rank(placement: Placement) -> tuple[bool, bool, int, Order]:
        said = placement.known.proposition
        plain = said.attitude is not Polarity.DENIES and not said.negated
        return not plain, len(said.stems) not in _FULL, -worded[frozenset(content(said.stems))], said.order

    return min(placements, key=rank)


def _opposed(placement: Placement) -> bool:
    """Whether a member is worded as the negation of its claim's anchor."""
    return placement.link.opposite if placement.link else False


def _member(placement: Placement, *, opposed: bool) -> Member:
    said = placement.known.proposition
    polarity = opposite(said.attitude) if opposed else said.attitude
    why = (*said.why, "its words negate the claim's") if opposed else said.why
    return Member(said.report, said.statement, said.text, polarity, why)
