"""Attacks as MUC-4 keys them: who did what to whom, where, when, with how many dead, on whose word.

The incidents of a reading that have a part of the encoder's own (one with a score) are answered as templates, in the
form of the corpus's `score.py`, which does all scoring: the metric of GTT, CEAF-RME with subset similarity, and the
slots that only the systems of 1992 filled. Line breaks within paragraphs are joined, and the day of the dateline is
given as the date of publication; the texts are upper case as in the corpus. What has no day of its own is answered as
"before the report", as the key does.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from benchmarks import corpus, figures
from benchmarks.corpus import Row
from benchmarks.figures import Breakdown, Figure, Outcome
from benchmarks.times import load_scorer
from sayso.read.counts import totals
from sayso.read.counts.numbers import Range
from sayso.read.incidents.dead import dead
from sayso.share.exports.acled_codes import countries
from sayso.vocabulary import (
    ActorKind,
    Harm,
    Incident,
    IncidentType,
    Part,
    PartRole,
    Place,
    PlaceId,
    PlaceLevel,
    PlaceUse,
    Published,
    Reading,
    Report,
    Standing,
    Status,
)

_TYPES: Final = {
    IncidentType.ABDUCTION: "KIDNAPPING",
    IncidentType.REMOTE_EXPLOSIVE: "BOMBING",
    IncidentType.SUICIDE_BOMB: "BOMBING",
    IncidentType.AIR_STRIKE: "BOMBING",
    IncidentType.PEACEFUL_PROTEST: "FORCED WORK STOPPAGE",
}
_STAGES: Final = {Status.ATTEMPTED: "ATTEMPTED", Status.THREATENED: "THREATENED", Status.PLANNED: "THREATENED"}
_STANDINGS: Final = {
    Standing.FACT: "REPORTED AS FACT",
    Standing.ACCUSED: "SUSPECTED OR ACCUSED",
    Standing.ACCUSED_BY_AUTHORITIES: "SUSPECTED OR ACCUSED BY AUTHORITIES",
    Standing.CLAIMED: "CLAIMED OR ADMITTED",
    Standing.POSSIBLE: "POSSIBLE",
}
_FIRE: Final = re.compile(r"\b(?:arson|burn\w*|fire|torch\w*|ablaze|incendiary|molotov|gasoline)\b", re.IGNORECASE)
_LEVELS: Final = (PlaceLevel.COUNTRY, PlaceLevel.REGION, PlaceLevel.PROVINCE, PlaceLevel.DISTRICT)
_LEVEL_WORDS: Final = frozenset(
    {
        "department", "province", "district", "municipality", "region", "neighborhood", "canton", "village", "city",
        "town", "hamlet", "suburb",
    }
)  # fmt: skip
_SIDES: Final = frozenset(
    {
        "north", "south", "east", "west", "northern", "southern", "eastern", "western", "northeast", "northwest",
        "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern", "central", "downtown",
    }
)  # fmt: skip
_PLURAL: Final = re.compile(r"(?:[^s]s|men|people|police|children)$", re.IGNORECASE)
_SLOTS: Final = (
    ("date", "date exact", "day or range of days exactly the key's", 45, 70),
    ("country", "location country", "country", 68, 88),
    ("place", "location finest", "finest place", 42, 62),
    ("deaths", "killed exact", "number of dead exactly the key's", 36, 60),
    ("organisation", "perp_confidence pair", "organisation with its confidence", 26, 45),
)


def answer(reading: Reading) -> list[dict[str, Any]]:
    """The templates that a reading's incidents give, in the scorer's form."""
    return [
        _template(reading, incident)
        for incident in reading.incidents
        if any(part.score is not None for part in incident.parts)
    ]


def _template(reading: Reading, incident: Incident) -> dict[str, Any]:
    parts = [p for p in incident.parts if p.score is not None]
    victims = [p for p in parts if p.role is PartRole.VICTIM]
    organisations = [p for p in parts if p.role is PartRole.ORGANISATION]
    out: dict[str, Any] = {
        "type": _type(reading, incident),
        "stage": _STAGES.get(incident.status, "ACCOMPLISHED"),
        "perp_individual": [p.text for p in parts if p.role is PartRole.PERPETRATOR],
        "perp_org": [p.text for p in organisations],
        "target": [p.text for p in parts if p.role is PartRole.TARGET],
        "victim": [p.text for p in victims if _is_named(reading, p)],
        "victim_description": [p.text for p in victims if not _is_named(reading, p)],
        "weapon": _distinct(span.of(reading.report.text) for span in incident.weapons),
        "perp_confidence": [{"values": [_STANDINGS[p.standing]], "of": [p.text]} for p in organisations],
        "casualties": _casualties(reading, incident),
    }
    if incident.times and incident.start and incident.end:
        out["date"] = {"start": incident.start[:10], "end": incident.end[:10]}
    elif reading.report.published is not None:
        out["date"] = {"start": None, "end": reading.report.published.value[:10]}  # some time before the report
    where = _where(reading, incident)
    if where is not None:
        out["location"] = where
    return out


def _type(reading: Reading, incident: Incident) -> str:
    if incident.type is not IncidentType.LOOTING:
        return _TYPES.get(incident.type, "ATTACK")
    words = " ".join(span.of(reading.report.text) for span in (*incident.mentions, *incident.weapons))
    return "ARSON" if _FIRE.search(words) else "ROBBERY"


def _is_named(reading: Reading, part: Part) -> bool:
    """Whether a victim is given by a person's name."""
    actor = next((a for a in reading.actors if a.id == part.actor), None)
    if actor is None or actor.kind is not ActorKind.PERSON:
        return False
    words = " ".join(part.text.lower().split())
    return any(words in name.lower() or name.lower() in words for name in actor.names)


