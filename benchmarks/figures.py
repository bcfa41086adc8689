"""What a benchmark found, and how every benchmark shows it: figures against must and aim, then provenance."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from benchmarks.corpus import CorpusError
from benchmarks.provenance import Provenance, provenance
from sayso.errors import SaysoError
from sayso.vocabulary import ReaderVersion

SCHEMA: Final = "sayso/benchmark/1"
PIPED_WIDTH: Final = 140
UNUSABLE: Final = 2  # exit status: nothing could be measured


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value with what it must reach and aims at; `lower_is_better` for time and memory."""

    name: str
    value: float
    meaning: str
    must: float | None = None
    aim: float | None = None
    unit: str = "%"
    lower_is_better: bool = False

    def reaches(self, mark: float | None) -> bool | None:
        """Whether the value reaches `mark`; None where there is no mark."""
        if mark is None:
            return None
        return self.value <= mark if self.lower_is_better else self.value >= mark


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table of counts and shares behind the figures: a title, column names and rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a benchmark found on a corpus. `corpus` is its fingerprint, "" where there is none."""

    benchmark: str
    data: Path | None
    corpus: str
    documents: int
    words: int
    figures: tuple[Figure, ...]
    breakdowns: tuple[Breakdown, ...] = ()
    notes: tuple[str, ...] = ()
    reader: ReaderVersion | None = None
    details: dict[str, Any] = field(default_factory=dict)


def share(part: float, whole: float) -> float:
    """`part` as a percentage of `whole`; 0 where there is nothing to take a part of."""
    return round(100 * part / whole, 2) if whole else 0.0


def f1(right: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall, as a percentage."""
    return share(2 * right, predicted + gold)


def as_json(outcome: Outcome, source: Provenance) -> dict[str, Any]:
    """The outcome as the JSON that `--json` prints."""
    return {
        "schema": SCHEMA,
        "benchmark": outcome.benchmark,
        "corpus": {
            "path": str(outcome.data) if outcome.data else None,
            "fingerprint": outcome.corpus,
            "documents": outcome.documents,
            "words": outcome.words,
        },
        "figures": {
            figure.name: {
                "value": figure.value,
                "unit": figure.unit,
                "must": figure.must,
                "aim": figure.aim,
                "reaches_must": figure.reaches(figure.must),
                "reaches_aim": figure.reaches(figure.aim),
            }
            for figure in outcome.figures
        },
        "breakdowns": [
            {"title": item.title, "rows": [dict(zip(item.columns, row, strict=True)) for row in item.rows]}
            for item in outcome.breakdowns
        ],
        "notes": list(outcome.notes),
        "details": outcome.details,
        "provenance": source.as_json(),
    }


def show(outcome: Outcome, source: Provenance) -> None:
    """Print the outcome for a person, on standard output."""
    page = paper()
    page.print(f"{outcome.benchmark}: {outcome.documents} documents, {outcome.words:,} words", style="bold")
    page.print(_figures_table(outcome.figures))
    for breakdown in outcome.breakdowns:
        page.print(_breakdown_table(breakdown))
    for note in outcome.notes:
        page.print(f"Note: {note}", markup=False, soft_wrap=True)
    if outcome.data:
        page.print(f"  corpus    {outcome.data}, fingerprint {outcome.corpus}", markup=False, soft_wrap=True)
    for name, value in source.lines():
        page.print(f"  {name:<9} {value}", markup=False, soft_wrap=True)


def paper() -> Console:
    """Standard output as rich sees it: as wide as the terminal, or wide enough for our tables when piped."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)


def finish(parser: argparse.ArgumentParser, arguments: argparse.Namespace, run: Callable[[], Outcome]) -> int:
    """Run a benchmark and print its outcome as `arguments.json` asks; the exit status."""
    try:
        outcome = run()
    except (CorpusError, SaysoError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return UNUSABLE
    source = provenance(outcome.reader)
    if arguments.json:
        print(json.dumps(as_json(outcome, source), ensure_ascii=False, indent=1))
    else:
        show(outcome, source)
    return 0


def command(name: str, purpose: str, example: str) -> argparse.ArgumentParser:
    """A benchmark's argument parser, with `--json` and an example in its help."""
    parser = argparse.ArgumentParser(
        prog=f"python -m benchmarks.{name}",
        description=purpose,
        epilog=f"for instance:\n  python -m benchmarks.{name} {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    return parser


def count(text: str) -> int:
    """A whole number of 1 or more, from the command line."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


def _figures_table(figures: tuple[Figure, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("figure")
    for name in ("value", "must", "aim"):
        table.add_column(name, justify="right")
    table.add_column("")
    for figure in figures:
        table.add_row(
            escape(figure.meaning),
            _number(figure.value, figure.unit),
            _number(figure.must, figure.unit),
            _number(figure.aim, figure.unit),
            _verdict(figure),
        )
    return table


def _verdict(figure: Figure) -> str:
    if figure.must is None and figure.aim is None:
        return ""
    if figure.reaches(figure.aim):
        return "[green]aim reached[/]"
    if figure.reaches(figure.must) is False:
        return "[red]under must[/]"
    return "[yellow]under aim[/]"


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    shown = f"{value:,.0f}" if unit == "words/s" else f"{value:.2f}"
    return shown if unit == "%" else f"{shown} {unit}"


def _breakdown_table(breakdown: Breakdown) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=breakdown.title, title_justify="left")
    for index, name in enumerate(breakdown.columns):
        counted = any(not isinstance(row[index], str) for row in breakdown.rows)
        table.add_column(name, justify="right" if counted else "left")
    for row in breakdown.rows:
        table.add_row(*(f"{cell:.1f}" if isinstance(cell, float) else escape(str(cell)) for cell in row))
    return table
