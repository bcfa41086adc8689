"""What two reports that share words are to each other, decided from how much they share and which facts they keep.

The thresholds are few, and each stands for a statement about news texts that its name makes.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sayso.trace.copies.comparison import Comparison
from sayso.vocabulary import Kinship

CONTAINED: Final = 0.55  # of the contained text's letters: from here on it is the other's text
FACTS: Final = 0.6  # of its figures and names: with fewer, the same words tell of something else
ABSENT: Final = 1 / 3  # what a missing fact counts, beside one for a fact that has another in its place
SAME_NAMES: Final = 0.9  # with nearly all names and letters kept, other figures are an edit …
SAME_LETTERS: Final = 0.9
DAY: Final = 20.0  # … unless a day or more lies between: hours from which a series has its next number
LETTERS_LATER: Final = 0.75  # of the contained text, where days lie between
DAYS: Final = 48.0  # hours from which any two reports with other facts are two numbers of a series
FACTS_LATER: Final = 0.75  # of figures and names, where the next number of a series is possible
CHANGED_LATER: Final = 1 / 8  # of them; where the kind is known to recur, one other figure is enough
HOST_LEAD: Final = 0.15  # a text that begins otherwise, and holds the other within a small stretch, only quotes it
HOST_SHARE: Final = 0.5


class Judgement(NamedTuple):
    """What two reports are to each other, how surely they are one text (0 to 1), and why."""

    kinship: Kinship
    score: float
    why: tuple[str, ...]


def judge(found: Comparison, hours: float | None, *, recurring: bool, quoting: bool) -> Judgement:
    """What two compared reports that share a passage are to each other.

    `hours` is the least time between them, None where it is not known. `recurring` says that one of them is of a
    kind that recurs with other facts; `quoting` that the containing text has another title, or is the later one.
    """
    facts = _facts(found, ABSENT)
    shared = f"{found.contained:.0%} of the one and {found.containing:.0%} of the other shared"
    kept = f"{found.figures.kept + found.names.kept} figures and names kept, {_changed(found)} changed"
    why = (shared, kept)
    if found.contained < CONTAINED:
        return Judgement(Kinship.PART, round(found.contained, 4), (shared,))
    score = round(found.contained * facts, 4)
    same_names = found.names.share >= SAME_NAMES and found.contained >= SAME_LETTERS
    if facts < FACTS and not same_names:
        return Judgement(Kinship.SERIES, score, (*why, "the same words about other figures or names"))
    later = hours is not None and hours >= (DAY if recurring else DAYS)
    if later and (_facts(found, 1.0) < FACTS_LATER or _others(found, recurring=recurring)):
        return Judgement(Kinship.SERIES, score, (*why, f"other facts {hours:.0f} hours apart"))
    if hours is not None and hours >= DAYS and found.contained < LETTERS_LATER:
        return Judgement(Kinship.PART, score, (*why, f"too little of it {hours:.0f} hours apart"))
    if quoting and found.lead > HOST_LEAD and found.containing < HOST_SHARE and found.stretch < HOST_SHARE:
        return Judgement(Kinship.PART, score, (*why, "held within a text that begins otherwise"))
    return Judgement(Kinship.WHOLE, score, why)


def another_number(found: Comparison, hours: float | None) -> bool:
    """Whether the two may be two numbers of a series: much the same words, other facts, a day or more apart."""
    differs = found.figures.changed > 0 or _facts(found, 1.0) < FACTS_LATER
    return hours is not None and hours >= DAY and found.contained >= CONTAINED and differs


def _facts(found: Comparison, absent: float) -> float:
    """The share of figures and names kept; one more is taken as kept, so that a single one decides little."""
    kept = found.figures.kept + found.names.kept
    missing = found.figures.absent + found.names.absent
    return (kept + 1) / (kept + _changed(found) + absent * missing + 1)


def _others(found: Comparison, *, recurring: bool) -> bool:
    """Whether so many facts are others that a later text is another number of a series."""
    if recurring:
        return found.figures.changed > 0
    return _changed(found) > CHANGED_LATER * (found.figures.kept + found.names.kept + _changed(found))


def _changed(found: Comparison) -> int:
    return found.figures.changed + found.names.changed