def _distinct(words: Iterable[str]) -> list[str]:
    """Each once, and none that a longer one holds."""
    found = list(dict.fromkeys(" ".join(w.lower().split()) for w in words))
    return [w for w in found if not any(w != other and re.search(rf"\b{re.escape(w)}\b", other) for other in found)]


def _casualties(reading: Reading, incident: Incident) -> list[dict[str, Any]]:
    """The dead, as the reader weighs them; the injured as counted, or else as many as are named."""
    out = []
    killed = dead(reading, incident)
    if killed is not None:
        out.append({"effect": ["DEATH"], "number": {"low": killed.low, "high": killed.high}})
    injured = _injured(reading, incident)
    if injured is not None:
        out.append({"effect": ["INJURY"], "number": {"low": injured.low, "high": injured.high}})
    return out


def _injured(reading: Reading, incident: Incident) -> Range | None:
    counted = totals(incident.counts, reading.report.text).get(Harm.INJURED)
    if counted is not None and counted.high != 0:
        return counted
    hurt = [p for p in incident.parts if p.harm is Harm.INJURED]
    suffered = [p for p in hurt if _is_named(reading, p)] or hurt  # a description is often of one who is named
    several = any(not _is_named(reading, p) and _PLURAL.search(p.text) for p in suffered)
    return Range(len(suffered) + several, None if several else len(suffered)) if suffered else None


def _where(reading: Reading, incident: Incident) -> dict[str, Any] | None:
    """Country and places, widest first of an incident; its likeliest place is the finest."""
    known = {place.id: place for place in reading.places}
    around = [known[i] for i in incident.places]
    country = _country(around, reading.places)
    fit = [
        p
        for p in around
        if p.use is PlaceUse.PLACE
        and p.level is not PlaceLevel.COUNTRY
        and (p.entry is None or p.entry.country == country or p is around[0])
    ]
    found = countries().get(country or "")
    if found is None and not fit:
        return None
    areas = sorted((p for p in fit[1:] if p.level in _LEVELS[1:]), key=_depth)
    inside = [p for p in fit[1:] if p.level not in _LEVELS and p.entry is not None][:1]
    places = [_bare(p, known) for p in (*areas, *inside, *fit[:1])]
    return {"country": found.name if found is not None else None, "places": list(dict.fromkeys(places))}


def _bare(place: Place, known: Mapping[PlaceId, Place]) -> str:
    """A place's name as the key writes it: without the word for what it is, and a part of a place by the whole.

    What has no name but by another place ("40 km north of Ostra") goes by that one's.
    """
    where = place.whereabouts
    if where is not None and where.anchors:
        anchor = known[where.anchors[0]]
        if where.kind == "part" or (place.entry is None and place.span.start < anchor.span.end <= place.span.end):
            return _bare(anchor, known)
    words = place.text.split()
    if len(words) > 1 and words[0].lower() in _SIDES and place.entry is None:
        words = words[1:]
    if len(words) > 1 and words[-1].lower() in _LEVEL_WORDS and " ".join(words[:-1]).lower() not in _country_names():
        words = words[:-1]
    return " ".join(words)


