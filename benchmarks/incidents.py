"""Incidents: the annotated ones of the war reports, and the kind of event of short texts (CASE-2021, PLOVER).

An annotated incident is *found* by an incident of the page with a type of the annotated family, at one of the
annotated places (a place of the incident, or one it lies within, whose name is the annotated one once case, accents,
articles and hyphens are gone, or is spelt nearly so), whose days hold the annotated day and are at most three. Only
some incidents of each page are annotated, so this measures recall alone.

CASE and PLOVER name one event per text: the kind of happening that stands first in `incidents.toml` (CASE) or in the
text (PLOVER, whose older names for its events are used). There is no training part, so the word lists were tuned on
every second text; `_unseen` figures are of the others. Both are scored by the corpus's own `score_flat.py`.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from benchmarks import corpus, figures
from benchmarks.corpus import CorpusError, Row
from benchmarks.figures import Breakdown, Figure, Outcome, share
from sayso.vocabulary import Incident, IncidentType, Reading, Span

MOST_DAYS: Final = 3
ALIKE: Final = 0.8  # similarity of two spellings of one name
_FAMILIES: Final[Mapping[str, frozenset[IncidentType]]] = {
    "chemical": frozenset({IncidentType.CHEMICAL_WEAPON}),
    "missile": frozenset({IncidentType.SHELLING, IncidentType.AIR_STRIKE}),
    "air": frozenset({IncidentType.AIR_STRIKE}),
    "vehicle": frozenset({IncidentType.REMOTE_EXPLOSIVE, IncidentType.SUICIDE_BOMB}),
    "bombing": frozenset({IncidentType.AIR_STRIKE, IncidentType.REMOTE_EXPLOSIVE, IncidentType.SHELLING}),
    "shelling": frozenset({IncidentType.SHELLING}),
    "clash": frozenset({IncidentType.ARMED_CLASH}),
}
_CASE_NAMES: Final = {
    IncidentType.ABDUCTION: "ABDUCT_DISSAP",
    IncidentType.AGREEMENT: "AGREEMENT",
    IncidentType.AIR_STRIKE: "AIR_STRIKE",
    IncidentType.ARMED_CLASH: "ARMED_CLASH",
    IncidentType.ARRESTS: "ARREST",
    IncidentType.SHELLING: "ART_MISS_ATTACK",
    IncidentType.ATTACK: "ATTACK",
    IncidentType.CHANGE_TO_GROUP: "CHANGE_TO_GROUP_ACT",
    IncidentType.CHEMICAL_WEAPON: "CHEM_WEAP",
    IncidentType.DISRUPTED_WEAPONS: "DISR_WEAP",
    IncidentType.EXCESSIVE_FORCE: "FORCE_AGAINST_PROTEST",
    IncidentType.GOVERNMENT_REGAINS: "GOV_REGAINS_TERIT",
    IncidentType.GRENADE: "GRENADE",
    IncidentType.HEADQUARTERS: "HQ_ESTABLISHED",
    IncidentType.MOB_VIOLENCE: "MOB_VIOL",
    IncidentType.NON_STATE_OVERTAKES: "NON_STATE_ACTOR_OVERTAKES_TER",
    IncidentType.TRANSFER: "NON_VIOL_TERRIT_TRANSFER",
    IncidentType.LOOTING: "PROPERTY_DISTRUCT",
    IncidentType.PEACEFUL_PROTEST: "PEACE_PROTEST",
    IncidentType.PROTEST_INTERVENTION: "PROTEST_WITH_INTER",
    IncidentType.REMOTE_EXPLOSIVE: "REM_EXPLOS",
    IncidentType.SEXUAL_VIOLENCE: "SEX_VIOL",
    IncidentType.SUICIDE_BOMB: "SUIC_BOMB",
    IncidentType.VIOLENT_DEMONSTRATION: "VIOL_DEMONSTR",
    IncidentType.OTHER_STRATEGIC: "OTHER",
}
_CASE_OTHERS: Final = {
    "NATURAL_DISASTER": "NATURAL_DISASTER",
    "MAN_MADE_DISASTER": "MAN_MADE_DISASTER",
    "CRIME": "ORG_CRIME",
    "ATTRIB": "ATTRIB",
}
_PLOVER_NAMES: Final = {
    "REQUEST": "DEMAND",
    "ACCUSE:disapprove": "DISAPPROVE",
    "ACCUSE:investigate": "INVESTIGATE",
    "ATTRIB": "DISAPPROVE",
}
_FIGHTS: Final = frozenset({IncidentType.AIR_STRIKE, IncidentType.SHELLING, IncidentType.ARMED_CLASH})


@dataclass(frozen=True, slots=True)
class Wanted:
    """An annotated incident: its page, the types it may have, its place names and its day or days."""

    page: str
    words: str
    types: frozenset[IncidentType]
    places: tuple[str, ...]
    start: str
    end: str


def wanted(gold: Mapping[str, Any]) -> list[Wanted]:
    """The incidents of a gold file. Raises CorpusError where an annotated type is not known here."""
    out = []
    for item in gold["incidents"]:
        start, _, end = item["date"].partition("/")
        last = start[: len(start) - len(end)] + end if end else start
        out.append(Wanted(item["page"], item["type"], _family(item["type"]), tuple(item["places"]), start, last))
    return out


def _family(words: str) -> frozenset[IncidentType]:
    for word, types in _FAMILIES.items():
        if word in words.casefold():
            return types
    raise CorpusError(f"gold.json: no family of types for {words!r}. Add it to benchmarks/incidents.py")


def finds(reading: Reading, incident: Incident, gold: Wanted) -> tuple[bool, bool, bool]:
    """Whether an incident has the annotated type, place and day."""
    return incident.type in gold.types, _placed(reading, incident, gold.places), _dated(incident, gold)


def _placed(reading: Reading, incident: Incident, names: Iterable[str]) -> bool:
    places = {place.id: place for place in reading.places}
    given: set[str] = set()
    for item in incident.places:
        place = places[item]
        given |= {place.text, *(places[i].text for i in place.within)}
        if place.entry:
            given |= {place.entry.name, *place.entry.within}
    return any(_same(one, other) for one in given for other in names)


def _same(one: str, other: str) -> bool:
    a, b = _plain(one), _plain(other)
    return bool(a and b) and (a == b or difflib.SequenceMatcher(None, a, b).ratio() >= ALIKE)


def _plain(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", bare)
    kept = [w for w in words if w not in {"al", "el", "the", "province", "governorate", "city", "town", "of"}]
    return "".join(kept)


def _dated(incident: Incident, gold: Wanted) -> bool:
    if incident.start is None or incident.end is None:
        return False
    start, end = date.fromisoformat(incident.start[:10]), date.fromisoformat(incident.end[:10])
    if (end - start).days >= MOST_DAYS:
        return False
    return incident.start[:10] <= gold.end and gold.start <= incident.end[:10]


def measure_wartime(data: Path, *, show: bool = False) -> Outcome:
    """Read the annotated pages and look for their incidents."""
    path = corpus.locate(data, "wartime", "dev.jsonl.gz")
    gold = path.with_name("gold.json")
    items = wanted(json.loads(corpus.content(gold)))
    pages = {item.page for item in items}
    documents = [row for row in corpus.rows(path) if row["id"] in pages]
    hits = {"type": 0, "place": 0, "day": 0, "all": 0}
    missed: list[tuple[str | int | float, ...]] = []
    reader = None
    for reading in corpus.readings(documents, path.name):
        reader = reading.reader
        for item in (i for i in items if i.page == reading.report.id):
            agree = [finds(reading, incident, item) for incident in reading.incidents]
            best = max(agree, key=sum, default=(False, False, False))
            hits = {
                "type": hits["type"] + any(a[0] for a in agree),
                "place": hits["place"] + any(a[0] and a[1] for a in agree),
                "day": hits["day"] + any(a[0] and a[2] for a in agree),
                "all": hits["all"] + all(best),
            }
            if not all(best):
                given = "; ".join(f"{i.type.value} {i.start}..{i.end}" for i in reading.incidents[:4])
                missed.append((item.page, item.words, "/".join(map(str, map(int, best))), item.start, given))
    total = len(items)
    return Outcome(
        benchmark="incidents.wartime",
        data=path,
        corpus=corpus.fingerprint(path, gold),
        documents=len(documents),
        words=corpus.words(documents),
        figures=(
            Figure("found", share(hits["all"], total), "right type family, place and day", 50, 75),
            Figure("type", share(hits["type"], total), "right type family"),
            Figure("type_place", share(hits["place"], total), "right type family and place"),
            Figure("type_day", share(hits["day"], total), "right type family and day"),
        ),
        breakdowns=(Breakdown("missed", ("page", "gold", "type/place/day", "date", "given"), tuple(missed)),)
        if show
        else (),
        notes=(f"{total} annotated incidents: one is {share(1, total)} points",),
        reader=reader,
    )


def case_label(text: str) -> str:
    """The CASE-2021 label of a short text: its weightiest kind of happening."""
    return _weightiest(text, lambda order, sentence: order + 3 * min(sentence, 3), _case_name) or "OTHER"


def plover_event(text: str) -> str:
    """The PLOVER event of a short text, by the names of 2016: what its first sentence tells of first."""
    return _weightiest(text, lambda _, sentence: sentence, _plover_name)


def _case_name(mode: str, found: IncidentType) -> str:
    return _CASE_NAMES[found] if found in _CASE_NAMES else _CASE_OTHERS.get(mode, "DIPLO")


def _plover_name(mode: str, found: IncidentType) -> str:
    event = mode.split(":")[0]
    if event == "ASSAULT" and found in _FIGHTS:
        return "FIGHT"
    return _PLOVER_NAMES.get(mode) or _PLOVER_NAMES.get(event) or event


def _weightiest(text: str, weigh: Callable[[int, int], int], name: Callable[[str, IncidentType], str]) -> str:
    from sayso.read.incidents.kinds import incident_type
    from sayso.read.incidents.triggers import triggers
    from sayso.read.sentences import sentences

    found: list[tuple[int, Span, str]] = []
    for number, sentence in enumerate(sentences(text)):
        for item in triggers(text, sentence):
            label = name(item.kind.mode, incident_type(item, text, sentence))
            found.append((weigh(item.kind.order, number), item.span, label))
    return min(found)[2] if found else ""


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean over gold labels of their F1, in per cent, as score_flat.py has it."""
    total = 0.0
    labels = {gold for gold, _ in pairs}
    for label in labels:
        right = sum(gold == label == given for gold, given in pairs)
        counted = sum(gold == label for gold, _ in pairs) + sum(given == label for _, given in pairs)
        total += 2 * right / counted
    return round(100 * total / len(labels), 2)


