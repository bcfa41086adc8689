"""CSV (RFC 4180, also with semicolons, tabs or bars) to reports, one row at a time."""

from __future__ import annotations

import csv
import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO, Final

from sayso.errors import BrokenLine, BrokenTable, EmptyInput, GatherError
from sayso.gather.columns import Columns, columns_of, renamed
from sayso.gather.limits import Limits
from sayso.gather.lines import Lines
from sayso.gather.received import Received
from sayso.gather.rows import row_report
from sayso.vocabulary import Capture

MEDIA: Final = "text/csv"
_SEPARATORS: Final = ",;\t|"


def captures_in(
    stream: IO[bytes], received: Received, limits: Limits, columns: Columns
) -> Iterator[Capture | GatherError]:
    """One capture or error for each row of an open CSV file (or gzip of one). Its first line names the columns.

    A capture's bytes are the whole row as a JSON object. A row with more or fewer cells than there are
    columns, and quotation marks that do not close, are errors: a cut file is never passed in silence.
    """
    lines = Lines(stream, received.origin, limits)
    try:
        header, separator = _header(lines)
        found = columns_of(header, columns, received.origin)
    except GatherError as error:
        yield error
        return
    csv.field_size_limit(max(limits.line_bytes, csv.field_size_limit()))
    decoded = _Decoded(lines)
    rows = csv.reader(decoded, delimiter=separator, strict=True)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except GatherError as error:
            yield error
            if lines.ended:
                return
            continue
        except csv.Error as error:
            yield BrokenTable(
                lines.place, f"the row is broken ({error})", "Close its quotation marks, and double inner ones"
            )
            continue
        if cells:
            yield _capture_or_error(header, cells, found, replace(received, origin=lines.place, flags=decoded.flags()))


class _Decoded:
    """The text of lines. What is not UTF-8 is read as Windows-1252; `flags` tells of the lines since it was asked."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._legacy = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._lines.next()
        if line is None:
            raise StopIteration
        try:
            return line.decode()
        except UnicodeDecodeError:
            self._legacy = True
            return line.decode("cp1252", "replace")

    def flags(self) -> tuple[str, ...]:
        """The warning about the lines read since the last call, if there is one."""
        legacy, self._legacy = self._legacy, False
        return ("encoding not stated: read as Windows-1252",) if legacy else ()


def _header(lines: Lines) -> tuple[list[str], str]:
    """The names of the columns, and what stands between cells."""
    first = lines.next()
    while first is not None and not first.strip():
        first = lines.next()
    if first is None:
        raise EmptyInput(lines.place, "the table is empty", "Give a table whose first line names the columns")
    if first.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in first:
        raise BrokenTable(lines.place, "the table is in UTF-16 or is not text", "Save it as UTF-8")
    text = first.decode("utf-8-sig", "replace")
    separator = max(_SEPARATORS, key=text.count)
    try:
        names = next(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error as error:
        raise BrokenTable(lines.place, f"its first line is broken ({error})", "Name one column a cell") from error
    names = [name.strip() for name in names]
    if doubles := sorted(name for name in set(names) if names.count(name) > 1):
        raise BrokenTable(lines.place, f"two columns are called {doubles[0]!r}", "Give each column a name of its own")
    return names, separator


def _capture_or_error(
    header: Sequence[str], cells: Sequence[str], columns: Columns, received: Received
) -> Capture | GatherError:
    if len(cells) != len(header):
        problem = f"the row has {len(cells)} cells and the table {len(header)} columns"
        return BrokenLine(received.origin, problem, "Put cells that hold separators or line breaks in quotation marks")
    row = dict(zip(header, cells, strict=True))
    return row_capture(row, columns, received)


def row_capture(row: Mapping[str, str | None], columns: Columns, received: Received) -> Capture | GatherError:
    """The capture of a table's row, whose empty cells state nothing, or the error that explains why not."""
    stated = {name: cell if cell and cell.strip() else None for name, cell in renamed(row, columns).items()}
    try:
        report = row_report(stated, received.origin, "table row")
    except BrokenLine as error:
        return error
    report = replace(report, flags=(*received.flags, *report.flags))
    return received.capture(report, json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
