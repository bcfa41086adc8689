"""Pairs to review next: findings that may bear on a statement, and claims that may be one, some reports at a time.

What is derived has to be followed for claims. A score in the middle is the least certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from sayso.errors import NotTaken
from sayso.ledger import Ledger
from sayso.record import Context, bearing
from sayso.review.deciding import current_reading
from sayso.review.decisions import Decision, Verdict, decisions_on
from sayso.review.items import Item, Kind, items
from sayso.review.pairs import Pair, pairs
from sayso.review.queueing import EVERYTHING, Wanted, cursor, readings_after
from sayso.review.standing import DECIDED, State, about
from sayso.trace.claims.asking import stated_in, suggestions
from sayso.vocabulary import Finding, Reading, ReportId, Statement, Tier

AT_ONCE = 5  # reports that a page looks at, unless another number is asked for: each statement of them is matched
_OF_EACH = 3  # other claims that are offered for one


@dataclass(frozen=True, slots=True)
class Offer:
    """A pair to review: a statement with a finding, or with another; how sure the matcher is of it, and why."""

    kind: Kind
    items: tuple[Item, ...]
    finding: Finding | None
    tier: Tier
    score: float
    reasons: tuple[str, ...]
    state: State = State.UNDECIDED
    decisions: tuple[Decision, ...] = ()

    @property
    def uncertainty(self) -> float:
        """1 where the matcher cannot tell, 0 where it is sure either way."""
        return round(1 - abs(2 * self.score - 1), 4)


@dataclass(frozen=True, slots=True)
class OfferPage:
    """The least certain offers of some reports; how many reports were looked at and offers wait, and where to go on."""

    offers: tuple[Offer, ...]
    reports: int
    waiting: int
    after: str


def next_offers(
    ledger: Ledger,
    kind: Kind,
    wanted: Wanted = EVERYTHING,
    *,
    limit: int = 20,
    at_once: int = AT_ONCE,
    after: str = "",
) -> OfferPage:
    """The next pairs to review: contested ones, then those only suggested, then by uncertainty.

    Raises NotTaken on what is no kind of pair, LedgerError.
    """
    if kind not in (Kind.CLAIM, Kind.MATCH):
        raise NotTaken(ledger.name, f"a {kind} is no pair", "See next_items")
    start = cursor(ledger, after)
    with ledger.looking() as connection:
        found, onward = readings_after(connection, wanted, at_once, start)
        offered = _matches if kind is Kind.MATCH else _claims
        offers = {_key(it): it for reading in found for it in offered(connection, reading)}
    waiting = [it for it in offers.values() if _is_open(it, wanted.who)]
    waiting.sort(key=_rank)
    return OfferPage(tuple(waiting[: max(0, limit)]), len(found), len(waiting), onward)


def _matches(connection: Connection, reading: Reading) -> Iterator[Offer]:
    stated = [(it, thing) for it, thing in items(reading).items() if isinstance(thing, Statement)]
    day = reading.report.published.value[:10] if reading.report.published else ""
    context = Context(day, tuple(actor.name for actor in reading.actors))
    decided = _decided(connection, reading.report.id)
    found = bearing(connection, [thing.content.text for _, thing in stated], context)
    for (item, _), matches in zip(stated, found, strict=True):
        for match, finding in matches:
            yield _offer(Kind.MATCH, (item,), finding, match.tier, match.score, match.reasons, decided)


def _claims(connection: Connection, reading: Reading) -> Iterator[Offer]:
    by_id = {thing.id: item for item, thing in items(reading).items() if isinstance(thing, Statement)}
    decided = _decided(connection, reading.report.id)
    for claim, statement in stated_in(connection, reading.report.id):
        for link in suggestions(connection, claim)[:_OF_EACH]:
            other = reading if link.report == reading.report.id else current_reading(connection, link.report)
            found = next((it for it, thing in items(other).items() if thing.id == link.statement), None)
            item = by_id.get(statement)
            if item is not None and found is not None and found.kind is Kind.STATEMENT and found != item:
                one, two = sorted((item, found), key=lambda it: (it.report, it.passages))
                yield _offer(Kind.CLAIM, (one, two), None, link.tier, link.score, link.reasons, decided)


def _offer(
    kind: Kind,
    pair: tuple[Item, ...],
    finding: Finding | None,
    tier: Tier,
    score: float,
    reasons: tuple[str, ...],
    decided: dict[object, Pair],
) -> Offer:
    bare = Offer(kind, pair, finding, tier, score, reasons)
    there = decided.get(_key(bare))
    return bare if there is None else Offer(kind, pair, finding, tier, score, reasons, there.state, there.decisions)


def _decided(connection: Connection, report: ReportId) -> dict[object, Pair]:
    found = pairs(decisions_on(connection, report))
    return {about(it.decisions[0])[0]: it for it in found}


def _key(offer: Offer) -> object:
    """What decisions on the pair are about."""
    finding = offer.finding.id if offer.finding else None
    return about(Decision(offer.kind, offer.items, Verdict.UNSURE, "", finding=finding))[0]


def _rank(offer: Offer) -> tuple[bool, bool, float, tuple[str, ...]]:
    named = (*(it.id for it in offer.items), offer.finding.id if offer.finding else "")
    return offer.state is not State.CONTESTED, offer.tier is not Tier.SUGGESTED, -offer.uncertainty, named


def _is_open(offer: Offer, who: str | None) -> bool:
    if who is None:
        return offer.state not in DECIDED
    return offer.state is State.CONTESTED or not any(made.who == who for made in offer.decisions)
