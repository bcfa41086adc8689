"""Claims on made-up statements whose claims are known, since no corpus has statements joined by proposition.

A seeded generator tells each story in reports of invented outlets: the same claim in other words, in another spelling
of its names, denied, doubted and passed on; and, as what must stay apart, the same sentence of another day, another
town, another number, other actors, and with the actors' parts exchanged. The reports are read by the real reader; its
statements are matched to the told ones by their spans. Figures: pairwise precision and recall of the joined statements,
with and without suggestions, and the share of members whose polarity is right. `--part train` has other wordings than
the test part: weights and rules are to be looked at there.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from benchmarks import figures
from benchmarks.figures import Breakdown, Figure, Outcome, share
from sayso import read_many
from sayso.read import reader
from sayso.read.encoder import shipped
from sayso.trace.claims import Known, Placement, claims, joined, known, propositions, suggestions
from sayso.trace.claims.memory import MemoryIndex
from sayso.vocabulary import Polarity, Published, ReaderVersion, Reading, Report, ReportId, Span, StatementId

SEED: Final = 1898
# A claim's wordings, by part: what it says stays the same within a tuple. Slots are filled by `_slots`.
Wordings = tuple[str, ...]
PARTS: Final[dict[str, tuple[Wordings, ...]]] = {
    "train": (
        (
            "{n} cases of shelling were recorded near {town} on {day}",
            "on {day} the area around {town} was shelled {n} times",
            "monitors counted {n} shellings close to {town} on {day}",
        ),
        (
            "{a} attacked the grain store in {town} on {day}",
            "the grain store in {town} was attacked by {a} on {day}",
            "{a} carried out the attack on the grain store in {town} on {day}",
        ),
        (
            "{n} people were killed when a footbridge collapsed in {town} on {day}",
            "the collapse of a footbridge killed {n} people in {town} on {day}",
            "{n} people died in {town} on {day} as a footbridge came down",
        ),
        (
            "{a} is preparing a staged video of an attack in {town}",
            "a staged video about an attack in {town} is being prepared by {a}",
            "{a} plans to film a faked attack in {town}",
        ),
        (
            "{a} paid {m} dollars to {b}",
            "{b} received {m} dollars from {a}",
            "a sum of {m} dollars was handed to {b} by {a}",
        ),
        (
            "the border crossing at {town} was closed on {day}",
            "the crossing point at {town} was shut on {day}",
            "on {day} traffic over the border at {town} was halted",
        ),
    ),
    "test": (
        (
            "{n} violations of the ceasefire were registered in {town} on {day}",
            "on {day} the ceasefire was violated {n} times in {town}",
            "observers noted {n} breaches of the truce in {town} on {day}",
        ),
        (
            "{a} poisoned the wells of {town}",
            "the wells of {town} were poisoned by {a}",
            "{a} contaminated the well water of {town}",
        ),
        (
            "{a} seized {n} lorries of flour in {town} on {day}",
            "{n} lorries carrying flour were seized by {a} in {town} on {day}",
            "{a} took {n} trucks loaded with flour in {town} on {day}",
        ),
        (
            "{n} miners were trapped after a blast at the pit in {town} on {day}",
            "a blast at the pit in {town} trapped {n} miners on {day}",
            "an explosion left {n} miners stuck underground in {town} on {day}",
        ),
        (
            "{a} is sheltering fighters of {b} in {town}",
            "fighters of {b} are being sheltered in {town} by {a}",
            "{a} gives refuge to fighters of {b} in {town}",
        ),
        (
            "the ferry to {town} sank because its hull had not been repaired",
            "the {town} ferry went down because repairs to its hull had been left undone",
            "an unrepaired hull caused the sinking of the ferry to {town}",
        ),
    ),
}  # fmt: skip
_TOWNS: Final = ("Narvik", "Hamar", "Lillehammer", "Houlton", "Rovaniemi", "Kuopio", "Umea", "Mariehamn")
# Groups with other spellings of their names; the first is the usual one.
_GROUPS: Final = (
    ("the Northern Guard",), ("the Free Harbour Movement",), ("the Kulit Brigade", "the Kulyt Brigade"),
    ("the Sarim Battalion", "the Sareem Battalion"), ("the Veska Column", "the Vesqa Column"), ("the Lowland Union",),
    ("the Orlen Militia", "the Orlin Militia"), ("the River Volunteers",),
)  # fmt: skip
_SPEAKERS: Final = (
    "Governor Ida Holm", "Major Ulf Brandt", "the interior ministry", "spokesman Olle Strand", "Colonel Matti Ranta",
    "police chief Aino Lahti", "the border service", "Deputy Mayor Per Nygard", "the aid committee", "the port office",
)  # fmt: skip
_AFFIRMING: Final = ("{speaker} said that {what}.", "{What}, {speaker} said.", "According to {speaker}, {what}.")
_OTHERS: Final = {
    Polarity.DENIES: ("{speaker} denied that {what}.", "{speaker} rejected reports that {what}."),
    Polarity.DOUBTS: ("{speaker} doubted that {what}.",),
    Polarity.REPORTS: ("Reportedly, {what}.",),
}
_NEUTRAL: Final = "The weather stayed calm along the coast, and the schools were open."


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as it was made up: which claim it puts, as which kind of look-alike, where, and its polarity."""

    claim: str
    kind: str
    span: Span
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A made-up report with the one statement of a claim that it holds."""

    report: Report
    told: Told


def dispatches(seed: int, stories: int, part: str) -> Iterator[Dispatch]:
    """The reports of so many stories, each a claim with its retellings and its look-alikes."""
    drawn = random.Random(seed)
    for number in range(stories):
        wordings = PARTS[part][number % len(PARTS[part])]
        slots = _slots(drawn)
        retold = (*[Polarity.AFFIRMS] * 3, Polarity.DENIES, Polarity.DOUBTS, Polarity.REPORTS)
        for polarity in retold:
            yield _dispatch(drawn, "as told", wordings, _respelled(slots, drawn), polarity)
        for change, other in _look_alikes(slots, wordings[0], drawn).items():
            for _ in range(2):
                yield _dispatch(drawn, change, wordings, other, Polarity.AFFIRMS)


Slots = dict[str, str]


def _slots(drawn: random.Random) -> Slots:
    one, other = drawn.sample(range(len(_GROUPS)), 2)
    day = date(2019, 1, 1) + timedelta(drawn.randrange(900))
    return {
        "n": str(drawn.randrange(3, 60)), "m": f"{drawn.randrange(20, 900)},000", "town": drawn.choice(_TOWNS),
        "a": str(one), "b": str(other), "day": day.isoformat(),
    }  # fmt: skip


def _look_alikes(slots: Slots, wording: str, drawn: random.Random) -> dict[str, Slots]:
    """The same sentence of something else, for each slot that the wording has."""
    found: dict[str, Slots] = {}
    if "{day}" in wording:
        later = date.fromisoformat(slots["day"]) + timedelta(drawn.randrange(3, 20))
        found["other day"] = {**slots, "day": later.isoformat()}
    if "{town}" in wording:
        found["other town"] = {**slots, "town": drawn.choice([town for town in _TOWNS if town != slots["town"]])}
    if "{n}" in wording:
        found["other number"] = {**slots, "n": str(int(slots["n"]) + drawn.randrange(2, 9))}
    if "{a}" in wording:
        others = [str(at) for at in range(len(_GROUPS)) if str(at) not in (slots["a"], slots["b"])]
        found["other actor"] = {**slots, "a": drawn.choice(others)}
    if "{b}" in wording:
        found["parts exchanged"] = {**slots, "a": slots["b"], "b": slots["a"]}
    return found


def _respelled(slots: Slots, drawn: random.Random) -> Slots:
    """The same slots, with a group in another spelling and a small number in words, by chance."""
    words = {3: "three", 5: "five", 7: "seven", 12: "twelve", 20: "twenty"}
    number = int(slots["n"])
    spelled = words[number] if number in words and drawn.random() < 0.5 else slots["n"]
    return {**slots, "spelled": spelled, "spelling": str(drawn.randrange(2))}


def _dispatch(drawn: random.Random, kind: str, wordings: Wordings, slots: Slots, polarity: Polarity) -> Dispatch:
    spelling = int(slots.get("spelling", "0"))
    names = {key: _GROUPS[int(slots[key])][min(spelling, len(_GROUPS[int(slots[key])]) - 1)] for key in ("a", "b")}
    day = date.fromisoformat(slots["day"])
    shown = {**slots, **names, "n": slots.get("spelled", slots["n"]), "day": f"{day.day} {day:%B} {day.year}"}
    what = drawn.choice(wordings).format(**shown)
    frame = drawn.choice(_OTHERS.get(polarity, _AFFIRMING))
    sentence = frame.format(speaker=drawn.choice(_SPEAKERS), what=what, What=what[0].upper() + what[1:])
    sentence = sentence[0].upper() + sentence[1:]
    text = f"{sentence}\n\n{_NEUTRAL}"
    start = text.lower().index(what.lower())
    published = (day + timedelta(drawn.randrange(3))).isoformat()
    report = Report(
        id=ReportId(f"dispatch {drawn.randrange(10**12)}"),
        text=text,
        outlet=f"Outlet {drawn.randrange(40)}",
        published=Published(published, "given"),
    )
    # What the wording does not tell makes no other claim: two stories may tell the same.
    claim = wordings[0].format(**slots)
    return Dispatch(report, Told(claim, kind, Span(start, start + len(what)), polarity))


@dataclass(frozen=True, slots=True)
class Heard:
    """A told statement as the reader read it."""

    told: Told
    known: Known


def heard(part: Sequence[Dispatch]) -> tuple[list[Heard], int]:
    """The told statements that were read as one, and how many were not."""
    out: list[Heard] = []
    for dispatch in part:
        (reading,) = read_many([dispatch.report])
        fits = [
            (_overlap(_content(reading, found.statement), dispatch.told.span), found) for found in propositions(reading)
        ]
        best = max(fits, key=lambda item: item[0], default=None)
        if best is not None and best[0] >= 0.5:
            out += [Heard(dispatch.told, one) for one in known([best[1]])]
    return out, len(part) - len(out)


def _content(reading: Reading, statement: str) -> Span:
    found = next(item for item in reading.statements if item.id == statement)
    return Span(found.content.spans[0].start, found.content.spans[-1].end)


def _overlap(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(0, both) / (max(one.end, other.end) - min(one.start, other.start))


def measure(seed: int, stories: int, part: str = "test") -> Outcome:
    """Make up reports, read them, join their statements, and compare with what was told."""
    made = list(dispatches(seed, stories, part))
    found, missed = heard(made)
    placements = joined([item.known for item in found])
    told = {(item.known.proposition.report, item.known.proposition.statement): item.told for item in found}
    group = {_ref(placement): placement.claim for placement in placements}
    linked = {frozenset(pair) for pair in combinations(group, 2) if group[pair[0]] == group[pair[1]]}
    gold = {frozenset(pair) for pair in combinations(told, 2) if told[pair[0]].claim == told[pair[1]].claim}
    offered = _offered(placements)
    polarities = _polarities(placements, told)
    right = len(linked & gold)
    return Outcome(
        benchmark="claims_synthetic",
        data=None,
        corpus=f"{part}, seed {seed}",
        documents=len(made),
        words=sum(len(item.report.text.split()) for item in made),
        figures=(
            Figure("precision", share(right, len(linked)), "joined pairs that are one claim"),
            Figure("recall", share(right, len(gold)), "pairs of one claim that were joined"),
            Figure("recall_suggested", share(len((linked | offered) & gold), len(gold)), "… or suggested"),
            Figure("polarity", share(sum(polarities), len(polarities)), "members with the right polarity"),
            Figure("heard", share(len(found), len(made)), "told statements that the reader found"),
        ),
        breakdowns=(_kinds(linked - gold, told),),
        notes=(f"{missed} told statements were not read as one and are left out of the pairs",),
        reader=ReaderVersion(reader.NAME, reader.VERSION, shipped().fingerprint),
    )


Ref = tuple[ReportId, StatementId]


def _ref(placement: Placement) -> Ref:
    return placement.known.proposition.report, placement.known.proposition.statement


def _offered(placements: Sequence[Placement]) -> set[frozenset[Ref]]:
    """Pairs that a suggestion would bring together: a statement and the members of the claim it is offered to."""
    index = MemoryIndex()
    refs = {_ref(placement): index.add(placement.known) for placement in placements}
    index.keep(placements)
    groups: dict[str, list[Ref]] = {}
    for placement in placements:
        groups.setdefault(placement.claim, []).append(_ref(placement))
    return {
        frozenset((_ref(placement), other))
        for placement in placements
        for link in suggestions(refs[_ref(placement)], index)
        for other in groups[link.claim]
    }


def _polarities(placements: Sequence[Placement], told: Mapping[Ref, Told]) -> list[bool]:
    """For each member of a claim of several, whether its polarity is the one it was told with."""
    return [
        member.polarity is told[(member.report, member.statement)].polarity
        for found in claims(placements)
        if len(found.members) > 1
        for member in found.members
    ]


def _kinds(wrong: set[frozenset[Ref]], told: Mapping[Ref, Told]) -> Breakdown:
    """What was wrongly joined, by the look-alike it fell for."""
    counts: dict[str, int] = {}
    for pair in wrong:
        names = sorted(told[ref].kind for ref in pair)
        kind = " / ".join(dict.fromkeys(names))
        counts[kind] = counts.get(kind, 0) + 1
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Breakdown("wrongly joined pairs", ("kind", "pairs"), tuple(rows))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command("claims_synthetic", "Score claims on made-up reports.", "--stories 30")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other reports")
    parser.add_argument("--stories", type=figures.count, default=30, help="stories of about 14 reports each")
    parser.add_argument("--part", choices=sorted(PARTS), default="test", help="which wordings")
    arguments: argparse.Namespace = parser.parse_args(argv)
    return figures.finish(parser, arguments, lambda: measure(arguments.seed, arguments.stories, arguments.part))


if __name__ == "__main__":
    sys.exit(main())
