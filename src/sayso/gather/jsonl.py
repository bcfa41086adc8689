"""JSON Lines, plain or gzip, to reports, one line at a time: memory stays bounded however large the file."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from sayso.errors import BrokenLine, GatherError, NotFound, TooLarge
from sayso.gather.dates import published
from sayso.gather.decode import PEEK, garbled, without_surrogates
from sayso.gather.language import language
from sayso.gather.limits import DEFAULT, Limits
from sayso.gather.streams import Joined, first_line
from sayso.vocabulary import Published, Report, ReportId, report_id

_GZIP = b"\x1f\x8b"
_PIECE = 65_536  # bytes read at once while an overlong line is skipped
_FIELDS = ("title", "outlet", "author", "url")


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
    lines = _Lines(stream, origin, limits)
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
            yield _report_or_error(line, lines.place)


def _report_or_error(line: bytes, place: str) -> Report | BrokenLine:
    try:
        return line_report(line, place)
    except BrokenLine as error:
        return error


def line_report(line: bytes, place: str) -> Report:
    """The report on one line. Raises BrokenLine with `place` (`path:line`) if it holds none."""
    row = _row(line, place)
    text = without_surrogates(_text(row, place))
    values, field_flags = _known_fields(row)
    when, date_flags = _published(row.get("date"))
    nul = ("text holds NUL characters",) if "\0" in text.text else ()
    return Report(
        id=_id(row, place) or report_id(text.text, values.get("url")),
        text=text.text,
        published=when,
        language=language(text.text),
        flags=(*text.flags, *nul, *garbled(text.text), *field_flags, *date_flags),
        origin=place,
        **values,
    )


class _Lines:
    """The lines of a stream, counted, each no longer than the limit; gzip is unpacked on the way."""

    def __init__(self, stream: IO[bytes], origin: str, limits: Limits) -> None:
        self.place = origin
        self.ended = False
        self._origin = origin
        self._limits = limits
        self._number = 0
        head = first_line(stream, PEEK)
        self._source = Joined(head, stream)
        self._packed = head.startswith(_GZIP)
        source = io.BufferedReader(self._source)
        self._lines: io.BufferedIOBase = gzip.GzipFile(fileobj=source) if self._packed else source

    def next(self) -> bytes | None:
        """The next line, or None at the end. Raises GatherError; `ended` says if it was the last."""
        self._number += 1
        self.place = f"{self._origin}:{self._number}"
        try:
            return self._read_line()
        except (EOFError, OSError, zlib.error) as error:
            self.ended = True
            cure = "Get an undamaged copy; the lines before were read"
            raise BrokenLine(self.place, f"the file breaks off here ({error})", cure) from error

    def _read_line(self) -> bytes | None:
        limit = self._limits.line_bytes
        line = self._lines.readline(limit + 1)
        self._check_ratio()
        if len(line) <= limit:
            return line or None
        self._skip_rest(line)
        problem = f"the line is over the limit of {limit:,} bytes and was skipped"
        raise BrokenLine(self.place, problem, "Shorten it, or raise the limit")

    def _skip_rest(self, piece: bytes) -> None:
        while piece and not piece.endswith(b"\n"):
            piece = self._lines.readline(_PIECE)
            self._check_ratio()

    def _check_ratio(self) -> None:
        if not self._packed:
            return
        out = self._lines.tell()
        if out > self._limits.unpack_free and out > self._limits.unpack_ratio * self._source.taken:
            self.ended = True
            problem = f"it unpacks to more than {self._limits.unpack_ratio} times its size"
            raise TooLarge(self.place, problem, "Unpack it yourself if you trust it")


def _row(line: bytes, place: str) -> dict[str, Any]:
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


def _text(row: dict[str, Any], place: str) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise BrokenLine(place, '"text" is missing or not a string', 'Give the report\'s text as "text"')
    if not text.strip():
        raise BrokenLine(place, '"text" is empty', "Leave the line out")
    return text


def _id(row: dict[str, Any], place: str) -> ReportId | None:
    given = row.get("id")
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, str | int) or not str(given).strip():
        raise BrokenLine(place, '"id" is neither a string nor a whole number', "Give each report an id, or none")
    return ReportId(without_surrogates(str(given)).text)


def _known_fields(row: dict[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The fields besides the text that are strings, and a flag for each that is something else."""
    given = {name: row[name] for name in _FIELDS if row.get(name) not in (None, "")}
    values = {name: without_surrogates(value).text for name, value in given.items() if isinstance(value, str)}
    flags = tuple(f'{name} dropped: "{name}" is not a string' for name in given if name not in values)
    return values, flags


def _published(date: object) -> tuple[Published | None, tuple[str, ...]]:
    if date in (None, ""):
        return None, ()
    if not isinstance(date, str):
        return None, ('date dropped: "date" is not a string',)
    return published(date, "json line")