@cache
def _country_names() -> frozenset[str]:
    """Countries in lower case; "city" tells the towns of their names from them."""
    return frozenset(country.name.lower() for country in countries().values())


def _depth(place: Place) -> int:
    return _LEVELS.index(place.level)


def _country(around: Sequence[Place], places: Sequence[Place]) -> str | None:
    """The country that an incident names as the last of its places; else the one named most, its own places thrice."""
    if around and around[-1].level is PlaceLevel.COUNTRY and around[-1].entry is not None:
        return around[-1].entry.country
    named = Counter(p.entry.country for p in (*places, *around, *around) if p.entry is not None and p.entry.country)
    return next((country for country, _ in named.most_common(1)), None)


def documents(data: Path) -> list[Row]:
    """The documents with the line breaks within their paragraphs joined."""
    rows = corpus.rows(data)
    return [{**row, "text": re.sub(r"(?<!\n)\n(?!\n)", " ", row["text"])} for row in rows]


def read(rows: Sequence[Row]) -> tuple[dict[str, list[dict[str, Any]]], Reading | None]:
    """The answers by document, and one of the readings."""
    from sayso import read_many  # late, so that --help needs no weights

    def dated(row: Row) -> Report:
        day = row["dateline"]["date"]
        return replace(corpus.report(row), published=Published(day, "dateline") if day else None)

    out: dict[str, list[dict[str, Any]]] = {}
    last = None
    for reading in corpus.progress(read_many(dated(row) for row in rows), "reading MUC-4", len(rows)):
        out[reading.report.id] = answer(reading)
        last = reading
    return out, last


def scores(rows: Sequence[Row], answers: Mapping[str, list[dict[str, Any]]], scorer: ModuleType) -> dict[str, Any]:
    """The scorer's figures: gtt, rme and slots."""
    golds = {row["id"]: scorer.gtt_view(row) for row in rows}
    given = {i: scorer.pred_gtt_view(templates) for i, templates in answers.items()}
    return {
        "gtt": scorer.gtt_sum(scorer.gtt_counts(given, golds)),
        "rme": scorer.rme_score(given, golds),
        "slots": scorer.slots_score(dict(answers), rows),
    }


def _percent(figure: Mapping[str, float]) -> float:
    return round(100 * figure["f1"], 2)


def measure(data: Path, *, show: bool = False, out: Path | None = None) -> Outcome:
    """Read the documents and score the templates."""
    path = corpus.locate(data, "incidents", "dev.jsonl.gz")
    script = path.with_name("score.py")
    scorer = load_scorer(script)
    rows = documents(path)
    answers, reading = read(rows)
    if out is not None:
        lines = [json.dumps({"id": i, "incidents": templates}) for i, templates in answers.items()]
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = scores(corpus.rows(path), answers, scorer)
    table = [
        (part, name, *(round(100 * value[k], 2) for k in ("p", "r", "f1")))
        for part in found
        for name, value in found[part].items()
        if "p" in value
    ]
    return Outcome(
        benchmark="attacks",
        data=path,
        corpus=corpus.fingerprint(path, script),
        documents=len(rows),
        words=corpus.words(rows),
        figures=(
            Figure("gtt", _percent(found["gtt"]["micro_avg"]), "templates, GTT metric, F1", 42, 58),
            Figure("rme", _percent(found["rme"]["rme_phi_subset"]), "templates, CEAF-RME subset, F1", 36, 50),
            *(
                Figure(name, _percent(found["slots"][slot]), f"{meaning}, F1", must, aim)
                for name, slot, meaning, must, aim in _SLOTS
            ),
        ),
        breakdowns=(Breakdown("slots", ("part", "name", "P", "R", "F1"), tuple(table)),) if show else (),
        reader=reading.reader if reading is not None else None,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command("attacks", "Score the templates of MUC-4.", "--data ../shared/eval --show")
    parser.add_argument("--data", type=Path, required=True, help="the eval folder, or one file in the form of MUC-4")
    parser.add_argument("--show", action="store_true", help="every figure of the scorer")
    parser.add_argument("--out", type=Path, help="write the answers there, in the form that score.py reads")
    arguments = parser.parse_args(argv)
    return figures.finish(parser, arguments, lambda: measure(arguments.data, show=arguments.show, out=arguments.out))


if __name__ == "__main__":
    sys.exit(main())
