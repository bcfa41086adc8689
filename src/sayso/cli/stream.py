"""`sayso read --jsonl IN -o OUT`: many reports as a stream, in bounded memory, resumable."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sayso.cli.readers import readings
from sayso.errors import GatherError, SaysoError
from sayso.gather import read_json_lines
from sayso.share import dumps
from sayso.vocabulary import Report, ReportId


def read_stream(options: argparse.Namespace) -> int:
    """Write a reading for each line of a JSON Lines file; 1 if a line could not be read."""
    if options.paths or options.html or options.export:
        cure = "Leave out other inputs, --html and --export; sayso read IN --export OUT takes JSON Lines too"
        raise SaysoError("--jsonl reads one file and writes JSON", cure)
    if not options.output:
        raise SaysoError("--jsonl needs a place for the readings", "Add -o out.jsonl")
    target = Path(options.output)
    done = _finished(target, resume=options.resume)
    failed: list[SaysoError] = []
    with _opened(target) as out, _progress() as progress:
        task = progress.add_task(options.jsonl, total=None, skipped=0)
        reports = _open_reports(options.jsonl, done, failed, progress)
        for reading in readings(reports, options, failed):
            out.write(dumps(reading) + "\n")
            out.flush()
            progress.update(task, advance=1, skipped=len(failed))
    if failed:
        print(f"sayso: {len(failed)} of the lines could not be read, the rest are in {target}", file=sys.stderr)
    return 1 if failed else 0


def _progress() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TextColumn("read,"),
               TextColumn("{task.fields[skipped]} skipped"), TimeElapsedColumn())  # fmt: skip
    return Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())


def _open_reports(
    source: str, done: Counter[ReportId], failed: list[SaysoError], progress: Progress
) -> Iterator[Report]:
    """The reports not yet done. Broken lines are told at once and kept in `failed`."""
    for item in read_json_lines(source):
        if isinstance(item, GatherError):
            failed.append(item)
            progress.console.print(f"sayso: {item}", markup=False, highlight=False)
        elif done[item.id]:
            done[item.id] -= 1
        else:
            yield item


def _finished(target: Path, *, resume: bool) -> Counter[ReportId]:
    """The ids already in the output, whose half-written last line is cut off.

    Raises SaysoError when there is an output and nobody asked to go on with it.
    """
    done: Counter[ReportId] = Counter()
    if not target.exists() or not target.stat().st_size:
        return done
    if not resume:
        raise SaysoError(f"{target} is there already", "Add --resume to go on with it, or choose another place")
    whole = 0
    with target.open("rb") as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                break
            try:
                done[ReportId(json.loads(line)["report"]["id"])] += 1
            except (ValueError, KeyError, TypeError) as error:
                raise SaysoError(f"{target} holds a line that is no reading", "Choose another place with -o") from error
            whole += len(line)
    os.truncate(target, whole)
    return done


def _opened(target: Path) -> IO[str]:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.open("a", encoding="utf-8", newline="\n")
    except OSError as error:
        raise SaysoError(f"{target}: cannot be written: {error.strerror}", "Choose another place with -o") from error
