"""Features into a pack, in one pass and bounded memory: keys are sorted bucket by bucket on disk.

Keys are hashes, so their leading bits spread them evenly over the buckets; each bucket is sorted on its own and the
buckets put one after another are sorted as a whole. Only the divisions stay in memory.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import tempfile
import time
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from sayso.errors import SourceBroken
from sayso.gazetteer import layout
from sayso.gazetteer.features import DivisionName, Feature, Item
from sayso.gazetteer.folding import bare, core, fold, skeleton
from sayso.gazetteer.pack import open_pack
from sayso.gazetteer.toponyms import BadRow, PackInfo, level_of
from sayso.vocabulary import PlaceLevel

_BUCKET_BITS: Final = 6
_HELD: Final = 1 << 18  # keys kept in memory before they go to their buckets
_ROOM: Final = 0xFFFFFFFF  # strings are counted in 32 bits, rows in 30
_ROWS: Final = 1 << 30
_CODES: Final = 1 << 16
_DEMONYM: Final = layout.KINDS.index("demonym")
_BAD_KEPT: Final = 100
_STALE: Final = 24 * 3600.0  # seconds after which what a killed build left behind is swept away
_PREFIX: Final = ".sayso-building-"
_LEVELS: Final = {level: number for number, level in enumerate(PlaceLevel)}
_BUCKETS: Final = 1 << _BUCKET_BITS
# The records behind each sorted section, and how many bits its keys have.
_KEYED: Final = {
    "keys": (np.dtype([("key", "<u8"), ("ref", "<u4")]), 64),
    "skeletons": (np.dtype([("key", "<u4"), ("row", "<u4"), ("text", "<u4")]), 32),
    "cells": (np.dtype([("key", "<u4"), ("row", "<u4")]), 17),
}


@dataclass(frozen=True, slots=True)
class _Keyed:
    """Keyed records on their way to a sorted section: columns as they come, then a file for each bucket of keys."""

    folder: Path
    name: str
    columns: tuple[array[int], ...]

    def spill(self, least: int = 0) -> None:
        """Append what is held, if it is more than so many records, to the bucket files."""
        if len(self.columns[0]) <= least:
            return
        kind, bits = _KEYED[self.name]
        records = np.empty(len(self.columns[0]), kind)
        for title, column in zip(kind.names or (), self.columns, strict=True):
            records[title] = np.frombuffer(column, dtype=f"u{column.itemsize}")
            del column[:]
        records = records[np.argsort(records["key"], kind="stable")]
        edges = np.searchsorted(records["key"] >> np.array(bits - _BUCKET_BITS, kind["key"]), range(_BUCKETS + 1))
        for bucket in range(_BUCKETS):
            if edges[bucket] < edges[bucket + 1]:
                with self._bucket(bucket).open("ab") as file:
                    records[edges[bucket] : edges[bucket + 1]].tofile(file)

    def sorted(self) -> Iterator[NDArray[Any]]:
        """All records by key, bucket after bucket."""
        self.spill()
        for file in map(self._bucket, range(_BUCKETS)):
            if file.exists():
                records = np.fromfile(file, _KEYED[self.name][0])
                file.unlink()
                yield records[np.argsort(records["key"], kind="stable")]

    def _bucket(self, number: int) -> Path:
        return self.folder / f"{self.name}-{number}"


@dataclass(frozen=True, slots=True)
class _Divisions:
    """Divisions by their codes, numbered in the order they are met; number 0 is no division."""

    numbers: dict[tuple[str, str, str], int]
    names: dict[int, str]
    rows: dict[int, int]

    def number(self, country: str, admin1: str, admin2: str = "") -> int:
        if not country or admin1 in ("", "00"):
            return 0
        return self.numbers.setdefault((country, admin1, admin2), len(self.numbers) + 1)


def compile_pack(
    items: Iterable[Item],
    out: Path,
    *,
    name: str,
    sources: Sequence[str],
    fingerprint: str = "",
    bad: Callable[[], tuple[int, Sequence[BadRow]]] = lambda: (0, ()),
) -> PackInfo:
    """Compile features into the pack `out`, which appears whole or not at all.

    `bad` tells, once all items are taken, how many rows were left out and the first of them. Raises SourceBroken
    where `out` cannot be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _workplace(out.parent) as folder:
            codes = _write_sections(items, folder)
            footer = {"format": layout.FORMAT, "name": name, "sources": list(sources), "fingerprint": fingerprint}
            footer |= {"built": datetime.now(UTC).isoformat(timespec="seconds"), "codes": codes}
            count, kept = bad()
            footer |= {"bad_rows": count, "bad": [[row.source, row.line, row.reason] for row in kept[:_BAD_KEPT]]}
            whole = folder / "pack"
            _assemble(folder, whole, footer)
            os.replace(whole, out)
    except OSError as error:
        raise SourceBroken(
            out, f"cannot be written: {error.strerror or error}", "Choose another place or free space"
        ) from error
    return open_pack(out).info


