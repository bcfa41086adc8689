"""Readings written to export files. A file is there whole or not at all: its name is given to it at the end."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sayso.errors import SaysoError
from sayso.share.exports.formats import FORMATS, Output
from sayso.share.exports.identity import report_identity
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


@dataclass(frozen=True, slots=True)
class _File:
    """A file on its way to `path`, which may be a link to `real`; so far it is `unfinished`, beside that."""

    path: Path
    real: Path
    unfinished: Path
    output: Output
    out: IO[str]


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
        files = [stack.enter_context(_opened(path, output)) for it in targets for path, output in _files(it).items()]
        for file in files:
            _put(file, file.output.head)
        for reading in readings:
            identity = report_identity(reading.report)
            met[identity] += 1
            if met[identity] > 1:
                continue
            for file in files:
                for line in file.output.lines(reading):
                    _put(file, file.output.between + line if records[file.path] else line)
                    records[file.path] += 1
            for target, counts in zip(targets, left_out, strict=True):
                counts.update(FORMATS[target.suffix.lower()].left_out(reading))
        _finish(files)
    written = tuple((file.path, records[file.path]) for file in files)
    return Exported(written, tuple(zip(targets, left_out, strict=True)), met.total() - len(met))


def _files(target: Path) -> dict[Path, Output]:
    """The main file and its companions: acled.csv, acled.incident_reports.csv, acled.tallies.csv."""
    outputs = FORMATS[target.suffix.lower()].outputs
    return {
        target.with_name(f"{target.stem}.{output.beside}{target.suffix}") if output.beside else target: output
        for output in outputs
    }


@contextmanager
def _opened(path: Path, output: Output) -> Iterator[_File]:
    """A file under another name beside its own; what is left of it at the end is removed."""
    real = path.resolve()
    unfinished = real.with_name(f".{real.name}.{secrets.token_hex(4)}.part")
    with _telling(path):
        real.parent.mkdir(parents=True, exist_ok=True)
        out = unfinished.open("x", encoding="utf-8", newline="")
    try:
        yield _File(path, real, unfinished, output, out)
    finally:
        with suppress(OSError):  # what a full disk did not take was told before
            out.close()
        unfinished.unlink(missing_ok=True)


def _put(file: _File, text: str) -> None:
    with _telling(file.path):
        file.out.write(text)


def _finish(files: Sequence[_File]) -> None:
    """Give every file its name, once all of them are whole and on the disk."""
    for file in files:
        with _telling(file.path):
            file.out.write(file.output.foot)
            file.out.flush()
            os.fsync(file.out.fileno())
    for file in files:
        with _telling(file.path):
            file.unfinished.replace(file.real)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SaysoError(
            f"{path}: cannot be written: {error.strerror}", "Choose another place with --export"
        ) from error
