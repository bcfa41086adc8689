"""Learn where, when, how deadly and on whose word attacks were.

`python -m training.attack_choices --data ../shared/eval --out FOLDER` learns from the reader's own readings of MUC-4's
training documents, without those held back from training the encoder (`training.attacks` fits on these). Writes
`attack_choices.json`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sayso import read_many
from sayso.read.incidents import dead, when, where
from sayso.read.incidents.choosing import Coefficients, Features, probabilities
from sayso.read.incidents.fillers import STANDINGS
from sayso.read.incidents.scene import over, rows
from sayso.read.incidents.settling import attacks
from sayso.read.incidents.standing import features, for_label
from sayso.read.incidents.surroundings import body, busy, surroundings
from sayso.read.times.anchors import day_of
from sayso.share.exports.acled_codes import countries
from sayso.vocabulary import Incident, Part, Place, PlaceId, Published, Reading, Report, ReportId, Span, Standing
from training.corpora import FILLERS, read_lines, unwrapped

HELD_BACK = 10  # as in training.train
Row = Mapping[str, Any]
Example = tuple[Sequence[Features], Collection[int]]  # the candidates, and which of them are right

_LABELS = {
    "REPORTED AS FACT": Standing.FACT,
    "SUSPECTED OR ACCUSED": Standing.ACCUSED,
    "SUSPECTED OR ACCUSED BY AUTHORITIES": Standing.ACCUSED_BY_AUTHORITIES,
    "CLAIMED OR ADMITTED": Standing.CLAIMED,
    "POSSIBLE": Standing.POSSIBLE,
}
_PENALTIES = {"country": 3.0, "place": 20.0, "day": 5.0, "dead": 8.0, "standing": 150.0}
_RARE = 8  # a feature that fewer candidates have is left out
_MARKS = re.compile(r"[^\w\s]|\b(?:the|an?)\b")
_LEVEL = re.compile(
    r"^(?:department|province|district|municipality|town|city|village) of | "
    r"(?:department|province|district|municipality|neighborhood|canton|region|village)$"
)


def document(row: Row) -> Report:
    """A document of the corpus as a report of its dateline's day."""
    day = row["dateline"]["date"]
    return Report(ReportId(row["id"]), unwrapped(row["text"]), published=Published(day, "dateline") if day else None)


def country_examples(row: Row, reading: Reading) -> Iterator[Example]:
    """For each attack of the key the countries that it may have been in."""
    told, sentences = attacks(reading), body(reading)
    places = where.atlas(reading, sentences)
    for incident, key in pairs(told, row["incidents"]):
        if not key["location"]:
            continue
        names, found = where.countries(places, surroundings(reading, incident, sentences, busy(told, sentences)))
        wanted = {_plain(it["country"]) for it in key["location"]["alternatives"]}
        right = {i for i, name in enumerate(names) if name in countries() and _plain(countries()[name].name) in wanted}
        yield found, right or {len(names)}


def place_examples(row: Row, reading: Reading, learned: Coefficients) -> Iterator[Example]:
    """For each attack of the key the places it may have been at; countries are weighed by what was learned of them."""
    told, sentences = attacks(reading), body(reading)
    places = where.atlas(reading, sentences)
    for incident, key in pairs(told, row["incidents"]):
        around = surroundings(reading, incident, sentences, busy(told, sentences))
        names, of_countries = where.countries(places, around)
        chances = dict(zip(names, probabilities(learned, of_countries), strict=False))
        found, of_places = where.candidates(incident, places, around, chances)
        alternatives = key["location"]["alternatives"] if key["location"] else ()
        wanted = {_plain(p["name"]) for it in alternatives if it["places"] for p in it["places"][-1]}
        right = {i for i, it in enumerate(found) if any(_names(p, places.known) & wanted for p in it.mentions)}
        yield of_places, right or {len(found)}


def day_examples(row: Row, reading: Reading) -> Iterator[Example]:
    """For each attack of the key the days it may have been on; "before the report" is no day."""
    told, sentences = attacks(reading), body(reading)
    times, statements = rows(reading.times, sentences), over(reading.statements, sentences)
    published = day_of(reading.report.published)
    for incident, key in pairs(told, row["incidents"]):
        around = surroundings(reading, incident, sentences, busy(told, sentences))
        days, found = when.candidates(incident, times, statements, around, published)
        wanted = {(it["start"], it["end"]) for it in key["date"]["alternatives"]} if key["date"] else set()
        right = {i for i, day in enumerate(days) if (day.start, day.end) in wanted}
        if published is not None and (None, published.isoformat()) in wanted:
            right |= {len(days)}
        yield found, right


def dead_examples(row: Row, reading: Reading) -> Iterator[Example]:
    """For each attack of the key the numbers of dead that it may have left."""
    for incident, key in pairs(attacks(reading), row["incidents"]):
        numbers, found = dead.candidates(reading, incident)
        killed = [c for c in key["casualties"] if "DEATH" in c["effect"]]
        if any(c["optional"] or len(c["effect"]) > 1 or len(c["number"]) > 1 for c in killed):
            continue  # what the key itself leaves open
        said = [number for c in killed for number in c["number"] or [{}]]
        exact = [int(number["low"]) for number in said if number and number["low"] == number["high"]]
        if not killed:
            yield found, {len(numbers)}
        elif len(exact) == len(said):
            yield found, {i for i, number in enumerate(numbers) if number == sum(exact)}
        else:
            yield found, {len(numbers) + 1}


