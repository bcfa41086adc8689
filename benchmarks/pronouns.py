"""Scoring of third-person pronouns against coreference chains. Pure functions over gold mentions and actors.

*Asked* is every third-person pronoun that is a gold mention of a person or an organisation and whose chain
has an earlier mention that is named (`proper_names.is_named`).

It is *right* when exactly one actor of the reading holds the pronoun's span among its mentions, and that
actor is the chain's: at least one of the actor's name mentions before the pronoun belongs to the chain, and
so do more than half of all its name mentions that belong to any chain (so that an actor into which everybody
was thrown wins nothing). Otherwise it is *wrong*, or *open* when no actor holds it.

An actor's name mention is a mention whose words are one of the actor's names. It belongs to the chain of the
gold mention with the same span; else of the shortest gold mention around it that is named ("President Obama"
around "Obama"; not "Obama's aide"); else of the longest named one inside it.

The trivial answer to compare with: the nearest gold name before the pronoun that has a fitting type (a person
for "he" and "she", an organisation for "it", either for "they").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from benchmarks.proper_names import is_named
from sayso.vocabulary import Actor, Reading, Span

PRONOUNS: Final = {
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "hers", "herself"),
    "it": ("it", "its", "itself"),
    "they": ("they", "them", "their", "theirs", "themselves", "themself"),
}
LEMMA: Final = {form: lemma for lemma, forms in PRONOUNS.items() for form in forms}
_FITTING: Final = {
    "he": {"person"},
    "she": {"person"},
    "it": {"organization"},
    "they": {"person", "organization"},
}


class Verdict(StrEnum):
    """What became of a pronoun."""

    RIGHT = "right"
    WRONG = "wrong"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention of the corpus: span, type, chain, and whether its head is a name."""

    span: Span
    kind: str
    chain: str
    named: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One asked pronoun: its lower-case form and gold type, our verdict, whether the trivial one is right."""

    form: str
    kind: str
    verdict: Verdict
    trivial: bool


def gold_mentions(text: str, rows: Iterable[dict[str, object]]) -> list[GoldMention]:
    """The mentions of a GUM document, in order of their start, longer ones first."""
    found = []
    for row in rows:
        span = Span(int(str(row["start"])), int(str(row["end"])))
        found.append(GoldMention(span, str(row["type"]), str(row.get("chain", "")), is_named(text, span)))
    return sorted(found, key=lambda mention: (mention.span.start, -mention.span.end))


def asked(text: str, gold: Sequence[GoldMention]) -> list[GoldMention]:
    """The pronouns that have an earlier name."""
    first_name: dict[str, int] = {}
    for mention in gold:
        if mention.named and mention.chain:
            first_name[mention.chain] = min(first_name.get(mention.chain, mention.span.end), mention.span.end)
    return [
        mention
        for mention in gold
        if mention.kind in ("person", "organization")
        and mention.span.of(text).casefold() in LEMMA
        and first_name.get(mention.chain, len(text) + 1) <= mention.span.start
    ]


def answers(reading: Reading, gold: Sequence[GoldMention]) -> list[Answer]:
    """Verdicts on every asked pronoun of a document."""
    text = reading.report.text
    return [
        Answer(
            form=pronoun.span.of(text).casefold(),
            kind=pronoun.kind,
            verdict=verdict(reading, pronoun, gold),
            trivial=nearest_name_chain(text, pronoun, gold) == pronoun.chain,
        )
        for pronoun in asked(text, gold)
    ]


def verdict(reading: Reading, pronoun: GoldMention, gold: Sequence[GoldMention]) -> Verdict:
    """What the reading makes of one pronoun."""
    holders = [actor for actor in reading.actors if pronoun.span in actor.mentions]
    if not holders:
        return Verdict.OPEN
    if len(holders) > 1:
        return Verdict.WRONG
    chains = [(span, chain_of(span, gold)) for span in name_mentions(reading.report.text, holders[0])]
    known = Counter(chain for _, chain in chains if chain)
    earlier = any(chain == pronoun.chain and span.end <= pronoun.span.start for span, chain in chains)
    return Verdict.RIGHT if earlier and 2 * known[pronoun.chain] > known.total() else Verdict.WRONG


def name_mentions(text: str, actor: Actor) -> list[Span]:
    """The actor's mentions whose words are one of its names."""
    names = {_plain(name) for name in (actor.name, *actor.names)}
    return [span for span in actor.mentions if _plain(span.of(text)) in names and _plain(span.of(text)) not in LEMMA]


def chain_of(span: Span, gold: Sequence[GoldMention]) -> str:
    """The chain a name mention of ours belongs to; "" if to none."""
    for mention in gold:
        if mention.span == span and mention.chain:
            return mention.chain
    around = [m for m in gold if m.named and m.chain and m.span.start <= span.start and span.end <= m.span.end]
    if around:
        return min(around, key=lambda m: m.span.end - m.span.start).chain
    inside = [m for m in gold if m.named and m.chain and span.start <= m.span.start and m.span.end <= span.end]
    return max(inside, key=lambda m: m.span.end - m.span.start).chain if inside else ""


def nearest_name_chain(text: str, pronoun: GoldMention, gold: Sequence[GoldMention]) -> str:
    """The chain of the nearest earlier gold name whose type fits the pronoun; "" if there is none."""
    fitting = _FITTING[LEMMA[pronoun.span.of(text).casefold()]]
    before = [m for m in gold if m.named and m.kind in fitting and m.span.end <= pronoun.span.start]
    return max(before, key=lambda m: m.span.end).chain if before else ""


def _plain(name: str) -> str:
    words = name.casefold().replace("’", "'").removesuffix("'s").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
