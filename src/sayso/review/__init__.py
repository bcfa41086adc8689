"""Review: what people decide about what was read. Decisions are only added; what stands of them is worked out anew.

`review` shows a report's reading with the state of each item and the corrected reading, `decide` and `undo` add to the
ledger, `next_items` tells what to look at next, `sample` and `agreement` how far reviewers agree, `training_data` gives
reviewed documents for training. What it means is told in docs/review.md.
"""

from __future__ import annotations

from sayso.review.agreement import Agreement, agreement, alpha, interval
from sayso.review.deciding import Choice, decide, undo
from sayso.review.decisions import Decision, Verdict, all_decisions, decision, decisions_on
from sayso.review.items import Item, Kind, items
from sayso.review.looking import decided_pairs, decided_techniques, history, orphans, review
from sayso.review.offers import Offer, OfferPage, next_offers
from sayso.review.pairs import Pair, pairs
from sayso.review.queueing import Page, Queued, Wanted, next_items
from sayso.review.reviewed import Reviewed, ReviewedItem, reviewed
from sayso.review.sampling import sample
from sayso.review.standing import DECIDED, State
from sayso.review.techniques import Assigned, techniques
from sayso.review.training_data import Example, LeftOut, training_data

__all__ = [
    "DECIDED", "Agreement", "Assigned", "Choice", "Decision", "Example", "Item", "Kind", "LeftOut", "Offer",
    "OfferPage", "Page", "Pair", "Queued", "Reviewed", "ReviewedItem", "State", "Verdict", "Wanted", "agreement",
    "all_decisions", "alpha", "decide", "decided_pairs", "decided_techniques", "decision", "decisions_on", "history",
    "interval", "items", "next_items", "next_offers", "orphans", "pairs", "review", "reviewed", "sample", "techniques",
    "training_data", "undo",
]  # fmt: skip
