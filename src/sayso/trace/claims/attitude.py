"""What a speaker does with the content of a statement: vouch for it, deny it, pass it on, or doubt it, and why."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from sayso.read.lexicon import alternatives, hedges
from sayso.trace.claims.words import lists
from sayso.vocabulary import Confidence, Form, Polarity, Reading, Stance, Statement

# How a published check stands to what it judges: it repeats it, and vouches for nothing.
CHECKING: Final = Polarity.REPORTS, ("the report is a published check and repeats what it judges",)


def attitude(reading: Reading, statement: Statement, *, is_check: bool) -> tuple[Polarity, tuple[str, ...]]:
    """The attitude of a statement's speaker to its content, with the reasons.

    Only what the words show counts: a bare hedge ("may") leaves a statement affirming, and says so.
    """
    text = reading.report.text
    hedging = tuple(span.of(text) for span in statement.certainty.spans)
    if is_check:
        return CHECKING
    if statement.stance is Stance.DENIES:
        return Polarity.DENIES, (f"denied: “{statement.cue.text}”",)
    if doubt := _doubt().search(f"{statement.cue.text} … {' … '.join(hedging)}"):
        return Polarity.DOUBTS, (f"doubted: “{doubt.group()}”",)
    if heard := [word for word in hedging if word.lower() in hedges().hearsay]:
        return Polarity.REPORTS, (f"passed on: “{heard[0]}”",)
    resting = [link.text for link in statement.chain[1:]]
    if resting and statement.form is Form.VOICE:
        return Polarity.REPORTS, (f"passed on, on the word of {resting[-1]}",)
    reasons = [f"stance: {statement.stance.value}"]
    reasons += [f"on the word of {resting[-1]}"] if resting else []
    reasons += [f"hedged: “{hedging[0]}”"] if hedging and statement.certainty.value is Confidence.HEDGED else []
    return Polarity.AFFIRMS, tuple(reasons)


def opposite(polarity: Polarity) -> Polarity:
    """The polarity towards the negation of what a polarity is towards; who passes on or doubts does so either way."""
    return {Polarity.AFFIRMS: Polarity.DENIES, Polarity.DENIES: Polarity.AFFIRMS}.get(polarity, polarity)


@cache
def _doubt() -> re.Pattern[str]:
    return alternatives(*lists()["doubt"]["words"].split())