def standing_examples(row: Row, reading: Reading) -> Iterator[Example]:
    """For each organisation of the key, wherever it stands, the labels it may have."""
    sentences = body(reading)
    statements = over(reading.statements, sentences)
    for key in row["incidents"]:
        for fill in key["perp_org"]:
            spans = sorted({Span(*span) for spans in fill.get("spans") or () for span in spans})
            labels = next((it for it in key["perp_confidence"] if set(it["of"] or ()) & set(fill["values"])), None)
            right = {STANDINGS.index(_LABELS[v]) for v in labels["values"] if v in _LABELS} if labels else set()
            if spans and right:
                found = features(reading.report.text, sentences, statements, [(span, 1.0) for span in spans])
                yield [for_label(found, label) for label in STANDINGS], right


def pairs(told: Sequence[Incident], keys: Sequence[Row]) -> list[tuple[Incident, Row]]:
    """The attacks of a reading with those of the key that share most fillers with them; none is in two."""
    scored = sorted(
        (-_shared(incident, key), i, j) for i, incident in enumerate(told) for j, key in enumerate(keys)
    )  # fmt: skip
    out: list[tuple[Incident, Row]] = []
    seen: tuple[set[int], set[int]] = (set(), set())
    for shared, i, j in scored:
        if shared < 0 and i not in seen[0] and j not in seen[1]:
            seen[0].add(i)
            seen[1].add(j)
            out.append((told[i], keys[j]))
    return out


def _shared(incident: Incident, key: Row) -> int:
    return sum(_is_filler(part, key) for part in incident.parts if part.score is not None)


def _is_filler(part: Part, key: Row) -> bool:
    given = [fill for slot in FILLERS[part.role.value] for fill in key[slot]]
    spans = [Span(*span) for fill in given for spans in fill.get("spans") or () for span in spans]
    return any(part.span.start < span.end and span.start < part.span.end for span in spans)


def _names(place: Place, known: Mapping[PlaceId, Place]) -> set[str]:
    """What the key may call a place: as written, without the word for what it is, a part of it by the whole."""
    where_ = place.whereabouts
    texts = [place.text, *(known[i].text for i in (where_.anchors if where_ and where_.kind == "part" else ()))]
    plain = {_plain(text) for text in texts}
    return plain | {_LEVEL.sub("", name) for name in plain}


def _plain(name: str) -> str:
    return " ".join(_MARKS.sub(" ", name.lower()).split())


def learned(given: Sequence[Example], penalty: float, passes: int = 400) -> dict[str, float]:
    """The coefficients under which the right candidates are likeliest, with a ridge penalty; by Adam, all at once."""
    kept = [(found, right) for found, right in given if right]
    seen = Counter(name for found, _ in kept for row in found for name, value in row.items() if value)
    names = sorted(name for name, number in seen.items() if number >= _RARE)
    column = {name: i for i, name in enumerate(names)}
    values = np.zeros((sum(len(found) for found, _ in kept), len(names)))
    answers, groups = np.zeros(len(values)), np.zeros(len(values), dtype=int)
    at = 0
    for group, (found, right) in enumerate(kept):
        for i, row in enumerate(found):
            for name, value in row.items():
                if name in column:
                    values[at, column[name]] = value
            answers[at], groups[at] = (i in right) / len(right), group
            at += 1
    spread = values.std(0) + 1e-9
    scaled = values / spread
    starts = np.flatnonzero(np.r_[True, np.diff(groups) > 0])
    weights, mean, square = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, passes + 1):
        scores = scaled @ weights
        chance = np.exp(scores - np.maximum.reduceat(scores, starts)[groups])
        chance /= np.add.reduceat(chance, starts)[groups]
        slope = (scaled.T @ (chance - answers) + penalty * weights) / len(kept)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = 0.05 if step < 0.6 * passes else 0.01
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(value), 4) for name, value in zip(names, weights / spread, strict=True)}


def learn(documents: Sequence[tuple[Row, Reading]]) -> dict[str, dict[str, float]]:
    """All coefficients, by the choice."""
    country = learned([it for pair in documents for it in country_examples(*pair)], _PENALTIES["country"])
    given = {
        "place": [it for pair in documents for it in place_examples(*pair, country)],
        "day": [it for pair in documents for it in day_examples(*pair)],
        "dead": [it for pair in documents for it in dead_examples(*pair)],
        "standing": [it for pair in documents for it in standing_examples(*pair)],
    }
    return {"country": country} | {name: learned(found, _PENALTIES[name]) for name, found in given.items()}


def main() -> None:
    """Parse the command line and learn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder of the weights")
    args = parser.parse_args()
    read = [row for i, row in enumerate(read_lines(args.data / "incidents/train.jsonl.gz")) if i % HELD_BACK]
    found = learn(list(zip(read, read_many(document(row) for row in read), strict=True)))
    (args.out / "attack_choices.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"{len(read)} documents, {sum(map(len, found.values()))} coefficients")


if __name__ == "__main__":
    main()
