"""The commands `sayso read` and `sayso demo`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from importlib import resources
from pathlib import Path

from rich.console import Console

from sayso.cli import exporting, stream, terminal
from sayso.cli.readers import readings
from sayso.errors import GatherError, PassedOver, SaysoError
from sayso.gather import Kind, columns_from, gather, gather_bytes
from sayso.gazetteer import gazetteer
from sayso.read import read_many
from sayso.share import dumps, page
from sayso.vocabulary import Published, Reading, Report


def read(options: argparse.Namespace) -> int:
    """Read what the options name; 1 if anything could not be read."""
    if options.jsonl:
        return stream.read_stream(options)
    if not options.paths:
        raise SaysoError("Nothing to read", "Name a file or folder, or - for standard input: sayso read article.txt")
    if options.output or options.resume:
        raise SaysoError("-o and --resume go with --jsonl", "Use --html OUT for a page, or > for the JSON")
    failed: list[SaysoError] = []
    _present(options, readings(_reports(options, failed), options, failed))
    return 1 if failed else 0


def demo(options: argparse.Namespace) -> None:
    """Read the shipped example."""
    name = "harbour.md"
    source = (resources.files("sayso") / "examples" / name).read_bytes()
    _present(options, read_many([gather_bytes(source, name, Kind.MARKDOWN)]))


def _reports(options: argparse.Namespace, failed: list[SaysoError]) -> Iterator[Report]:
    """The reports of all inputs; what cannot become one is told at once and kept in `failed`."""
    columns = columns_from(options.map) if options.map else {}
    for item in gather(options.paths, columns=columns):
        if isinstance(item, GatherError):
            failed += [] if isinstance(item, PassedOver) else [item]
            print(f"sayso: {item}", file=sys.stderr)
        else:
            yield completed(item, options)


def completed(report: Report, options: argparse.Namespace) -> Report:
    """A report with what the command line knows and the input does not say. Raises SaysoError on a broken date."""
    if options.published and report.published is None:
        report = replace(report, published=Published(_date(options.published), "given"))
    return replace(report, outlet=report.outlet or options.outlet, title=report.title or options.title)


def _date(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise SaysoError(f"--published {text!r} is not a date", "Write it as 2022-08-19") from error
    return text


def _present(options: argparse.Namespace, readings: Iterable[Reading]) -> None:
    if options.json:
        for reading in readings:
            sys.stdout.write(dumps(reading) + "\n")
            sys.stdout.flush()
    elif options.export:
        exporting.write(readings, options.export)
    elif options.html:
        _write_pages(Path(options.html), readings)
    else:
        console = Console(highlight=False, soft_wrap=False)
        for reading in readings:
            terminal.show(reading, console)


def _write_pages(target: Path, readings: Iterable[Reading]) -> None:
    """Write a page for each report: page.html, page-2.html, page-3.html and so on."""
    for number, reading in enumerate(readings, 1):
        _write(target if number == 1 else target.with_stem(f"{target.stem}-{number}"), reading)


def _write(target: Path, reading: Reading) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page(reading, gazetteer().near), encoding="utf-8")
    except OSError as error:
        raise SaysoError(
            f"{target}: cannot be written: {error.strerror}", "Choose another place with --html"
        ) from error
    print(f"wrote {target}", file=sys.stderr)
