"""How many an attack killed: the number that its counts and its victims together make likeliest.

Counts stand in other sentences than the deed, repeat and add to one another, and often count the dead of something
else; victims are named one by one. So each number that any of these gives is weighed (`choosing`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sayso.read.counts import totals
from sayso.read.counts.numbers import Range, numbers
from sayso.read.incidents.choosing import Features, counted, probabilities, shipped
from sayso.read.incidents.surroundings import sentence_at
from sayso.vocabulary import ActorKind, Count, Harm, Incident, Part, PartRole, Reading, Span, Status

_PLURAL: Final = re.compile(r"(?:[^s]s|men|people|police|children)$", re.IGNORECASE)
_KILLED: Final = re.compile(
    r"\b(?:kill\w*|murder\w*|assassinat\w*|dead|deaths?|died?|slain|slay\w*|massacr\w*|execut\w*|corpses?|"
    r"bod(?:y|ies))\b",
    re.IGNORECASE,
)
_HURT: Final = re.compile(
    r"\b(?:wound\w*|injur\w*|surviv\w*|unharmed|unhurt|escap\w*|attempt\w*|threat\w*)\b", re.IGNORECASE
)
_LEAD: Final = 15  # characters before a phrase in which its number stands
_BEFORE: Final = 50  # characters around a victim in which words tell what became of them
_AFTER: Final = 40
_HIGHEST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Killed:
    """The victims that an attack killed: those named, those told as several, and single ones without a name."""

    every: Sequence[Part]
    named: Sequence[Part]
    several: Sequence[Part]
    single: Sequence[Part]


def dead(reading: Reading, incident: Incident) -> Range | None:
    """How many were killed in an attack; None where nobody is told to have been."""
    found, features = candidates(reading, incident)
    chances = probabilities(shipped()["dead"], features)
    best = max(range(len(chances)), key=lambda i: chances[i])
    if best == len(found):
        return None
    if best > len(found):
        total = totals(incident.counts, reading.report.text).get(Harm.KILLED)
        return total if total is not None and total.low > 1 else Range(2, None)
    return Range(found[best], found[best])


def candidates(reading: Reading, incident: Incident) -> tuple[list[int], list[Features]]:
    """The numbers of dead that a report may give an attack, and their features.

    The last but one features are of nobody killed, the last of a number that is left open.
    """
    text, sentences = reading.report.text, reading.sentences
    parts = [p for p in incident.parts if p.score is not None]
    victims = [p for p in parts if p.role is PartRole.VICTIM]
    killed = _killed(reading, victims)
    given: defaultdict[int, dict[str, float]] = defaultdict(dict)
    total = totals(incident.counts, text).get(Harm.KILLED)
    if total is not None:
        given[total.low]["total" if total.high == total.low else "open total"] = 1.0
        if total.high is not None and total.high != total.low:
            given[total.high]["highest total"] = 1.0
    for name, number in _by_victims(text, victims, killed):
        given[number][name] = 1.0
    told = {sentence_at(sentences, span) for span in incident.mentions}
    holding = {sentence_at(sentences, p.span) for p in parts}
    counts = [c for c in _every_count(reading) if c.harm is Harm.KILLED and c.low > 0]
    for count in counts:
        row = given[count.low]
        row |= dict.fromkeys(_of_count(count, incident, sentence_at(sentences, count.span), told, holding, killed), 1.0)
        row["times"] = row.get("times", 0.0) + 1.0
    found = sorted(number for number in given if 0 < number < _HIGHEST)
    out: list[Features] = []
    for number in found:
        row = given[number]
        row |= {"times": counted(row.get("times", 0.0)), "size": counted(number), f"is {number}": float(number <= 2)}
        if "named" in row:
            row |= {"named with several": float(bool(killed.several)), "named with single": float(bool(killed.single))}
            row["named against total"] = float(total is not None and "total" not in row)
            row["named and total"] = float("total" in row)
        out.append(row)
    several = {"open": 1.0, "open of several": float(len(killed.several)), "open named": float(bool(killed.named))}
    several["open by total"] = float(total is not None and total.high is None)
    several["open beside exact"] = float(any(c.low == c.high for c in counts))
    nobody = _nobody(reading, incident, victims, killed, [sentences[n] for n in sorted(told)])
    return found, [*out, {**nobody, "none by total": float(total is not None)}, several]


def _killed(reading: Reading, victims: Sequence[Part]) -> Killed:
    every = [p for p in victims if p.harm is Harm.KILLED]
    people = {a.id for a in reading.actors if a.kind is ActorKind.PERSON and a.names}
    named = [p for p in every if p.actor in people]
    rest = [p for p in every if p.actor not in people]
    return Killed(
        every, named, [p for p in rest if _PLURAL.search(p.text)], [p for p in rest if not _PLURAL.search(p.text)]
    )


def _by_victims(text: str, victims: Sequence[Part], killed: Killed) -> list[tuple[str, int]]:
    """The numbers that victims give when they are counted."""
    said = [_number(text, part.span) for part in killed.every]
    found = [("victims", len(victims)), ("named", len(killed.named)), ("single", len(killed.single))]
    if killed.named and killed.single:
        found.append(("named and single", len(killed.named) + len(killed.single)))
    if not killed.several:
        found.append(("killed", len(killed.every)))
    found += [("phrase", number) for number in said if number is not None and number > 1]
    plain = (0 if part in killed.several else 1 for part in killed.every)
    found.append(("sum of phrases", sum(n or one for n, one in zip(said, plain, strict=True))))
    return [(name, number) for name, number in found if number]


def _number(text: str, span: Span) -> int | None:
    """The number in a phrase or just before it: "six Jesuits"."""
    said = [n.low for n in numbers(text[max(0, span.start - _LEAD) : span.end]) if n.low == n.high]
    return said[-1] if said else None


def _every_count(reading: Reading) -> list[Count]:
    return list({c.span: c for incident in reading.incidents for c in incident.counts}.values())


def _of_count(
    count: Count, incident: Incident, number: int, told: set[int], holding: set[int], killed: Killed
) -> list[str]:
    """What a count of dead has to do with an attack."""
    kind = "exact" if count.low == count.high else "open"
    who = count.who_span or count.span
    found = ["own"] * any(count.span == own.span for own in incident.counts)
    found += ["told"] * (number in told) + ["parts"] * (number in holding) + ["lead"] * (number <= 1)
    found += ["first"] * (number == min(told)) + ["far"] * (number not in told and number not in holding)
    found += ["of killed"] * any(p.span.start < who.end and who.start < p.span.end for p in killed.every)
    return [f"{kind} {name}" for name in found]


def _nobody(
    reading: Reading, incident: Incident, victims: Sequence[Part], killed: Killed, told: Sequence[Span]
) -> dict[str, float]:
    text = reading.report.text
    around = [Span(max(0, p.span.start - _BEFORE), p.span.end + _AFTER) for p in victims]
    scores = [p.score or 0.0 for p in killed.every]
    return {
        "none": 1.0,
        f"none {incident.type.value}": 1.0,
        "none killed": min(3.0, sum(scores)),
        "none surest": max(scores, default=0.0),
        "none victims": float(not victims),
        "none told killed": float(any(_KILLED.search(text, *s) for s in told)),
        "none told hurt": float(any(_HURT.search(text, *s) for s in told)),
        "none named killed": float(any(_KILLED.search(m.of(text)) for m in incident.mentions)),
        "none near killed": float(any(_KILLED.search(text, *s) for s in around)),
        "none near hurt": float(any(_HURT.search(text, *s) for s in around)),
        "none short of it": float(incident.status is not Status.HAPPENED),
    }