def accuracy(pairs: Sequence[tuple[str, str]]) -> float:
    """The share of texts with the right label, in per cent."""
    return share(sum(gold == given for gold, given in pairs), len(pairs))


def measure_kinds(data: Path) -> Outcome:
    """Label the texts of CASE-2021 and PLOVER."""
    case_path = corpus.locate(data / "incidents" / "case2021_task2", "", "dev.jsonl.gz")
    plover_path = corpus.locate(data / "incidents" / "plover_gsr", "", "dev.jsonl.gz")
    case, plover = corpus.rows(case_path), corpus.rows(plover_path)
    case_pairs = _pairs(case, "label", case_label)
    plover_pairs = _pairs(plover, "event", plover_event)
    return Outcome(
        benchmark="incidents.kinds",
        data=data,
        corpus=corpus.fingerprint(case_path, plover_path),
        documents=len(case) + len(plover),
        words=corpus.words(case) + corpus.words(plover),
        figures=(
            Figure("case_macro_f1", macro_f1(case_pairs), "CASE-2021 sub-type, macro F1", 45, 75),
            Figure("case_macro_f1_unseen", macro_f1(case_pairs[1::2]), "the same, texts not tuned on"),
            Figure("plover_accuracy", accuracy(plover_pairs), "PLOVER event, accuracy", 50, 80),
            Figure("plover_accuracy_unseen", accuracy(plover_pairs[1::2]), "the same, texts not tuned on"),
        ),
    )


def _pairs(rows: Sequence[Row], key: str, label: Callable[[str], str]) -> list[tuple[str, str]]:
    return [(row[key], label(row["text"])) for row in rows]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command(
        "incidents",
        "Score the annotated incidents of the war reports, and the kind of event of short texts.",
        "--data ../shared/eval --show",
    )
    parser.add_argument("--data", type=Path, required=True, help="the eval folder")
    parser.add_argument("--only", choices=("wartime", "kinds"), help="one of the two alone")
    parser.add_argument("--show", action="store_true", help="list what was missed")
    arguments = parser.parse_args(argv)

    def wartime() -> Outcome:
        return measure_wartime(arguments.data, show=arguments.show)

    def kinds() -> Outcome:
        return measure_kinds(arguments.data)

    chosen = {"wartime": [wartime], "kinds": [kinds], None: [wartime, kinds]}[arguments.only]
    return max(figures.finish(parser, arguments, run) for run in chosen)


if __name__ == "__main__":
    sys.exit(main())
