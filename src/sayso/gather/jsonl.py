"""JSON Lines, plain or gzip, to reports, one line at a time: memory stays bounded however large the file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from sayso.errors import BrokenLine, GatherError, NotFound
from sayso.gather.columns import AUTOMATIC, Columns, renamed
from sayso.gather.limits import DEFAULT, Limits
from sayso.gather.lines import Lines
from sayso.gather.received import Received, here
from sayso.gather.rows import row_report
from sayso.vocabulary import Capture, Report

MEDIA = "application/jsonl"


def read_json_lines(source: str | Path, limits: Limits = DEFAULT) -> Iterator[Report | GatherError]:
    """One report, or the error that explains why not, for each line of a file (or of standard input: "-").

    Each line is an object with `text` and, where known, `id`, `title`, `outlet`, `author`, `url` and `date`.
    The text stays as it is. A missing file is yielded as NotFound; nothing is raised.
    """
    origin = str(source)
    if origin == "-":
        yield from reports_in(sys.stdin.buffer, origin, limits)
        return
    try:
        stream = open(source, "rb")  # noqa: SIM115 - closed below; only opening may be caught here
    except (OSError, ValueError) as error:
        yield not_found(origin, error)
        return
    with stream:
        yield from reports_in(stream, origin, limits)


def not_found(origin: str, error: OSError | ValueError) -> NotFound:
    """The error for a file that cannot be opened or read."""
    reason = getattr(error, "strerror", None) or error
    return NotFound(origin, f"it cannot be read ({reason})", "Check the path and its permissions")


def reports_in(stream: IO[bytes], origin: str, limits: Limits = DEFAULT) -> Iterator[Report | GatherError]:
    """One report or error for each line of an open file; gzip is told by its first bytes, not by a name."""
    for item in captures_in(stream, here(origin, MEDIA), limits):
        yield item.report if isinstance(item, Capture) else item


def captures_in(
    stream: IO[bytes], received: Received, limits: Limits = DEFAULT, columns: Columns = AUTOMATIC
) -> Iterator[Capture | GatherError]:
    """One capture or error for each line of an open file. `columns` names the keys that hold a report's fields."""
    lines = Lines(stream, received.origin, limits)
    while True:
        try:
            line = lines.next()
        except GatherError as error:
            yield error
            if lines.ended:
                return
            continue
        if line is None:
            return
        if line.strip():
            yield _capture_or_error(line, replace(received, origin=lines.place), columns)


def _capture_or_error(line: bytes, received: Received, columns: Columns) -> Capture | BrokenLine:
    try:
        return received.capture(line_report(line, received.origin, columns), line.rstrip(b"\r\n"))
    except BrokenLine as error:
        return error


def line_report(line: bytes, place: str, columns: Columns = AUTOMATIC) -> Report:
    """The report on one line. Raises BrokenLine with `place` (`path:line`) if it holds none."""
    row = json_object(line, place)
    return row_report({**row, **renamed(row, columns)}, place, "json line")


def json_object(line: bytes, place: str) -> dict[str, Any]:
    """The object of JSON (RFC 8259) on a line. Raises BrokenLine; a key that stands twice is no object."""
    try:
        row = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_without_doubles, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise BrokenLine(place, f"the line is not UTF-8 (byte {error.start})", "Save the file as UTF-8") from error
    except RecursionError as error:
        raise BrokenLine(place, "the line is nested too deeply", "Give a flat object") from error
    except ValueError as error:
        raise BrokenLine(place, f"the line is not JSON ({str(error)[:100]})", "Write one object per line") from error
    if not isinstance(row, dict):
        raise BrokenLine(place, "the line is not an object", 'Write {"text": "..."} with one report per line')
    return row


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        raise ValueError("a key stands twice")
    return row


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
