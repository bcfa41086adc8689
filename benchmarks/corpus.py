"""Evaluation files as rows and reports, their fingerprints, and the fixed part that the quick check reads."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from rich.console import Console
from rich.progress import track

from sayso.vocabulary import Published, Reading, Report, ReportId

Row = dict[str, Any]
Item = TypeVar("Item")

_GZIP_MAGIC: Final = b"\x1f\x8b"


class CorpusError(Exception):
    """Evaluation data cannot be used. The message names the file, what is wrong, and what to do."""


def locate(data: Path, folder: str, name: str) -> Path:
    """The file meant by `data`: itself if it is a file, else `name` in it or in its `folder`."""
    if data.is_file():
        return data
    for candidate in (data / name, data / folder / name):
        if candidate.is_file():
            return candidate
    raise CorpusError(f"{data}: no {name} here or in {folder}/. Point --data at the file or the eval folder")


def content(path: Path) -> bytes:
    """The bytes of a file, unpacked if they are gzip whatever the file is called."""
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if raw.startswith(_GZIP_MAGIC) else raw
    except (OSError, EOFError) as error:
        raise CorpusError(f"{path}: cannot be read ({error})") from error


def rows(path: Path) -> list[Row]:
    """The documents of a JSON Lines file, packed or not; each has an `id` of its own and a `text`."""
    found: list[Row] = []
    seen: set[str] = set()
    for number, line in enumerate(content(path).decode("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(f"{path}:{number}: not JSON ({error.msg})") from error
        if not (isinstance(row, dict) and isinstance(row.get("id"), str) and isinstance(row.get("text"), str)):
            raise CorpusError(f"{path}:{number}: a document needs an `id` and a `text`")
        if row["id"] in seen:
            raise CorpusError(f"{path}:{number}: the id {row['id']} stands here twice")
        seen.add(row["id"])
        found.append(row)
    if not found:
        raise CorpusError(f"{path}: holds no document")
    return found


def fingerprint(*paths: Path) -> str:
    """SHA-256 over the unpacked files in the given order, first 16 hex digits."""
    digest = hashlib.sha256()
    for path in paths:
        data = content(path)
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()[:16]


def third(documents: Iterable[Row]) -> list[Row]:
    """About a third of the documents, by a hash of their ids, so that it is the same third everywhere."""
    return [row for row in documents if hashlib.sha256(row["id"].encode()).digest()[0] % 3 == 0]


def words(documents: Iterable[Row]) -> int:
    """How many white-space separated words the texts have."""
    return sum(len(row["text"].split()) for row in documents)


def report(row: Row) -> Report:
    """A document as a report, with the outlet, date and title the corpus knows."""
    date = row.get("date")
    return Report(
        id=ReportId(row["id"]),
        text=row["text"],
        title=row.get("title") or None,
        outlet=row.get("outlet") or row.get("publisher") or None,
        published=Published(date, "corpus") if date else None,
        url=row.get("url") or None,
    )


def readings(documents: Sequence[Row], what: str) -> Iterator[Reading]:
    """The readings of the documents in order, with a progress bar on standard error."""
    from sayso import read_many  # late, so that --help and the gate's own work need no weights

    return progress(read_many(report(row) for row in documents), f"reading {what}", len(documents))


def progress(items: Iterable[Item], what: str, total: int) -> Iterator[Item]:
    """The items, with a progress bar on standard error where that is a terminal."""
    talk = Console(stderr=True)
    yield from track(items, what, total=total, console=talk, disable=not talk.is_terminal, transient=True)
