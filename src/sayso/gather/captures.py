"""Inputs to captures: files, folders, patterns, standard input and addresses. What is broken costs nobody else."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Final

from sayso.errors import BrokenFeed, BrokenTable, EmptyInput, GatherError, NotFound, TooLarge
from sayso.gather import jsonl
from sayso.gather.columns import AUTOMATIC, Columns
from sayso.gather.dates import first_published
from sayso.gather.decode import PEEK
from sayso.gather.documents import document
from sayso.gather.feeds.lists import Listed, listed_in
from sayso.gather.fetch.visitor import Fetched, Visitor
from sayso.gather.intake import Intake
from sayso.gather.kinds import DOCUMENTS, LISTS, Kind, kind_of, kind_of_media, kind_of_name
from sayso.gather.limits import DEFAULT, Limits
from sayso.gather.received import Received, here
from sayso.gather.streams import Joined, first_line
from sayso.vocabulary import Capture, Report

STDIN: Final = "-"
_ADDRESS: Final = ("http://", "https://")
_GZIP: Final = b"\x1f\x8b"
_PATTERN: Final = frozenset("*?[")
_LEVELS: Final = 3  # a list of lists of pages, no more
_STREAMED: Final = frozenset((Kind.JSON_LINES, Kind.CSV, Kind.WARC))

Found = Iterator[Capture | GatherError]


def captures(
    inputs: Iterable[str | Path],
    limits: Limits = DEFAULT,
    *,
    columns: Columns = AUTOMATIC,
    visitor: Visitor | None = None,
) -> Found:
    """Every report in these inputs, with the bytes it was read from. Errors are yielded, not raised.

    An input is a file, a folder, a pattern ("archive/*.warc.gz"), an address of the web, or "-" for standard input.
    Text, Markdown, web pages and PDF give one report each; JSON Lines, CSV, Parquet, WARC, WACZ and feeds one for each
    row, record or item; OPML files and sitemaps those at the addresses they list, which are fetched through the guard.
    `columns` says which keys or columns hold what. Folders are searched through, sorted by name, for files
    with an ending of ours; lists of addresses in them are passed over, so that no folder can make us fetch anything.
    """
    intake = Intake(limits, columns, visitor)
    for given in inputs:
        text = str(given)
        if text == STDIN:
            yield from _from_stream(sys.stdin.buffer, here(STDIN), intake)
        elif text.startswith(_ADDRESS):
            yield from _from_address(Listed(text), intake, _LEVELS)
        elif os.path.isdir(text):
            yield from _from_folder(Path(given), intake)
        elif _PATTERN.intersection(text) and not os.path.lexists(text):
            yield from _from_pattern(text, intake)
        else:
            yield from _from_file(Path(given), intake)


def read_file(path: str | Path, most: int) -> bytes:
    """The first `most` bytes of a file. Raises NotFound."""
    with _opened(path) as file:
        try:
            return file.read(most)
        except OSError as error:
            raise jsonl.not_found(str(path), error) from error


def most_bytes(limits: Limits) -> int:
    """Bytes to read of what has to be read whole: one more than any kind may have, so that too large is noticed."""
    return max(limits.text_bytes, limits.markup_bytes, limits.pdf_bytes, limits.feed_bytes) + 1


def _from_file(path: Path, intake: Intake) -> Found:
    """What is in a file: streamed if it may be of any size."""
    promised = kind_of_name(path.name)
    try:
        if promised in DOCUMENTS:
            data = read_file(path, most_bytes(intake.limits))
            yield document(data, here(str(path)), promised, intake.limits)
            return
        with _opened(path) as stream:
            if promised is None and stream.seekable():
                promised = kind_of(stream.read(PEEK))
                stream.seek(0)
            yield from _from_open_file(stream, path, promised, intake)
    except GatherError as error:
        yield error
    except OSError as error:
        yield jsonl.not_found(str(path), error)


def _from_open_file(stream: IO[bytes], path: Path, promised: Kind | None, intake: Intake) -> Found:
    if promised is Kind.PARQUET:
        from sayso.gather import parquet

        yield from parquet.captures_in(path, intake.limits, intake.columns)
    elif promised is Kind.WACZ:
        yield from _from_wacz(stream, here(str(path)), intake)
    elif promised is None:
        yield from _from_stream(stream, here(str(path)), intake)
    elif promised in _STREAMED:
        yield from _streamed(stream, here(str(path)), promised, intake)
    else:
        data = stream.read(most_bytes(intake.limits))
        yield from _from_bytes(data, here(str(path)), promised, intake, _LEVELS)


def _from_stream(stream: IO[bytes], received: Received, intake: Intake) -> Found:
    """What is in a stream whose kind only its content tells."""
    try:
        head = first_line(stream, PEEK)
        if head.startswith(_GZIP):  # packed bytes have no lines, and it takes some to tell what is in them
            head += stream.read(PEEK)
        kind = kind_of(head)
        whole = io.BufferedReader(Joined(head, stream))
        if kind in _STREAMED:
            yield from _streamed(whole, received, kind, intake)
        else:
            yield from _from_bytes(whole.read(most_bytes(intake.limits)), received, None, intake, _LEVELS)
    except OSError as error:
        yield jsonl.not_found(received.origin, error)
    except GatherError as error:
        yield error


def _streamed(stream: IO[bytes], received: Received, kind: Kind, intake: Intake) -> Found:
    """Kinds of any size, read from front to back."""
    if kind is Kind.WARC:
        from sayso.gather.archive import warc

        yield from warc.captures_in(stream, received, intake.limits)
    elif kind is Kind.CSV:
        from sayso.gather import table

        media = received.media or table.MEDIA
        yield from table.captures_in(stream, replace(received, media=media), intake.limits, intake.columns)
    else:
        media = received.media or jsonl.MEDIA
        yield from jsonl.captures_in(stream, replace(received, media=media), intake.limits, intake.columns)


def _from_bytes(data: bytes, received: Received, promised: Kind | None, intake: Intake, levels: int) -> Found:
    """What is in bytes that are all there."""
    kind = kind_of(data, promised)
    if kind in _STREAMED:
        yield from _streamed(io.BytesIO(data), received, kind, intake)
    elif kind is Kind.FEED:
        from sayso.gather.feeds import feed

        yield from feed.captures_in(data, received, intake.limits)
    elif kind in LISTS:
        yield from _from_list(data, received, intake, levels)
    elif kind is Kind.WACZ:
        yield from _from_wacz(io.BytesIO(data), received, intake)
    elif kind is Kind.PARQUET:
        problem = "a Parquet table is read from its end, and so only from a file"
        yield BrokenTable(received.origin, problem, "Save it, and give the file")
    else:
        try:
            yield document(data, received, kind, intake.limits)
        except GatherError as error:
            yield error


def _from_wacz(stream: IO[bytes], received: Received, intake: Intake) -> Found:
    from sayso.gather.archive import wacz

    if not stream.seekable():
        yield TooLarge(received.origin, "a WACZ is read from its end, and so only from a file", "Save it first")
        return
    yield from wacz.captures_in(stream, received, intake.limits)


def _from_list(data: bytes, received: Received, intake: Intake, levels: int) -> Found:
    """The reports at the addresses of an OPML file or a sitemap."""
    if not levels:
        yield BrokenFeed(received.origin, "lists of lists go too deep here", "Give the inner list itself")
        return
    for listed in listed_in(data, received.origin, intake.limits):
        if isinstance(listed, GatherError):
            yield listed
        else:
            yield from _from_address(listed, intake, levels - 1)


def _from_address(listed: Listed, intake: Intake, levels: int) -> Found:
    """What is at an address, fetched through the guard."""
    try:
        fetched = intake.fetcher().fetch(listed.address)
    except GatherError as error:
        yield error
        return
    if fetched is not None:
        for item in from_fetched(fetched, intake, levels):
            yield replace(item, report=_completed(item, listed)) if isinstance(item, Capture) else item


def from_fetched(fetched: Fetched, intake: Intake, levels: int = 0) -> Found:
    """What is in an answer from the network."""
    received = fetched.received
    yield from _from_bytes(fetched.data, received, kind_of_media(received.media), intake, levels)


def _completed(capture: Capture, listed: Listed) -> Report:
    """The report with what the list says of it and the page does not."""
    report = capture.report
    published, flags = report.published, report.flags
    if published is None and listed.date:
        published, more = first_published([(listed.date, "news sitemap")])
        flags += more
    title, outlet = report.title or listed.title, report.outlet or listed.outlet
    return replace(report, title=title, outlet=outlet, published=published, flags=flags)


def _from_folder(folder: Path, intake: Intake) -> Found:
    broken: list[OSError] = []
    empty = True
    for path in _files_under(folder, broken):
        empty = False
        yield from _from_file(path, intake)
    yield from (jsonl.not_found(str(error.filename), error) for error in broken)
    if empty and not broken:
        yield EmptyInput(str(folder), "the folder holds no file we read", "See the endings that gather() reads")


def _from_pattern(pattern: str, intake: Intake) -> Found:
    paths = sorted(glob.glob(pattern, recursive=True))
    if not paths:
        yield NotFound(pattern, "no file fits this pattern", "Check it; ** stands for folders of any depth")
    for path in paths:
        yield from _from_folder(Path(path), intake) if os.path.isdir(path) else _from_file(Path(path), intake)


def _files_under(folder: Path, broken: list[OSError]) -> Iterator[Path]:
    """Regular files with an ending of ours, sorted; folders that cannot be listed are added to `broken`."""
    for root, folders, names in os.walk(folder, onerror=broken.append):
        folders.sort()
        kinds = ((Path(root, name), kind_of_name(name)) for name in sorted(names))
        yield from (path for path, kind in kinds if kind is not None and kind not in LISTS and path.is_file())


def _opened(path: str | Path) -> IO[bytes]:
    try:
        return open(path, "rb")
    except IsADirectoryError as error:
        raise NotFound(str(path), "it is a folder", "Use gather() for folders") from error
    except (OSError, ValueError) as error:
        raise jsonl.not_found(str(path), error) from error
