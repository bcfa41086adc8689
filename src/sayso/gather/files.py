"""Files, folders and standard input to reports. What is broken becomes an error and costs nobody else."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from sayso.errors import EmptyInput, GatherError, NotFound
from sayso.gather.decode import PEEK
from sayso.gather.html import html_report
from sayso.gather.jsonl import not_found, read_json_lines, reports_in
from sayso.gather.kinds import Kind, kind_of, kind_of_name
from sayso.gather.limits import DEFAULT, Limits
from sayso.gather.markdown import markdown_report
from sayso.gather.streams import Joined, first_line
from sayso.gather.text import text_report
from sayso.vocabulary import Report

STDIN = "-"
_GZIP = b"\x1f\x8b"
_READERS = {Kind.TEXT: text_report, Kind.MARKDOWN: markdown_report, Kind.HTML: html_report}


def gather(paths: Iterable[str | Path], limits: Limits = DEFAULT) -> Iterator[Report | GatherError]:
    """Every report in these files and folders; "-" is standard input. Errors are yielded, not raised.

    Folders are searched through, sorted by name, for .txt, .md, .markdown, .html, .htm, .xhtml, .jsonl and
    .ndjson (the last two also as .gz); other files are passed over. Links to folders are not followed.
    """
    for path in paths:
        if str(path) == STDIN:
            yield from _gather_stream(sys.stdin.buffer, STDIN, limits)
        elif os.path.isdir(path):
            yield from _gather_folder(Path(path), limits)
        else:
            yield from _gather_one(Path(path), limits)


def gather_file(path: str | Path, limits: Limits = DEFAULT) -> Report:
    """The report in one file. Raises a GatherError, also for JSON Lines, which hold many."""
    return gather_bytes(_read(path, _most(limits)), str(path), kind_of_name(str(path)), limits)


def gather_bytes(data: bytes, origin: str = STDIN, kind: Kind | None = None, limits: Limits = DEFAULT) -> Report:
    """The report in these bytes. `kind` is what they are said to be; a whole web page is always read as one.

    Raises a GatherError that names `origin`.
    """
    found = kind_of(data, kind)
    if found is Kind.JSON_LINES:
        problem = "it holds JSON Lines, which are many reports"
        raise GatherError(origin, problem, "Use gather() or read_json_lines()")
    return _READERS[found](data, origin, limits)


def _gather_one(path: Path, limits: Limits) -> Iterator[Report | GatherError]:
    try:
        promised = kind_of_name(path.name)
        if promised is Kind.JSON_LINES:
            yield from read_json_lines(path, limits)
        elif promised is None:
            with _opened(path) as stream:
                yield from _gather_stream(stream, str(path), limits)
        else:
            yield gather_file(path, limits)
    except GatherError as error:
        yield error


def _gather_stream(stream: IO[bytes], origin: str, limits: Limits) -> Iterator[Report | GatherError]:
    """The report, or the reports line by line, of a stream whose kind only its content tells."""
    try:
        head = first_line(stream, PEEK)
        whole = io.BufferedReader(Joined(head, stream))
        if head.startswith(_GZIP) or kind_of(head) is Kind.JSON_LINES:
            yield from reports_in(whole, origin, limits)
        else:
            yield gather_bytes(whole.read(_most(limits)), origin, None, limits)
    except OSError as error:
        yield not_found(origin, error)
    except GatherError as error:
        yield error


def _gather_folder(folder: Path, limits: Limits) -> Iterator[Report | GatherError]:
    broken: list[OSError] = []
    empty = True
    for path in _files_under(folder, broken):
        empty = False
        yield from _gather_one(path, limits)
    yield from (not_found(str(error.filename), error) for error in broken)
    if empty and not broken:
        yield EmptyInput(str(folder), "the folder holds no file we read", "See the endings that gather() reads")


def _files_under(folder: Path, broken: list[OSError]) -> Iterator[Path]:
    """Regular files with an ending of ours, sorted; folders that cannot be listed are added to `broken`."""
    for root, folders, names in os.walk(folder, onerror=broken.append):
        folders.sort()
        paths = (Path(root, name) for name in sorted(names) if kind_of_name(name))
        yield from (path for path in paths if path.is_file())


def _read(path: str | Path, most: int) -> bytes:
    with _opened(path) as file:
        try:
            return file.read(most)
        except OSError as error:
            raise not_found(str(path), error) from error


def _opened(path: str | Path) -> IO[bytes]:
    try:
        return open(path, "rb")
    except IsADirectoryError as error:
        raise NotFound(str(path), "it is a folder", "Use gather() for folders") from error
    except (OSError, ValueError) as error:
        raise not_found(str(path), error) from error


def _most(limits: Limits) -> int:
    """Bytes to read: one more than any kind may have, so that too large is noticed."""
    return max(limits.text_bytes, limits.markup_bytes) + 1
