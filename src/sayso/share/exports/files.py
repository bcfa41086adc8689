"""Readings written to export files. A file is there whole or not at all: its name is given to it at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import SaysoError
from sayso.share.exports.formats import FORMATS, Output
from sayso.share.exports.identity import report_identity
from sayso.share.exports.whole import begun, finish, put
from sayso.vocabulary import Reading


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: each file with its number of records, and what the formats had no room for.

    `left_out` counts by the main file and the reason. `repeated` is the number of reports left out because they
    were given before.
    """

    written: tuple[tuple[Path, int], ...]
    left_out: tuple[tuple[Path, Counter[str]], ...]
    repeated: int


def _checked(names: Iterable[str]) -> tuple[Path, ...]:
    """The files to export to. Raises SaysoError where the end of a name is no format, or two are the same file."""
    targets = tuple(Path(name) for name in names)
    for target in targets:
        if target.suffix.lower() not in FORMATS:
            raise SaysoError(
                f"--export {str(target)!r} names no format",
                "End the name in .csv (the columns of ACLED), .geojson (for a map) or .jsonl (everything)",
            )
    files = Counter(file.resolve() for target in targets for file in _files(target))
    if twice := [file for file, count in files.items() if count > 1]:
        raise SaysoError(f"--export would write {twice[0]} twice", "Give each file a name of its own")
    return targets


def export(readings: Iterable[Reading], names: Sequence[str]) -> Exported:
    """Write the readings to every file named, in the format its name ends in; a file that is there is replaced.

    A report that comes again is left out. Raises SaysoError where a name is of no format or a file cannot be
    written; the files that are there then stay as they were.
    """
    targets = _checked(names)
    left_out = [Counter[str]() for _ in targets]
    records: Counter[Path] = Counter()
    met: Counter[str] = Counter()
    with ExitStack() as stack:
        files = [(stack.enter_context(begun(path)), output) for it in targets for path, output in _files(it).items()]
        for file, output in files:
            put(file, _encoded(output.head))
        for reading in readings:
            identity = report_identity(reading.report)
            met[identity] += 1
            if met[identity] > 1:
                continue
            for file, output in files:
                for line in output.lines(reading):
                    put(file, _encoded(output.between + line if records[file.path] else line))
                    records[file.path] += 1
            for target, counts in zip(targets, left_out, strict=True):
                counts.update(FORMATS[target.suffix.lower()].left_out(reading))
        for file, output in files:
            put(file, _encoded(output.foot))
        finish([file for file, _ in files])
    written = tuple((file.path, records[file.path]) for file, _ in files)
    return Exported(written, tuple(zip(targets, left_out, strict=True)), met.total() - len(met))


def _files(target: Path) -> dict[Path, Output]:
    """The main file and its companions: acled.csv, acled.incident_reports.csv, acled.tallies.csv."""
    outputs = FORMATS[target.suffix.lower()].outputs
    return {
        target.with_name(f"{target.stem}.{output.beside}{target.suffix}") if output.beside else target: output
        for output in outputs
    }


def _encoded(text: str) -> bytes:
    return text.encode("utf-8")
