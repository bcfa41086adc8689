"""What review shows as plain values, for JSON: the command line and the API write the same."""

from __future__ import annotations

from typing import Any

from sayso.review.agreement import Agreement
from sayso.review.decisions import Decision
from sayso.review.items import Item, Thing
from sayso.review.offers import Offer
from sayso.review.pairs import Pair
from sayso.review.queueing import Queued
from sayso.review.reviewed import ReviewedItem
from sayso.review.techniques import Assigned
from sayso.vocabulary import Incident, Place, Statement, Time

Row = dict[str, Any]


def item_row(item: Item) -> Row:
    """An item: a line that says a verdict too is a choice."""
    passages = [[[*span] for span in spans] for spans in item.passages]
    row = {"report": item.report, "item": item.id, "kind": item.kind.value, "words": [*item.words], "spans": passages}
    return row | ({"type": item.type} if item.type else {})


def brief(thing: Thing) -> str:
    """What a machine read of something, in a few words: who says or denies it, of what type, where or when it is."""
    if isinstance(thing, Statement):
        return f"{thing.speaker.text} {thing.stance.value}"
    if isinstance(thing, Incident):
        return f"{thing.type.value}, {thing.status.value}"
    if isinstance(thing, Place):
        entry = thing.entry
        return "not in a gazetteer" if entry is None else ", ".join((entry.name, *entry.within))
    return thing.value if isinstance(thing, Time) else thing.kind.value


def reviewed_row(found: ReviewedItem) -> Row:
    """An item with its values as they were read, its state, and what stands of it."""
    return item_row(found.item) | {
        "id": found.thing.id,
        "state": found.state.value,
        "read": dict(found.read),
        "brief": brief(found.thing),
        "differs": [*found.differs],
        "decisions": [decision_row(it) for it in found.decisions],
    }


def queued_row(found: Queued) -> Row:
    """An item that waits for review."""
    return item_row(found.item) | {
        "id": found.reviewed.thing.id,
        "state": found.reviewed.state.value,
        "read": dict(found.reviewed.read),
        "brief": brief(found.reviewed.thing),
        "uncertainty": found.uncertainty,
        "why": found.why,
        "decisions": [decision_row(it) for it in found.reviewed.decisions],
    }


def offer_row(found: Offer) -> Row:
    """A pair that waits for review: with a verdict it is a choice, too."""
    row = item_row(found.items[0]) | {"kind": found.kind.value}
    if found.finding is not None:
        checked = {"claim": found.finding.claim, "verdict": found.finding.verdict, "publisher": found.finding.publisher}
        row |= {"finding": found.finding.id, "found": checked}
    else:
        row |= {"claim": [found.items[1].report, found.items[1].id], "other": [*found.items[1].words]}
    return row | {
        "state": found.state.value,
        "tier": found.tier.value,
        "score": found.score,
        "uncertainty": found.uncertainty,
        "reasons": [*found.reasons],
        "decisions": [decision_row(it) for it in found.decisions],
    }


def decision_row(made: Decision) -> Row:
    """A decision: who, when, before, after, why; what is empty is left out."""
    row: Row = {
        "decision": made.id, "verdict": made.verdict.value, "who": made.who, "when": made.when, "why": made.why,
        "kind": made.kind.value, "items": [item_row(it) for it in made.items],
        "results": [item_row(it) for it in made.results], "before": dict(made.before), "after": dict(made.after),
        "reader": [made.reader.name, made.reader.version, made.reader.weights] if made.reader else None,
        "finding": made.finding, "bulk": made.bulk, "settles": [*made.settles], "undoes": made.undoes,
        "technique": made.technique,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value or name in ("why", "verdict")}


def pair_row(found: Pair) -> Row:
    """A pair with its state, and what stands of it."""
    return {
        "kind": found.kind.value,
        "state": found.state.value,
        "items": [item_row(it) for it in found.items],
        "finding": found.finding,
        "decisions": [decision_row(it) for it in found.decisions],
    }


def technique_row(found: Assigned) -> Row:
    """A technique with what it is assigned to, its state, and what stands of it."""
    return {
        "technique": found.technique,
        "state": found.state.value,
        "item": item_row(found.item),
        "decisions": [decision_row(it) for it in found.decisions],
    }


def agreement_row(found: Agreement) -> Row:
    """How far reviewers agree on items of a kind."""
    return {
        "kind": found.kind.value, "items": found.items, "decisions": found.decisions,
        "reviewers": [*found.reviewers], "agreed": found.agreed, "alpha": found.alpha, "low": found.low,
        "high": found.high, "verdicts": dict(found.verdicts),
    }  # fmt: skip