@contextmanager
def _workplace(parent: Path) -> Iterator[Path]:
    """A folder beside the pack, gone afterwards, as are those that killed builds left a day ago."""
    for left in parent.glob(f"{_PREFIX}*"):
        if time.time() - left.stat().st_mtime > _STALE:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_sections(items: Iterable[Item], folder: Path) -> list[str]:
    """Write every section to a file of its name in `folder`; the feature codes, in the order rows number them."""
    codes: dict[str, int] = {}
    divisions = _Divisions({}, {}, {})
    keys, refs = array("Q"), array("I")
    frames, frame_rows, frame_texts = array("I"), array("I"), array("I")
    squares, square_rows = array("I"), array("I")
    keyed = (
        _Keyed(folder, "keys", (keys, refs)),
        _Keyed(folder, "skeletons", (frames, frame_rows, frame_texts)),
        _Keyed(folder, "cells", (squares, square_rows)),
    )
    with (folder / "rows").open("wb") as rows, (folder / "strings").open("wb") as strings:
        end = strings.write(layout.string(""))
        row = 0
        for item in items:
            if isinstance(item, DivisionName):
                divisions.names.setdefault(divisions.number(item.country, item.admin1, item.admin2), item.name)
                continue
            level = level_of(item.feature_class, item.code)
            rows.write(_row(item, level, end, row, divisions, codes))
            named = _names(item, level)
            end += strings.write(layout.string(item.name))
            for folded, kind in named.items():
                keys.append(layout.name_key(folded))
                refs.append(row << 2 | kind)
            for letters in dict.fromkeys(bare(folded) for folded, kind in named.items() if kind < _DEMONYM):
                if len(frame := skeleton(letters)) > 1:
                    frames.append(layout.skeleton_key(item.country, frame))
                    frame_rows.append(row)
                    frame_texts.append(end)
                    end += strings.write(layout.string(letters))
            if level is PlaceLevel.SETTLEMENT:
                squares.append(layout.cell(math.floor(item.lat), math.floor(item.lon)))
                square_rows.append(row)
            for records in keyed:
                records.spill(_HELD)
            row += 1
            if end > _ROOM or row >= _ROWS or len(codes) > _CODES:
                raise SourceBroken(Path(item.name), "it is one place too many for a pack", "Build the countries apart")
        _write_divisions(folder / "divisions", divisions, strings)
    for records, beside in zip(keyed, ("refs", "likes", "residents"), strict=True):
        _write_sorted(folder, records, beside)
    return list(codes)


def _row(item: Feature, level: PlaceLevel, name: int, row: int, divisions: _Divisions, codes: dict[str, int]) -> bytes:
    """The record of a feature. A division lies in those above it and not in itself, and lends them its name."""
    admin1 = divisions.number(item.country, item.admin1)
    admin2 = divisions.number(item.country, item.admin1, item.admin2) if item.admin2 else 0
    if item.code == "ADM1":
        divisions.names[admin1], divisions.rows[admin1] = item.name, row
        admin1 = admin2 = 0
    elif item.code == "ADM2":
        divisions.names[admin2], divisions.rows[admin2] = item.name, row
        admin2 = 0
    return layout.PACKED_ROW.pack(
        item.id,
        round(item.lat * layout.DEGREE),
        round(item.lon * layout.DEGREE),
        min(max(item.population, 0), _ROOM),
        name,
        admin1,
        admin2,
        layout.country_number(item.country),
        codes.setdefault(item.code, len(codes)),
        _LEVELS[level],
        0,
    )


def _names(item: Feature, level: PlaceLevel) -> dict[str, int]:
    """The folded names of a feature, each with the number of its kind; a name goes before an alias."""
    found = {folded: 0 for folded in (fold(item.name),) if folded}
    if level in (PlaceLevel.PROVINCE, PlaceLevel.DISTRICT):
        found |= {plain: 1 for plain in map(core, list(found)) if plain and plain not in found}
    for kind, names in ((1, item.aliases), (2, item.demonyms)):
        for name in names:
            if folded := fold(name):
                found.setdefault(folded, kind)
    return found


def _write_divisions(file: Path, divisions: _Divisions, strings: IO[bytes]) -> None:
    table = np.zeros(len(divisions.numbers) + 1, layout.DIVISION)
    table["row"] = layout.NOWHERE

    def put(text: str) -> int:
        offset = strings.tell()
        strings.write(layout.string(text))
        return offset

    for (country, admin1, admin2), number in divisions.numbers.items():
        row, name = divisions.rows.get(number, layout.NOWHERE), divisions.names.get(number, "")
        depth = 2 if admin2 else 1
        table[number] = (row, put(admin2 or admin1), put(name), layout.country_number(country), depth)
    table.tofile(file)


def _write_sorted(folder: Path, records: _Keyed, beside: str) -> None:
    """Write the keys in order to one section, what they point at to the one beside it."""
    kind = layout.SECTIONS[beside]
    with (folder / records.name).open("wb") as keys, (folder / beside).open("wb") as values:
        for bucket in records.sorted():
            np.ascontiguousarray(bucket["key"]).tofile(keys)
            pointed = [title for title in bucket.dtype.names or () if title != "key"]
            value = np.ascontiguousarray(bucket[pointed] if kind.names else bucket[pointed[0]]).astype(kind)
            value.tofile(values)


def _assemble(folder: Path, whole: Path, footer: dict[str, Any]) -> None:
    """Put the sections into one file, with a footer that says where they are, and see it on the disk."""
    digest, places = sha256(), {}
    with whole.open("wb") as out:

        def put(piece: bytes) -> None:
            digest.update(piece)
            out.write(piece)

        put(layout.MAGIC)
        for name, kind in layout.SECTIONS.items():
            put(bytes(-out.tell() % layout.ALIGNMENT))
            section = folder / name
            places[name] = [out.tell(), section.stat().st_size // kind.itemsize]
            with section.open("rb") as source:
                while piece := source.read(1 << 20):
                    put(piece)
            section.unlink()
        words = json.dumps(footer | {"sections": places, "digest": digest.hexdigest()}).encode()
        out.write(words + layout.TAIL.pack(zlib.crc32(words), len(words), layout.MAGIC))
        out.flush()
        os.fsync(out.fileno())
