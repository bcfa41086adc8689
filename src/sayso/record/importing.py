"""Files and folders -> findings, each file told by its content; a damaged one costs the others nothing."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from sayso.errors import GatherError, NotAFinding, RecordError
from sayso.gather.decode import decode
from sayso.record.json_ld import reviews_within
from sayso.record.json_text import parse
from sayso.record.official import is_official, official, official_toml
from sayso.record.pages import page_reviews
from sayso.record.tables import table_findings
from sayso.vocabulary import Finding, FindingKind

Imported = Iterator[Finding | RecordError]
LARGEST: Final = 200_000_000  # bytes unpacked; a feed of all fact-checks there are stays under it
_GZIP: Final = b"\x1f\x8b"
_SUFFIXES: Final = (".json", ".jsonld", ".jsonl", ".ndjson", ".toml", ".csv", ".tsv", ".html", ".htm", ".xhtml")


def import_findings(
    paths: Iterable[str | Path], mapping: Mapping[str, str] | None = None, kind: FindingKind = FindingKind.CHECK
) -> Imported:
    """The findings of files and folders, in order; what cannot be read gives an error in its place.

    Reads ClaimReview JSON-LD (files, pages, feeds, JSON Lines), CSV (`mapping` names the columns, `kind` who
    finds) and official findings as JSON or TOML.
    """
    for path in paths:
        for file in _files(Path(path)):
            try:
                yield from _read(file, mapping, kind)
            except RecordError as error:
                yield error


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for inner in sorted(path.rglob("*")):
        name = inner.name.lower().removesuffix(".gz")
        if name.endswith(_SUFFIXES) and inner.is_file() and not inner.is_symlink():
            yield inner


def _read(path: Path, mapping: Mapping[str, str] | None, kind: FindingKind) -> Imported:
    origin = str(path)
    text = _text(path, origin)
    name = path.name.lower().removesuffix(".gz")
    head = text.lstrip("\ufeff \t\r\n")[:1]
    if name.endswith(".toml"):
        yield from official_toml(text, origin)
    elif name.endswith((".csv", ".tsv")):
        yield from table_findings(text, origin, mapping, kind)
    elif name.endswith((".jsonl", ".ndjson")):
        yield from _lines(text, origin)
    elif head == "<":
        yield from page_reviews(text, origin)
    elif head in ("{", "["):
        yield from _document(parse(text.lstrip("\ufeff"), origin), origin)
    else:
        raise NotAFinding(
            origin, "it is neither JSON, nor a page, a table or TOML", "Name it .csv or .toml if it is one"
        )


def _lines(text: str, origin: str) -> Imported:
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        if line.strip():
            place = f"{origin}:{number}"
            try:
                yield from _document(parse(line, place), place)
            except NotAFinding as error:
                yield error


def _document(document: object, origin: str) -> Imported:
    read: Callable[[object, str], Imported] = official if is_official(document) else reviews_within
    yield from read(document, origin)


def _text(path: Path, origin: str) -> str:
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError as error:
        raise RecordError(
            origin, f"it cannot be read ({error.strerror})", "Check the path and its permissions"
        ) from error
    if data.startswith(_GZIP):
        data = _unpacked(data, origin)
    if not data or len(data) > LARGEST:
        raise RecordError(origin, f"it is empty or over {LARGEST:,} bytes", "Split it, one finding a line (.jsonl)")
    try:
        return decode(data, origin, LARGEST, markup=data.lstrip()[:1] == b"<").text
    except GatherError as error:
        raise RecordError(origin, error.problem.removeprefix(f"{origin}: "), error.cure) from error


def _unpacked(data: bytes, origin: str) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        out = unpacker.decompress(data, LARGEST + 1)
    except zlib.error as error:
        raise RecordError(origin, f"it cannot be unpacked ({error})", "Get an undamaged copy") from error
    if len(out) <= LARGEST and not unpacker.eof:
        raise RecordError(origin, "it breaks off", "Get an undamaged copy")
    return out
