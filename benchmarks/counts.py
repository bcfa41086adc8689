"""How many were killed and injured: SATP dev and Airwars Gaza dev, a figure per report; and words per second.

A report's figure is that of `totals`. SATP keeps one number: of a range it is compared with the middle, or with
the least where the range has no upper bound. Airwars keeps a range: both bounds must be right, and a missing upper
bound is taken to be the lower one, as its researchers do. "Exact" is over reports that give a figure above zero.

The rules were built on SATP train. Airwars has no training part: they were tuned on every second document of dev,
and the other half is shown apart.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import corpus, figures
from benchmarks.corpus import Row
from benchmarks.figures import Breakdown, Figure, Outcome, share
from sayso.read.counts import Range, class_totals, counts, totals
from sayso.read.sentences import sentences
from sayso.vocabulary import Harm, People

Bounds = tuple[int, int]
_SATP: Final = {
    "security": (People.SOLDIERS, People.POLICE),
    "maoist": (People.FIGHTERS,),
    "civilian": (People.CIVILIANS, People.WOMEN, People.MEN, People.CHILDREN),
}
_AIRWARS: Final = (People.CHILDREN, People.WOMEN, People.MEN)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader found in a report."""

    totals: dict[Harm, Range]
    classes: dict[tuple[Harm, People], Range]


@dataclass(frozen=True, slots=True)
class Tally:
    """Reports that give a figure, those answered, those answered exactly, and those answered though none is given."""

    gold: int
    answered: int
    exact: int
    invented: int


def read(text: str) -> Answer:
    """The totals of a text."""
    found = counts(text, sentences(text))
    return Answer(totals(found, text), class_totals(found, text))


def point(found: Range | None) -> Bounds | None:
    """A range as the one number SATP keeps; None for nothing or zero."""
    if found is None or not (found.low or found.high):
        return None
    middle = found.low if found.high is None else (found.low + found.high + 1) // 2
    return (middle, middle)


def closed(found: Range | None) -> Bounds | None:
    """A range with its upper bound closed; None for nothing or zero."""
    if found is None or not (found.low or found.high):
        return None
    return (found.low, found.low if found.high is None else found.high)


def summed(answer: Answer, harm: Harm, classes: Iterable[People]) -> Range | None:
    """The figure of several classes together; None where there is none."""
    ranges = [answer.classes[harm, who] for who in classes if (harm, who) in answer.classes]
    if not ranges:
        return None
    high = None if any(item.high is None for item in ranges) else sum(item.high or 0 for item in ranges)
    return Range(sum(item.low for item in ranges), high)


def compare(pairs: Iterable[tuple[Bounds | None, Bounds | None]]) -> Tally:
    """Gold beside answer, None for nothing."""
    kept = list(pairs)
    told = [(gold, answer) for gold, answer in kept if gold is not None]
    return Tally(
        gold=len(told),
        answered=sum(answer is not None for _, answer in told),
        exact=sum(gold == answer for gold, answer in told),
        invented=sum(gold is None and answer is not None for gold, answer in kept),
    )


def satp(rows: Sequence[Row], answers: Sequence[Answer]) -> dict[str, Tally]:
    """Deaths and injuries, in all and by class of victim; reports whose figure is unknown are left out."""
    found: dict[str, Tally] = {}
    for name, ending, harm in (("deaths", "fatalities", Harm.KILLED), ("injuries", "injuries", Harm.INJURED)):
        known = [(row[name], answer) for row, answer in zip(rows, answers, strict=True) if row[name]]
        kept = [(gold, answer) for gold, answer in known if gold.get(f"total_{ending}") is not None]
        found[name] = compare(
            (_number(gold[f"total_{ending}"]), point(answer.totals.get(harm))) for gold, answer in kept
        )
        for label, classes in _SATP.items():
            found[f"{name}, {label}"] = compare(
                (_number(gold.get(f"{label}_{ending}")), point(summed(answer, harm, classes))) for gold, answer in kept
            )
    return found


