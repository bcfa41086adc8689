"""A claim as it is told: its wording chosen from its members' own, and what each member does with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sayso.trace.claims.attitude import opposite
from sayso.trace.claims.joining import Placement
from sayso.trace.claims.order import Order
from sayso.trace.claims.proposition import Proposition
from sayso.trace.claims.words import content
from sayso.vocabulary import Claim, ClaimLink, Member, Polarity

_FULL: Final = range(4, 41)  # words of a wording that stands for itself: less leaves out, more says other things too


def claims(placements: Iterable[Placement]) -> tuple[Claim, ...]:
    """The claims that statements were placed in, by their anchors' canonical order."""
    groups: dict[str, list[Placement]] = {}
    for placement in sorted(placements, key=lambda placement: placement.known.proposition.order):
        groups.setdefault(placement.claim, []).append(placement)
    return tuple(claim(group) for group in groups.values())


class Put(NamedTuple):
    """A proposition of a claim; `opposed`: it is worded as the negation of the claim's anchor."""

    said: Proposition
    opposed: bool


def claim(placements: Sequence[Placement]) -> Claim:
    """The claim of the statements placed in it, anchor first."""
    puts = [Put(it.known.proposition, it.link.opposite if it.link else False) for it in placements]
    worded = canonical(puts)
    members = tuple(_member(it, worded) for it in puts)
    links: tuple[ClaimLink, ...] = tuple(placement.link for placement in placements if placement.link)
    return Claim(placements[0].claim, worded.said.text, members, links)


def canonical(puts: Sequence[Put]) -> Put:
    """The member whose words stand for the claim.

    Words that affirm and are not negated come before others, whole sentences before scraps and long passages, words
    that most members share before rarer ones, and then what was said first.
    """
    telling = [frozenset(content(it.said.stems)) for it in puts]
    worded = Counter(telling)

    def rank(at: int) -> tuple[bool, bool, int, Order]:
        said = puts[at].said
        plain = said.attitude is not Polarity.DENIES and not said.negated
        return not plain, len(said.stems) not in _FULL, -worded[telling[at]], said.order

    return puts[min(range(len(puts)), key=rank)]


def polarity(put: Put, worded: Put) -> Polarity:
    """What a member does with a claim that is worded so."""
    return put.said.attitude if put.opposed == worded.opposed else opposite(put.said.attitude)


def _member(put: Put, worded: Put) -> Member:
    said = put.said
    why = said.why if put.opposed == worded.opposed else (*said.why, "its words negate the claim's")
    return Member(said.report, said.statement, said.text, polarity(put, worded), why)
