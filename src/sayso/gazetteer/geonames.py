"""GeoNames dumps, row by row: a country file or allCountries, plain, .gz or .zip, and the lists of division names.

A dump has 19 columns between tabs, described in https://download.geonames.org/export/dump/readme.txt.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from sayso.errors import SourceBroken
from sayso.gazetteer.compiling import compile_pack
from sayso.gazetteer.features import DivisionName, Feature, Item, is_name
from sayso.gazetteer.layout import SUFFIX
from sayso.gazetteer.lists import division_names
from sayso.gazetteer.toponyms import BadRow, PackInfo

_COLUMNS: Final = 19
_CODE_COLUMNS: Final = 4
_CLASSES: Final = frozenset(["", *"AHLPRSTUV"])
_LONGEST_CODE: Final = 20
_LONGEST_LINE: Final = 1 << 18  # bytes; the longest real rows have some ten thousand
_ALIASES: Final = 1000
_LARGEST_ID: Final = (1 << 31) - 1
_BAD_KEPT: Final = 100
_STEP: Final = 1 << 12  # rows between two reports of progress
_EVERYWHERE: Final = (90.0, 180.0)
_CURE: Final = "Give a file as GeoNames publishes it: SY.zip, SY.txt, allCountries.zip, admin2Codes.txt"


@dataclass(slots=True)
class _Faults:
    """The rows left out: how many, and the first of them."""

    count: int
    first: list[BadRow]


def compile_dumps(sources: Sequence[Path], out: Path, progress: Callable[[int, int], None] | None) -> PackInfo:
    """Compile GeoNames files into the pack `out`, as `sayso.gazetteer.build` says."""
    faults = _Faults(0, [])
    return compile_pack(
        _items(sources, faults, progress),
        out,
        name=out.name.removesuffix(SUFFIX),
        sources=[source.name for source in sources],
        bad=lambda: (faults.count, faults.first),
    )


def _items(sources: Sequence[Path], faults: _Faults, progress: Callable[[int, int], None] | None) -> Iterator[Item]:
    yield from division_names()
    try:
        sizes = [source.stat().st_size for source in sources]
    except OSError as error:
        raise SourceBroken(Path(error.filename), f"cannot be read: {error.strerror}", _CURE) from error
    done, total = 0, sum(sizes)
    for source, size in zip(sources, sizes, strict=True):
        usable = 0
        try:
            with _opened(source) as (raw, streams):
                for title, stream in streams:
                    for number, item in enumerate(_rows(title, stream, faults), 1):
                        usable += 1
                        if progress is not None and not number % _STEP:
                            progress(done + min(raw.tell(), size), total)
                        yield item
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise SourceBroken(source, f"cannot be read: {error}", _CURE) from error
        if not usable:
            raise SourceBroken(source, "holds no row of a GeoNames table", _CURE)
        done += size
        if progress is not None:
            progress(done, total)


@contextmanager
def _opened(source: Path) -> Iterator[tuple[IO[bytes], Iterator[tuple[str, IO[bytes]]]]]:
    """The file as it lies on disk, and the texts in it with their names."""
    with ExitStack() as open_files:
        raw = open_files.enter_context(source.open("rb"))
        start = raw.read(4)
        raw.seek(0)
        if start == b"PK\x03\x04":
            archive = open_files.enter_context(zipfile.ZipFile(raw))
            yield raw, _members(source, archive)
        elif start[:2] == b"\x1f\x8b":
            unpacked = open_files.enter_context(gzip.GzipFile(fileobj=raw))
            yield raw, iter([(source.name, unpacked)])  # type: ignore[list-item]  # a GzipFile reads as any file does
        else:
            yield raw, iter([(source.name, raw)])


def _members(source: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in archive.infolist():
        if member.filename.endswith(".txt") and not member.filename.lower().endswith("readme.txt"):
            with archive.open(member) as stream:
                yield f"{source.name}:{member.filename}", stream


def _rows(title: str, stream: IO[bytes], faults: _Faults) -> Iterator[Item]:
    """The usable rows of a table; the others are told to `faults`."""
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        try:
            if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                raise ValueError(f"longer than {_LONGEST_LINE} bytes")
            columns = line.decode("utf-8").rstrip("\r\n").split("\t")
            if len(columns) == _COLUMNS:
                yield _feature(columns)
            elif len(columns) == _CODE_COLUMNS:
                yield _division_name(columns)
            elif line.strip() and not line.startswith(b"#"):
                raise ValueError(f"{len(columns)} columns in place of {_COLUMNS}")
        except ValueError as error:
            faults.count += 1
            if len(faults.first) < _BAD_KEPT:
                faults.first.append(BadRow(title, number, _reason(error)))


def _feature(columns: Sequence[str]) -> Feature:
    """A row of a dump. Raises ValueError saying what is wrong with it."""
    number, lat, lon = int(columns[0]), float(columns[4]), float(columns[5])
    if not 0 < number <= _LARGEST_ID:
        raise ValueError(f"{columns[0]} is no GeoNames id")
    if not (abs(lat) <= _EVERYWHERE[0] and abs(lon) <= _EVERYWHERE[1]):
        raise ValueError(f"{columns[4]}, {columns[5]} is nowhere on earth")
    name, kind, code, country = columns[1].strip(), columns[6], columns[7], columns[8]
    if not name:
        raise ValueError("it has no name")
    if kind not in _CLASSES or len(code) > _LONGEST_CODE or not code.isascii():
        raise ValueError(f"{kind}.{code} is no feature code")
    if country and not _is_country(country):
        raise ValueError(f"{country} is no country code")
    aliases = columns[3].split(",", _ALIASES)[:_ALIASES] if columns[3] else []
    return Feature(
        number, name, tuple(filter(is_name, (columns[2], *aliases))), lat, lon, kind, code, country, columns[10],
        columns[11], int(columns[14] or 0),
    )  # fmt: skip


def _division_name(columns: Sequence[str]) -> DivisionName:
    """A row of admin1CodesASCII.txt or admin2Codes.txt: codes, name, name in ASCII, id."""
    country, *codes = columns[0].split(".", 2)
    if not _is_country(country) or not codes or not columns[1].strip():
        raise ValueError(f"{columns[0]} is no code of a division")
    return DivisionName(country, codes[0], codes[1] if len(codes) > 1 else "", columns[1].strip())


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


def _reason(error: ValueError) -> str:
    return "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)[:200]
