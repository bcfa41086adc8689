"""`sayso readers`, the readers there are with their versions, and reading by the one that the command line names."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from rich.console import Console

from sayso.cli.printing import print_lines, words
from sayso.errors import ReadError, SaysoError
from sayso.share.visible import one_line

if TYPE_CHECKING:
    from sayso.vocabulary import Reading, Report


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a reader. `problem` says why it cannot be used, "" where it can."""

    name: str
    version: str
    weights: str
    languages: tuple[str, ...]
    package: str
    problem: str = ""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what `sayso readers` takes."""
    command.add_argument("--json", action="store_true", help="one JSON object a line for each reader")


def reader_argument(command: argparse.ArgumentParser) -> None:
    """Declare --reader."""
    command.add_argument("--reader", metavar="NAME", help="a reader of another package; sayso readers lists them")


def run(options: argparse.Namespace) -> int:
    """List the readers; 1 if one of them cannot be used."""
    found = _told()
    if options.json:
        for it in found:
            print(json.dumps(asdict(it), ensure_ascii=False))
    else:
        print_lines(Console(highlight=False), *(words(_line(it)) for it in found if not it.problem))
    for it in found:
        if it.problem and not options.json:
            print(f"sayso: {one_line(it.problem)}", file=sys.stderr)
    return 1 if any(it.problem for it in found) else 0


def _told() -> list[Told]:
    """Every reader there is, each started once to ask it for its version."""
    from sayso import __version__
    from sayso.read.apart import opened
    from sayso.read.plugins import installed
    from sayso.read.reader import NAME

    others = [(it.name, f"{it.package} {it.package_version}") for it in installed()]
    found = []
    for name, package in [(NAME, f"sayso {__version__}"), *others]:
        try:
            with opened(name) as reader:
                languages = tuple(reader.languages)
                found.append(Told(name, reader.version, reader.weights, languages, package))
        except ReadError as error:
            found.append(Told(name, "", "", (), package, str(error)))
    return found


def _line(it: Told) -> str:
    reads = ", ".join(it.languages) or "any language"
    return f"{it.name} {it.version}  ·  reads {reads}  ·  weights {it.weights or 'none'}  ·  of {it.package}"


def readings(reports: Iterable[Report], options: argparse.Namespace, failed: list[SaysoError]) -> Iterator[Reading]:
    """What the chosen reader finds in each report; why it finds nothing is told at once and kept in `failed`."""
    from sayso.read import read_many
    from sayso.read.apart import opened
    from sayso.read.plugins import read_many_by

    if not options.reader:
        yield from read_many(reports, jobs=options.jobs)
        return
    with opened(options.reader) as reader:
        for item in read_many_by(reader, reports, jobs=options.jobs):
            if isinstance(item, ReadError):
                failed.append(item)
                print(f"sayso: {one_line(str(item))}", file=sys.stderr)
            else:
                yield item