def airwars(rows: Sequence[Row], answers: Sequence[Answer]) -> dict[str, Tally]:
    """Killed and injured as ranges, and children, women and men among the killed."""
    pairs = list(zip(rows, answers, strict=True))
    found = {
        name: compare((_range(row[name]), closed(answer.totals.get(harm))) for row, answer in pairs)
        for name, harm in (("killed", Harm.KILLED), ("injured", Harm.INJURED))
    }
    for who in _AIRWARS:
        found[f"killed, {who}"] = compare(
            (_range(row["killed_breakdown"].get(str(who))), closed(answer.classes.get((Harm.KILLED, who))))
            for row, answer in pairs
        )
    return found


def words_per_second(texts: Sequence[str], *, clock: Callable[[], float] = time.process_time) -> float:
    """How many words a second of one core's time goes through `counts` and `totals`, sentences given; best of three."""
    prepared = [(text, sentences(text)) for text in texts]
    spent: list[float] = []
    for _ in range(3):
        begin = clock()
        for text, spans in prepared:
            totals(counts(text, spans), text)
        spent.append(clock() - begin)
    return round(sum(len(text.split()) for text in texts) / max(min(spent), 1e-9))


def measure(data: Path) -> Outcome:
    """Score SATP dev and Airwars Gaza dev of the eval folder, or of its `incidents`."""
    folder = _incidents(data)
    paths = [corpus.locate(folder / name, name, "dev.jsonl.gz") for name in ("satp", "airwars_gaza")]
    incidents, narratives = (corpus.rows(path) for path in paths)
    documents = [*incidents, *narratives]
    answers = [read(row["text"]) for row in corpus.progress(documents, "reading", len(documents))]
    ours, theirs = answers[: len(incidents)], answers[len(incidents) :]
    first, second = satp(incidents, ours), airwars(narratives, theirs)
    unseen = airwars(narratives[1::2], theirs[1::2])
    return Outcome(
        benchmark="counts",
        data=folder,
        corpus=corpus.fingerprint(*paths),
        documents=len(documents),
        words=corpus.words(documents),
        figures=(
            Figure("satp_deaths", _exact(first["deaths"]), "SATP deaths, exact", 85, 93),
            Figure("satp_injuries", _exact(first["injuries"]), "SATP injuries, exact", 70, 85),
            Figure("airwars_killed", _exact(second["killed"]), "Airwars killed, both bounds exact", 40, 65),
            Figure("airwars_killed_unseen", _exact(unseen["killed"]), "  the half not tuned on"),
            Figure("airwars_injured", _exact(second["injured"]), "Airwars injured, both bounds exact"),
            Figure(
                "words_per_second",
                words_per_second([row["text"] for row in documents]),
                "speed of one core",
                60_000,
                unit="words/s",
            ),
        ),
        breakdowns=(_table("SATP dev", first), _table("Airwars dev", second), _table("Airwars, unseen half", unseen)),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = figures.command("counts", (__doc__ or "").strip(), "--data ../shared/eval")
    parser.add_argument("--data", type=Path, required=True, help="the eval folder, or its folder incidents")
    arguments: argparse.Namespace = parser.parse_args(argv)
    return figures.finish(parser, arguments, lambda: measure(arguments.data))


def _incidents(data: Path) -> Path:
    return data / "incidents" if (data / "incidents").is_dir() else data


def _number(value: int | None) -> Bounds | None:
    return (value, value) if value else None


def _range(value: dict[str, int | None] | None) -> Bounds | None:
    low, high = (value.get("low"), value.get("high")) if value else (None, None)
    return (low, high) if low is not None and high is not None and high else None


def _exact(tally: Tally) -> float:
    return share(tally.exact, tally.gold)


def _table(title: str, found: dict[str, Tally]) -> Breakdown:
    return Breakdown(
        title,
        ("figure", "reports with one", "answered", "exact", "exact %", "answered without one"),
        tuple((name, t.gold, t.answered, t.exact, _exact(t), t.invented) for name, t in found.items()),
    )


if __name__ == "__main__":
    sys.exit(main())
